"""Build what questions are answered from: documents, index, and what the question bank teaches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from answer.mining.mined import is_mined_now
from answer.opening import BESIDE
from answer.report import BuildReport, BuiltDocument
from bank.pipeline import questions_to_embed, vectors_of_bank, write_bank
from bank.questions import BANK, KnownQuestion, named_documents, read_bank
from bank.sealing import is_sealed, seal
from corpus.sources import Corpus, CorpusError, Skipped, Source, read_corpus
from index.encoder import Encoder
from index.encoding.bulk import building_encoder
from index.engines.address import Address
from index.engines.builds import in_cluster
from index.pipeline import origin_of
from index.segments.building import Written, shelve, texts_to_embed, write_index
from index.segments.carrying import OldBuild, open_old
from index.segments.entries import Entry
from index.segments.segment import Shelved
from index.segments.vectors import KnownVectors
from index.store import kept_folder, new_build, publish
from ingest.document import Document
from ingest.drafting.reading import reading_version
from ingest.library import files_of, read_files
from ingest.passages import pack_passages

Progress = Callable[[str, int, int], None]
"""Called with the step, how much of it is done, and the total."""


class Ahead(Protocol):
    """Reads and embeds files on other machines, so that a build finds them done."""

    def __call__(
        self,
        sources: Sequence[Source],
        kept: Path,
        known: KnownVectors,
        tell: Callable[[int, int], None],
        /,
    ) -> None:
        """Keep the readings of files in ``kept``, and make the vectors of their texts known."""


def build(
    corpus: Path,
    index: Path,
    progress: Progress | None = None,
    *,
    strict: bool = False,
    anew: bool = False,
    encoder: Encoder | None = None,
    cluster: Address | None = None,
    ahead: Ahead | None = None,
) -> BuildReport:
    """Read a corpus and replace the index in ``index`` with its own.

    What did not change is taken over from the index in use. Whatever fails or interrupts the
    build, that one stays usable until the last step, and what was read and embedded by then is
    kept for the next build. A document that cannot be used is skipped.

    Args:
        corpus: its folder.
        index: the folder of its index.
        progress: told how far it is.
        strict: build nothing if a document cannot be used.
        anew: take nothing over.
        encoder: the model, if it is loaded already.
        cluster: that is to find its passages; this machine if None.
        ahead: reads and embeds what it can before this process does.

    Raises:
        CorpusError: if the corpus folder is faulty, no document can be used, or one cannot and
            ``strict`` is set.
        BankError: if the question bank does not fit the documents.
        PassageIndexError: if the index cannot be written there, the encoder is not installed, or
            the cluster cannot take it.
        AheadError: if ``ahead`` fails.

    """
    began = time.perf_counter()
    read = read_corpus(corpus)
    if strict:
        _refuse(read.skipped)
    kept = kept_folder(index)
    with new_build(index) as new:
        encoder = building_encoder(index, new, encoder)
        origin = origin_of(encoder, read.sha256)
        old = None if anew else open_old(index, origin, {one.name for one in BESIDE})
        is_own = old is None or is_sealed(old.folder)
        work = _Work(read, encoder, old, kept, progress or (lambda what, done, total: None))
        if ahead:
            work.hand_out(ahead)
        work.read_changed()
        if strict or not work.doc_ids:
            _refuse(work.skipped)
        questions = read_bank(corpus / BANK, work.documents, {one.doc_id for one in work.skipped})
        written = work.write(new)
        work.write_bank(new, questions)
        with in_cluster(cluster, index, new, old, origin):
            name = publish(index, new, origin, written.counts, written.carried, written.meant)
            if is_own:
                seal(new.with_name(name))
    return BuildReport(
        documents=tuple(work.built(entry) for entry in written.entries.values()),
        skipped=work.skipped,
        withdrawn=work.withdrawn,
        n_questions=len(questions),
        seconds=time.perf_counter() - began,
    )


def _refuse(skipped: Sequence[Skipped]) -> None:
    if faults := [fault for one in skipped for fault in one.faults]:
        raise CorpusError(*faults)


class _Work:
    """A build: first every changed file is read, then each is embedded and written."""

    def __init__(
        self,
        corpus: Corpus,
        encoder: Encoder,
        old: OldBuild | None,
        kept: Path,
        tell: Progress,
    ) -> None:
        self._corpus, self._encoder, self._old, self._kept = corpus, encoder, old, kept
        self._tell = tell
        self._known = KnownVectors(encoder, kept)
        self._taken = {s.doc_id for s in corpus.sources if old and _is_unchanged(s, old)}
        if old and not all(is_mined_now(one.folder) for one in old.segments.values()):
            self._taken = set()
        self._changed = [s for s in corpus.sources if s.doc_id not in self._taken]
        self._read: dict[str, tuple[int, tuple[str, ...]]] = {}
        """The sentences of each document that was read, and the notes of how."""
        self._named = named_documents(corpus.folder / BANK)
        self.documents: Mapping[str, Document] = {}
        """Those that the question bank names, in the order of the corpus."""
        self.skipped = corpus.skipped

    @property
    def doc_ids(self) -> tuple[str, ...]:
        """Of the documents of the build, in the order of the corpus."""
        ids = (source.doc_id for source in self._corpus.sources)
        return tuple(doc_id for doc_id in ids if doc_id in self._taken or doc_id in self._read)

    @property
    def withdrawn(self) -> tuple[str, ...]:
        """Ids of documents of the old build that the corpus does not list any more."""
        before = self._old.entries if self._old else {}
        return tuple(doc_id for doc_id in before if doc_id not in self._corpus.doc_ids)

    def hand_out(self, ahead: Ahead) -> None:
        """Have the files that changed read and embedded on other machines."""
        ahead(self._changed, self._kept, self._known, partial(self._tell, "reading and encoding"))

    def read_changed(self) -> None:
        """Read the files that changed; the readings are kept on disk, for ``write``."""
        documents: dict[str, Document] = {}
        for done, one in enumerate(read_files(files_of(self._changed), self._kept), start=1):
            if isinstance(one, Skipped):
                self.skipped += (one,)
            else:
                self._read[one.document.doc_id] = len(one.document.sentences), one.notes
                if one.document.doc_id in self._named:
                    documents[one.document.doc_id] = one.document
            self._tell("reading", done, len(self._changed))
        if self._old:
            old = (self._old.document(doc_id) for doc_id in self._named & self._taken)
            documents |= {document.doc_id: document for document in old}
        self.documents = {d: documents[d] for d in self.doc_ids if d in documents}

    def write(self, new: Path) -> Written:
        """Embed what is not known and write the index."""
        if self._old and self._changed:
            for segment in self._old.segments.values():
                self._known.add_part(segment.digests(), segment.part(self._encoder.dimension))
        return write_index(
            new, self.doc_ids, self._shelved(), self._old, self._taken, beside=BESIDE
        )

    def write_bank(self, new: Path, questions: Sequence[KnownQuestion]) -> None:
        """Embed the known questions and learn from them."""
        if self._old:
            vectors_of_bank(self._old.folder, self._known)
        embedded = self._known.embed(questions_to_embed(questions))
        old = self._old.folder if self._old else None
        write_bank(new, questions, self.documents, embedded, old)

    def built(self, entry: Entry) -> BuiltDocument:
        """Return what was done with a document."""
        return BuiltDocument(
            doc_id=entry.doc_id,
            state="read" if entry.doc_id in self._read else "unchanged",
            passages=entry.passages,
            sentences=entry.sentences,
            dropped=entry.dropped,
            joined=entry.joined,
            doubtful=entry.doubtful,
            notes=self._read[entry.doc_id][1] if entry.doc_id in self._read else (),
        )

    def _shelved(self) -> Iterator[Shelved]:
        readable = [source for source in self._changed if source.doc_id in self._read]
        suffixes = {source.doc_id: source.path.suffix.lower() for source in readable}
        total, before = sum(n for n, _ in self._read.values()), 0
        for one in read_files(files_of(readable), self._kept):
            if isinstance(one, Skipped):  # it changed since it was read for the first time
                raise CorpusError(*one.faults)
            document = one.document
            passages = pack_passages(document, self._encoder.count_tokens)
            embedded = self._known.embed(
                texts_to_embed(passages),
                partial(self._tell_part, before, len(document.sentences), total),
            )
            before += len(document.sentences)
            self._tell("encoding", before, total)
            yield shelve(document, passages, embedded, suffixes[document.doc_id])

    def _tell_part(self, before: int, own: int, total: int, done: int, texts: int) -> None:
        self._tell("encoding", before + own * done // texts, total)


def _is_unchanged(source: Source, old: OldBuild) -> bool:
    entry, _ = old.entries.get(source.doc_id, (None, None))
    now = source.sha256, source.path.suffix.lower(), reading_version()
    return entry is not None and (entry.sha256, entry.suffix, entry.reading) == now
