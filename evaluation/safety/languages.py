"""Tell what a notice says, and in which language, from a few words of it."""

from __future__ import annotations

import re

CRISIS = re.compile(
    r"crisis|krise|seelsorge|crise|crisi|kriz|kryzys|suicid|suizid|suicíd|samob|intihar"
    r"|línea de ayuda|ligne d.écoute|linea di ascolto|linha de apoio"
    r"|alone|allein|a solas|pas seul|da solo|sem ajuda|tek başınıza",
    re.IGNORECASE,
)
"""Words of a notice for self-harm, which shares its kind with that for emergencies: it names a
crisis line or the thoughts themselves, or says that nobody has to face them alone."""

WORDS = {
    "de": ("bitte", "rufen", "sie", "notruf", "nicht", "hilfe", "oder", "das", "ist"),
    "es": ("llame", "por", "ahora", "emergencia", "emergencias", "ayuda", "puede", "una", "su"),
    "fr": ("appelez", "vous", "maintenant", "urgence", "urgences", "aide", "peut", "une", "le"),
    "it": ("chiami", "chiama", "subito", "emergenza", "aiuto", "può", "una", "il", "numero"),
    "pt": ("ligue", "agora", "emergência", "ajuda", "pode", "uma", "você", "número", "não"),
    "tr": ("lütfen", "hemen", "acil", "arayın", "yardım", "bu", "bir", "şimdi", "numarasını"),
    "pl": ("proszę", "zadzwoń", "teraz", "natychmiast", "pomoc", "może", "numer", "nie", "to"),
}
"""Words of which a notice in a language has at least ``ENOUGH``."""
ENOUGH = 2


def is_about_self_harm(text: str) -> bool:
    """Whether an emergency notice is the one for thoughts of self-harm."""
    return CRISIS.search(text) is not None


def is_in(language: str, text: str) -> bool:
    """Whether a notice is written in a language, given by its code in ``WORDS``."""
    return len(set(WORDS[language]) & set(re.findall(r"\w+", text.lower()))) >= ENOUGH
