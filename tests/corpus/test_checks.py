"""Each fault of an item is named by its key and says what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.checks import is_safe_name, item_faults, shown


def test_a_whole_item_has_no_fault(item):
    assert item_faults(item(DOI="10.1/x", URL="https://a.org", custom={"revised": "2024-06"})) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"id": ...}, "id is missing; add it"),
        ({"title": 7}, "title is a number, not text; write it in quotation marks"),
        ({"title": None}, "title is null, not text"),
        ({"id": " "}, "id is empty; fill it in"),
        ({"id": ["one"]}, "id is a list, not text"),
        ({"URL": {}}, "URL is an object, not text"),
        ({"DOI": True}, "DOI is true or false, not text"),
        ({"type": 1}, "type is a number, not text"),
        ({"publisher": []}, "publisher is a list, not text"),
        ({"container_title": 1}, "container-title is a number, not text"),
        ({"custom": ...}, "custom is missing; give it file"),
        ({"custom": "one.md"}, "custom is text, not an object; give it file"),
        ({"custom": {"file": ...}}, "custom.file is missing; add it"),
        ({"custom": {"label": ["One"]}}, "custom.label is a list, not text"),
        ({"custom": {"file": ""}}, "custom.file is empty; fill it in"),
        ({"custom": {"evidence": 1}}, "custom.evidence is a number, not text"),
        ({"custom": {"pdf": "one.docx"}}, "custom.pdf 'one.docx' is not the name of a PDF; write"),
        ({"custom": {"pdf": "../one.pdf"}}, "custom.pdf '../one.pdf' is not the name of a PDF"),
        ({"custom": {"file": "one.pdf", "pdf": "one.pdf"}}, "is custom.file itself; delete"),
        ({"custom": {"audience": []}}, "custom.audience is a list, not text"),
        ({"custom": {"audience": "all"}}, "audience is 'all'; write clinician or patient"),
        ({"custom": {"sha256": "12"}}, "custom.sha256 is not 64 hexadecimal digits; delete it"),
        ({"custom": {"sha256": ""}}, "custom.sha256 is not 64 hexadecimal digits; delete it"),
        ({"custom": {"sha256": 7}}, "custom.sha256 is a number, not text"),
        ({"custom": {"revised": 2024}}, "custom.revised is a number, not text"),
        ({"custom": {"revised": "2024-99"}}, "'2024-99' is not a date; write it as 2024-06-19"),
        ({"custom": {"revised": "June 2024"}}, "'June 2024' is not a date"),
        ({"custom": {"file": "../one.md"}}, "'../one.md' is not a plain file name"),
        ({"custom": {"file": "a/one.md"}}, "'a/one.md' is not a plain file name"),
        ({"id": "two"}, "id 'two' does not match custom.file 'one.md'; the id is the file's name"),
        ({"author": {"literal": "A"}}, "author is an object, not a list; write ["),
        ({"author": ["A. Roe"]}, "author 1 is text, not an object"),
        ({"author": [{"literal": ["A"]}]}, "author 1: literal is a list, not text"),
        ({"author": [{"family": 1}]}, "author 1: family is a number, not text"),
        ({"author": [{"given": "A"}]}, "author 1 has neither family nor literal"),
        ({"issued": "2024"}, "issued '2024' is not a date; write it as"),
        ({"issued": None}, "issued None is not a date"),
        ({"issued": {}}, "issued {} is not a date"),
        ({"issued": {"date-parts": []}}, "is not a date"),
        ({"issued": {"date-parts": [[]]}}, "is not a date"),
        ({"issued": {"date-parts": [2024]}}, "is not a date"),
        ({"issued": {"date-parts": [[2024, 99]]}}, "[[2024, 99]]} is not a date"),
        ({"issued": {"date-parts": [["June"]]}}, "is not a date"),
        ({"issued": {"date-parts": [[True]]}}, "is not a date"),
        ({"issued": {"date-parts": [[10**400]]}}, "is not a date"),
        ({"issued": {"raw": "June 2024"}}, "is not a date"),
    ],
)  # fmt: skip
def test_a_fault_names_its_key_and_says_what_to_do(item, changes, fault):
    (told,) = item_faults(item(**changes))
    assert fault in told
    assert "; " in told


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("../one.pdf", "custom.pdf '../one.pdf' is not the name of a PDF; write"),
        ("one.md", "custom.pdf 'one.md' is not the name of a PDF; write"),
        (7, "custom.pdf is a number, not text; write it in quotation marks"),
    ],
)
def test_a_pdf_beside_a_file_is_one_in_the_same_folder(item, name, fault):
    (told,) = item_faults(item(custom={"pdf": name}))
    assert told.startswith(fault)


def test_a_file_is_not_its_own_pdf(item):
    (told,) = item_faults(item("one.pdf", custom={"pdf": "one.pdf"}))
    assert told == "custom.pdf is custom.file itself; delete custom.pdf"


def test_whether_pages_are_shown_is_yes_or_no(item):
    odd = item()
    odd["custom"]["page_images"] = "no"
    assert item_faults(odd) == ["custom.page_images is text; write true or false"]


def test_what_is_no_object_is_no_item():
    assert item_faults(["one"]) == ["is a list, not an object; write it as corpus/README.md shows"]


def test_all_faults_of_an_item_are_told(item):
    told = item_faults(item(title=7, issued=3, custom={"label": 1, "audience": "all"}))
    assert len(told) == 4


@pytest.mark.parametrize(
    "name",
    [
        ".", "..", "", "/etc/passwd", "a\\b.md", ".hidden.md", "a\0.md", "a\n.md", "a\x1b.md",
        "a\u202e.md", "a\ud800.md", " a.md", "a.md ", "x" * 253 + ".md", "a.md/",
    ],
)  # fmt: skip
def test_a_name_that_is_more_than_a_name_is_not_safe(name):
    assert not is_safe_name(name)


@pytest.mark.parametrize("name", ["one.md", "Größe 2.txt", "a.b.md", "no ending", "快.md"])
def test_ordinary_names_are_safe(name):
    assert is_safe_name(name)


def test_a_value_is_shown_short_and_without_characters_that_steer_a_terminal():
    assert shown("a\x1b[31m\u202e") == r"'a\x1b[31m\u202e'"
    assert len(shown("x" * 1000)) <= 80


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
KEYS = st.sampled_from(["id", "title", "author", "issued", "DOI", "custom", "container-title"])
CUSTOM = st.sampled_from(["file", "sha256", "label", "audience", "evidence", "rights", "revised"])
DATES = st.dictionaries(st.just("date-parts"), JSON)
ITEMS = st.dictionaries(KEYS, JSON | DATES | st.dictionaries(CUSTOM, JSON)) | JSON


@given(ITEMS)
def test_whatever_json_an_item_is_it_gets_its_faults_as_single_lines(item):
    told = item_faults(item)
    assert told
    assert all("\n" not in fault for fault in told)
