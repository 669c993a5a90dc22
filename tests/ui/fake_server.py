"""The whole server over the made-up library: what the browser tests of embedding talk to."""

import sys

from fake_page import library

from ui.settings import Places
from ui.web.server import serve_app

if __name__ == "__main__":
    library()
    _, host, port, ancestors = sys.argv
    for line in serve_app(Places(), host, int(port), ancestors):
        sys.stdout.write(line)
        sys.stdout.flush()
