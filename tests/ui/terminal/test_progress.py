import io

import pytest

from ui.terminal.progress import progress_bar, waiting


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_pipe_gets_neither_a_bar_nor_a_word():
    pipe = io.StringIO()
    with waiting(pipe):
        assert progress_bar(pipe) is None
    assert pipe.getvalue() == ""


def test_a_terminal_is_told_that_something_loads_until_it_has():
    terminal = Terminal()
    with waiting(terminal):
        assert terminal.getvalue() == "loading …"
    assert terminal.getvalue().endswith("\r\x1b[2K")


def test_the_word_goes_when_loading_fails():
    terminal = Terminal()
    with pytest.raises(KeyboardInterrupt), waiting(terminal):
        raise KeyboardInterrupt
    assert terminal.getvalue().endswith("\r\x1b[2K")


def test_a_terminal_gets_one_line_that_is_drawn_again():
    terminal = Terminal()
    draw = progress_bar(terminal)
    draw("Embedding", 1, 2)
    draw("Embedding", 0, 0)
    assert terminal.getvalue().count("\n") == 0
    assert "█" * 12 + "░" * 12 + " 1/2" in terminal.getvalue()
    assert terminal.getvalue().endswith("█" * 24 + " 0/0")


@pytest.mark.parametrize(
    ("seconds", "done", "told"),
    [
        (2, 1, "1/10"),
        (10, 5, "5/10, 10 s left"),
        (10, 9, "9/10, 5 s left"),
        (60, 2, "2/10, 4 min left"),
        (60, 0, "0/10"),
        (60, 10, "10/10"),
    ],
)
def test_the_time_left_is_told_as_soon_as_the_pace_is_known(monkeypatch, seconds, done, told):
    clock = [100.0]
    monkeypatch.setattr("ui.terminal.progress.time.monotonic", lambda: clock[-1])
    terminal = Terminal()
    draw = progress_bar(terminal)
    draw("reading", 0, 10)
    clock.append(100.0 + seconds)
    draw("reading", done, 10)
    assert terminal.getvalue().endswith(f" {told}")
