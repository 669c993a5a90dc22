"""Whom the library page lets in, and what nobody else can reach or do."""

import pytest

from tests.ui.owner.conftest import TOKEN, Client
from ui.errors import CommandError
from ui.owner.access import (
    CODE_LENGTH,
    MOST_SESSIONS,
    SESSION_SECONDS,
    TOKEN_VARIABLE,
    TRIES,
    Access,
    owner_token,
)
from ui.owner.errors import RefusedError
from ui.owner.opening import open_owner
from ui.owner.routes import FILES
from ui.settings import Limits

OPEN = {"/owner", "/owner/session", *(f"/owner/{name}" for name in FILES)}
"""What anybody may have: the page without the library, and the place where one enters."""


def guarded(app):
    return [
        (method, route.path.replace("{doc_id}", "gout"))
        for route in app.routes
        if route.path not in OPEN
        for method in route.methods - {"HEAD"}
    ]


@pytest.mark.parametrize(
    "authorization",
    [None, "Bearer ", "Bearer wrong", f"Bearer {TOKEN}", f"Basic {TOKEN}", "x", "Bearer é"],
)
def test_without_the_token_of_a_session_every_route_is_closed(app, stranger, authorization):
    headers = {"Authorization": authorization.encode()} if authorization else {}
    tried = guarded(app)
    assert len(tried) == 8
    for method, path in tried:
        answer = stranger.http.request(method, path, headers=headers)
        assert answer.status_code in (401, 429), path
        assert set(answer.json()) == {"problem"}


def test_the_link_lets_in_once(access, stranger, app):
    code = access.code
    assert len(code) == CODE_LENGTH
    assert stranger.enter(code).status_code == 200
    assert stranger.get("library").status_code == 200
    again = Client(app).enter(code)
    assert again.status_code == 401
    assert "start it again for a new link" in again.json()["problem"]


def test_the_token_of_the_settings_lets_in_again_and_again(app):
    for _ in range(3):
        assert Client(app).enter().status_code == 200
    wrong = Client(app).enter(TOKEN + "x")
    assert wrong.status_code == 401
    assert "not the token" in wrong.json()["problem"]


@pytest.mark.parametrize("secret", ['""', "null", "1", "[]", '"\\ud800"', '"' + "x" * 60_000 + '"'])
def test_what_is_no_secret_lets_nobody_in(stranger, secret):
    sent = {"content": f'{{"secret": {secret}}}', "headers": {"Content-Type": "application/json"}}
    assert stranger.http.post("/owner/session", **sent).status_code == 401


@pytest.mark.parametrize(
    ("content", "status"),
    [("", 422), ("[]", 422), ("{", 422), ("[" * 50_000, 422), ("x" * 70_000, 413), ("\xff", 422)],
)
def test_a_request_that_is_no_object_is_refused(stranger, content, status):
    sent = {"content": content, "headers": {"Content-Type": "application/json"}}
    assert stranger.http.post("/owner/session", **sent).status_code == status


def test_without_a_code_or_a_token_nothing_is_the_same_as_nothing():
    access = Access("", has_link=True)
    access.enter(access.code, "")
    for secret in ("", access.code):
        with pytest.raises(RefusedError) as refused:
            access.enter(secret, "")
        assert refused.value.status == 401


def test_wrong_tries_of_an_address_are_limited_and_the_right_one_waits_too(access):
    now = [0.0]
    access.clock = lambda: now[0]
    statuses = []
    for _ in range(TRIES + 1):
        with pytest.raises(RefusedError) as refused:
            access.enter("wrong", "192.0.2.1")
        statuses.append(refused.value.status)
    assert statuses == [401] * TRIES + [429]
    with pytest.raises(RefusedError):
        access.enter(TOKEN, "192.0.2.1")
    assert access.enter(TOKEN, "192.0.2.2")
    now[0] += 60
    assert access.enter(TOKEN, "192.0.2.1")


def test_a_session_goes_on_while_others_try_in_vain(access):
    session = access.enter(TOKEN, "a")
    for _ in range(3 * TRIES):
        with pytest.raises(RefusedError):
            access.check("Bearer wrong", "a")
    access.check(f"Bearer {session}", "a")


