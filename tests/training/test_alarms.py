"""What the alarm classifier learns from, and that learning works."""

from answer.notices.classifier import KINDS, load_classifier
from training.alarms.train import Message, compare, learn, read_messages, write


def messages(hand):
    return [
        *(Message(f"help {n} bleeding", "emergency", hand) for n in range(8)),
        *(Message(f"farewell {n} forever", "self_harm", hand) for n in range(8)),
        *(Message(f"dose {n} schedule", "harmless", hand) for n in range(8)),
    ]


def test_there_are_enough_messages_of_each_kind_in_each_language_and_none_twice():
    read = read_messages()
    assert {message.kind for message in read} == set(KINDS)
    assert len({message.text for message in read}) == len(read)


def test_what_was_learnt_is_written_and_read_again(tmp_path):
    learnt = learn(messages("a"))
    write(learnt, tmp_path / "alarms.npz")
    read = load_classifier(tmp_path / "alarms.npz")
    assert read.probabilities("bleeding") == learnt.probabilities("bleeding")
    assert max(KINDS, key=read.probabilities("bleeding").get) == "emergency"
    assert max(KINDS, key=read.probabilities("forever").get) == "self_harm"


def test_the_same_messages_make_the_same_file(tmp_path):
    digests = [write(learn(messages("a")), tmp_path / f"{n}.npz") for n in range(2)]
    assert digests[0] == digests[1]


def test_each_hand_is_measured_by_what_was_learnt_without_it():
    (*_, agreed) = compare([*messages("a"), *messages("b")])
    assert agreed.endswith("| 1.000 | 1.000 | 1.000 |")
    other = {"emergency": "self_harm", "self_harm": "emergency", "harmless": "harmless"}
    swapped = [Message(one.text, other[one.kind], "b") for one in messages("b")]
    (*_, contradicted) = compare([*messages("a"), *swapped])
    assert contradicted.endswith("| 0.000 | 1.000 | 0.000 |")
