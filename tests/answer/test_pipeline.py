"""From a corpus folder to a cited answer, with the real models; what must not be half there."""

import hashlib
import json
from dataclasses import replace

import pytest

from answer.build import build
from answer.errors import CitationError, QuestionError
from answer.pipeline import load_answerer
from corpus.sources import CorpusError
from index.errors import IndexMismatchError, NoIndexError
from ingest.document import Span

pytestmark = pytest.mark.slow

FILES = {
    "malaria.md": "# Malaria\n\n## Spread\n\nMalaria is spread by the bite of infected mosquitoes. "
    "It is not spread from person to person.\n\n## Treatment\n\nArtesunate is given into a vein "
    "every 12 hours. Most people recover within two weeks.\n",
    "asthma.txt": "Living with asthma\n\nAsthma narrows the airways. An inhaler opens them within "
    "minutes.\n\nTriggers\n\nCommon triggers include:\n\n  • Cold air\n  • Pollen\n  • Smoke\n",
}


def write_corpus(folder, files):
    (folder / "files").mkdir(parents=True, exist_ok=True)
    items = []
    for name, text in files.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / "files" / name).write_bytes(data)
        custom = {
            "file": name, "sha256": hashlib.sha256(data).hexdigest(), "label": name,
            "audience": "patient", "evidence": "a page", "rights": "free", "revised": "2023-05-08",
        }  # fmt: skip
        items.append({"id": name.split(".")[0], "title": name, "custom": custom})
    (folder / "sources.json").write_text(json.dumps(items), "utf-8")
    return folder


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return write_corpus(tmp_path_factory.mktemp("corpus"), FILES)


