"""What files of a report hold besides text: elements, formulas, links, actions."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

_ACTIVE_PDF = frozenset(
    {"/JS", "/JavaScript", "/URI", "/Launch", "/OpenAction", "/AA", "/SubmitForm", "/GoToR"}
    | {"/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/ImportData", "/XFA"}
)
_ACTIVE_PARTS = ("external", "embed", "vba", "macro", "pivot", "query", "connection", "control")
_FORMULA = re.compile(rb"<f[ >]|\bddeLink|<hyperlink[^>]+r:id|TargetMode=\"External\"", re.I)
_OWN_FILE = re.compile(r"(?:[a-z0-9_-]+/){0,4}[a-z0-9_-]+\.(?:html|pdf|xlsx|json)\Z")
_CELL = re.compile(r"<t(?:\s[^>]*)?>(.*?)</t>", re.S)
_DATA = re.compile(r"data:(?:image/[a-z+]+|font/[a-z0-9]+);base64,[A-Za-z0-9+/=\s]*\Z")


def page_marks(html: str) -> set[str]:
    """Return what a page is made of: elements, attributes, classes, kinds of addresses.

    >>> sorted(page_marks('<p class="a">x <a href="#y">z</a></p>'))
    ['a', 'a href', 'href #', 'p', 'p .a', 'p class']
    """
    marks: set[str] = set()
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        marks.add(tag.name)
        for name, value in tag.attrs.items():
            marks.add(f"{tag.name} {name}")
            if name == "class":
                marks |= {f"{tag.name} .{one}" for one in value}
            elif name in ("href", "src"):
                marks.add(f"{name} {_address(str(value))}")
    return marks


def _address(value: str) -> str:
    """Return what kind of address it is, or the address where it is of no usual kind."""
    if value.startswith("#"):
        return "#"
    if _OWN_FILE.match(value):
        return "file"
    return "data" if _DATA.match(value) else value[:60]


def workbook_findings(data: bytes) -> Iterator[str]:
    """Yield formulas, links to elsewhere and parts that could run."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in book.namelist():
            if any(word in name.lower() for word in _ACTIVE_PARTS):
                yield f"part {name}"
            content = re.sub(rb"<t[ >].*?</t>", b"", book.read(name), flags=re.S)
            yield from (f"{name}: {found.decode()}" for found in set(_FORMULA.findall(content)))


def pdf_findings(data: bytes) -> Iterator[str]:
    """Yield names of actions and attachments anywhere in a PDF."""
    reader = PdfReader(io.BytesIO(data))
    for number in range(1, len(reader.xref_objStm) + len(reader.xref.get(0, {})) + 1):
        yield from _active(reader.get_object(number))


def _active(value: Any) -> Iterator[str]:
    if isinstance(value, DictionaryObject):
        yield from (str(key) for key in value if key in _ACTIVE_PDF)
        if value.get("/S") in _ACTIVE_PDF:
            yield f"action {value['/S']}"
        for key in value:
            yield from _active(value.raw_get(key))
    elif isinstance(value, ArrayObject):
        for one in list.__iter__(value):
            yield from _active(one)


def findings(file: Path, benign: frozenset[str]) -> list[str]:
    """Return what a file of a report should not hold.

    Parameters
    ----------
    benign
        Marks of pages of the same reports about plain words.
    """
    if file.suffix == ".html":
        return sorted(page_marks(file.read_text("utf-8")) - benign)
    if file.suffix == ".xlsx":
        return list(workbook_findings(file.read_bytes()))
    if file.suffix == ".pdf":
        return list(pdf_findings(file.read_bytes()))
    if file.suffix == ".json":
        json.loads(file.read_text("utf-8"), parse_constant=_no_number)
    return []


def _no_number(name: str) -> float:
    raise ValueError(f"{name} in a result file")


def shown_texts(file: Path) -> str:
    """Return the text of a page or a workbook, its spaces made one."""
    if file.suffix == ".html":
        text = BeautifulSoup(file.read_text("utf-8"), "html.parser").get_text(" ")
    elif file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as book:
            name = "xl/sharedStrings.xml"
            content = book.read(name) if name in book.namelist() else b"<t/>"
        text = " ".join(map(unescape, _CELL.findall(content.decode("utf-8"))))
    else:
        return ""
    return " ".join(text.split())
