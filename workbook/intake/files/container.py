"""What a file is by its first bytes, and whether a workbook is safe to open."""

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Collection, Sequence
from pathlib import Path

from workbook.errors import Location, Problem
from workbook.intake.files.sheet_xml import MOST_SHEETS
from workbook.intake.problems import error

MOST_BYTES = 400_000_000
MOST_UNPACKED = 1_500_000_000
MOST_RATIO = 250
_SMALL = 20_000_000
"""Parts below this size may be packed as tightly as they like."""
MOST_PARTS = 2_000
EXTENSIONS_OF = {
    "XLSX": (".xlsx", ".xlsm"),
    "XLS": (".xls",),
    "XLSB": (".xlsb",),
    "ODS": (".ods",),
    "HTML": (".html", ".htm"),
    "CSV": (".csv", ".tsv", ".txt"),
}
"""Formats of tables that are read, and the extensions that fit."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"<(?:!--|(?:!doctype\s+html|html|head|meta|title|style|body|table|div|center)\b)"
)
_MHTML = re.compile(rb"\A(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*content-type:\s*multipart/related")
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_BROKEN = (
    *(zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError),
    *(zlib.error, KeyError),
)


def kind_of(data: bytes) -> str:
    """Return ``zip encrypted ole html mhtml xml pdf image empty`` or ``text``.

    Examples
    --------
    >>> kind_of(b"<meta charset=utf-8><table border=1><tr><td>1"), kind_of(b"customer;amount")
    ('html', 'text')
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return "empty"
    if data.startswith(b"PK\x03\x04"):
        return "zip"
    if data.startswith(_OLE):
        return "encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "ole"
    head = _head(data)
    if head.startswith((b"%pdf", b"{\\rtf")):
        return "pdf"
    if _HTML.match(head):
        return "html"
    if head.startswith(b"<?xml"):
        return "html" if b"<html" in head else "xml"
    if _MHTML.search(head):
        return "mhtml"
    return "image" if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")) else "text"


def _head(data: bytes) -> bytes:
    """Return the beginning of a file in small letters of ASCII."""
    head = data[:4096]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()


def format_of(data: bytes, kind: str) -> str:
    """Return which format a table has that is read: a key of :data:`EXTENSIONS_OF`.

    Examples
    --------
    >>> format_of(b"customer;amount", "text")
    'CSV'
    """
    if kind != "zip":
        return {"ole": "XLS", "html": "HTML"}.get(kind, "CSV")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {_plain(name) for name in archive.namelist()}
    except _BROKEN:
        return "XLSX"
    if "xl/workbook.bin" in names:
        return "XLSB"
    return "ODS" if "content.xml" in names else "XLSX"


def _plain(name: str) -> str:
    return name.replace("\\", "/").casefold()


def workbook_problems(path: Path, place: Location) -> list[Problem]:
    """Look at the directory of a workbook before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _directory(archive.infolist(), place) or _contents(archive, place)
    except _BROKEN:
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
    """Return the code of an archive without a workbook; empty: it is only not in its place."""
    parts = {_plain(name) for name in names}
    if any(part.endswith("workbook.xml") or part.startswith("xl/") for part in parts):
        return ""
    if "[content_types].xml" in parts:
        return "not_a_table_file"
    return "no_workbook_inside"


def _contents(archive: zipfile.ZipFile, place: Location) -> list[Problem]:
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        return []
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 1000:
        return _open_document(archive, names, place)
    if "xl/workbook.xml" not in names:
        code = _without_workbook(names)
        return [error(code, place)] if code else []
    book = archive.read("xl/workbook.xml")
    if b"<!DOCTYPE" in book:
        return [error("workbook_unsafe", place)]
    count = book.count(b"<sheet ")
    if count > MOST_SHEETS:
        return [error("too_many_sheets", place, count=count, most=MOST_SHEETS)]
    return []


def _open_document(
    archive: zipfile.ZipFile, names: Collection[str], place: Location
) -> list[Problem]:
    """Look at a file of LibreOffice and its kin."""
    if not archive.read("mimetype").strip().startswith(_SPREADSHEET):
        return [error("not_a_table_file", place)]
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in archive.read(manifest):
        return [error("password_protected", place)]
    return [] if "content.xml" in names else [error("workbook_damaged", place)]
