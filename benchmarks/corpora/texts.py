"""Texts of public collections: one a line, the strings of JSON, the payloads of test cases."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

LONGEST = 20_000
"""Characters; what is longer is no cell of a spreadsheet."""
_PAYLOAD = re.compile(r'"payload":\s*("(?:[^"\\]|\\.)*")')
SUFFIXES = (".txt", ".json", ".mjs")


def texts_of(paths: Iterable[Path]) -> list[str]:
    """Return the different texts of files and folders, in their order.

    A text is what one cell of a CSV file can hold: its lines are joined, and it has a character
    that can be seen.
    """
    found: dict[str, None] = {}
    for file in files_of(paths, SUFFIXES):
        for text in _texts(file):
            one = " ".join(text.split())
            if 0 < len(one) <= LONGEST and any(map(_is_seen, one)):
                found[one] = None
    return list(found)


def files_of(paths: Iterable[Path], suffixes: Iterable[str]) -> Iterator[Path]:
    """Yield the files with these endings, those below a folder in alphabetical order."""
    wanted = tuple(suffixes)
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (p for p in inside if p.suffix.lower() in wanted and p.is_file())


def _texts(file: Path) -> Iterator[str]:
    text = file.read_text("utf-8", "replace")
    if file.suffix == ".mjs":
        yield from (json.loads(found) for found in _PAYLOAD.findall(text) if _is_json(found))
    elif file.suffix == ".json":
        yield from _strings(json.loads(text) if _is_json(text) else [])
    else:
        yield from (line for line in text.splitlines() if not line.startswith("#\t"))


def _strings(value: Any) -> Iterator[str]:
    """Yield the strings of plain data, keys among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _is_seen(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS"
