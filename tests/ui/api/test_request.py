"""What a request may be: the check and the published schema agree, whatever is sent."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ui.api.openapi import description
from ui.api.problems import RefusedError
from ui.api.request import MAX_DOCUMENTS, MAX_HISTORY, AskRequest, parse_request

SCHEMA = Draft202012Validator({**description(), "$ref": "#/components/schemas/AskRequest"})
LONGEST = "Q" * 4000

any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)
texts = st.lists(st.text(max_size=3), max_size=3)
requests = any_json | st.fixed_dictionaries(
    {},
    optional={
        "question": st.text(max_size=5) | any_json,
        "history": texts | any_json,
        "documents": texts | any_json,
        "kinds": texts | any_json,
        "from_year": st.integers(0, 10_000) | any_json,
        "to_year": st.integers(0, 10_000) | any_json,
        "audience": st.sampled_from(["clinician", "patient", "educator", "nurse"]) | any_json,
        "other": any_json,
    },
)


def refusal(body):
    with pytest.raises(RefusedError) as refused:
        parse_request(body)
    return refused.value


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "json"),
        (b"{", 400, "json"),
        (b"\xff", 400, "json"),
        ('{"question": "Q"}'.encode("utf-16"), 400, "json"),
        ('{"question": "Q"}'.encode("utf-16-le"), 400, "json"),
        ('{"question": "Q"}'.encode("utf-32"), 400, "json"),
        (b"[" * 50_000, 400, "json"),
        (b"[]", 422, "body"),
        (b"null", 422, "body"),
        (b"{}", 422, "field"),
        (b'{"question": 7}', 422, "field"),
        (b'{"question": null}', 422, "field"),
        (b'{"question": "\\ud800"}', 422, "field"),
        (b'{"question": "Q", "history": ["\\udc00"]}', 422, "field"),
        (b'{"question": "Q", "hsitory": []}', 422, "field"),
        (b'{"question": "Q", "": 1}', 422, "field"),
        (b'{"question": "Q", "history": "Who?"}', 422, "field"),
        (b'{"question": "Q", "history": [7]}', 422, "field"),
        (b'{"question": "Q", "documents": {}}', 422, "field"),
        (b'{"question": "Q", "audience": "nurse"}', 422, "field"),
        (b'{"question": ""}', 422, "question"),
        (json.dumps({"question": f"{LONGEST}Q"}).encode(), 422, "question"),
    ],
)
def test_a_body_that_will_not_do_is_refused_with_what_to_change(body, status, code):
    refused = refusal(body)
    assert (refused.status, refused.code) == (status, code)
    assert refused.detail.endswith(".")


@pytest.mark.parametrize(
    ("field", "most"), [("history", MAX_HISTORY), ("documents", MAX_DOCUMENTS)]
)
def test_a_list_has_its_limit(field, most):
    body = {"question": LONGEST, field: ["é"] * most}
    assert getattr(parse_request(json.dumps(body).encode()), field) == ["é"] * most
    body[field].append("one more")
    assert f"at most {most} strings" in refusal(json.dumps(body).encode()).detail


def test_what_is_null_is_as_if_left_out():
    nulls = b'{"question": "Q", "history": null, "documents": null, "audience": null}'
    assert parse_request(nulls) == parse_request(b'{"question": "Q"}') == AskRequest(question="Q")


def test_a_byte_order_mark_does_no_harm():
    assert parse_request(b'\xef\xbb\xbf{"question": "Q"}').question == "Q"


def test_no_refusal_repeats_what_was_sent():
    for body in (
        '{"Jane Doe": 1}',
        '{"question": {"Jane Doe": 1}}',
        '{"question": 1, "a": "Jane"}',
    ):
        assert "Jane" not in refusal(body.encode()).detail


@given(requests)
@example({"question": LONGEST})
@example({"question": f"{LONGEST}Q"})
@example({"question": "Q", "history": ["Q"] * (MAX_HISTORY + 1)})
@example({"question": "Q", "audience": None, "history": None, "documents": None})
@example({"question": "Q", "other": None})
def test_what_the_schema_allows_is_accepted_and_nothing_else_is(body):
    try:
        parse_request(json.dumps(body).encode())
    except RefusedError:
        assert not SCHEMA.is_valid(body)
    else:
        assert SCHEMA.is_valid(body)
