"""A small made-up library and an answerer that answers by key words, for every test of the page."""

import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from answer.errors import QuestionError
from answer.quotes import Answer, Antecedent, Citation, Notice, Part, cite
from bank.questions import KnownQuestion
from corpus.sources import Source
from corpus.status import Status
from ingest.document import Abbreviation, Document, Reference, Run, Seam, Section, Sentence, Span
from ui.html.cards import View

AWKWARD = (
    "IL-6* and TNF* rose (*P* < .05)",
    "~5% to ~10% of patients",
    "5 -- 10 mg, <= 2 g, ~= 3, A -> B, A <-> B",
    "ratio:smile: at 10:30:00 :pill:",
    "cost was $5 and gain $x_1$ per QALY",
    "$0.50/mg vs $1/mg",
    "HER2_neu_positive and __init__",
    "[12] see [1](ref) and [3]",
    "p<0.001 and n>5 <i>x</i>",
    "<script>alert(1)</script>",
    "1. First item",
    "# 3 deaths",
    "  two  spaces",
    "CO2 & H2O &lt; 5",
    "https://evil.example/x?y=1 and www.nih.gov",
    "`code` and \\alpha \\_ ",
    "line one\nline two",
    "- dash item",
    "> 90% adherence",
    ":red[danger] :material/home:",
    "2*3*4 = 24",
    "^13C and x~2~",
    "foo@bar.org",
    "- [ ] todo",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "![img](https://tracker.example/p.png)",
    "a tab\there, a\u00a0hard space, a soft\u00adhyphen, e\u0301 and 𝒳",
    "line one\n   \n  line three",
)
HOSTILE = (
    "<img src=x onerror=\"window.__x='img'\">",
    "<script>window.__x='script'</script>",
    "<svg onload=\"window.__x='svg'\"></svg>",
    "<a href=\"javascript:window.__x='a'\">c</a>",
    "<iframe srcdoc=\"<script>parent.__x='if'</script>\"></iframe>",
    "<style>body{display:none}</style><p>styled</p>",
    "<form action='https://evil.example'><input name=p><button>go</button></form>",
    '<div onclick="window.__x=1" style="position:fixed;inset:0">overlay</div>',
    "<a href='https://x.example' target='_blank'>t</a>",
    "<img src='https://tracker.example/p.png'>",
    "<mark id='src-1' data-a='b' class='k' tabindex='0' aria-label='z' role='note'>m</mark>",
    "<details open><summary>s</summary>b</details>",
)
REPORT = (
    "The patient required systemic therapy, and later immunotherapy for 6.5 years.",
    "After his course of radiation he kept a robust response of most sites [8-10].",
    "Treatment was tolerated without adverse effects.",
)
GUIDE = (
    "Side effects can include fatigue, cough, nausea, itching and skin rash.",
    "Other, more serious side effects occur less often.",
    "It’s very important to report any new side effects to your care team as soon as possible.",
)
REFERENCE = Reference(9, Span(0, 1), "Doe J. Radiation and response. 2019.", doi="10.1000/x9")
TERM = Abbreviation("radiation", "external beam therapy", Span(10, 40))
"""What the report says about it is no explanation, but stands where one would."""
WELCOME = "You are welcome."
SUGGESTIONS = ("Which side effects are common?", "How long did the treatment last?")


def document(doc_id, title, sentences, between="\n", seams=()):
    """A document of one section, its sentences ``between`` apart."""
    heading = f"{title}\n"
    text, made = heading, []
    for text_of_one in sentences:
        span = Span(len(text), len(text) + len(text_of_one))
        made.append(Sentence(doc_id, span, text_of_one, "sentence", 0, len(made) + 1))
        text += text_of_one + between
    whole = Span(0, len(text))
    return Document(
        doc_id=doc_id,
        title=title,
        text=text,
        source=text,
        sha256=doc_id.ljust(64, "0"),
        runs=(Run(whole, whole),),
        seams=tuple(seams),
        sections=(Section(doc_id, (title,), whole),),
        sentences=tuple(made),
    )


