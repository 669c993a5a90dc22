"""What a program sends to a server, and what it gets."""

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen


def ask(address, question):
    """Ask a question; return the status and the record."""
    body = json.dumps({"question": question}).encode()
    return get(Request(f"{address}/api/ask", body, {"Content-Type": "application/json"}))


def get(asked):
    """Return the status and the record at an address; 0 and nothing if nobody answers there."""
    try:
        with urlopen(asked, timeout=30) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        with error:
            text = error.read()
            return error.code, json.loads(text) if text[:1] == b"{" else text
    except OSError:
        return 0, None
