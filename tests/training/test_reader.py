"""The reader from input to ONNX file, with a tiny random model."""

import math
import random
import re
from collections import Counter
from dataclasses import replace

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from transformers import BertConfig, BertModel

from answer.weighing.reader import MODEL, WEIGHTS
from answer.weighing.reader_input import MARKER, SEP
from index.encoder import Tokens
from training.batches import (
    draw_all,
    draw_group,
    encode_batch,
    make_batches,
    sample_questions,
    vary_question,
)
from training.data.examples import Example
from training.evaluate import overlapping_windows, reader_scores
from training.export.checkpoint import INPUTS, export_reader, sample_inputs
from training.export.optimize import MASK, optimize
from training.export.quantize import quantize
from training.losses import group_loss, window_loss
from training.model import Reader
from training.settings import load_config
from training.train import Trainer
from training.windows import WindowEncoder, stack, word_tokens

WORDS = ["what", "spreads", "malaria", "mosquitoes", "spread", "it", "nets", "protect", "people"]
MARKS = [".", "?", ":", ">"]
FIRST = 110
"""Id of the first word, after those of the marks of the vocabulary."""
PLAIN = {"drop_question_mark": 0, "misspell": 0, "swap_abbreviation": 0, "drop_headings": 0}
TRAIN = {
    "encoder_rate": 3e-3, "head_rate": 3e-3, "weight_decay": 0.0, "warmup": 0.1,
    "average_decay": 0.5, "clip_norm": 1.0, "window_loss": 1.0, "group_loss": 1.0,
    "sentence_loss": 0.5, "span_loss": 0.2, "heads": {"head_size": 8, "head_dropout": 0.0},
}  # fmt: skip
MALARIA = Example(
    "what spreads malaria?", ("malaria",), ("nets protect people.", "mosquitoes spread it."),
    (0, 1), (1, 0, 10),
)  # fmt: skip
NETS = Example("what spreads malaria?", ("malaria",), ("nets protect people.",), (0,))


class ToyTokenizer:
    """Knows a few words; its other ids are those of the real vocabulary's marks."""

    def tokens(self, text):
        found = list(re.finditer(r"\w+|[^\w\s]", text.lower()))
        ids = tuple(FIRST + [*WORDS, *MARKS].index(match.group()) for match in found)
        return Tokens(ids, tuple(match.span() for match in found))


@pytest.fixture
def encoder(monkeypatch):
    monkeypatch.setattr("answer.weighing.reader_input.MAX_TOKENS", 24)
    return WindowEncoder(ToyTokenizer())


@pytest.fixture
def reader():
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=FIRST + len(WORDS) + len(MARKS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=64, hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0, attn_implementation="eager",
    )  # fmt: skip
    return Reader(BertModel(config, add_pooling_layer=False), **TRAIN["heads"])


def test_a_window_has_a_marker_before_each_sentence_and_types_change_after_the_question(encoder):
    window = encoder.encode(MALARIA.question, MALARIA.headings, MALARIA.sentences)
    # [CLS] what spreads malaria ? [SEP] malaria : [M] nets protect people . [M] mosquitoes …
    assert window.given.markers == (8, 13)
    assert [window.given.ids[at] for at in window.given.markers] == [MARKER, MARKER]
    assert stack([window]).token_type_ids[0, :7].tolist() == [0] * 6 + [1]
    assert word_tokens(window, (1, 0, 10)) == (14, 14)


def test_a_sentence_beyond_the_limit_has_no_marker_and_the_input_still_ends_with_sep(encoder):
    window = encoder.encode("what?", (), ["nets protect people."] * 9)
    assert len(window.given.ids) == 24
    assert window.given.ids[-1] == SEP
    assert len(window.given.markers) < 9
    assert word_tokens(window, (8, 0, 4)) is None


def test_the_window_loss_is_zero_when_the_right_choice_has_all_the_weight():
    logits, none = torch.tensor([[50.0, 0.0], [0.0, 0.0]]), torch.tensor([0.0, 50.0])
    known = torch.ones(2, 2, dtype=torch.bool)
    gold = torch.tensor([[True, False], [False, False]])
    assert window_loss(logits, none, known, gold).tolist() == pytest.approx([0, 0])


