"""Fetch one file: try each mirror, check what came, and only then give it its name."""

import hashlib
import os
import tempfile
import urllib.request
from collections.abc import Callable, Sequence
from http.client import HTTPException
from pathlib import Path

from bench.data.images import DataError

__all__ = ["Progress", "download"]

Progress = Callable[[str, int, int | None], None]  # file name, bytes so far, bytes in all
CHUNK = 1 << 16
LIMIT = 1 << 28  # no file we fetch comes near 256 MiB: a mirror that sends more is broken


def download(mirrors: Sequence[str], path: Path, md5: str, progress: Progress) -> None:
    """Write the first good copy of `path.name` to `path`.

    The bytes go to a temporary file in the same folder and are renamed when their checksum is
    right, so `path` never holds half a file, whatever interrupts us. DataError if no mirror has it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    reasons = []
    for mirror in mirrors:
        url = mirror.rstrip("/") + "/" + path.name
        handle, part = tempfile.mkstemp(prefix=path.name + ".", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                found = fetch(url, file.write, lambda n, total: progress(path.name, n, total))
            if found != md5:
                raise OSError(f"its checksum is {found}, not {md5}")
            os.replace(part, path)
            return
        except (OSError, HTTPException, ValueError) as error:
            reasons.append(f"  {url}\n    {error}")
        finally:
            Path(part).unlink(missing_ok=True)
    raise DataError(
        f"{path.name} could not be downloaded:\n" + "\n".join(reasons) + "\n"
        f"Or put the file there yourself: {path}"
    )


def fetch(url: str, write: Callable[[bytes], object], progress: Callable) -> str:
    """Hand the bytes behind `url` to `write`; return their MD5 (it guards against accidents; the
    publishers of these files name no other)."""
    checksum, done = hashlib.md5(usedforsecurity=False), 0
    with urllib.request.urlopen(url, timeout=30) as answer:
        length = answer.headers.get("Content-Length")
        total = int(length) if length else None
        while chunk := answer.read(CHUNK):
            done += len(chunk)
            if done > LIMIT:
                raise OSError(f"it sends more than {LIMIT} bytes")
            checksum.update(chunk)
            write(chunk)
            progress(done, total)
    return checksum.hexdigest()
