"""All text of an output folder, however it is packed."""

import base64
import binascii
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf

_PACKED = re.compile(r"[A-Za-z0-9+/\s]{40,}={0,2}\s*")


def texts_of(path: Path) -> Iterator[str]:
    """Yield the texts of one file."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        yield "\n".join(page.extract_text() for page in pages)
    if data.startswith(b"PK"):
        yield from _unzipped(data)
        return
    text = data.decode("utf-8", "replace")
    yield html.unescape(text)
    if path.suffix in (".json", ".ipynb"):
        yield from _inside(json.loads(text))


def _unzipped(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield html.unescape(archive.read(name).decode("utf-8", "replace"))


def _inside(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield str(key)
            yield from _inside(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _inside(value)
    elif isinstance(tree, str):
        yield html.unescape(tree)
        yield from _unpacked(tree)


def _unpacked(text: str) -> Iterator[str]:
    """Yield what a string holds that is Base64 of an archive or of compressed text."""
    if not _PACKED.fullmatch(text[:400]):
        return
    try:
        data = base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError):
        return
    if data.startswith(b"PK"):
        yield from _unzipped(data)
        return
    try:
        yield zlib.decompress(data).decode("utf-8", "replace")
    except zlib.error:
        return
