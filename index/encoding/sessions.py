"""Models as ONNX files, loaded to be computed. The only module with ONNX Runtime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path"
"""The setting of ONNX Runtime that says where the weights are that a file only names."""


class Model:
    """A loaded model, computed by the thread that asks. Safe to share between threads.

    Args:
        file: the contents of an ONNX file.
        weights: the folder of the files with the weights that it names; None if it holds its own.

    Raises:
        ValueError: if ONNX Runtime cannot load it, with what it says.

    """

    def __init__(self, file: bytes, weights: Path | None = None) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        if weights is not None:
            options.add_session_config_entry(WEIGHTS_FOLDER, str(weights.resolve()))
        try:
            self._session = onnxruntime.InferenceSession(
                file, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # whatever ONNX Runtime raises for a damaged file
            raise ValueError(" ".join(str(error).split())) from error

    def run(
        self, outputs: Sequence[str], given: Mapping[str, NDArray[np.int64]]
    ) -> list[NDArray[Any]]:
        """Return the named outputs for the named inputs, one array each."""
        return list(self._session.run(list(outputs), dict(given)))
