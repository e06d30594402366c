"""What a file is by its first bytes, and whether a workbook is safe to open."""

import zipfile
from collections.abc import Collection, Sequence
from pathlib import Path

from workbook.errors import Location, Problem
from workbook.intake.problems import error

MOST_BYTES = 400_000_000
MOST_UNPACKED = 1_500_000_000
MOST_RATIO = 250
_SMALL = 20_000_000
"""Parts below this size may be packed as tightly as they like."""
MOST_PARTS = 2_000
MOST_SHEETS = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = b"http://purl.oclc.org/ooxml/"


def kind_of(data: bytes) -> str:
    """Return ``zip encrypted ole html pdf image empty`` or ``text``."""
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return "empty"
    if data.startswith(b"PK\x03\x04"):
        return "zip"
    if data.startswith(_OLE):
        return "encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "ole"
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml")):
        return "html"
    if head.startswith(b"%pdf"):
        return "pdf"
    return "image" if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")) else "text"


def workbook_problems(path: Path, place: Location) -> list[Problem]:
    """Look at the directory of a workbook before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _directory(archive.infolist(), place) or _contents(archive, place)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return [error("workbook_damaged", place)]


def _directory(parts: Sequence[zipfile.ZipInfo], place: Location) -> list[Problem]:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS:
        return [error("too_many_parts", place, most=MOST_PARTS)]
    if any(part.flag_bits & 0x1 for part in parts):
        return [error("password_protected", place)]
    dense = any(
        part.file_size > _SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if unpacked > MOST_UNPACKED or dense:
        return [error("unpacks_too_large", place, size=f"{unpacked / 1e6:.0f}")]
    return []


def _without_workbook(names: Collection[str]) -> str:
    """Return the code of an archive whose workbook is not in its place."""
    parts = {name.replace("\\", "/").casefold() for name in names}
    if any(part.endswith("/workbook.xml") or part.startswith("xl/") for part in parts):
        return "workbook_odd_parts"
    if "[content_types].xml" in parts:
        return "not_a_table_file"
    return "no_workbook_inside"


def _contents(archive: zipfile.ZipFile, place: Location) -> list[Problem]:
    names = set(archive.namelist())
    if "xl/workbook.bin" in names or "mimetype" in names:
        return [error("other_spreadsheet", place)]
    if "xl/workbook.xml" not in names:
        return [error(_without_workbook(names), place)]
    book = archive.read("xl/workbook.xml")
    if b"<!DOCTYPE" in book:
        return [error("workbook_unsafe", place)]
    if _STRICT in book:
        return [error("strict_workbook", place)]
    count = book.count(b"<sheet ")
    if count > MOST_SHEETS:
        return [error("too_many_sheets", place, count=count, most=MOST_SHEETS)]
    return []
