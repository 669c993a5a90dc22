"""Errors of measuring answers or a question bank.

EvaluationError
├── QuestionFileError   a question file that cannot be read or contradicts itself
├── FloorsError         a file of floors that cannot be read or names what is not measured
└── ReportError         a report that cannot be written
"""


class EvaluationError(Exception):
    """Base of everything this stage raises on purpose; the message ends with what to do."""


class QuestionFileError(EvaluationError):
    """A question file that cannot be read, contradicts itself or is about other documents."""


class FloorsError(EvaluationError):
    """A file of floors that cannot be read, or a floor under a figure that does not exist."""


class ReportError(EvaluationError):
    """A report whose folder or files cannot be written."""
