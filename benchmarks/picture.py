"""Take the README's two pictures of the page, in the light theme, each of a real answer.

python -m benchmarks.picture [--corpus DIR] [--index DIR] [--out DIR]

``page.png`` shows the quote in its text. ``pages.png`` shows it on the page of a PDF, in a library
that came from a reference manager's export: the case report set as a journal sets it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.formats import DOC_ID, made
from benchmarks.served import BenchmarkError, chromium, served
from ui.settings import ROOT, Places

TEXT, PAPER = "page.png", "pages.png"
WIDTH, HEIGHT = 1200, 660
MAX_BYTES = 300_000
QUESTION = "How often is Keytruda given?"
ABOUT_PAPER = "Where was the primary tumor?"
SETTLED_MS = 1000
EXPORT = """@article{case_report,
  title = {Long Duration Pembrolizumab for Metastatic Undifferentiated Pleomorphic Soft Tissue
    Sarcoma With Multimodality Therapy},
  author = {Reuben, Daniel Y.},
  journal = {Journal of Medical Cases},
  year = {2024},
  doi = {10.14740/jmc4237},
  file = {Full Text PDF:files/case_report.pdf:application/pdf},
}
"""


def main() -> int:
    """Take both pictures and write them."""
    parser = argparse.ArgumentParser(description="Make the README's pictures of the page.")
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    parser.add_argument("--index", type=Path, metavar="DIR")
    parser.add_argument("--out", type=Path, metavar="DIR", default=ROOT / "docs")
    arguments = parser.parse_args()
    try:
        with chromium() as browser, tempfile.TemporaryDirectory() as work:
            own = _library(Path(work))
            pictures = {
                TEXT: _taken(browser, Places.of(arguments.corpus, arguments.index), QUESTION),
                PAPER: _taken(browser, own, ABOUT_PAPER, on_paper=True),
            }
        for name, picture in pictures.items():
            if len(picture) > MAX_BYTES:
                raise BenchmarkError(f"{name} has {len(picture)} bytes, more than {MAX_BYTES}")
    except BenchmarkError as error:
        print("benchmarks.picture:", error, file=sys.stderr)
        return 1
    for name, picture in pictures.items():
        (arguments.out / name).write_bytes(picture)
        print(f"{arguments.out / name}: {len(picture)} bytes")
    return 0


def _library(folder: Path) -> Places:
    """Return a library made of an export with a file, as ``quotewell add`` makes it."""
    (folder / "export" / "files").mkdir(parents=True)
    (folder / "export" / "export.bib").write_text(EXPORT, "utf-8")
    (folder / "export" / "files" / f"{DOC_ID}.pdf").write_bytes(made("pdf"))
    places = Places.of(folder / "library", folder / "index")
    command = [sys.executable, "-m", "ui", "add", "--corpus", str(places.corpus)]
    command += ["--index", str(places.index), "--yes", str(folder / "export" / "export.bib")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchmarkError(f"the library cannot be made: {done.stderr.strip()}")
    return places


def _taken(browser: Browser, places: Places, question: str, *, on_paper: bool = False) -> bytes:
    """Ask, wait until the first source is shown beside the answer, and return the picture."""
    with served(places) as address:
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", device_scale_factor=1
        )
        page.goto(address)
        page.locator("textarea").fill(question)
        page.locator("textarea").press("Enter")
        page.locator(".qw-turn .qw-text").first.wait_for()
        page.locator(".qw-source[open] mark[data-current]").first.wait_for()
        if on_paper:
            _turn_to_paper(page)
        page.wait_for_timeout(SETTLED_MS)
        picture = page.screenshot()
        page.close()
        return picture


def _turn_to_paper(page: Page) -> None:
    page.get_by_role("button", name="Page", exact=True).click()
    page.locator(".qw-page-sheet img[src]").wait_for()
    for _ in range(2):
        page.get_by_role("button", name="Larger").click()


if __name__ == "__main__":
    sys.exit(main())
