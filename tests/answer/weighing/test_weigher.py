"""What speaks for a sentence: windows in context, known questions, the reader's numbers."""

import numpy as np
import pytest

from answer.asking.names import Names
from answer.asking.question import understand
from answer.mining.mined import mine
from answer.weighing.effort import Effort
from answer.weighing.reader import Reading
from answer.weighing.signals import SIGNALS, signals
from answer.weighing.weigher import Weigher
from answer.weighing.windows import window_of
from bank.intents import restore
from bank.known import Asked, Bank, EmptyBank
from bank.questions import read_bank
from ingest.passages import pack_passages
from ingest.units import units_of
from tests.indexes import build_index, load_retriever

pytestmark = pytest.mark.usefixtures("few_steps")

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


class ListeningReader(EchoReader):
    """Also remembers what was asked, and of which windows."""

    asked = ""
    texts = ()

    def read(self, question, texts):
        self.asked, self.texts = question, texts
        return super().read(question, texts)


class CountingReader(EchoReader):
    """Also says the same of every sentence, and counts the windows it has read."""

    def __init__(self, logit):
        self.logit, self.n_read = logit, 0

    def read(self, question, texts):
        self.n_read += len(texts)
        return [
            Reading(np.full(len(text), self.logit), 0.0, tuple(None for _ in text))
            for text in texts
        ]


class SameCalibration:
    """Finds everything as likely."""

    def __init__(self, probability):
        self.probability = probability

    def probabilities(self, table):
        return np.full(len(table), self.probability)


