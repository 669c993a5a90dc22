"""What is mined when documents come into an index is found again, while they are in it."""

import sqlite3

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from answer.mining.harm import asked_by
from answer.mining.letters import letters_of, may_differ
from answer.mining.mined import MOST_NAMES, Mined, is_mined_now, mine, open_mined
from answer.mining.writing import MINED, Mining
from index.errors import IndexMismatchError
from index.segments.beside import Kept
from index.segments.building import shelve
from ingest.passages import pack_passages
from ingest.pipeline import ingest_bytes

DRUG = """# Velomab

Velomab (Velora) is given as a drip. External radiation (ER) is not.

## Side effects of velomab

Nausea is common.
"""
HEART = """# Statins

Atorvastatin (Lipitor) lowers cholesterol.

## Side effects

Muscle pain is common.
"""


def read(doc_id, text):
    return ingest_bytes(doc_id, ".md", text.encode(), name=f"{doc_id}.md")


def written(folder, *documents):
    folder.mkdir()
    writer = Mining().writer(folder)
    for document in documents:
        passages = pack_passages(document, lambda text: len(text.split()))
        writer.add(shelve(document, passages, (np.zeros((0, 1)), b"")))
    writer.close()
    return folder


@pytest.fixture
def drug():
    return read("drug", DRUG)


@pytest.fixture
def heart():
    return read("heart", HEART)


def test_words_of_every_length_are_known_and_no_others(drug):
    mined = mine([drug])
    assert all(mined.knows(word) for word in ("a", "velomab", "velora", "nausea"))
    assert not any(mined.knows(word) for word in ("velo", "Velomab", "lipitor", ""))


def test_what_only_a_withdrawn_document_says_is_forgotten(tmp_path, drug, heart):
    folder = written(tmp_path / "1", drug, heart)
    both, one = (open_mined([Kept(folder, live)]) for live in ({"drug", "heart"}, {"heart"}))
    assert both.knows("velomab")
    assert both.near("velomap", 1) == ["velomab"]
    assert both.others(["er"]) == {"er": {"external radiation"}}
    assert [*both.drugs_beginning("lipitor")] == [("lipitor ", "atorvastatin")]
    assert not one.knows("velomab")
    assert one.near("velomap", 1) == []
    assert one.others(["er"]) == {}
    assert one.knows("common")
    assert [found.doc_id for found in both.harm(asked_by(frozenset()))] == ["drug", "heart"]
    assert [found.doc_id for found in one.harm(asked_by(frozenset()))] == ["heart"]


def test_several_segments_are_looked_up_as_one(tmp_path, drug, heart):
    folders = [written(tmp_path / name, one) for name, one in (("1", drug), ("2", heart))]
    mined = open_mined([Kept(folder, {"drug", "heart"}) for folder in folders])
    together = mine([drug, heart])
    for word in ("velomab", "lipitor", "lipitur", "commun"):
        assert mined.knows(word) == together.knows(word)
        assert mined.near(word, 2) == together.near(word, 2)
    assert mined.longest_name == together.longest_name == len("external radiation")


def test_the_same_documents_give_the_same_file(tmp_path, drug, heart):
    one, other = (written(tmp_path / name, drug, heart) / MINED for name in "12")
    assert one.read_bytes() == other.read_bytes()


def test_sections_on_harm_are_found_by_treatment_and_by_its_kinds(drug, heart):
    mined = mine([drug, heart])

    def found(*treatments):
        return {one.doc_id for one in mined.harm(asked_by(frozenset(treatments)))}

    assert found("velomab") == {"drug"}
    assert found("atorvastatin") == found("simvastatin", "statin") == {"heart"}
    assert found() == {"drug", "heart"}
    (section,) = mined.harm_of("drug")
    assert drug.text[section.start :].startswith("Nausea is common.")


def test_a_section_says_in_which_passage_it_begins(tmp_path, drug):
    mined = open_mined([Kept(written(tmp_path / "1", drug), {"drug"})])
    passages = pack_passages(drug, lambda text: len(text.split()))
    (section,) = mined.harm_of("drug")
    assert passages[section.passage].span.start == section.start


def test_a_name_with_very_many_others_has_those_that_most_documents_give():
    texts = [f"# T\n\nParkinson disease{'x' * n} (PD) was seen.\n" for n in range(MOST_NAMES + 3)]
    documents = [read(f"d{n}", text) for n, text in enumerate([*texts, texts[-1]])]
    others = mine(documents).others(["pd"])["pd"]
    assert len(others) == MOST_NAMES
    assert f"parkinson disease{'x' * (MOST_NAMES + 2)}" in others


def test_a_file_of_another_version_or_none_is_refused(tmp_path, drug):
    folder = written(tmp_path / "1", drug)
    assert is_mined_now(folder)
    with sqlite3.connect(folder / MINED) as connection:
        connection.execute("UPDATE facts SET value = 'older' WHERE name = 'version'")
    connection.close()
    (tmp_path / "2").mkdir()
    for one in (folder, tmp_path / "2"):
        assert not is_mined_now(one)
        with pytest.raises(IndexMismatchError, match="Run `quotewell build`"):
            open_mined([Kept(one, {"drug"})])


def test_without_documents_nothing_is_known():
    for mined in (mine([]), Mined([])):
        assert not mined.knows("velomab")
        assert mined.near("velomab", 2) == []
        assert mined.longest_name == 0


LETTERS = "abcdeéß漢"


@given(st.text(LETTERS, min_size=1, max_size=9), st.text(LETTERS, min_size=1, max_size=9))
def test_no_word_within_the_slips_is_left_out(known, word):
    slips = OSA.distance(known, word)
    assert may_differ(letters_of([known]), word, slips).tolist() == [0]
