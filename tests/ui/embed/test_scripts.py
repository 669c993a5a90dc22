"""Our scripts, as a browser gets them: each can be parsed. Browser tests are slow, this is not."""

import json
import shutil
import subprocess

import pytest

from ui.assets import ASSETS
from ui.embed.routes import EMBED, PARTS, script_text
from ui.parts import said_searched

SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in ASSETS.rglob("*.js")} | {
    "embed.js": script_text("2 documents", {"clinician": ["Q?"]})
}


NEEDS_NODE = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")


@NEEDS_NODE
@pytest.mark.parametrize("name", [name for name in SCRIPTS if name not in PARTS])
def test_a_script_can_be_parsed(name, tmp_path):
    path = tmp_path / "script.js"
    path.write_text(SCRIPTS[name], encoding="utf-8")
    done = subprocess.run(["node", "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_part_of_the_component_is_in_its_script():
    for name in PARTS:
        assert (EMBED / name).read_text(encoding="utf-8") in SCRIPTS["embed.js"]


@NEEDS_NODE
@pytest.mark.parametrize("searched", [1, 3, 4])
@pytest.mark.parametrize("library", [1, 4])
def test_the_component_says_how_much_was_searched_as_everything_else_does(searched, library):
    searched = min(searched, library)
    record = {
        "searched": {"documents": searched, "passages": 98},
        "library": {"documents": library},
    }
    script = f"{SCRIPTS['cards.js']}\nconsole.log(saidSearched({json.dumps(record)}));"
    done = subprocess.run(["node"], input=script, capture_output=True, text=True, check=True)
    assert done.stdout == f"{said_searched(searched, 98, library)}\n"
