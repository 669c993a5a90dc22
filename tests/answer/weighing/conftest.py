"""The classifier learns in fewer steps: the toy bank has four questions, not thousands."""

import pytest


@pytest.fixture(scope="module", autouse=True)
def few_steps():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bank.intents.STEPS", 60)
        yield
