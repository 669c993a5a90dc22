import json
import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.ui.conftest import STATUSES, WELCOME
from ui.exports.bibtex import bibtex_text
from ui.exports.bibtex import to_bibtex as bibtex_of
from ui.exports.csl_json import to_csl_json as csl_json_of
from ui.exports.files import FORMATS, export
from ui.exports.markdown import markdown_text
from ui.exports.markdown import to_markdown as markdown_of
from ui.exports.ris import to_ris as ris_of
from ui.exports.selection import Quoted, Selection

TRICKY = "ab 1.)-+=*_`~<>[]{}()#&;|$!^\\:'\"/,%é𝒳"
MARKDOWN = """\
# What about \\<radiation\\>?

> After his course of radiation he kept a robust response of most sites \\[8-10\\].

— Reuben DY. Case report. J Med Cases. 2024 Jun 19. doi: 10.14740/jmc4237. (Treatment, paragraph 2)

> Side effects can include fatigue, cough, nausea, itching and skin rash.

— ACS. Patient guide \\[Internet\\]. American Cancer Society; 2019 Jan 1. \
Available from: https://cancer.example/guide\\#top. (Possible side effects, paragraph 1)

---

Library version 0123456789ab. Newest revision among the documents: 19 June 2024. Not medical advice.
"""
RIS = [
    "TY  - JOUR",
    "ID  - case_report",
    "AU  - Reuben, Daniel Y.",
    "TI  - Case report",
    "T2  - Journal of Medical Cases",
    "J2  - J Med Cases",
    "PY  - 2024",
    "DA  - 2024/06/19/",
    "DO  - 10.14740/jmc4237",
    "N1  - Asked: “What about <radiation>?”",
    "N1  - Word for word: “After his course of radiation he kept a robust response of most sites "
    "[8-10].” (Treatment, paragraph 2)",
    "N1  - Library version 0123456789ab. Newest revision among the documents: 19 June 2024. Not medical advice.",
    "ER  - ",
    "",
    "TY  - ELEC",
    "ID  - patient_guide",
    "AU  - ACS",
    "TI  - Patient guide",
    "T2  - American Cancer Society",
    "PY  - 2019",
    "DA  - 2019/01/01/",
    "PB  - American Cancer Society",
    "UR  - https://cancer.example/guide#top",
    "N1  - Asked: “What about <radiation>?”",
    "N1  - Word for word: “Side effects can include fatigue, cough, nausea, itching and skin "
    "rash.” (Possible side effects, paragraph 1)",
    "N1  - Library version 0123456789ab. Newest revision among the documents: 19 June 2024. Not medical advice.",
    "ER  - ",
    "",
]
BIBTEX = """\
@article{case_report,
  author = {Reuben, Daniel Y.},
  title = {{Case report}},
  journal = {Journal of Medical Cases},
  year = {2024},
  month = {6},
  doi = {10.14740/jmc4237},
  note = {Asked: “What about \\textless{}radiation\\textgreater{}?” Word for word: “After his \
course of radiation he kept a robust response of most sites [8-10].” (Treatment, paragraph 2) \
Library version 0123456789ab. Newest revision among the documents: 19 June 2024. Not medical advice.},
}
"""


@pytest.fixture
def sources(answerer):
    report = {
        "type": "article-journal",
        "author": [{"family": "Reuben", "given": "Daniel Y."}],
        "container-title-short": "J Med Cases",
    }
    guide = {"type": "webpage", "author": [{"literal": "ACS"}]}
    changed = {
        "case_report": replace(answerer.sources["case_report"], csl=report),
        "patient_guide": replace(answerer.sources["patient_guide"], csl=guide),
    }
    return answerer.sources | changed


def to_markdown(answer, *more):
    return markdown_of(Selection.of(answer), *more)


def to_ris(answer, sources):
    return ris_of(Selection.of(answer), sources)


def to_bibtex(answer, sources):
    return bibtex_of(Selection.of(answer), sources)


def to_csl_json(answer, sources):
    return csl_json_of(Selection.of(answer), sources)


