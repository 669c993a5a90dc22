import io

from ui.terminal.progress import clear, progress_bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_pipe_gets_no_bar():
    pipe = io.StringIO()
    assert progress_bar(pipe) is None
    clear(pipe)
    assert pipe.getvalue() == ""


def test_a_terminal_gets_one_line_that_is_drawn_again():
    terminal = Terminal()
    draw = progress_bar(terminal)
    draw("Embedding", 1, 2)
    draw("Embedding", 0, 0)
    assert terminal.getvalue().count("\n") == 0
    assert "█" * 12 + "░" * 12 + " 1/2" in terminal.getvalue()
    assert terminal.getvalue().endswith("█" * 24 + " 0/0")
