import pytest

from answer.notices.phrases import Phrases

LISTS = {"body": ["chest", "lower_back", "tumo*"], "much": ["very", "{more}"], "more": ["so"]}
PHRASES = [
    "chest pain",
    "{body} pain",
    "my_{body} hurts",
    "{much} ... tired",
    "bleed*|haemorrhag* a_lot",
    "the? fever of ##",
    "^ help $",
    "^ stop|$",
    "# weeks .. old?",
    "pain",
]
TEXTS = [
    "",
    "pain ",
    "chest pain and lower back pain ",
    "my lower back hurts ",
    "my tumours hurts ",
    "so one is tired ",
    "so , tired ",
    "it is bleeding a lot ",
    "haemorrhage a lot , chest pain ",
    "the fever of 40 ",
    "fever of 4 ",
    "help ",
    "help . ",
    "please help ",
    "stop ",
    "3 weeks are old ",
    "3 weeks ",
    "chestpain spain ",
    "very very tired , my chest hurts , pain ",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("chosen", [PHRASES, *([phrase] for phrase in PHRASES)])
def test_leaving_out_what_cannot_occur_changes_nothing(text, chosen):
    phrases = Phrases(chosen, LISTS)
    whole = phrases.whole
    assert bool(phrases.search(text)) == bool(whole.search(text))
    found = [match.span() for match in phrases.finditer(text)]
    assert found == [match.span() for match in whole.finditer(text)]
    assert phrases.sub("", text) == whole.sub("", text)


def test_every_phrase_of_these_occurs_in_one_of_these_texts():
    for phrase in PHRASES:
        assert any(Phrases([phrase], LISTS).search(text) for text in TEXTS), phrase


def test_only_what_a_text_can_say_is_compiled():
    phrases = Phrases(PHRASES, LISTS)
    phrases.search("the weather is fine ")
    assert "whole" not in vars(phrases)
    assert len(phrases._compiled) < len(PHRASES) / 2
