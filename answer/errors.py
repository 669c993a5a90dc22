"""Errors of answering a question.

AnswerError
├── QuestionError   a question that cannot be searched for
├── CitationError   a span that is not a quote: a bug, or an index that does not fit its documents
├── ModelError      the reader's or the calibration's file is missing or damaged
├── AheadError      what reads and embeds on other machines is missing or fails
└── PageError       a page that cannot be shown
    └── NoPageError   a document without pages, or without that one
"""


class AnswerError(Exception):
    """Base of everything this stage raises on purpose; the message ends with what to do."""


class QuestionError(AnswerError):
    """A question that is empty, too long, or made of nothing that can be searched for."""


class CitationError(AnswerError):
    """A span that does not begin and end where whole units of one section do."""


class ModelError(AnswerError):
    """A model file that is missing, damaged, or not the one that was calibrated."""


class AheadError(AnswerError):
    """What reads and embeds on other machines is missing, does not start, or fails."""


class PageError(AnswerError):
    """A page that cannot be shown, or on which nothing can be looked for."""


class NoPageError(PageError):
    """A document that has no pages to show, or not the one that is asked for."""