def rendered(markdown):
    """The characters of each block of a page, as a reader of Markdown shows them."""
    blocks = []
    for token in MarkdownIt("commonmark").parse(markdown):
        if token.type == "inline":
            assert {child.type for child in token.children} <= {"text", "hardbreak", "text_special"}
            blocks.append(
                "".join("\n" if c.type == "hardbreak" else c.content for c in token.children)
            )
    return blocks


COMMANDS = {
    "textbackslash": "\\",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textbar": "|",
    "textless": "<",
    "textgreater": ">",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciigrave": "`",
}


def printed(latex):
    """What LaTeX prints: our few commands, and no character that it takes for something else."""
    without = re.sub(r"\\[a-z]+\{\}|\\[$&%#_]", "\0", latex)
    assert not re.search(r"[$&%#_^~<>|`\\]|--|''|,,", without.replace("{}", "\0"))
    latex = re.sub(r"\\([$&%#_])", "\0\\1", latex)
    latex = re.sub(r"\\([a-z]+)\{\}", lambda command: f"\0{COMMANDS[command[1]]}", latex)
    return re.sub(r"\0(.)|\{\}", r"\1", latex)


def test_markdown_holds_question_quotes_citations_and_date(answerer, sources):
    answer = answerer.answer("What about <radiation>?")
    assert to_markdown(answer, sources) == MARKDOWN


@pytest.mark.parametrize("doc_id", ["awkward", "hostile"])
def test_markdown_shows_every_quote_character_for_character(answerer, doc_id):
    answer = answerer.answer(doc_id)
    shown = rendered(to_markdown(answer, answerer.sources))
    assert shown[1:-1:2] == [citation.quote for citation in answer.citations]


@given(st.text(alphabet=TRICKY + "\t", min_size=1))
@example("  two  spaces ")
@example("1. one")
@example("   ")
@example("~~~")
def test_markdown_shows_any_line_as_it_is(line):
    assert rendered(f"> {markdown_text(line)}") == [line]


def test_markdown_cites_in_the_chosen_style(answerer, sources):
    text = to_markdown(answerer.answer("radiation"), sources, "apa")
    assert "— Reuben, D. Y. (2024). Case report. Journal of Medical Cases." in text


def test_markdown_of_no_answer_says_so_before_what_comes_closest(answerer, sources):
    text = to_markdown(answerer.answer("unknown"), sources)
    assert rendered(text)[1:3] == [
        "The documents do not answer this.",
        "The closest passages. They are not an answer:",
    ]


def test_markdown_keeps_the_notices(answerer, sources):
    text = to_markdown(answerer.answer("emergency"), sources)
    assert "**Call your emergency number now.**" in text


def test_every_format_keeps_the_date_and_the_context_of_a_quote(answerer, sources):
    answer = answerer.answer("approved")
    context = f"Context: “{answer.citations[0].antecedent.text}”"
    for write in (to_markdown, to_ris, to_bibtex, to_csl_json):
        text = write(answer, sources)
        assert "As of June 2024." in text
        assert context in text


def test_every_format_keeps_the_order_of_the_answer(answerer, sources):
    answer = answerer.answer("danger")
    for write in (to_markdown, to_ris, to_bibtex, to_csl_json):
        text = write(answer, sources)
        assert text.index("After his course") < text.index("Side effects can")


def test_markdown_of_thanks_is_the_notice_alone(answerer, sources):
    text = to_markdown(answerer.answer("thank you"), sources)
    assert f"**{WELCOME}**" in text
    assert "answer" not in text


def test_ris_has_a_record_a_source_with_its_quotes_in_notes(answerer, sources):
    text = to_ris(answerer.answer("What about <radiation>?"), sources)
    assert text.split("\r\n") == RIS


def test_no_quote_or_question_can_start_a_line_of_ris(answerer):
    answer = answerer.answer("awkward\nER  - \r\nTY  - JOUR\u2028TI  - x")
    lines = to_ris(answer, answerer.sources).split("\r\n")
    assert not {"\n", "\r", "\u2028"} & set("".join(lines))
    assert [line for line in lines if line.startswith(("TY", "ER", "TI"))] == [
        "TY  - JOUR",
        "TI  - Awkward",
        "ER  - ",
    ]


def test_bibtex_has_an_entry_a_source_with_its_quotes_in_the_note(answerer, sources):
    text = to_bibtex(answerer.answer("What about <radiation>?"), sources)
    assert text.startswith(BIBTEX + "\n@misc{patient_guide,\n  author = {{ACS}},\n")
    assert "  url = {https://cancer.example/guide#top},\n" in text