@pytest.fixture(scope="module")
def index(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("index") / "index"
    report = build(corpus, folder)
    assert (report.n_documents, report.n_sentences, report.n_questions) == (2, 10, 0)
    return folder


@pytest.fixture(scope="module")
def answerer(corpus, index):
    return load_answerer(corpus, index)


def test_a_quote_is_the_sentence_of_the_document_that_answers(answerer):
    answer = answerer.answer("How is malaria spread?")
    assert answer.is_found
    first = answer.citations[0]
    assert first.quote == "Malaria is spread by the bite of infected mosquitoes."
    assert first.quote == answerer.documents["malaria"].text[first.span.start : first.span.end]


def test_a_place_that_was_quoted_is_quoted_again_with_what_stands_beside_it(answerer):
    for question in ("How is malaria spread?", "Is malaria currently spread by mosquitoes?"):
        for one in answerer.answer(question).citations:
            again = answerer.quote(one.doc_id, one.span, is_dated=bool(one.as_of))
            assert again == replace(one, emphasis=None, score=0.0)


def test_what_is_not_whole_sentences_is_not_quoted_again(answerer):
    whole = answerer.documents["malaria"].sentences[0].span
    for span in (
        Span(whole.start + 1, whole.end),
        Span(whole.start, whole.end - 1),
        Span(whole.start, 10**9),
        Span(0, len(answerer.documents["malaria"].text)),
    ):
        with pytest.raises(CitationError):
            answerer.quote("malaria", span, is_dated=False)


def test_what_may_have_changed_is_dated_and_a_denial_comes_with_what_it_denies(answerer):
    quote = answerer.answer("Is malaria currently spread from person to person?").citations[0]
    assert quote.quote.endswith("mosquitoes. It is not spread from person to person.")
    assert quote.as_of == "2023-05"


def test_nothing_is_searched_for_in_thanks(answerer):
    answer = answerer.answer("Thank you so much!", ["How is malaria spread?"])
    assert [notice.kind for notice in answer.notices] == ["small_talk"]
    assert (answer.is_searched, answer.related) == (False, ())


def test_a_list_comes_whole_with_its_lead_in(answerer):
    answer = answerer.answer("What are common triggers of asthma?")
    assert answer.citations[0].quote == "Common triggers include:\n\nCold air\nPollen\nSmoke"


def test_what_the_documents_do_not_answer_is_not_found_with_the_closest(answerer):
    answer = answerer.answer("What is the capital of Mongolia?")
    assert not answer.is_found
    assert answer.related
    assert (answer.n_documents, answer.n_passages) == (2, len(answerer.retriever.passages))


def test_each_question_of_a_message_has_its_own_quotes(answerer):
    answer = answerer.answer("How is malaria spread and what are common triggers of asthma?")
    malaria, asthma = answer.parts
    assert (malaria.question, malaria.read_as) == ("How is malaria spread", ())
    assert malaria.citations[0].quote.startswith("Malaria is spread by the bite")
    assert asthma.citations[0].quote.startswith("Common triggers include:")
    assert answer.citations == tuple(dict.fromkeys((*malaria.citations, *asthma.citations)))
    assert (answer.related, answer.n_documents) == ((), 2)


def test_a_follow_up_says_which_question_it_was_read_with(answerer):
    history = ["What narrows the airways?", "How is malaria spread?"]
    answer = answerer.answer("And from person to person?", history)
    assert answer.read_as == ("How is malaria spread?", "And from person to person?")
    assert answer.parts == ()


def test_what_was_asked_before_does_not_change_a_question_with_its_own_subject(answerer):
    alone = answerer.answer("How is malaria spread?")
    after = answerer.answer("How is malaria spread?", ["What are common triggers of asthma?"])
    assert (after.citations, after.read_as) == (alone.citations, ())


def test_only_the_documents_asked_for_are_searched(answerer):
    answer = answerer.answer("How is malaria spread?", documents=["asthma"])
    assert {c.doc_id for c in (*answer.citations, *answer.related)} == {"asthma"}
    assert answer.n_documents == 1


def test_an_unknown_document_is_refused_with_those_there_are(answerer):
    with pytest.raises(QuestionError, match="choose among asthma, malaria"):
        answerer.answer("What?", documents=["cholera"])


@pytest.mark.parametrize(
    "question",
    [
        "Wie wird Malaria übertragen?", "マラリア", "<script>alert(1)</script>", "a AND (b OR",
        "🦟 spreads malaria?", "'; DROP TABLE passages; --", "x" * 900, "\u202emalaria\u202c",
    ],
)  # fmt: skip
def test_awkward_questions_are_answered_or_not_found_but_never_break(answerer, question):
    answer = answerer.answer(question)
    for citation in (*answer.citations, *answer.related):
        document = answerer.documents[citation.doc_id]
        assert citation.quote == document.text[citation.span.start : citation.span.end]


def test_a_question_before_any_build_says_what_to_run(corpus, tmp_path):
    with pytest.raises(NoIndexError, match="quotewell build"):
        load_answerer(corpus, tmp_path / "nothing")


def test_a_corpus_that_changed_since_the_build_is_refused_with_what_to_run(index, tmp_path):
    changed = write_corpus(tmp_path, {**FILES, "asthma.txt": "Other text here. It differs."})
    with pytest.raises(IndexMismatchError, match="quotewell build"):
        load_answerer(changed, index)


@pytest.mark.parametrize(("data", "message"), [(b"", "is empty"), (b"\xe9 au lait.", "UTF-8")])
def test_a_build_that_fails_leaves_the_old_index_usable(corpus, index, tmp_path, data, message):
    broken = write_corpus(tmp_path, {"malaria.md": data})
    with pytest.raises(CorpusError, match=message):
        build(broken, index)
    assert load_answerer(corpus, index).answer("How is malaria spread?").is_found


def test_a_strict_build_that_lacks_a_file_leaves_the_old_index(corpus, index, tmp_path):
    broken = write_corpus(tmp_path, FILES)
    (broken / "files" / "asthma.txt").unlink()
    with pytest.raises(CorpusError, match="put the file back"):
        build(broken, index, strict=True)
    assert load_answerer(corpus, index)


def test_questions_are_answered_from_the_documents_that_could_be_read(tmp_path):
    damaged = {"gout.pdf": b"%PDF-", "empty.md": b"", "other.txt": b"\xe9 au lait."}
    corpus = write_corpus(tmp_path / "corpus", {**FILES, **damaged, "gone.md": "A page."})
    (corpus / "files" / "gone.md").unlink()
    report = build(corpus, tmp_path / "index")
    assert (report.n_documents, len(report.skipped)) == (2, 4)
    answerer = load_answerer(corpus, tmp_path / "index")
    answer = answerer.answer("How is malaria spread?")
    assert answer.citations[0].quote == "Malaria is spread by the bite of infected mosquitoes."
    assert list(answerer.sources) == ["malaria", "asthma"]
