"""Facts of a document are corrected one by one; whatever else its item holds stays."""

import json

import pytest

from library import history
from library.errors import LibraryError
from library.facts import changed, describe, facts_of

TAWBI = {"family": "Tawbi", "given": "Hussein A"}
BERG = {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der", "suffix": "Jr"}
ITEM = {
    "id": "tawbi_2017",
    "type": "article-journal",
    "title": "Pembrolizumab in advanced soft-tissue sarcoma",
    "author": [TAWBI, BERG, {"literal": "SARC"}],
    "container-title": "The Lancet Oncology",
    "issued": {"date-parts": [[2017, 11, 4]]},
    "DOI": "10.1016/S1470-2045(17)30624-1",
    "volume": "18",
    "custom": {"file": "tawbi_2017.txt", "evidence": "open-label trial", "status": []},
}


def test_facts_are_written_as_people_write_them():
    assert facts_of(ITEM) == {
        "title": "Pembrolizumab in advanced soft-tissue sarcoma",
        "author": "Tawbi, Hussein A\nvan der Berg, Jan, Jr\nSARC",
        "container-title": "The Lancet Oncology",
        "publisher": "",
        "issued": "2017-11-04",
        "DOI": "10.1016/S1470-2045(17)30624-1",
        "audience": "",
        "evidence": "open-label trial",
        "rights": "",
        "label": "",
    }


def test_facts_that_are_saved_as_they_are_change_nothing():
    spaced = {key: f" {text} \r\n" for key, text in facts_of(ITEM).items()}
    assert changed(ITEM, facts_of(ITEM)) == changed(ITEM, spaced) == changed(ITEM, {}) == ITEM


def test_authors_who_stay_keep_what_else_is_known_of_their_names():
    facts = {"author": "van der Berg, Jan, Jr\nDoe, Jane\n\n A  team "}
    assert changed(ITEM, facts)["author"] == [
        BERG,
        {"family": "Doe", "given": "Jane"},
        {"literal": "A team"},
    ]


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("title", "Another\n title ", "Another title"),
        ("DOI", "https://doi.org/10.1/x", "10.1/x"),
        ("issued", "2018-01", {"date-parts": [[2018, 1]]}),
    ],
)
def test_a_fact_is_changed_and_nothing_else(key, text, value):
    assert changed(ITEM, {key: text}) == {**ITEM, key: value}


def test_a_fact_that_is_emptied_is_taken_out():
    emptied = changed(ITEM, dict.fromkeys(facts_of(ITEM), " "))
    custom = {key: value for key, value in ITEM["custom"].items() if key != "evidence"}
    kept = {key: ITEM[key] for key in ("id", "type", "volume")}
    assert emptied == {**kept, "custom": custom}


def test_what_cannot_be_is_told_in_one_line():
    for facts in ({"issued": "soon"}, {"audience": "all"}, {"id": "x"}, {"rights": "x" * 5000}):
        with pytest.raises(LibraryError) as error:
            changed(ITEM, facts)
        assert "\n" not in str(error.value)


def test_a_library_is_changed_in_one_step_and_its_history_knows(tmp_path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "tawbi_2017.txt").write_text("A sentence.", "utf-8")
    other = {"id": "other", "custom": {"file": "other.txt"}}
    (tmp_path / "files" / "other.txt").write_text("Another sentence.", "utf-8")
    item = {**ITEM, "custom": {"file": "tawbi_2017.txt"}}
    (tmp_path / "sources.json").write_text(json.dumps([item, other]), "utf-8")
    describe(tmp_path, "tawbi_2017", {"rights": "free"})
    items = json.loads((tmp_path / "sources.json").read_text("utf-8"))
    assert items == [{**item, "custom": {**item["custom"], "rights": "free"}}, other]
    assert [version.described for version in history.versions(tmp_path)] == [(), ("tawbi_2017",)]
    with pytest.raises(LibraryError, match="there is no document 'nothing'"):
        describe(tmp_path, "nothing", {})
