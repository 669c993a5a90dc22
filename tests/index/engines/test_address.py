import sys

import pytest

from index.engines.address import Address
from index.engines.milvus import Milvus
from index.errors import ClusterError


def of(setting):
    return Address.of({"QUOTEWELL_MILVUS": setting})


@pytest.mark.parametrize("environment", [{}, {"QUOTEWELL_MILVUS": ""}, {"QUOTEWELL_MILVUS": " "}])
def test_no_setting_means_no_cluster(environment):
    assert Address.of(environment) is None


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("http://localhost", Address("http://localhost:19530")),
        ("https://db.example:443/heart", Address("https://db.example:443", database="heart")),
        ("https://me:a%40b@db.example", Address("https://db.example:19530", token="me:a@b")),
        ("https://apikey@db.example/", Address("https://db.example:19530", token="apikey")),
        ("http://me:pw@127.0.0.1:9", Address("http://127.0.0.1:9", token="me:pw")),
        ("http://[::1]:9", Address("http://[::1]:9")),
    ],
)
def test_an_address_names_server_person_and_database(setting, address):
    assert of(setting) == address


@pytest.mark.parametrize(
    "setting",
    [
        "localhost:19530",
        "/data/lite.db",
        "lite.db",
        "ftp://host",
        "https://",
        "https://host:port",
        "https://host:99999",
        "https://host/a/b",
        "https://host/a-b",
        "https://host?token=secret",
        "https://me:secret@",
    ],
)
def test_what_is_no_address_is_refused_without_being_shown(setting):
    with pytest.raises(ClusterError, match=r"is not an address .*: correct or unset it$") as told:
        of(setting)
    assert "secret" not in str(told.value)


def test_no_password_is_sent_unencrypted_to_another_machine():
    with pytest.raises(ClusterError, match=r"unencrypted: begin it with https://$") as told:
        of("http://me:secret@db.example")
    assert "secret" not in str(told.value)


def test_a_password_is_never_shown():
    address = of("https://me:secret@db.example/heart")
    assert address.shown == "https://db.example:19530/heart"
    assert "secret" not in f"{address!r} {address}"


def test_a_cluster_without_its_library_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(ClusterError, match=r"install quotewell\[milvus\] or unset it$"):
        Milvus(Address("http://127.0.0.1:1"))
