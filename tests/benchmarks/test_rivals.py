import gzip
import json
import sys

from benchmarks.rivals.__main__ import drawn, figures_of, main, table


def medquad(folder, answers):
    path = folder / "medquad.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for number, answer in enumerate(answers):
            pair = {"question": f"Question {number}?", "answer": answer}
            file.write(json.dumps({"pairs": [pair]}) + "\n")
    return path


def told(found):
    return {
        "found": found,
        "seconds": [0.001 * n for n in range(1, len(found) + 1)],
        "ingest": {"cpu": 2.0, "wall": 1.0},
    }


def test_each_question_is_drawn_with_the_document_that_answers_it(tmp_path):
    path = medquad(tmp_path, [f"Answer {n}." for n in range(20)])
    documents, asked = drawn(path, 10, 5)
    assert len(documents) == 10
    assert len(asked) == 5
    for question, number in asked:
        assert (
            documents[number].removeprefix("Answer ")[:-1]
            == question.removeprefix("Question ")[:-1]
        )


def test_an_answer_that_is_there_twice_is_one_document(tmp_path):
    documents, _ = drawn(medquad(tmp_path, ["The same.", "The same.", "Another."]), 10, 1)
    assert sorted(documents) == ["Another.", "The same."]


def test_a_document_counts_as_found_among_the_first_k_chunks_only():
    far = [9, 9, 9, 9, 9, 9, 1]
    figure = figures_of("one", told([[1, 2], [2, 1], far, [9]]), [1, 1, 1, 1])
    assert figure.recall == (0.25, 0.5, 0.75)


def test_the_table_has_a_row_for_each_system():
    rows = [figures_of(name, told([[1], [2]]), [1, 1]) for name in ("ours", "theirs")]
    lines = table(rows, 2, 2).splitlines()
    assert [line.split(" | ")[0] for line in lines[-2:]] == ["| ours", "| theirs"]


def test_without_the_others_environment_it_says_how_to_make_one(tmp_path, monkeypatch, capsys):
    arguments = ["rivals", str(medquad(tmp_path, ["One."])), "--peers", str(tmp_path / "none")]
    monkeypatch.setattr(sys, "argv", arguments)
    assert main() == 1
    assert "make rivals" in capsys.readouterr().err
