"""Replace a file that somebody keeps, in one step."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """Replace an existing file: other programs see the old or the new one, never half of it.

    Its permissions stay as they were.

    Raises:
        OSError: if it cannot be replaced; it is as it was then.

    """
    real = path.resolve()  # a link stays a link
    with tempfile.NamedTemporaryFile("wb", dir=real.parent, delete=False) as new:
        try:
            new.write(text.encode())
            new.flush()
            os.fsync(new.fileno())
            shutil.copymode(real, new.name)
            os.replace(new.name, real)
        except BaseException:
            os.unlink(new.name)
            raise