def guideline():
    """A document of 5,000 sentences in 50 sections, each with a list and a figure's caption."""
    text, sections, sentences = "", [], []
    for number in range(50):
        start, section = len(text), 2 * number
        text += f"Part {number}\n\n" if number else "A long guideline\n\n"
        blocks = [("sentence", f"Advice {number}.{n} on 𝒳 for adults.") for n in range(94)]
        blocks += [("item", f"item {number}.{n}") for n in range(5)]
        blocks += [("caption", f"Figure {number}. A scan.")]
        for n, (kind, said) in enumerate(blocks):
            if kind == "caption":
                trail = ("A long guideline", f"Part {number}")[: 1 + bool(number)]
                sections.append(Section("guideline", trail, Span(start, len(text))))
                start, section = len(text), section + 1
            span = Span(len(text), len(text) + len(said))
            paragraph = {"sentence": n // 5 + 1, "item": 30, "caption": 1}[kind]
            sentences.append(Sentence("guideline", span, said, kind, section, paragraph))
            text += said + (" " if kind == "sentence" and n % 5 < 4 and n < 93 else "\n\n")
        sections.append(Section("guideline", (*trail, f"Figure {number}"), Span(start, len(text))))
    whole = Span(0, len(text))
    return Document(
        doc_id="guideline",
        title="A long guideline",
        text=text,
        source=text,
        sha256="guideline".ljust(64, "0"),
        runs=(Run(whole, whole),),
        seams=(),
        sections=tuple(sections),
        sentences=tuple(sentences),
    )


def source(doc_id, title, **known):
    """A source of which everything is known but what ``known`` says otherwise."""
    facts = {
        "path": Path(f"{doc_id}.md"),
        "sha256": doc_id.ljust(64, "0"),
        "label": f"{title}, Reuben 2024",
        "audience": "clinician",
        "evidence": "single-patient case report, n = 1",
        "rights": "kept for quotation",
        "authors": ("Daniel Y. Reuben",),
        "container": "Journal of Medical Cases",
        "issued": "2024-06-19",
        "revised": "",
        "doi": "10.14740/jmc4237",
        "url": "",
        "csl": {},
    }
    return Source(doc_id=doc_id, title=title, **facts | known)


def citation(of, number, **more):
    """Quote a sentence of a document by its position, from 0."""
    sentence = of.sentences[number]
    facts = {
        "parts": (sentence.text,),
        "seams": of.seams_in(sentence.span),
        "headings": of.sections[0].headings,
        "locator": f"{of.title}, paragraph {sentence.paragraph}",
        "page": None,
        "score": 0.9,
        "references": (),
    }
    return Citation(of.doc_id, sentence.span, sentence.text, **facts | more)


def nothing_but(question, notice):
    """An answer for which nothing was searched."""
    return Answer(
        question=question,
        citations=(),
        related=(),
        notices=(notice,),
        n_documents=0,
        n_passages=0,
        timing_ms={"total": 1.0},
    )


STATUSES = (
    Status("retracted", "2024-05-04", "10.1000/retraction", origin="Retraction Watch"),
    Status("concern", "2023", "10.1000/concern"),
    Status("superseded", document="patient_guide", label="Patient guide"),
    Status("corrected", "2022-03", "10.1000/correction"),
    Status("preprint"),
)
"""Everything that can happen to a source, the gravest first."""


class FakeAnswerer:
    """Answers by key words, such as awkward, unknown, retracted, danger, thank you, crash, slow.

    Each "slow" in a question takes it a fifth of a second more. A question that begins with "and" is read with the one before it; one that holds " // " is two.
    """

    version = "0123456789ab"

    def __init__(self):
        report = document("case_report", "Treatment", REPORT)
        seam = Seam(report.sentences[1].span.start + len("After his course of "), "caption")
        hostile = HOSTILE[0]
        self.documents = {
            "case_report": replace(
                document("case_report", "Treatment", REPORT, seams=[seam]),
                abbreviations=(TERM,),
            ),
            "patient_guide": document("patient_guide", "Possible side effects", GUIDE),
            "awkward": document("awkward", "Awkward", AWKWARD, between="\n\n"),
            "hostile": document("hostile", hostile, HOSTILE, between="\n\n"),
        }
        self.sources = {
            "case_report": source("case_report", "Case report"),
            "patient_guide": source(
                "patient_guide",
                "Patient guide",
                label="Patient guide",
                audience="patient",
                evidence="patient information page",
                container="American Cancer Society",
                issued="2019-01-01",
                doi="",
                url="https://cancer.example/guide#top",
            ),
            "awkward": source("awkward", "Awkward"),
            "hostile": source(
                "hostile", hostile, label=hostile, container=hostile, url=HOSTILE[3], doi=""
            ),
        }
        asked = "What did the patient require?"
        evidence = ((self.documents["case_report"].sentences[0],),)
        self.bank = (KnownQuestion(asked, "fact", "educator", (), evidence, (), "fake"),)
        self.offered = self.bank
        self.asked = []
        self.boxes = {}
        self.retriever = SimpleNamespace(passages=())

    def answer(self, question, history=(), documents=None):
        self.asked.append((question, tuple(history), documents))
        if not question.strip():
            raise QuestionError("the question is empty: type one")
        if "crash" in question:
            raise RuntimeError("a bug in /secret/place")
        time.sleep(0.2 * question.count("slow"))
        if " // " in question:
            return self._answer_in_parts(question)
        answer = self._answer(question)
        if documents:
            answer = self._only(answer, documents)
        is_read_back = history and question.startswith("and")
        return replace(answer, read_as=(history[-1], question)) if is_read_back else answer

    def quote(self, doc_id, span, *, is_dated):
        of = self.documents[doc_id]
        return cite(of, span, 0.0, as_of="2024-06" if is_dated else "")

    def suggestions(self, audience):
        return SUGGESTIONS

    def _only(self, answer, documents):
        quotes = tuple(one for one in answer.citations if one.doc_id in documents)
        return replace(answer, citations=quotes, n_documents=len(documents))

    def _answer_in_parts(self, question):
        answers = [self._answer(part) for part in question.split(" // ")]
        parts = tuple(
            Part(one.question, (), one.citations, one.related, one.is_order_fixed)
            for one in answers
        )
        quoted = dict.fromkeys(citation for part in parts for citation in part.citations)
        related = () if quoted else answers[0].related
        whole = {"question": question, "citations": tuple(quoted), "related": related}
        return replace(answers[0], **whole, parts=parts)

    def _answer(self, question):
        report, guide = self.documents["case_report"], self.documents["patient_guide"]
        quotes = [
            citation(report, 1, references=(REFERENCE,)),
            citation(guide, 0),
        ]
        if "awkward" in question or "hostile" in question:
            of = self.documents["awkward" if "awkward" in question else "hostile"]
            quotes = [citation(of, number) for number in range(len(of.sentences))]
        if "thank you" in question:
            return nothing_but(question, Notice("small_talk", WELCOME, stands_alone=True))
        if "approved" in question:
            said = report.sentences[0]
            drug = Antecedent(said.span, said.text)
            quotes = [citation(report, 1, as_of="2024-06", antecedent=drug)]
        if "retracted" in question:
            quotes = [quotes[1], replace(quotes[0], status=STATUSES, is_ocr=True)]
        notices = ()
        if "emergency" in question:
            notices = (Notice("emergency", "Call your emergency number now."),)
        elif "my own case" in question:
            notices = (Notice("personal_advice", "Please ask the care team."),)
        found = "unknown" not in question
        return Answer(
            question=question,
            citations=tuple(quotes) if found else (),
            related=() if found else tuple(quotes),
            notices=notices,
            n_documents=len(self.documents),
            n_passages=98,
            timing_ms={"total": 1.0},
            is_order_fixed="danger" in question,
            version=self.version,
        )


class LongAnswerer(FakeAnswerer):
    """Has a document of 5,000 sentences too, which it quotes three times if asked for "guideline"."""

    def __init__(self):
        super().__init__()
        self.documents["guideline"] = guideline()
        self.sources["guideline"] = source("guideline", "Guideline")

    def _answer(self, question):
        answer = super()._answer(question)
        if "guideline" not in question:
            return answer
        of = self.documents["guideline"]
        quotes = tuple(citation(of, number) for number in (2512, 20, 4970))
        return replace(answer, citations=quotes)


@pytest.fixture
def answerer():
    return FakeAnswerer()


@pytest.fixture
def pipeline(answerer, monkeypatch):
    """Stands in for ``answer.pipeline``, so that no model is loaded."""
    fake = SimpleNamespace(load_answerer=lambda *places, **how: answerer)
    monkeypatch.setitem(sys.modules, "answer.pipeline", fake)
    return fake


@pytest.fixture
def make_document():
    return document


@pytest.fixture
def view(answerer):
    today, version = date(2024, 12, 1), "0123456789ab"
    return View(answerer.documents, answerer.sources, "clinician", today, version=version)


@pytest.fixture(scope="module")
def browser():
    from tests.ui.embed_site import chromium  # not on the path of the servers that load this file

    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Serve page, interface and embedding; nobody's name gets into the log."""
    from tests.ui.embed_site import embedding_server

    log = tmp_path_factory.mktemp("server") / "log"
    with embedding_server(log) as address:
        yield address
    assert "Jane Doe" not in log.read_text("utf-8")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return tmp_path_factory.mktemp("kept") / "feedback.jsonl"


@pytest.fixture(scope="module")
def address(kept):
    """Serve the chat page alone."""
    from tests.ui.chat_site import served_chat

    with served_chat(kept) as address:
        yield address