@given(st.text(alphabet=TRICKY))
def test_latex_prints_any_text_as_it_is(text):
    escaped = bibtex_text(text)
    assert escaped.count("{") == escaped.count("}")
    assert printed(escaped) == text


def test_a_report_and_a_full_article_have_the_fields_of_their_kind(answerer, sources):
    volume = {"volume": "15", "issue": "7", "page": "159-167"}
    article = {**sources["case_report"].csl, **volume}
    report = {"type": "report", "number": "12", "publisher-place": "Geneva", "publisher": "WHO"}
    sources["case_report"] = replace(sources["case_report"], csl=article)
    sources["patient_guide"] = replace(sources["patient_guide"], csl=report)
    answer = answerer.answer("radiation")
    bibtex, ris = to_bibtex(answer, sources), to_ris(answer, sources)
    assert "  volume = {15},\n  number = {7},\n  pages = {159-167},\n" in bibtex
    assert "@techreport{patient_guide,\n" in bibtex
    assert "  institution = {WHO},\n  address = {Geneva},\n  number = {12},\n" in bibtex
    assert "VL  - 15\r\nIS  - 7\r\nSP  - 159\r\nEP  - 167\r\n" in ris
    assert "TY  - RPRT\r\n" in ris
    assert "M1  - 12\r\nCY  - Geneva\r\nPB  - WHO\r\n" in ris


def test_every_note_of_bibtex_is_balanced_and_on_one_line(answerer):
    for asked in ("awkward", "hostile {{ @article{x,"):
        text = to_bibtex(answerer.answer(asked), answerer.sources)
        assert text.count("{") == text.count("}")
        (note,) = re.findall(r"^  note = \{(.*)\},$", text, flags=re.MULTILINE)
        assert note.count("{") == note.count("}")


def test_an_address_that_no_browser_may_open_is_in_no_file(answerer):
    answer = answerer.answer("hostile")
    for form in ("ris", "bibtex", "csl"):
        assert (
            "javascript"
            not in export(Selection.of(answer), answerer.sources, form).text.split("Asked")[0]
        )


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("markdown", "quotewell.md"),
        ("ris", "quotewell.ris"),
        ("bibtex", "quotewell.bib"),
        ("csl", "quotewell.json"),
    ],
)
def test_each_format_has_its_own_file_name(answerer, form, name):
    assert export(Selection.of(answerer.answer("radiation")), answerer.sources, form).name == name


def test_an_export_says_how_a_follow_up_was_read(answerer):
    answer = answerer.answer("and *why*?", ["First?"])
    assert "\n\nRead as: “First?” “and \\*why\\*?”\n\n" in to_markdown(answer, answerer.sources)
    assert "N1  - Asked: “First?” “and *why*?”" in to_ris(answer, answerer.sources)


def test_in_markdown_each_question_of_a_message_has_its_own_quotes(answerer):
    answer = answerer.answer("radiation // unknown")
    first, second = to_markdown(answer, answerer.sources).split("\n## ")[1:]
    assert first.startswith("radiation\n\n> After his course")
    assert second.startswith("unknown\n\nThe documents do not answer this.\n\nThe closest")


def test_csl_json_has_an_item_a_source_with_its_quotes_in_the_note(answerer, sources):
    article = {**sources["case_report"].csl, "volume": 15, "issue": "7", "page": "159-167"}
    sources["case_report"] = replace(sources["case_report"], csl=article)
    text = to_csl_json(answerer.answer("What about <radiation>?"), sources)
    report, guide = json.loads(text)
    assert report == {
        "id": "case_report",
        "type": "article-journal",
        "title": "Case report",
        "author": [{"family": "Reuben", "given": "Daniel Y."}],
        "container-title": "Journal of Medical Cases",
        "container-title-short": "J Med Cases",
        "volume": "15",
        "issue": "7",
        "page": "159-167",
        "DOI": "10.14740/jmc4237",
        "issued": {"date-parts": [[2024, 6, 19]]},
        "note": "Asked: “What about <radiation>?”\n"
        "Word for word: “After his course of radiation he kept a robust response of most sites "
        "[8-10].” (Treatment, paragraph 2)\n"
        "Library version 0123456789ab. Newest revision among the documents: 19 June 2024. Not medical advice.",
    }
    assert guide["id"] == "patient_guide"
    assert guide["type"] == "webpage"


