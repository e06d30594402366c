"""The logo file: inside the engagement folder, a true picture, nothing that runs or loads."""

import base64
import re
from pathlib import Path
from xml.parsers import expat

from workbook.errors import Place, Problem
from workbook.intake.findings import error

MOST_KB = 300
_MAGIC = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_ACTIVE = frozenset(
    {"script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "set"}
)


class _UnsafeError(Exception):
    """The SVG holds something that runs or loads."""


def logo_uri(path: str, folder: Path, place: Place) -> tuple[str, list[Problem]]:
    """Return the picture as a ``data:`` URI, or an empty text and the problem."""
    inside = folder.resolve()
    try:
        file = (inside / path).resolve()
        if not file.is_relative_to(inside):
            return "", [error("logo_outside", place, path)]
        if not file.is_file():
            return "", [error("logo_missing", place, path)]
        if file.stat().st_size > MOST_KB * 1024:
            return "", [error("logo_too_large", place, path, most=MOST_KB)]
        data = file.read_bytes()
    except (OSError, ValueError):
        return "", [error("logo_missing", place, path)]
    return _checked(data, path, place)


def _checked(data: bytes, path: str, place: Place) -> tuple[str, list[Problem]]:
    kind = next((kind for kind, magic in _MAGIC.items() if data.startswith(magic)), "")
    if not kind and b"<svg" in data[:4096]:
        kind = "image/svg+xml"
        try:
            _check_svg(data)
        except (_UnsafeError, expat.ExpatError):
            return "", [error("logo_unsafe", place, path)]
    if not kind:
        return "", [error("logo_type", place, path)]
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}", []


def _check_svg(data: bytes) -> None:
    """Raise :class:`_UnsafeError` when the SVG has anything active or from elsewhere."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ProcessingInstructionHandler = _refuse
    parser.StartElementHandler = _check_element
    parser.CharacterDataHandler = _check_text
    parser.Parse(data, True)


def _refuse(*_: object) -> None:
    raise _UnsafeError


def _check_element(name: str, attributes: dict[str, str]) -> None:
    if name.rpartition(":")[2].casefold() in _ACTIVE:
        raise _UnsafeError
    for key, value in attributes.items():
        local = key.rpartition(":")[2].casefold()
        link = local in ("href", "src") and not value.strip().startswith("#")
        if local.startswith("on") or link:
            raise _UnsafeError
        if not key.startswith("xmlns"):
            _check_text(value)


def _check_text(text: str) -> None:
    """Refuse style rules that load: ``url(`` to anything but ``#``, ``@import``, escapes."""
    if re.search(r"@import|expression\(|javascript:|url\(\s*['\"]?\s*(?!['\"#\s])", text, re.I):
        raise _UnsafeError
