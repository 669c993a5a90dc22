"""A bank of each size is drawn from questions that are not asked, and the same each time."""

from types import SimpleNamespace

from benchmarks.bank_size import SEEDS, SIZES, banks_by_size, size_table

FILES = ("calibration_1", "calibration_2")


class FakeBank:
    def __init__(self, questions):
        self.questions = tuple(questions)

    def part(self, kept):
        return FakeBank(self.questions[number] for number in kept)

    def without(self, origin):
        return FakeBank(known for known in self.questions if known.origin != origin)


def bank(number):
    origins = [*FILES, *["other"] * number]
    return FakeBank(SimpleNamespace(origin=o, number=n) for n, o in enumerate(origins))


def drawn(number):
    return [
        {file: [known.number for known in one.questions] for file, one in banks.items()}
        for banks in banks_by_size(bank(number), FILES)
    ]


def test_banks_grow_from_none_to_all_but_the_file_that_is_asked():
    sizes = [len(banks[FILES[0]]) for banks in drawn(1000)]
    assert sizes == [0, *(size for size in SIZES for _ in SEEDS), 1001]
    first, *_, last = banks_by_size(bank(1000), FILES)
    assert {known.origin for known in last[FILES[0]].questions} == {FILES[1], "other"}
    assert first[FILES[0]].questions == ()


def test_no_draw_holds_a_question_that_is_asked():
    draws = drawn(300)[1:-1]
    assert not any({0, 1} & set(numbers) for banks in draws for numbers in banks.values())
    assert draws == drawn(300)[1:-1]
    assert len({tuple(banks[FILES[0]]) for banks in draws}) == len(draws)


def test_sizes_beyond_the_bank_are_left_out():
    assert [len(banks[FILES[0]]) for banks in drawn(60)] == [0, *[25] * 3, *[50] * 3, 61]


def test_a_row_is_the_mean_of_its_draws():
    names = ("handled", "hit@1", "complete", "precision", "declined")
    draws = [dict.fromkeys(names, value) for value in (0.2, 0.4)]
    assert size_table({0: draws[:1], 1500: draws}).splitlines()[2:] == [
        "| 0 | 0.200 | 0.200 | 0.200 | 0.200 | 0.200 |  |",
        "| 1,500 | 0.300 | 0.300 | 0.300 | 0.300 | 0.300 | 0.200 to 0.400 |",
    ]
