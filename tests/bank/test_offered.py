"""A bank's owner chooses which of its questions are offered."""

import json

import pytest

from bank.errors import BankError
from bank.offered import OFFERED, read_offered
from bank.questions import KnownQuestion
from ui.settings import CORPUS


def known(question, voice="patient"):
    return KnownQuestion(question, "fact", voice, (), (), (), "bank")


@pytest.fixture
def write(tmp_path):
    def write(text):
        (tmp_path / OFFERED).write_text(text, "utf-8")
        return tmp_path

    return write


def test_the_questions_come_in_the_order_of_the_file(write):
    one, other, not_offered = known("One?"), known("Other?"), known("Not offered?")
    folder = write('{"patient": ["Other?", "One?"]}')
    assert read_offered(folder, [one, not_offered, other]) == (other, one)


def test_a_question_is_offered_in_its_own_voice_and_only_if_the_bank_has_it(write):
    folder = write('{"clinician": ["One?"], "patient": ["Unknown?"]}')
    assert read_offered(folder, [known("One?")]) == ()


def test_without_the_file_none_is_offered(tmp_path):
    assert read_offered(tmp_path, [known("One?")]) == ()


@pytest.mark.parametrize("text", ["{", "[]", '{"nurse": []}', '{"patient": "One?"}', "[" * 9999])
def test_a_malformed_file_is_refused_in_one_line(write, text):
    with pytest.raises(BankError, match=r"offered\.json: .*; fix the file") as refused:
        read_offered(write(text), [])
    assert "\n" not in str(refused.value)


def test_every_voice_of_the_supplied_bank_has_questions_to_start_with_and_to_go_on():
    listed = json.loads((CORPUS / "questions" / OFFERED).read_text("utf-8"))
    assert list(listed) == ["clinician", "patient", "educator"]
    for questions in listed.values():
        assert len(questions) == len(set(questions)) > 15
