"""Whether a question points back to something outside it: "is it safe?", "and the dose?".

The patterns are matched with what ``subject.marked`` returns, where ``§`` stands for a word that
could be the subject.
"""

from __future__ import annotations

import re

from index.conversation.subject import NAME

_AUXILIARY = (
    "is|are|was|were|be|been|do|does|did|has|have|had|can|could|may|might|must|shall|should|will"
    "|would|isn't|wasn't|doesn't|didn't|aren't|won't"
)
_PREPOSITION = (
    "after|before|for|with|from|of|to|by|about|on|in|at|than|like|despite|without|besides|during"
    "|until|since|through|into|against|over|under|near"
)
_MARK = "[.,;:?!()/=–—]"
_END = rf"(?= (?:{_MARK}|and|or|but) | $)"
_LAST = r"(?=(?: [.?!])* $)"

CONTINUES = re.compile(
    r"(?: (?:ok|okay|so|well|yes|yeah|no|thanks|hm+|oh|right|please|sorry|[,.!]))* (?:"
    r"(?:and|but|or|nor|also|then|plus|(?:what|how) about|same|likewise) "
    rf"|(?:{_PREPOSITION})(?: [^\s?]+){{1,3}}(?: [?])? $)"
)
"""Openings that continue what was said, and fragments: "and the dose?", "for how long?"."""

COURTESY = re.compile(
    r"(?: (?:thanks?|thank you|hello|hi|hey|there|bye|goodbye|ok|okay|great|good|perfect|cheers"
    r"|very|so|much|a lot|for that|all|you|[.,!]))+ $"
)
"""Not a question, and so none that could need another."""

PRONOUN = re.compile(
    r" (?:it|its|that|those|they|them|their|he|she|him|her|his|ones|others|same|then) "
)
"""In a question that names nothing, what it does not name."""

NOT_BACK = re.compile(
    # "it" that stands for what follows: "is it safe to …", "makes it likely that …".
    rf" it(?= (?:[\w{NAME}]+ ){{0,3}}(?:to|that|if|when|whether|why|how|who|what|where) )"
    rf"| it(?= (?:[\w{NAME}]+ ){{1,2}}for .* to .*{NAME})"
    rf"| (?:is|was|isn't|wasn't) it(?= (?:a|an|the|just|only|mostly|my|his|her|him|true) .*{NAME})"
    rf"| (?:does|did|would|will) it(?= (?:take|matter|mean|cost|hurt|make|come) .*{NAME})"
    # "that" and "those" explained at once: "compared with that of …", "in those with …".
    r"| (?:that|those)(?= (?:of|on|in|from|to|at|with|who|whose|without) )"
    r"| those(?= (?:given|treated|not) )| that(?= \w+ of )"
)
POINTER = re.compile(
    r" it "
    rf"| (?:that|those){_END}"
    rf"|(?:^| (?:{_AUXILIARY})) (?:that|those) (?!{NAME})"
    rf"| (?:{_PREPOSITION}) that (?!{NAME})"
    rf"| such an? (?!{NAME})"
    rf"| then{_LAST}"
    rf"| (?:{_PREPOSITION}|back) there{_END}"
)
ANTECEDENT = re.compile(
    rf"{NAME}.* (?:and|or|but|if|when|because(?! of)|while|after|before|since|that|which|who|so"
    rf"|than|as|although|though|until|once|where|how|why|what|whether|{_MARK}|{NAME}) "
)
"""A pointer may mean what the question itself names in an earlier clause ("what is X and how is it
given"), not what it names in the same one ("did X help with it"), unless it names much."""

COMPARISON = re.compile(
    rf" (?:that|this|which|other|first|second|third|last|next|same|the(?: \w+)?) ones?{_END}"
    rf"| the same(?= (?:known|true|done|seen|found|hold|holds|{_AUXILIARY}|{_PREPOSITION}) |{_END})"
    rf"| which ones (?:{_AUXILIARY}) "
    rf"| the others?{_END}"
)
"""Points to whatever was named before it."""


def points_back(words: str) -> bool:
    """Whether a question, as ``subject.marked``, has a pointer to something outside it."""
    words = NOT_BACK.sub(" ", words)
    comparison = COMPARISON.search(words)
    if comparison and NAME not in words[: comparison.start()]:
        return True
    return any(not ANTECEDENT.search(words[: m.start() + 1]) for m in POINTER.finditer(words))
