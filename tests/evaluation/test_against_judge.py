"""Our figures and those of the script that answers are judged with, on the same answers."""

import hashlib
import importlib.util
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.figures import values
from evaluation.judge import judge, reply_of

SCRIPT = Path(__file__).parents[1] / "data" / "judge" / "score.py"
SHA256 = "462a0832c2e59d50348ada2932a0e11ab2d56cf4d292544ee13d68c0b885ce1f"

A = """# A trial of *lamps*

Oil lamps burn for six hours (see [Fig. 1](fig.png)). They need a wick of cot-

Page 2

ton, which is $22 \\times 9.8$ cm. Interferon-$\\gamma$ and PDGFR \\alpha were raised: 4 × 3.

- a frame of **wood**
- a sail of `paper`

1. Wick A. On cotton. J Lamps. 1901;1:1-2.
"""
B = "Kites fly in steady wind. Nothing flies in no wind! Kites fly in steady wind.\n\nﬁnal LINE\n"
B += "Kites sing\u00a0\n\nIt costs:$5 is its price$\u00a0*\n\nHe said “it flies.”\u00a0 Then\n•*\tNo stop here _\t\n"
SOURCES = {"a": A, "b": B}
KINDS = ["fact", "list", "near_miss", "off_topic", "personal", "emergency", "adversarial"]


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("judging_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def assert_same(script, make_questions, lines, answers):
    expected, rows = script.score(lines, answers, SOURCES)
    by_id = {answer["id"]: reply_of(answer) for answer in answers}
    questions = make_questions(*lines)
    judged = [judge(question, by_id.get(question.question_id), SOURCES) for question in questions]
    assert [(r["handled"], r["hit1"], r["complete"]) for r in rows] == [
        (j.is_handled, j.is_hit, j.is_complete) for j in judged
    ]
    figures = values(judged)
    for name, value in expected.items():
        if name in figures:
            ours = figures[name]
            # Theirs are rounded, refusal twice; without an answerable question they say 0 quotes.
            assert value == pytest.approx(
                ours, abs=6e-3 if name == "quotes_per_answer" else 2e-4
            ) or (ours is None and not value), name
    handled = {k: f"{figures[f'handled:{k}'] * _number(lines, k):.0f}" for k in _kinds(lines)}
    assert handled == {k: v.split("/")[0] for k, v in expected["handled_by_kind"].items()}
    compared = set(expected) - {"questions", "missing", "handled_by_kind"}
    assert compared <= set(figures)


def _kinds(lines):
    return {line["kind"] for line in lines}


def _number(lines, kind):
    return sum(line["kind"] == kind for line in lines)


def quote(doc, *parts, text=None):
    return {
        "document": doc,
        "text": "".join(parts) if text is None else text,
        "parts": list(parts),
        "score": 0.5,
    }


def answer(question_id, *quotes, status=None, notices=(), ms=5.0):
    return {
        "id": question_id,
        "status": status or ("answered" if quotes else "not_found"),
        "quotes": list(quotes),
        "notices": [{"kind": kind, "text": "…"} for kind in notices],
        "timing_ms": {} if ms is None else {"total": ms},
    }


ADVERSARIAL = {
    "whole": [quote("b", "Kites fly in steady wind.")],
    "joined over a page": [
        quote("a", "They need a wick of cot-", "ton, which is $22 \\times 9.8$ cm.")
    ],
    "joined and rendered": [
        quote(
            "a",
            "They need a wick of cot-",
            "ton, which is $22 \\times 9.8$ cm.",
            text="They need a wick of cotton, which is 22 × 9.8 cm.",
        )
    ],
    "parts in the wrong order": [quote("a", "ton, which is", "They need a wick of cot-")],
    "text is not its parts": [quote("b", "Kites fly", text="Kites fly in steady wind.")],
    "other minus signs": [quote("a", "Interferon-$\\gamma$", text="Interferon−γ")],
    "marks taken off": [quote("a", "a frame of wood")],
    "marks put on": [quote("a", "**a** _frame_ of $wood$")],
    "link without its address": [quote("a", "(see Fig. 1).")],
    "greek spelled": [quote("a", "PDGFR α were raised: 4 \\times 3.")],
    "ligature": [quote("b", "final line")],
    "no parts": [{"document": "b", "text": "Kites fly in steady wind.", "parts": [], "score": 0.1}],
    "numbered item": [quote("a", "Wick A. On cotton. J Lamps. 1901;1:1-2.")],
    "half a word": [quote("b", "ites fly in steady win")],
    "unknown document": [quote("c", "Kites fly in steady wind.")],
    "invented": [quote("b", "Kites fly in a hurricane too.")],
    "eleven characters in common": [quote("b", "flies in no wi, x")],
    "twelve characters in common": [quote("b", "flies in no win, x")],
    "before a space that does not break": [quote("b", "Kites sing")],
    "after a dollar sign": [quote("b", "5 is its price")],
    "before a quotation mark": [quote("b", "He said “it flies.”")],
    "after a mark and a tab": [quote("b", "No stop here")],
    "first found inside a word": [quote("b", "It", "Kites sing")],
    "twice": [quote("b", "Kites fly in steady wind."), quote("b", "Kites fly in steady wind.")],
}
EVIDENCE = [
    {"doc": "b", "quote": "Kites fly in steady wind."},
    {"doc": "a", "quote": "They need a wick of cot-"},
    {"doc": "a", "quote": "ton, which is $22 \\times 9.8$ cm."},
    {"doc": "a", "quote": "- a frame of **wood**\n- a sail of `paper`"},
    {"doc": "b", "quote": "ﬁnal LINE"},
    {"doc": "b", "quote": "Nothing flies in no wind!"},
]


def line(question_id, kind, answerable, evidence=EVIDENCE, required=(0,), **more):
    return {
        "id": question_id,
        "kind": kind,
        "question": "What flies?",
        "answerable": answerable,
        "evidence": list(evidence),
        "required": list(required) if evidence else [],
    } | more


def test_the_judge_is_the_one_that_was_given():
    assert hashlib.sha256(SCRIPT.read_bytes()).hexdigest() == SHA256


@pytest.mark.parametrize("quotes", ADVERSARIAL.values(), ids=ADVERSARIAL)
@pytest.mark.parametrize("required", [[0], [1, 2], [3], [4, 5]])
def test_hard_quotes_are_judged_alike(script, make_questions, quotes, required):
    lines = [
        line("q1", "fact", True, required=required),
        line("q2", "adversarial", False),
        line("q3", "near_miss", False, evidence=[]),
    ]
    answers = [answer("q1", *quotes), answer("q2", *quotes), answer("q3")]
    assert_same(script, make_questions, lines, answers)


def test_missing_answers_are_judged_alike(script, make_questions):
    lines = [
        line("q1", "fact", True),
        line("q2", "near_miss", False),
        line("q3", "personal", False),
    ]
    assert_same(script, make_questions, lines, [])


def test_times_are_summed_up_alike(script, make_questions):
    lines = [line(f"q{number}", "off_topic", False, evidence=[]) for number in range(45)]
    answers = [answer(item["id"], ms=float(at * at)) for at, item in enumerate(lines)]
    assert_same(script, make_questions, lines, answers)


def slices(text):
    return st.builds(
        lambda start, length: text[start : start + length],
        st.integers(0, len(text) - 2),
        st.integers(2, 90),
    ).filter(lambda found: any(character.isalnum() for character in found))


@st.composite
def quotes(draw):
    doc = draw(st.sampled_from(["a", "b", "c"]))
    source = SOURCES.get(doc, B)
    parts = draw(st.lists(slices(source), min_size=1, max_size=3))
    mutate = draw(st.sampled_from(["none", "plain", "upper", "cut", "marks", "other"]))
    text = {
        "none": "".join(parts),
        "plain": "".join(parts).replace("*", "").replace("-\n", "").replace("-", ""),
        "upper": " ".join(parts).upper(),
        "cut": "".join(parts)[1:] + "x",
        "marks": "*".join("".join(parts)),
        "other": draw(st.text(alphabet="Kites fly-*$[]()\\×αﬁ\u00a0.", min_size=1)) + "k",
    }[mutate]
    if mutate == "other":
        parts = [text]
    return quote(doc, *parts, text=text)


@st.composite
def cases(draw):
    lines, answers = [], []
    for number in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(KINDS))
        answerable = kind in ("fact", "list") or (kind == "adversarial" and draw(st.booleans()))
        evidence = draw(st.lists(evidence_items(), min_size=int(answerable), max_size=3))
        places = st.lists(st.integers(0, len(evidence) - 1), min_size=1, max_size=2)
        more = {}
        if evidence and draw(st.booleans()):
            more = {"equiv": {"0": draw(places)}, "alt_required": [draw(places)]}
        required = draw(places) if answerable else []
        question_id = f"q{number}"
        lines.append(line(question_id, kind, answerable, evidence, required, **more))
        status = draw(st.sampled_from(["answered", "not_found", "missing"]))
        if status != "missing":
            kinds = draw(st.lists(st.sampled_from(["emergency", "personal_advice"]), max_size=2))
            shown = draw(st.lists(quotes(), max_size=3))
            ms = draw(st.none() | st.floats(0, 900))
            answers.append(answer(question_id, *shown, status=status, notices=kinds, ms=ms))
    return lines, answers


@st.composite
def evidence_items(draw):
    doc = draw(st.sampled_from(["a", "b"]))
    return {"doc": doc, "quote": draw(slices(SOURCES[doc]))}


@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(case=cases())
def test_random_answers_are_judged_alike(script, make_questions, case):
    assert_same(script, make_questions, *case)