def test_the_group_loss_ranks_sentences_of_all_windows_of_a_question_and_no_answer():
    logits = torch.zeros(3, 2)
    gold = torch.tensor([[True, False], [False, False], [False, False]])
    known = torch.ones(3, 2, dtype=torch.bool)
    groups, weights = torch.tensor([0, 0, 1]), torch.ones(3)
    # One gold among the four sentences of question 0 and "no answer"; question 1 has no answer.
    loss = group_loss(logits, known, gold, groups, weights)
    assert float(loss) == pytest.approx((math.log(5) + math.log(3)) / 2)


def test_the_reader_learns_a_batch_by_heart_and_its_average_is_saved(reader, encoder, tmp_path):
    batch = encode_batch([[MALARIA, NETS]], encoder, PLAIN, random.Random(0))
    trainer = Trainer(reader.train(), TRAIN, n_steps=60)
    first = trainer.train_step(batch)["total"]
    for _ in range(50):
        last = trainer.train_step(batch)["total"]
    assert last < first / 3
    trainer.save(tmp_path / "checkpoint.pt")
    loaded = Reader.from_checkpoint(tmp_path / "checkpoint.pt")
    inputs = batch.inputs
    with torch.inference_mode():
        output = loaded(inputs.input_ids, inputs.attention_mask, inputs.token_type_ids)
    logits = output.sentence.gather(1, batch.markers)
    assert int(logits[0].argmax()) == 1
    assert float(output.none[1]) > float(logits[1, 0])


def test_a_resumed_run_continues_exactly(reader, encoder, tmp_path):
    batch = encode_batch([[MALARIA, NETS]], encoder, PLAIN, random.Random(0))
    trainer = Trainer(reader.train(), TRAIN, n_steps=20)
    for _ in range(3):
        trainer.train_step(batch)
    trainer.save(tmp_path / "checkpoint.pt")
    expected = trainer.train_step(batch)
    again = Trainer(Reader.from_checkpoint(tmp_path / "checkpoint.pt").train(), TRAIN, n_steps=20)
    again.load(tmp_path / "checkpoint.pt")
    assert again.train_step(batch) == pytest.approx(expected, rel=1e-3)
    assert again.step == 4


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # torch.onnx warns about its own parts
def test_the_onnx_file_computes_what_the_reader_computes_for_any_shape(reader, tmp_path):
    assert export_reader(reader, tmp_path / "reader.onnx") < 1e-4
    assert b"training" not in (tmp_path / "reader.onnx").read_bytes()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_quantized_file_computes_nearly_the_same_with_integers(reader, tmp_path):
    export_reader(reader, tmp_path / "reader.onnx")
    quantize(tmp_path / "reader.onnx", tmp_path / "quantized.onnx")
    graph = onnx.load(tmp_path / "quantized.onnx").graph
    kinds = {node.op_type for node in graph.node}
    assert {"MatMulInteger", "DynamicQuantizeLinear"} <= kinds
    sample = [value.numpy() for value in sample_inputs(1, 20, vocabulary=20)]
    outputs = [
        onnxruntime.InferenceSession(tmp_path / name).run(
            None, dict(zip(INPUTS, sample, strict=True))
        )
        for name in ("reader.onnx", "quantized.onnx")
    ]
    for exact, quantized in zip(*outputs, strict=True):
        assert quantized == pytest.approx(exact, abs=0.1)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_an_optimized_file_computes_the_same_without_a_mask(reader, tmp_path):
    exact, quantized, optimized = (tmp_path / f"{name}.onnx" for name in "equ")
    export_reader(reader, exact)
    quantize(exact, quantized)
    optimize(quantized, optimized, large=256)
    kinds = Counter(
        node.op_type for node in onnx.load(optimized, load_external_data=False).graph.node
    )
    assert kinds["Gelu"] == len(reader.encoder.encoder.layer) + 2
    assert not {"Erf", "Where"} & {*kinds}
    assert optimized.stat().st_size < quantized.stat().st_size
    sample = [value.numpy() for value in sample_inputs(1, 20, vocabulary=20)]
    given = dict(zip(INPUTS, sample, strict=True))
    before = onnxruntime.InferenceSession(quantized).run(None, given)
    del given[MASK]
    after = onnxruntime.InferenceSession(optimized).run(None, given)
    for one, other in zip(before, after, strict=True):
        assert other == pytest.approx(one, abs=0.01)


