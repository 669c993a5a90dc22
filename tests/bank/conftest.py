"""The small document and the toy encoder of the answer stage; classifiers learn in few steps."""

import pytest

from tests.answer.conftest import document, encoder

__all__ = ["document", "encoder"]


@pytest.fixture(autouse=True, scope="package")
def few_steps():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bank.intents.STEPS", 20)
        yield
