import pytest
from streamlit import config

from ui.web.options import OPTIONS, streamlit_options


@pytest.mark.parametrize("option", streamlit_options("localhost", 8501))
def test_streamlit_knows_every_option_that_the_page_is_served_with(option):
    assert option in config.get_config_options()


def test_visitors_see_no_tracebacks_and_are_not_counted():
    assert OPTIONS["client.showErrorDetails"] == "none"
    assert OPTIONS["browser.gatherUsageStats"] is False
    assert OPTIONS["logger.enableRich"] is False  # which prints messages of failures


def test_a_server_for_everyone_still_names_itself():
    options = streamlit_options("0.0.0.0", 80)
    assert options["server.address"] == "0.0.0.0"
    assert options["server.port"] == 80
    assert options["browser.serverAddress"] == "localhost"
