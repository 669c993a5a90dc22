"""A small document, read as any other, and a toy encoder for its index."""

import pytest

from ingest.pipeline import ingest_bytes
from tests.toys import ToyEncoder

TEXT = b"""# A Drug

## Use

The drug is given every 3 weeks [1, 3-4]. It is a drip. He did not want

**Figure 1.** A drip.

to stop it.

## Side effects

Side effects include:

- fever
- back pain

Call your team.

## References

- First A. One. 2001.
- Second B. Two. 2002.
- Third C. Three. 2003. https://example.org/three
- Fourth D. Four. 2004.
"""


@pytest.fixture(scope="session")
def document():
    return ingest_bytes("drug", ".md", TEXT, name="drug.md")


@pytest.fixture(scope="session")
def encoder():
    return ToyEncoder()