def test_a_session_ends_when_it_is_left_or_not_used_or_one_of_too_many(access):
    now = [0.0]
    access.clock = lambda: now[0]

    def is_in(session):
        try:
            access.check(f"Bearer {session}", "")
        except RefusedError:
            return False
        return True

    left, used, idle = (access.enter(TOKEN, "") for _ in range(3))
    access.leave(f"Bearer {left}")
    now[0] += SESSION_SECONDS / 2
    assert is_in(used)
    now[0] += SESSION_SECONDS / 2 + 1
    assert [is_in(one) for one in (left, used, idle)] == [False, True, False]
    for _ in range(MOST_SESSIONS):
        access.enter(TOKEN, "")
    assert not is_in(used)


def opened(places, serving, host, **environment):
    return open_owner(places, serving, Limits(), host, 8501, environment)


def test_on_this_machine_alone_the_terminal_shows_a_link(places, serving):
    for host in ("localhost", "127.0.0.1", "::1"):
        assert f"Library page: http://{host}:8501/owner#" in opened(places, serving, host).line


def test_where_others_can_connect_a_token_has_to_be_set(places, serving):
    page = opened(places, serving, "0.0.0.0")
    assert page.line == ""
    page = opened(places, serving, "0.0.0.0", **{TOKEN_VARIABLE: TOKEN})
    assert page.line == "Library page: http://0.0.0.0:8501/owner\n"


def test_a_page_that_is_off_says_how_to_switch_it_on(app, access, stranger):
    access.token, access.has_link = "", False
    page = stranger.http.get("/owner").text
    assert TOKEN_VARIABLE in page
    assert "<script" not in page
    assert stranger.enter(access.code).status_code == 403
    assert all(
        stranger.http.request(method, path).status_code == 403 for method, path in guarded(app)
    )


def test_a_token_that_could_be_guessed_is_refused():
    with pytest.raises(CommandError, match="has 6 characters: give it 16 or more"):
        owner_token({TOKEN_VARIABLE: "secret"})
    assert owner_token({}) == ""


OTHERS = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:9999"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site"},
]


@pytest.mark.parametrize("headers", OTHERS)
def test_other_sites_reach_nothing_even_with_a_token(owner, app, headers):
    for method, path in [*guarded(app), ("POST", "/owner/session"), ("GET", "/owner/start.js")]:
        answer = owner.http.request(method, path, headers={**owner.headers, **headers})
        assert answer.status_code == 403, path
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_other_sites_may_not_even_ask_what_they_may(owner):
    asked = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    answer = owner.http.options("/owner/job", headers=asked)
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_form_of_another_page_changes_nothing(owner, changing):
    forms = [
        {"data": {"do": "withdraw", "document": "gout"}},
        {"content": b'{"do": "withdraw", "document": "gout"}'},
        {"files": {"file": b"x"}},
    ]
    for form in forms:
        assert owner.http.post("/owner/job", **form).status_code == 401
        sent = owner.http.post("/owner/job", headers=owner.headers, **form)
        assert sent.status_code in (415, 422)
    assert [item["id"] for item in changing.items()] == ["gout"]


def test_the_page_and_all_under_it_can_be_framed_by_nobody(stranger, app):
    for path in ("/owner", "/owner/page.css", "/owner/library", "/owner/session"):
        headers = stranger.http.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert policy.endswith("; frame-ancestors 'none'")
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "require-trusted-types-for 'script'" in policy
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Set-Cookie" not in headers
    for path in ("/owner", "/owner/library"):
        assert stranger.http.get(path).headers["Cache-Control"] == "no-store"


def test_nothing_of_the_page_names_the_library_before_one_is_in(stranger, places):
    page = stranger.http.get("/owner").text
    assert str(places.corpus) not in page
    assert "gout" not in page


def test_nothing_is_logged(stranger, owner, caplog):
    caplog.set_level("DEBUG")
    stranger.enter("a wrong secret of somebody")
    owner.send("private name.md", "x")
    owner.get("library")
    ours = [line for line in caplog.records if not line.name.startswith(("httpx", "asyncio"))]
    assert ours == []
