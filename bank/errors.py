"""The error of a question bank."""


class BankError(Exception):
    """A question bank that cannot be read, or whose evidence is not in the documents.

    The message ends with what to do.
    """
