import signal
import socket
import subprocess
import sys

import pytest
from streamlit import config

from ui.errors import CommandError
from ui.settings import ROOT, Places
from ui.web.serving import HOST, OPTIONS, page_command, serve_page, wait_until_served


@pytest.mark.parametrize("option", OPTIONS)
def test_streamlit_knows_every_option_that_the_page_is_served_with(option):
    assert option in config.get_config_options()


def test_visitors_are_not_counted_and_see_no_tracebacks():
    assert OPTIONS["browser.gatherUsageStats"] == "false"
    assert OPTIONS["client.showErrorDetails"] == "none"
    assert f"--server.address={HOST}" in page_command(8501)


def test_a_taken_port_is_told_before_anything_starts():
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"port {port} is taken .* --port"):
            next(serve_page(Places(), port))


def test_a_server_that_stops_at_once_is_no_endless_wait():
    process = subprocess.Popen([sys.executable, "-c", "pass"])
    with pytest.raises(CommandError, match="stopped at once"):
        wait_until_served(process, port=1)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_stopping_the_command_stops_the_page(stop, tmp_path):
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    # A child of a background job would inherit that Ctrl-C is ignored.
    program = (
        "import signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"from ui.terminal.cli import main\nsys.exit(main(['chat', '--index', {str(tmp_path)!r}, "
        f"'--port', '{port}']))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert f"http://{HOST}:{port}" in process.stdout.readline()
    process.send_signal(stop)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in errors
    with socket.socket() as probe:
        assert probe.connect_ex((HOST, port)) != 0
