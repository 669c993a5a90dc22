"""How the safety set names sentences."""

import pytest

from evaluation.errors import EvaluationError
from evaluation.safety.sentences import read_sentences


def texts(choice):
    return {sentence.text for sentence in choice.sentences}


def test_a_sentence_is_named_by_its_beginning(named):
    assert named.sentence("Oil lamps burn").text == "Oil lamps burn for six hours."


def test_a_whole_sentence_wins_over_longer_ones_that_begin_alike(documents, named):
    assert named.sentence("a sail of paper").kind == "item"


@pytest.mark.parametrize(("name", "n"), [("They", 2), ("Gas", 0), ("", 0)])
def test_a_beginning_that_is_not_of_one_sentence_is_refused(named, name, n):
    with pytest.raises(ValueError, match=f"{n} sentences begin with '{name}', not one"):
        named.sentence(name)


def test_a_set_is_named_with_an_at_sign_and_may_hold_others(named):
    named.add("all", ["@lasting", "Kites fly"])
    assert texts(named.choice("@lasting")) < texts(named.choice("@all"))
    assert "Kites fly in steady wind." in texts(named.choice("@all"))


def test_a_star_names_every_sentence(documents, named):
    everything = {one.text for document in documents.values() for one in document.sentences}
    assert texts(named.choice("*")) == everything


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("x = 1", r"write TOML with a table \[sentences\]"),
        ("[sentences", "write TOML"),
        ("[sentences]\ngas = []", "set gas: the set 'gas' is empty; fix the set"),
        ('[sentences]\ngas = ["@oil"]', "set gas: there is no set @oil; fix the set"),
        ('[sentences]\ngas = ["Gas"]', "0 sentences begin with 'Gas', not one; fix the set, or"),
    ],
)
def test_a_file_of_sets_that_does_not_fit_says_what_to_do(tmp_path, documents, content, complaint):
    path = tmp_path / "sentences.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=complaint):
        read_sentences(documents, path)
