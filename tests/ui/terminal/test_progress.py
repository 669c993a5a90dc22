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
