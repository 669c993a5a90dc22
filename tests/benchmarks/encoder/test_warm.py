from benchmarks.encoder.stages import STAGES
from benchmarks.encoder.warm import Times, typical


def a_round(*whole):
    return Times(
        whole=list(whole),
        reading=[ms / 2 for ms in whole],
        encoding=[ms / 4 for ms in whole],
        windows=[4] * len(whole),
        reader_gflop=[1.0] * len(whole),
        encoder_gflop=[0.5] * len(whole),
        stages=[dict.fromkeys(STAGES, ms / 8) for ms in whole],
    )


def test_one_slow_round_of_a_question_does_not_count():
    times = typical([a_round(80, 160), a_round(800, 168), a_round(88, 1600)])
    assert times == a_round(88, 168)


def test_a_question_that_is_slow_in_most_rounds_counts_as_slow():
    times = typical([a_round(80), a_round(800), a_round(808)])
    assert times.whole == [800]