def test_the_reader_in_use_is_the_one_that_is_written_today(tmp_path):
    (tmp_path / WEIGHTS).symlink_to(MODEL.with_name(WEIGHTS))
    optimize(tmp_path / WEIGHTS, tmp_path / MODEL.name)
    assert (tmp_path / MODEL.name).read_bytes() == MODEL.read_bytes()


def test_questions_are_kept_whole_and_every_draw_is_used_once():
    groups = [[MALARIA, NETS], [NETS], [MALARIA]] * 5
    batches = make_batches(groups, 4, random.Random(0))
    assert sorted(map(id, (g for batch in batches for g in batch))) == sorted(map(id, groups))
    assert all(sum(map(len, batch)) <= 4 for batch in batches)


def test_a_draw_has_a_positive_and_the_weight_of_its_data_set():
    rule = {"positives": 1, "negatives": 1, "weight": 0.5}
    drawn = draw_group([NETS, NETS, MALARIA], rule, random.Random(0))
    assert [example.is_positive for example in drawn] == [True, False]
    assert [example.weight for example in drawn] == [0.5, 0.5]


def test_a_fraction_of_a_draw_is_that_share_of_the_questions():
    examples = [replace(MALARIA, group=str(number)) for number in range(400)]
    rules = {"default": {"times": 1.25, "positives": 1, "negatives": 0, "weight": 1.0}}
    assert len(draw_all(examples, rules, random.Random(0))) == pytest.approx(500, abs=40)


def test_a_file_of_changes_replaces_values_and_may_not_invent_them(tmp_path):
    path = tmp_path / "changes.toml"
    path.write_text("[train]\nhead_rate = 0.5\n[draws.bank]\ntimes = 3\n")
    config = load_config([path])
    assert config["train"]["head_rate"] == 0.5
    assert config["train"]["encoder_rate"] == load_config()["train"]["encoder_rate"]
    assert config["draws"]["bank"] == {"times": 3}
    path.write_text("[train]\nhead_rat = 0.5\n")
    with pytest.raises(ValueError, match="no 'head_rat'"):
        load_config([path])


def test_an_abbreviation_the_window_explains_may_replace_its_term():
    always = PLAIN | {"swap_abbreviation": 1}
    sentences = ["Severe acute respiratory syndrome (SARS) spread."]
    question = "Where did severe acute respiratory syndrome begin?"
    changed = vary_question(question, sentences, always, random.Random(0))
    assert changed == "Where did SARS begin?"
    back = vary_question("Where did SARS begin?", sentences, always, random.Random(0))
    assert back == "Where did Severe acute respiratory syndrome begin?"


def test_reading_windows_overlap_and_a_sentence_gets_its_mean():
    windows = overlapping_windows([4, 4, 4, 4, 4], max_tokens=8)
    assert windows == [range(2), range(1, 3), range(2, 4), range(3, 5)]
    logits = [(np.array([1.0, 3.0]), 0.0), (np.array([5.0, 7.0]), 0.0)]
    assert reader_scores(logits, windows[:2], 4).tolist() == [1.0, 4.0, 7.0, pytest.approx(-1e4)]


def of_documents(*sizes):
    """Return two windows of each question: so many questions of each document."""
    return [
        Example("Q?", (), ("A.",), (1,), group=f"doc{document}:{number}")
        for document, size in enumerate(sizes)
        for number in range(size)
        for _ in range(2)
    ]


def test_questions_are_sampled_whole_and_so_are_documents():
    examples = of_documents(5, 5, 5)
    assert sample_questions(examples, random.Random(1)) == examples
    few = Counter(example.group for example in sample_questions(examples, random.Random(1), 4))
    assert (len(few), set(few.values())) == (4, {2})
    of_one = sample_questions(examples, random.Random(1), 4, 1)
    assert len({example.group.partition(":")[0] for example in of_one}) == 1
