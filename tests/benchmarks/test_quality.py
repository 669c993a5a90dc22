"""The page of figures: every library beside the others, and nothing old shown as new."""

import json
import re

import pytest

from benchmarks import quality
from benchmarks.quality import LIBRARIES, publish
from ui.page.about import UNKNOWN, figures_html

STALE = "Measured with an earlier program"
REPORT = """# Quality

{name}: asked with program {program}.

| figure  | value |

## By kind

![Reliability](reliability.png)

## The worst answers

```text
? ## Is this a heading?
```
"""


@pytest.fixture
def program(monkeypatch):
    """Make the program one with this digest."""
    return lambda digest: monkeypatch.setattr(quality, "program_digest", lambda: digest)


@pytest.fixture
def evaluate(tmp_path):
    """Leave in a folder what the evaluation of libraries leaves there, and return the folder."""

    def make(program, *names):
        work = tmp_path / f"{program}{len(names)}"
        for name in names:
            (work / name).mkdir(parents=True)
            figure = {"value": 0.5, "low": 0.25, "high": 0.75}
            record = {"questions": 4, "program": program, "figures": {"handled": figure}}
            (work / name / "quality.json").write_text(json.dumps(record))
            text = REPORT.format(name=name, program=program)
            (work / name / "quality.md").write_text(text, "utf-8")
            for picture in ("reliability.png", "risk_coverage.png"):
                (work / name / picture).write_bytes(f"{name} {program}".encode())
        return work

    return make


@pytest.fixture
def page(tmp_path):
    """Publish from a folder and return the page."""
    docs = tmp_path / "docs"
    docs.mkdir()

    def make(work):
        publish(work, docs, tmp_path / "published.json")
        return (docs / "quality.md").read_text("utf-8")

    return make


OWN = ("with_bank", "without_bank")
ALL = (*OWN, "others")


def section(page, title):
    return re.split(r"^## ", page.partition(f"## {title}\n")[2], maxsplit=1, flags=re.M)[0]


def test_every_library_has_a_section_with_its_own_pictures(evaluate, page, program, tmp_path):
    program("new")
    text = page(evaluate("new", *ALL))
    for library in LIBRARIES:
        found = section(text, library.title)
        assert f"{library.name}: asked with program new" in found
        assert "### By kind" in found
        (picture,) = re.findall(r"\]\((.*)\)", found.partition("![")[2].partition("\n")[0])
        assert (tmp_path / "docs" / picture).read_bytes() == f"{library.name} new".encode()
    assert STALE not in text


def test_the_figures_stand_side_by_side(evaluate, page, program):
    program("new")
    (row,) = re.findall(r"^\| handled .*$", page(evaluate("new", *ALL)), re.M)
    assert row.count(".50 .25–.75") == 3


def test_what_was_not_measured_again_is_kept_and_said_to_be_old(evaluate, page, program, tmp_path):
    program("old")
    page(evaluate("old", *ALL))
    program("new")
    text = page(evaluate("new", *OWN))
    *own, others = (section(text, library.title) for library in LIBRARIES)
    assert "others: asked with program old" in others
    assert STALE in others
    assert "other documents (earlier program)" in text
    assert not any(STALE in one or "old" in one for one in own)
    assert (tmp_path / "docs/quality/others_reliability.png").read_bytes() == b"others old"


def test_publishing_twice_changes_nothing(evaluate, page, program):
    program("old")
    page(evaluate("old", *ALL))
    program("new")
    work = evaluate("new", *OWN)
    assert page(work) == page(work)


def test_what_was_not_measured_again_is_not_old_if_the_program_is_the_same(evaluate, page, program):
    program("new")
    before = page(evaluate("new", *ALL))
    assert page(evaluate("new", *OWN)) == before


def test_a_library_never_measured_has_no_figures(evaluate, page, program):
    program("new")
    text = page(evaluate("new", *OWN))
    assert "Not measured yet." in section(text, LIBRARIES[-1].title)
    assert "| other documents |" not in text


def test_the_about_page_shows_the_figures_of_the_first_library(evaluate, page, program, tmp_path):
    program("new")
    page(evaluate("new", *OWN))
    html = figures_html(tmp_path / "published.json")
    assert UNKNOWN not in html
    assert "<b>50 %</b>" in html


def test_each_library_is_evaluated_by_the_command_that_anybody_can_type(monkeypatch, tmp_path):
    typed = []
    monkeypatch.setattr(quality.cli, "main", lambda arguments: typed.append(arguments) or 0)
    quality.measure(tmp_path, None)
    assert [words[0] for words in typed] == ["evaluate", "evaluate"]
    assert ["--without-bank" in words for words in typed] == [False, True]
    quality.measure(tmp_path, tmp_path / "texts")
    assert typed[-1][:3] == ["evaluate", "--corpus", str(tmp_path / "texts")]
    assert typed[-2][:5] == ["build", *typed[-1][1:5]]


def test_a_figure_below_its_floor_ends_it(monkeypatch, tmp_path):
    monkeypatch.setattr(quality.cli, "main", lambda arguments: 1)
    with pytest.raises(SystemExit, match=r"^1$"):
        quality.measure(tmp_path, None)
