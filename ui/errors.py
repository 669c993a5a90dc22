"""What can go wrong between a person and the earlier stages."""


class CommandError(Exception):
    """A command that cannot be carried out as asked; the message ends with what to do."""