@pytest.fixture
def sheet(answerer):
    asked = ["radiation", "and side effects", "side // unknown"]
    answers = [answerer.answer(one, asked[:at]) for at, one in enumerate(asked)]
    notes = ("For *week* 3: {read} it.\n# Not a heading\nER  - ", "", "")
    quoted = tuple(map(Quoted, answers, notes))
    return Selection(quoted, title="1. *Sarcoma* {3}", version="abc")


def test_the_title_of_a_sheet_is_its_only_first_heading_and_what_it_is_from_stands_once(
    sheet, sources
):
    text = markdown_of(sheet, sources)
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# 1\\. \\*Sarcoma\\* \\{3\\}",
        "## radiation",
        "## and side effects",
        "## side // unknown",
        "### side",
        "### unknown",
    ]
    assert text.count("Not medical advice.") == 1
    assert text.endswith(
        "Library version abc. Newest revision among the documents: 19 June 2024. Not medical advice.\n"
    )


def test_a_note_is_set_apart_from_the_quotes_in_every_format(sheet, sources):
    own = "Note by the maker of this sheet, not from the sources:"
    assert f"{own} For *week* 3: {{read}} it. # Not a heading ER  - " in rendered(
        markdown_of(sheet, sources).replace(f"*{own}*", own)
    )
    ris = ris_of(sheet, sources).split("\r\n")
    assert [line for line in ris if own in line] == 2 * [
        f"N1  - {own} For *week* 3: {{read}} it. # Not a heading ER  - "
    ]
    assert ris.count("ER  - ") == 2
    assert f"{own} For *week* 3: \\textbraceleft{{}}read" in bibtex_of(sheet, sources)
    item = json.loads(csl_json_of(sheet, sources))[0]
    assert f"{own} For *week* 3: {{read}} it. # Not a heading ER  - " in item["note"].split("\n")


def test_a_source_that_is_quoted_for_several_questions_is_one_entry(sheet, sources):
    for form in FORMATS:
        assert export(sheet, sources, form).name.startswith("quotewell-sheet.")
    assert ris_of(sheet, sources).count("TY  - ") == 2
    assert bibtex_of(sheet, sources).count("\n@") == 1
    assert len(json.loads(csl_json_of(sheet, sources))) == 2
    assert ris_of(sheet, sources).count("N1  - Asked: “radiation”\r\n") == 2


def test_quotes_that_are_not_shown_any_more_are_named_and_not_called_unanswered(answerer, sources):
    answer = answerer.answer("side // unknown")
    first, *others = answer.parts
    answer = replace(answer, parts=(replace(first, citations=()), *others))
    missing = ("patient_guide", "gone*", "gone*")
    text = markdown_of(Selection((Quoted(answer, missing=missing),), title="S"), sources)
    assert "\n\n**3 quotes are not shown, from: Patient guide, gone\\*.**\n\n" in text
    assert "The documents do not answer this." not in text
    whole = markdown_of(Selection((Quoted(answer),), title="S"), sources)
    assert whole.count("The documents do not answer this.") == 2


def test_a_question_of_a_sheet_that_was_not_asked_of_everything_says_so(answerer):
    one = Quoted(answerer.answer("side // unknown"), within="kind=patient+information+page")
    text = markdown_of(Selection((one,), title="S"), answerer.sources)
    assert "Searched: 1 of 4 documents (patient information page)." in rendered(text)
    assert "Searched" not in to_markdown(answerer.answer("side // unknown"), answerer.sources)


@pytest.mark.parametrize("form", ["markdown", "ris", "bibtex", "csl"])
def test_every_format_says_what_has_happened_to_a_source(answerer, form):
    sources = {k: replace(v, status=STATUSES) for k, v in answerer.sources.items()}
    text = export(Selection.of(answerer.answer("retracted")), sources, form).text
    assert "Retracted on 4 May 2024: do not rely on it." in text
    assert "Read by a machine from a scan" in text
    assert "Library version 0123456789ab" in text
