"""What is asked before a question that names its subject does not change its answer."""

import pytest

from benchmarks.conversation import Subjects, drawn_pairs, kept, standing_alone
from index.encoder import SentenceEncoder


def test_pairs_are_the_same_every_time_and_no_question_follows_itself():
    asked = [str(number) for number in range(40)]
    pairs = drawn_pairs(asked, asked[:3], 40)
    assert pairs == drawn_pairs(asked, asked[:3], 40)
    assert len({question for question, _ in pairs}) == 40
    assert all(question != before for question, before in pairs)


@pytest.mark.slow
def test_of_500_known_questions_that_name_a_subject_98_in_100_are_answered_as_alone(real_answerer):
    alone = standing_alone(real_answerer.bank)
    subjects = Subjects(real_answerer.documents, SentenceEncoder())
    naming = [question for question in alone if subjects.named_in(question)]
    row = kept(real_answerer, drawn_pairs(naming, alone, 500))
    assert row.n_pairs == 500
    assert row.share >= 0.98, row
