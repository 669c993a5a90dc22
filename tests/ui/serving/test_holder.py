"""A server goes on with a changed library: in one step, and never without an answerer."""

import gc
import os
import threading
import weakref

import pytest

from corpus.sources import CorpusError
from index.errors import DamagedIndexError, IndexMismatchError
from tests.ui.conftest import FakeAnswerer
from ui.serving.holder import Serving, state_of
from ui.settings import Places


class Library:
    """A library that a test changes: its state, and what loading it gives or raises."""

    def __init__(self):
        self.state, self.outcome, self.loads = 1, FakeAnswerer(), 0

    def load(self):
        self.loads += 1
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    def change(self, outcome):
        self.state, self.outcome = self.state + 1, outcome

    def served(self):
        return Serving(self.load, lambda: self.state)


@pytest.fixture
def library():
    return Library()


@pytest.fixture(autouse=True)
def thawed():
    yield
    gc.unfreeze()


def test_a_changed_library_is_loaded_once_and_answers_from_then_on(library):
    serving, old = library.served(), library.outcome
    assert not serving.renew()
    library.change(FakeAnswerer())
    assert serving.answerer is old
    assert serving.renew()
    assert serving.answerer is library.outcome
    assert not serving.renew()
    assert library.loads == 2


def test_the_old_one_answers_until_the_new_one_is_loaded(library):
    new, old = FakeAnswerer(), library.outcome
    begun, go_on = threading.Event(), threading.Event()

    def load():
        if library.state == 1:
            return old
        begun.set()
        go_on.wait(10)
        return new

    serving = Serving(load, lambda: library.state)
    library.state = 2
    loading = threading.Thread(target=serving.renew)
    loading.start()
    assert begun.wait(10)
    assert serving.answerer is old
    assert serving.answerer.answer("radiation").citations
    go_on.set()
    loading.join(10)
    assert serving.answerer is new


@pytest.mark.parametrize(
    "error",
    [CorpusError("sources.json: not JSON; fix the file", "more"), DamagedIndexError("damaged.")],
)
def test_a_library_that_cannot_be_loaded_is_one_line_in_the_log(library, caplog, error):
    serving, old = library.served(), library.outcome
    library.change(error)
    assert not serving.renew()
    assert not serving.renew()
    assert serving.answerer is old
    assert [line.message.count("\n") for line in caplog.records] == [0]
    assert str(error.args[0]) in caplog.text
    library.change(FakeAnswerer())
    assert serving.renew()


def test_a_fault_of_ours_is_logged_by_its_place(library, caplog):
    serving = library.served()
    library.change(RuntimeError("what somebody asked"))
    assert not serving.renew()
    assert "RuntimeError" in caplog.text
    assert "somebody" not in caplog.text


def test_nothing_is_said_of_a_corpus_whose_index_is_being_built(library, caplog):
    serving, old = library.served(), library.outcome
    library.change(IndexMismatchError("of another corpus. Run `quotewell build`."))
    assert not serving.renew()
    assert serving.answerer is old
    assert caplog.text == ""


def test_what_is_made_of_an_answerer_is_made_once_and_anew_of_the_next(library):
    serving, made = library.served(), []
    documents = serving.made_of(lambda answerer: made.append(answerer) or len(answerer.documents))
    assert (documents(), documents()) == (4, 4)
    smaller = FakeAnswerer()
    del smaller.documents["awkward"]
    library.change(smaller)
    serving.renew()
    assert (documents(), documents()) == (3, 3)
    assert len(made) == 2


def test_an_answerer_that_is_not_in_use_any_more_is_let_go(library):
    serving, old = library.served(), weakref.ref(library.outcome)
    serving.made_of(lambda answerer: answerer.documents)()
    library.outcome.itself = library.outcome
    library.change(FakeAnswerer())
    serving.renew()
    assert old() is None


def test_it_looks_by_itself_until_it_is_told_to_end(library):
    serving, seen = library.served(), threading.Event()
    end = serving.watch(0.01)
    library.change(FakeAnswerer())
    for _ in range(500):
        if serving.answerer is library.outcome:
            break
        seen.wait(0.01)
    end()
    assert serving.answerer is library.outcome


def test_the_state_changes_with_the_build_in_use_and_with_the_listing(tmp_path):
    places = Places(tmp_path / "corpus", tmp_path / "index")
    states = [state_of(places)]
    for path in (places.index / "CURRENT", places.corpus / "sources.json"):
        path.parent.mkdir()
        for text in ("a", "bc"):
            path.write_text(text, "utf-8")
            states.append(state_of(places))
    assert len(set(states)) == len(states) == 5
    assert state_of(places) == states[-1]


def test_the_first_answerer_may_be_of_an_earlier_version_and_the_next_one_is_not(library):
    earlier = FakeAnswerer()
    serving = Serving(library.load, lambda: library.state, lambda: earlier)
    assert serving.answerer is earlier
    assert not serving.renew()
    library.change(FakeAnswerer())
    assert serving.renew()
    assert serving.answerer is library.outcome


def test_a_build_is_noticed_though_the_clock_was_set_back_to_the_same_moment(tmp_path):
    places = Places(tmp_path / "corpus", tmp_path)
    seen = set()
    for name in ("0" * 64, "1" * 64):
        (tmp_path / "CURRENT").write_text(name)
        os.utime(tmp_path / "CURRENT", (1, 1))
        seen.add(state_of(places))
    assert len(seen) == 2
