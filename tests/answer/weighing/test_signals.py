"""What speaks for a sentence: windows in context, known questions, the reader's numbers."""

import numpy as np
import pytest

from answer.asking.names import mine_names
from answer.asking.question import understand
from answer.weighing.features import DERIVED, FEATURES, WITHOUT_BANK, features
from answer.weighing.reader import Reading
from answer.weighing.signals import NAMES, Signaller
from answer.weighing.windows import window_of
from bank.errors import BankError
from bank.known import learn, load_known
from bank.questions import read_bank
from index.pipeline import build_index, load_retriever
from index.retriever import sentences_of
from ingest.passages import pack_passages
from ingest.units import units_of

BANK = """{"question": "how often do I get the drip", "kind": "lay", "voice": "patient", "required": [[{"doc": "drug", "quote": "The drug is given every 3 weeks [1, 3-4]."}]]}
{"question": "what does the drug cost", "kind": "near_miss", "voice": "patient", "reason": "no price"}
"""


OTHER = """{"question": "is fever a side effect", "kind": "lay", "voice": "patient", "required": [[{"doc": "drug", "quote": "fever"}]]}
{"question": "should I stop it now", "kind": "personal", "voice": "patient", "reason": "advice", "helpful": [{"doc": "drug", "quote": "Call your team."}]}
"""


class EchoReader:
    """Gives a sentence the number of question words in it, and none a half."""

    def text(self, headings, sentences):
        return sentences

    def read(self, question, texts):
        asked = set(question.lower().split())
        return [
            Reading(
                np.array([len(asked & set(s.lower().split())) for s in text], dtype=np.float32),
                0.5,
                tuple(None for _ in text),
            )
            for text in texts
        ]


@pytest.fixture(scope="module")
def bank(document, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bank")
    (folder / "bank.jsonl").write_text(BANK, "utf-8")
    (folder / "other.jsonl").write_text(OTHER, "utf-8")
    return read_bank(folder, {"drug": document})


@pytest.fixture(scope="module")
def retriever(document, encoder, bank, tmp_path_factory):
    folder = tmp_path_factory.mktemp("signals")
    passages = pack_passages(document, encoder.count_tokens, max_tokens=13)
    questions = [known.question for known in bank]
    sentences = sentences_of(passages)

    def learnt(vectors):
        return learn(bank, vectors, sentences).arrays()

    build_index([document], passages, encoder, folder / "index", "c", questions, learnt)
    return load_retriever(folder / "index", encoder, "c")


@pytest.fixture(scope="module")
def known(bank, retriever):
    return load_known(bank, retriever.question_vectors, retriever.sentences, retriever.learnt)


def gather(retriever, question, known=None, documents=None):
    signaller = Signaller(retriever, EchoReader(), known, mine_names(retriever.documents.values()))
    return signaller.gather(understand(question), documents)


def test_a_window_has_the_sentences_before_its_passage_in_the_same_section(document, encoder):
    passages = pack_passages(document, encoder.count_tokens, max_tokens=13)
    windows = [window_of(passage, {"drug": document}) for passage in passages]
    second = next(w for w, p in zip(windows, passages, strict=True) if p.text.startswith("He did"))
    assert [s.text for s in second.sentences][:2] == [
        "The drug is given every 3 weeks [1, 3-4].",
        "It is a drip.",
    ]
    assert second.headings == ("Use",)


def test_a_sentence_asked_about_before_is_known_again(known, retriever):
    signals = gather(retriever, "how often do I get the drip", known)
    column = signals.values[:, NAMES.index("known")]
    best = retriever.sentences[signals.rows[int(column.argmax())]]
    assert best.text == "The drug is given every 3 weeks [1, 3-4]."
    assert column.max() == pytest.approx(1, abs=1e-5)


def test_a_question_known_to_have_no_answer_speaks_against_all(known, retriever):
    signals = gather(retriever, "what does the drug cost", known)
    assert set(signals.values[:, NAMES.index("known_unanswerable")].round(5)) == {1.0}
    assert signals.values[0, NAMES.index("vote_unanswerable")] > 0.9


def test_questions_of_a_file_that_is_measured_do_not_count(known, retriever):
    signals = gather(retriever, "what does the drug cost", known.without("bank"))
    column = {name: signals.values[:, at] for at, name in enumerate(NAMES)}
    assert not column["known_unanswerable"].any()
    assert column["intent"].max() > column["intent_none"].max()


def test_what_is_asked_for_is_recognised_in_other_words(known, retriever):
    signals = gather(retriever, "how often is the drip, please", known)
    column = signals.values[:, NAMES.index("intent")]
    best = retriever.sentences[signals.rows[int(column.argmax())]]
    assert best.text == "The drug is given every 3 weeks [1, 3-4]."
    assert column.max() > signals.values[0, NAMES.index("intent_none")]


def test_without_a_bank_the_rest_still_speaks(retriever):
    signals = gather(retriever, "side effects include what")
    assert np.isfinite(signals.values).all()
    best = retriever.sentences[signals.rows[int(signals.values[:, 0].argmax())]]
    assert best.text == "Side effects include:"


def test_what_is_worth_showing_beside_a_notice_is_known_too(known, retriever):
    signals = gather(retriever, "should I stop it now", known)
    column = signals.values[:, NAMES.index("intent")]
    assert retriever.sentences[signals.rows[int(column.argmax())]].text == "Call your team."
    assert column.max() > signals.values[0, NAMES.index("intent_none")]


def test_only_the_documents_asked_for_are_searched(known, retriever):
    signals = gather(retriever, "drip", known, ["drug"])
    assert {retriever.sentences[row].doc_id for row in signals.rows} == {"drug"}


def test_every_unit_has_one_row_of_finite_features(known, retriever):
    signals = gather(retriever, "is fever a side effect", known)
    units = units_of(retriever.sentences)
    table = features(signals, units, FEATURES)
    assert table.shape == (len({units[row] for row in signals.rows}), len(NAMES) + len(DERIVED))
    assert np.isfinite(table).all()
    assert features(signals, units, WITHOUT_BANK).shape[1] == len(WITHOUT_BANK)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "mend the line"),
        ('{"question": "q", "kind": "fact", "voice": "patient"}', "do not fit together"),
        ('{"question": "q", "kind": "odd", "voice": "patient"}', "'odd'"),
        (BANK.split("\n")[0].replace("3 weeks", "4 weeks"), "has no sentence"),
    ],
)
def test_a_line_of_the_bank_without_its_evidence_is_refused(document, tmp_path, line, message):
    (tmp_path / "bank.jsonl").write_text(f"{line}\n", "utf-8")
    with pytest.raises(BankError, match=f"line 1: .*{message}"):
        read_bank(tmp_path, {"drug": document})
