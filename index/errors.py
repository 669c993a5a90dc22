"""Errors of building, publishing and loading an index.

PassageIndexError
├── NoIndexError          nothing has been built yet
├── DamagedIndexError     a file of the index is missing, truncated or altered
├── IndexMismatchError    the index is sound, but of another version, encoder or corpus
├── ForeignFolderError    the folder to build in holds something else
├── BusyIndexError        another build is writing to the folder
├── UnwritableIndexError  the index cannot be written, as when the disk is full
├── EmptyCorpusError      there are no passages to index
├── ClusterError          the cluster cannot be reached, refuses, or lacks what it should hold
└── EncoderError          the encoder's weights are missing or not the expected ones
"""


class PassageIndexError(Exception):
    """Base of everything this stage raises on purpose; the message ends with what to do."""


class NoIndexError(PassageIndexError):
    """Nothing has been built in the folder yet."""


class DamagedIndexError(PassageIndexError):
    """A file of the index is missing, truncated or altered."""


class IndexMismatchError(PassageIndexError):
    """The index was built by another version, with another encoder or from another corpus."""


class ForeignFolderError(PassageIndexError):
    """The folder to build in is not empty and not an index: it is left untouched."""


class BusyIndexError(PassageIndexError):
    """Another build is writing to the same folder."""


class UnwritableIndexError(PassageIndexError):
    """A file of the index cannot be written, as when the disk is full."""


class EmptyCorpusError(PassageIndexError):
    """There are no passages to index."""


class ClusterError(PassageIndexError):
    """The cluster cannot be reached, refuses what it is asked, or lacks what it should hold."""


class EncoderError(PassageIndexError):
    """The encoder's weights are missing or altered, or its output is not unit vectors."""
