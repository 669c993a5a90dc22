"""Take the README's picture of the page: a real answer, in the light theme.

python -m benchmarks.picture [--corpus DIR] [--index DIR] [--out FILE]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.served import BenchmarkError, chromium, served
from ui.settings import ROOT, Places

PICTURE = ROOT / "docs" / "page.png"
WIDTH, HEIGHT = 1200, 660
MAX_BYTES = 300_000
QUESTION = "How often is Keytruda given?"
SETTLED_MS = 1000


def main() -> int:
    """Ask, wait until the first source is shown beside the answer, and write the picture."""
    parser = argparse.ArgumentParser(description="Make the README's picture of the page.")
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    parser.add_argument("--index", type=Path, metavar="DIR")
    parser.add_argument("--out", type=Path, metavar="FILE", default=PICTURE)
    arguments = parser.parse_args()
    try:
        with served(Places.of(arguments.corpus, arguments.index)) as address, chromium() as browser:
            page = browser.new_page(
                viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light"
            )
            _ask(page, address)
            picture = page.screenshot()
        if len(picture) > MAX_BYTES:
            raise BenchmarkError(
                f"the picture has {len(picture)} bytes, at most {MAX_BYTES} are allowed"
            )
    except BenchmarkError as error:
        print("benchmarks.picture:", error, file=sys.stderr)
        return 1
    arguments.out.write_bytes(picture)
    print(f"{arguments.out}: {len(picture)} bytes")
    return 0


def _ask(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("textarea").fill(QUESTION)
    page.locator("textarea").press("Enter")
    page.locator(".qw-turn .qw-text").first.wait_for()
    page.locator(".qw-source[open] mark[data-current]").first.wait_for()
    page.wait_for_timeout(SETTLED_MS)


if __name__ == "__main__":
    sys.exit(main())
