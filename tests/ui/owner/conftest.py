"""The library page of a small library on the disk; nothing is embedded, and no model is loaded."""

import time
from contextlib import suppress

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from index.store import claim
from library.adding import add
from library.candidates import look_through
from tests.ui.serving.held import held
from ui.owner.access import Access
from ui.owner.changing import Changing
from ui.owner.desk import Desk
from ui.owner.routes import owner_routes
from ui.owner.uploads import Uploads
from ui.settings import Places
from ui.web import server

TOKEN = "a token of the settings"
GOUT = "# Gout in practice\n\nGout is a kind of arthritis. Colchicine helps against its pain.\n"
ASTHMA = "# Asthma\n\nAsthma narrows the airways. Salbutamol opens them within minutes.\n"


class Unbuilt(Changing):
    """Changes the listing and the files, and counts builds instead of making them."""

    builds = 0

    def build(self, job):
        job.tell("encoding", 1, 1)
        self.builds += 1


class Client:
    """A visitor's browser: its requests, with a session's token once it has entered."""

    def __init__(self, app, host="localhost"):
        self.http = TestClient(app, base_url=f"http://{host}", raise_server_exceptions=False)
        self.headers = {}

    def enter(self, secret=TOKEN):
        answer = self.http.post("/owner/session", json={"secret": secret})
        if answer.status_code == 200:
            self.headers = {"Authorization": f"Bearer {answer.json()['session']}"}
        return answer

    def get(self, path, **how):
        return self.http.get(f"/owner/{path}", headers=self.headers, **how)

    def post(self, path, json=None, **how):
        return self.http.post(f"/owner/{path}", json=json or {}, headers=self.headers, **how)

    def send(self, name, content, batch="0123456789abcdef"):
        if isinstance(content, str):
            content = content.encode()
        query = {"batch": batch, "name": name}
        return self.http.post("/owner/files", params=query, content=content, headers=self.headers)

    def job(self, wanted=None, path="job"):
        """Begin a job, or do something else that begins one, and wait for its end."""
        answer = self.post(path, wanted)
        assert answer.status_code == 200, answer.text
        return self.ended()

    def ended(self):
        for _ in range(1000):
            job = self.get("job").json()["job"]
            if job["state"] not in ("running", "stopping"):
                return job
            time.sleep(0.01)
        raise AssertionError("the job does not end")


@pytest.fixture
def places(tmp_path):
    file = tmp_path / "gout.md"
    file.write_text(GOUT, "utf-8")
    places = Places(tmp_path / "library", tmp_path / "index", ("--corpus", "my library"))
    claim(places.index)
    list(add(places.corpus, look_through([file])))
    return places


@pytest.fixture
def serving(answerer):
    with suppress(KeyError):
        answerer.documents["gout"] = answerer.documents["case_report"]
    return held(answerer)


@pytest.fixture
def changing(places, serving):
    return Unbuilt(places, serving)


@pytest.fixture
def access():
    return Access(TOKEN, has_link=True)


@pytest.fixture
def app(places, serving, changing, access):
    desk = Desk(places, serving, changing, Uploads(places.index, 5))
    routes = owner_routes(access, desk, 5)
    return Starlette(routes=routes, middleware=server.middleware("*"))


@pytest.fixture
def stranger(app):
    return Client(app)


@pytest.fixture
def owner(app):
    client = Client(app)
    assert client.enter().status_code == 200
    return client
