"""The small document and the toy encoder of the answer stage."""

from tests.answer.conftest import document, encoder

__all__ = ["document", "encoder"]
