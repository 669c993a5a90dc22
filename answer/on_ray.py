"""Read and embed the files of a large library on Ray, before it is built.

The same functions as those of a build, run on the machines of a Ray cluster, or on this one. What
they give is kept where a build that was stopped keeps it, so that the build finds every file read
and every text embedded, and needs to know nothing of Ray. The only module that imports Ray.
"""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from answer.errors import AheadError
from corpus.sources import Skipped, Source
from index.encoder import Encoder
from index.encoding.bulk import fastest_encoder
from index.segments.building import texts_to_embed
from index.segments.vectors import KnownVectors, split
from ingest.drafting.kept import KeptReadings
from ingest.drafting.reading import pack, unpack
from ingest.library import File, read_files
from ingest.passages import pack_passages

FILES_AT_ONCE = 16
"""Files of one task. Chosen by hand: the process that reads them is started once for all."""
READING, EMBEDDING = 0.1, 0.9
"""Shares of a processor core that Ray reserves for a task of each kind. Embedding takes nearly all
the time; both have to fit on every core, or Ray waits for ever."""
MODE, TOKEN = "RAY_AUTH_MODE", "RAY_AUTH_TOKEN"
"""Variables that Ray reads: how it tells who may give it work, and the secret that they share."""

Batch = dict[str, Any]
"""A table of Ray Data: an array for each column."""


def read_on_ray(
    sources: Sequence[Source],
    kept: Path,
    known: KnownVectors,
    tell: Callable[[int, int], None],
    make_encoder: Callable[[], Encoder] = fastest_encoder,
) -> None:
    """Read files and embed their texts on Ray, and keep both for the build that follows.

    What is kept already is not read again. A file that cannot be read is left to the build, which
    says why.

    Args:
        sources: whose files every machine of the cluster has to find under the same paths.
        kept: the folder of what is kept for an index (``index.store.kept_folder``).
        known: the vectors of the build.
        tell: called with the number of files that are done, and of all.
        make_encoder: makes the build's encoder on another machine.

    Raises:
        AheadError: if Ray is not installed, does not start, or fails.

    """
    readings = KeptReadings(kept)
    missing = [one for one in sources if not _is_kept(readings, one)]
    for done, row in enumerate(_rows(missing, make_encoder), start=1 + len(sources) - len(missing)):
        if row["reading"]:
            digests = split(row["digests"])
            vectors = np.frombuffer(row["vectors"], dtype="<f4").astype(np.float32)
            known.keep(digests, vectors.reshape(len(digests), -1))
            readings.put(row["suffix"], unpack(row["reading"]))  # last: then its vectors are kept
        tell(done, len(sources))


def _rows(
    sources: Sequence[Source], make_encoder: Callable[[], Encoder]
) -> Iterator[Mapping[str, Any]]:
    if not sources:
        return
    protect(os.environ)
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise AheadError(
            "Ray is not installed; install it by `pip install 'quotewell[ray]'`, or build without "
            "`--engine ray`"
        ) from error
    try:
        ray.init(include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
        ray.data.DataContext.get_current().enable_progress_bars = False
        cores = int(ray.cluster_resources().get("CPU", 1))  # type: ignore[no-untyped-call]
        items = [
            {"doc_id": one.doc_id, "path": str(one.path.resolve()), "sha256": one.sha256}
            for one in sources
        ]
        dataset = ray.data.from_items(items, override_num_blocks=_blocks(len(items)))
        read = dataset.map_batches(_read, batch_size=FILES_AT_ONCE, num_cpus=READING)
        embedded = read.map_batches(
            _Embedder,
            fn_constructor_args=(make_encoder,),
            batch_size=FILES_AT_ONCE,
            num_cpus=EMBEDDING,
            concurrency=(1, max(1, min(cores, _blocks(len(items))))),
        )
        yield from embedded.iter_rows()
    except (ray.exceptions.RayError, ConnectionError, RuntimeError) as error:
        said = " ".join(str(error).split())[:200]
        raise AheadError(
            f"Ray failed ({said}); look at its logs, or build without `--engine ray`"
        ) from error
    finally:
        ray.shutdown()


def protect(environment: MutableMapping[str, str]) -> None:
    """Make a secret for Ray on this machine, where it listens to the whole network.

    Args:
        environment: in which Ray finds it, once, when it is imported; one that names a cluster, or
            says how it is protected, stays as it is.

    """
    if "RAY_ADDRESS" not in environment and MODE not in environment:
        environment.update({MODE: "token", TOKEN: secrets.token_hex(32)})


def _is_kept(readings: KeptReadings, source: Source) -> bool:
    return bool(readings.get(source.doc_id, source.path.suffix.lower(), source.sha256))


def _blocks(count: int) -> int:
    return max(1, -(-count // FILES_AT_ONCE))


def _read(batch: Batch) -> Batch:
    """Read files; of one that cannot be read, the reading is empty."""
    files = [
        File(str(doc_id), Path(path), str(sha256))
        for doc_id, path, sha256 in zip(
            batch["doc_id"], batch["path"], batch["sha256"], strict=True
        )
    ]
    found = read_files(files, processes=1)
    return {
        "reading": [b"" if isinstance(one, Skipped) else pack(one) for one in found],
        "suffix": [file.path.suffix.lower() for file in files],
    }


class _Embedder:
    """Embeds the passages of readings with one encoder, which is loaded once."""

    empty: ClassVar[tuple[bytes, bytes]] = (b"", b"")

    def __init__(self, make_encoder: Callable[[], Encoder]) -> None:
        self._encoder = make_encoder()

    def __call__(self, batch: Batch) -> Batch:
        embedded = [self._embedded(data) if data else self.empty for data in batch["reading"]]
        return batch | {
            "vectors": [vectors for vectors, _ in embedded],
            "digests": [digests for _, digests in embedded],
        }

    def _embedded(self, data: bytes) -> tuple[bytes, bytes]:
        document = unpack(data).document
        passages = pack_passages(document, self._encoder.count_tokens)
        vectors, digests = KnownVectors(self._encoder).embed(texts_to_embed(passages))
        return vectors.astype("<f4").tobytes(), digests
