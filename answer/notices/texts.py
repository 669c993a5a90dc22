"""The texts of the notices, written by hand for a reading grade of six or below."""

EMERGENCY = (
    "This may be an emergency. Call your local emergency number now (911, 112 or 999) "
    "and then tell the care team."
)
SELF_HARM = (
    "You do not have to face this alone. Please call a crisis line now: 988 in the US, or your "
    "local emergency number in other places. Call it too if you are hurt or took something."
)
PERSONAL_ADVICE = (
    "Quotewell cannot give advice on your own case or on one person's care. Please ask the care "
    "team."
)
LANGUAGE = "The documents and the search are in English. Please ask your question in English."
RETRACTED = (
    "Each quote here is from a text that was retracted: it was taken back because it cannot be "
    "relied on."
)
SMALL_TALK = "Happy to help. Ask about these documents whenever you like."
