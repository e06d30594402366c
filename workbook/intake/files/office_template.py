"""The consultant's own PowerPoint or Word file: inside the folder, nothing that runs or loads.

Only the container and its XML are looked at here, without the libraries that write office files:
they are an extra, and a fault is told whether or not slides are asked for.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from workbook.errors import InputError, Location, Problem
from workbook.intake.files.logo import inside
from workbook.intake.files.plain_file import read_plain
from workbook.intake.problems import error

MOST_MB = 10
_MOST_UNPACKED = 100_000_000
_MOST_PARTS = 2_000
_TYPES = "[Content_Types].xml"
_OLE = b"\xd0\xcf\x11\xe0"
"""How a file begins that is locked by a password, or is of the format before 2007."""
_MACROS = re.compile(rb"macroEnabled|vbaProject", re.I)
_ACTIVE = re.compile(r"(?:^|/)(?:activeX/|vbaProject|vbaData)", re.I)
_HARMLESS = ("/hyperlink", "/attachedTemplate")
"""What may lead out of a template: nothing of it is loaded when a file is opened."""
_BROKEN = (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeKind:
    """One of the two programs whose files can be templates."""

    program: str
    endings: str
    document: bytes
    template: bytes
    """What stands there for a document and for a template file, which is made a document."""


POWERPOINT = OfficeKind(
    program="PowerPoint",
    endings=".pptx, .potx",
    document=b"presentationml.presentation.main+xml",
    template=b"presentationml.template.main+xml",
)
WORD = OfficeKind(
    program="Word",
    endings=".docx, .dotx",
    document=b"wordprocessingml.document.main+xml",
    template=b"wordprocessingml.template.main+xml",
)


def office_template(
    path: str, folder: Path, place: Location, kind: OfficeKind
) -> tuple[bytes, list[Problem]]:
    """Return the file as a document of that kind, or nothing and the problem."""
    try:
        name = inside(path, folder)
        if not name:
            return b"", [error("template_outside", place, path)]
        data = read_plain(folder, name, most=MOST_MB * 1_000_000)
    except InputError as failure:
        return b"", [_told(problem, path, place) for problem in failure.problems]
    except ValueError:  # a name that no file can have
        return b"", [error("template_missing", place, path)]
    facts = {"program": kind.program, "endings": kind.endings}
    if data.startswith(_OLE):
        return b"", [error("template_locked", place, path, **facts)]
    try:
        code, parts = _looked_at(data, kind)
    except (*_BROKEN, ElementTree.ParseError, KeyError, zipfile.LargeZipFile):
        return b"", [error("template_damaged", place, path, **facts)]
    if code:
        return b"", [error(code, place, path, **facts, most=MOST_MB)]
    return _as_document(parts, kind), []


def _told(problem: Problem, path: str, place: Location) -> Problem:
    """Return a problem of the file as one of the key that names it."""
    if problem.code in ("file_too_many_kb", "file_too_large"):
        return error("template_too_large", place, path, most=MOST_MB)
    if problem.code in ("file_missing", "file_unreadable"):
        return error("template_missing", place, path)
    return error(problem.code, place, path, **problem.facts)


def _looked_at(data: bytes, kind: OfficeKind) -> tuple[str, dict[str, bytes]]:
    """Return what is wrong with a container, as a code, and its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        listed = archive.infolist()
        if len(listed) > _MOST_PARTS or sum(p.file_size for p in listed) > _MOST_UNPACKED:
            return "template_too_large", {}
        if any(part.flag_bits & 0x1 for part in listed):
            return "template_locked", {}
        parts = {part.filename: archive.read(part) for part in listed if not part.is_dir()}
    types = parts.get(_TYPES, b"")
    if _MACROS.search(types) or any(_ACTIVE.search(name) for name in parts):
        return "template_macros", parts
    if kind.document not in types and kind.template not in types:
        return "template_type", parts
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")) and _unsafe(content):
            return "template_unsafe", parts
    if kind is POWERPOINT and not _has_title(parts):
        return "template_no_title", parts
    return "", parts


def _unsafe(content: bytes) -> bool:
    """Return whether XML declares entities, or relates to something that would be loaded."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\x00" in content:
        return True
    root = ElementTree.fromstring(content)
    return any(
        relation.get("TargetMode") == "External"
        and not str(relation.get("Type")).endswith(_HARMLESS)
        for relation in root.iter(_RELATIONSHIP)
    )


def _has_title(parts: dict[str, bytes]) -> bool:
    layouts = (v for k, v in parts.items() if re.match(r"ppt/slideLayouts/[^/]+\.xml$", k))
    return any(re.search(rb'<p:ph\b[^>]*\btype="(?:ctrT|t)itle"', layout) for layout in layouts)


def _as_document(parts: dict[str, bytes], kind: OfficeKind) -> bytes:
    """Return the parts as one document; a template file is one but for its name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            text = content.replace(kind.template, kind.document) if name == _TYPES else content
            archive.writestr(entry, text, zipfile.ZIP_DEFLATED)
    return made.getvalue()