@pytest.fixture(scope="module")
def bank(document, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bank")
    (folder / "bank.jsonl").write_text(BANK, "utf-8")
    (folder / "other.jsonl").write_text(OTHER, "utf-8")
    return read_bank(folder, {"drug": document})


@pytest.fixture(scope="module")
def built(document, encoder, bank, tmp_path_factory):
    """An index and the bank that was learnt from with it."""
    folder = tmp_path_factory.mktemp("weighed") / "index"
    passages = pack_passages(document, encoder.count_tokens, max_tokens=13)
    build_index([document], passages, encoder, folder, "c", questions=bank)
    retriever = load_retriever(folder, encoder, "c")
    with np.load(next((folder / "builds").glob("*/bank.npz"))) as stored:
        arrays = dict(stored)
    vectors = arrays.pop("vectors")
    sentences = tuple(retriever.sentences)
    asked = Asked(sentences, np.arange(len(sentences)), len(set(units_of(sentences))))
    return retriever, Bank(bank, vectors, asked, restore(arrays))


@pytest.fixture(scope="module")
def retriever(built):
    return built[0]


@pytest.fixture(scope="module")
def known(built):
    return built[1]


class Result:
    """What was weighed, by the name of a signal."""

    def __init__(self, weigher, weighed):
        self.units, self.rows, self.table = weighed.units, weighed.rows, weighed.table
        self.names = [signal.name for signal in weigher.signals]

    def __getitem__(self, name):
        return self.table[:, self.names.index(name)]


def weigh(retriever, question, known=EmptyBank(), documents=None):  # noqa: B008 - never changes
    weigher = Weigher(retriever, EchoReader(), known, Names(mine(retriever.documents.values())))
    return Result(weigher, weigher.weigh(understand(question), documents))


def n_read(retriever, calibration, effort, known=EmptyBank()):  # noqa: B008 - never changes
    """Return how many windows are read for a question."""
    assert len(retriever.passages) > 2
    reader, names = CountingReader(1.0), Names(mine(retriever.documents.values()))
    weigher = Weigher(retriever, reader, known, names, calibration, effort)
    weigher.weigh(understand("is fever a side effect"))
    return reader.n_read


def best_text(retriever, result, name):
    unit = result.units[int(result[name].argmax())]
    return retriever.documents[unit.doc_id].quote(unit.span)


def test_a_window_has_the_sentences_before_its_passage_in_the_same_section(document, encoder):
    passages = pack_passages(document, encoder.count_tokens, max_tokens=13)
    windows = [window_of(passage, {"drug": document}) for passage in passages]
    second = next(w for w, p in zip(windows, passages, strict=True) if p.text.startswith("He did"))
    assert [s.text for s in second.sentences][:2] == [
        "The drug is given every 3 weeks [1, 3-4].",
        "It is a drip.",
    ]
    assert second.headings == ("Use",)


def test_a_window_without_context_is_its_passage(document, encoder):
    passages = pack_passages(document, encoder.count_tokens, max_tokens=13)
    for passage in passages:
        window = window_of(passage, {"drug": document}, with_context=False)
        assert window.sentences == passage.sentences


def test_only_the_best_windows_are_read_with_the_sentences_before_them(retriever):
    names = Names(mine(retriever.documents.values()))
    read = []
    for n in range(4):
        reader, effort = ListeningReader(), Effort((10,), with_context=n)
        weigher = Weigher(retriever, reader, EmptyBank(), names, None, effort)
        weigher.weigh(understand("How is the drip given?"))
        read.append([len(sentences) for sentences in reader.texts])
    without, with_all = read[0], read[-1]
    assert read == [[*with_all[:n], *without[n:]] for n in range(4)]
    assert sum(with_all) > sum(without)


def test_a_sentence_asked_about_before_is_known_again(known, retriever):
    result = weigh(retriever, "how often do I get the drip", known)
    assert best_text(retriever, result, "known") == "The drug is given every 3 weeks [1, 3-4]."
    assert result["known"].max() == pytest.approx(1, abs=1e-5)


def test_a_question_known_to_have_no_answer_speaks_against_all(known, retriever):
    result = weigh(retriever, "what does the drug cost", known)
    assert set(result["known_unanswerable"].round(5)) == {1.0}
    assert result["vote_unanswerable"][0] > 0.9


def test_questions_of_a_file_that_is_measured_do_not_count(known, retriever):
    result = weigh(retriever, "what does the drug cost", known.without("bank"))
    assert not result["known_unanswerable"].any()
    assert result["intent"].max() > result["intent_none"].max()


def test_what_is_asked_for_is_recognised_in_other_words(known, retriever):
    result = weigh(retriever, "how often is the drip, please", known)
    assert best_text(retriever, result, "intent") == "The drug is given every 3 weeks [1, 3-4]."
    assert result["intent"].max() > result["intent_none"][0]


def test_without_a_bank_the_rest_still_speaks(retriever):
    result = weigh(retriever, "side effects include what")
    assert np.isfinite(result.table).all()
    assert best_text(retriever, result, "logit").startswith("Side effects include:")
    assert not any(signal.needs_bank for signal in signals(with_bank=False))
    assert result.names == [signal.name for signal in signals(with_bank=False)]


def test_what_is_worth_showing_beside_a_notice_is_known_too(known, retriever):
    result = weigh(retriever, "should I stop it now", known)
    assert best_text(retriever, result, "intent") == "Call your team."
    assert result["intent"].max() > result["intent_none"][0]


def test_only_the_documents_asked_for_are_searched(known, retriever):
    result = weigh(retriever, "drip", known, ["drug"])
    assert {retriever.sentences[row].doc_id for row in result.rows} == {"drug"}


def test_every_unit_has_one_row_of_finite_signals(known, retriever):
    result = weigh(retriever, "is fever a side effect", known)
    assert result.table.shape == (len(result.units), len(SIGNALS))
    assert np.isfinite(result.table).all()


def test_a_unit_of_several_sentences_has_the_best_of_each_signal(known, retriever):
    result = weigh(retriever, "is fever a side effect", known)
    units = units_of(retriever.sentences)
    (fever,) = [row for row in result.rows if retriever.sentences[row].text == "fever"]
    listed = result.units.index(units[fever])
    assert result["coverage"][listed] == result["best_coverage"][0]


def test_derived_signals_compare_a_unit_with_the_others(known, retriever):
    result = weigh(retriever, "is fever a side effect", known)
    first, second = np.sort(result["logit"])[::-1][:2]
    assert result["lead"].max() == pytest.approx(first - second)
    assert result["choice"].sum() == pytest.approx(1)
    assert result["intent_lead"] == pytest.approx(result["intent"] - result["intent_none"])


def test_every_signal_says_what_it_means_and_has_one_name():
    assert len({signal.name for signal in SIGNALS}) == len(SIGNALS)
    assert all(signal.meaning for signal in SIGNALS)


@pytest.mark.parametrize(("likeliest", "n_windows"), [(0.69, 2), (0.7, 1)])
def test_no_more_windows_are_read_once_a_sentence_surely_answers(retriever, likeliest, n_windows):
    calibration, effort = SameCalibration(likeliest), Effort((1, 2), sure=0.7)
    assert n_read(retriever, calibration, effort) == n_windows


def test_fewer_windows_are_read_beside_a_large_bank(retriever, known, monkeypatch):
    monkeypatch.setattr("answer.weighing.effort.EFFORT", Effort((2,)))
    monkeypatch.setattr("answer.weighing.effort.BESIDE_LARGE_BANK", Effort((1,)))
    read = {}
    for density in (0.0, 0.99, 1.0):
        monkeypatch.setattr(known, "density", density)
        read[density] = n_read(retriever, None, None, known)
    assert read == {0.0: 2, 0.99: 2, 1.0: 1}


def test_for_a_fit_all_windows_are_read(retriever):
    assert n_read(retriever, None, Effort((1, 2), sure=0.0)) == 2


def test_a_fragment_is_not_weighed(retriever, monkeypatch):
    whole = weigh(retriever, "drip")
    monkeypatch.setattr("answer.weighing.held.is_fragment", lambda s: s.text == "It is a drip.")
    left = weigh(retriever, "drip")
    assert len(left.units) == len(whole.units) - 1


def test_where_everything_read_is_a_fragment_nothing_is_weighed(retriever, monkeypatch):
    monkeypatch.setattr("answer.weighing.held.is_fragment", lambda sentence: True)
    monkeypatch.setattr("answer.weighing.held.unit_of", lambda sentence, ends: sentence)
    assert weigh(retriever, "drip").table.shape == (0, len(signals(with_bank=False)))


def test_the_reader_is_told_which_question_was_asked_last(retriever):
    reader = ListeningReader()
    weigher = Weigher(retriever, reader, EmptyBank(), Names(mine(retriever.documents.values())))
    weigher.weigh(understand("And how often?", ["What is the drip?"]))
    assert reader.asked == "What is the drip? | And how often?"


def test_a_unit_is_as_near_as_its_passage(retriever):
    result = weigh(retriever, "is fever a side effect")
    vector = retriever.encoder.encode(["is fever a side effect"])[0]
    cosines = retriever.cosines(vector, range(len(retriever.passages)))
    for unit, value in zip(result.units, result["passage"], strict=True):
        own = [
            cosines[row]
            for row, passage in enumerate(retriever.passages)
            for sentence in passage.sentences
            if unit.span.covers(sentence.span)
        ]
        assert value == pytest.approx(max(own), abs=1e-6)
    assert len({*result["passage"].round(6)}) > 1


def test_a_document_is_as_near_as_the_nearest_of_its_passages(retriever):
    result = weigh(retriever, "is fever a side effect")
    nearest = {
        unit.doc_id: value for unit, value in zip(result.units, result["document"], strict=True)
    }
    vector = retriever.encoder.encode(["is fever a side effect"])[0]
    cosines = retriever.cosines(vector, range(len(retriever.passages)))
    best = max(cosines.values())
    assert max(nearest.values()) == pytest.approx(best, abs=1e-5)
    assert result["behind_document"] == pytest.approx(result["document"] - best, abs=1e-5)
