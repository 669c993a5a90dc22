"""A key of the user's own, made once."""

import os

import pytest

from corpus.own.home import own_key


@pytest.fixture
def environment(tmp_path):
    return {"QUOTEWELL_HOME": str(tmp_path / "home")}


def test_the_key_is_made_once_and_is_another_for_every_user(environment, tmp_path):
    key = own_key(environment)
    assert len(key) == 32
    assert own_key(environment) == key
    assert own_key({"QUOTEWELL_HOME": str(tmp_path / "other")}) != key


@pytest.mark.skipif(os.name == "nt", reason="modes say nothing there")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602])
def test_a_key_that_others_may_read_or_write_is_none(environment, tmp_path, mode):
    own_key(environment)
    path = tmp_path / "home" / "key"
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(mode)
    assert own_key(environment) is None


@pytest.mark.parametrize("content", [b"", b"short", b"0" * 33])
def test_a_key_of_another_length_is_none(environment, tmp_path, content):
    own_key(environment)
    (tmp_path / "home" / "key").write_bytes(content)
    assert own_key(environment) is None


def test_where_no_key_can_be_stored_there_is_none(tmp_path):
    (tmp_path / "home").write_text("a file where the folder should be")
    assert own_key({"QUOTEWELL_HOME": str(tmp_path / "home")}) is None
