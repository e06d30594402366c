"""The parts of a workbook: which sheet is which file, styles, macros, version of our template."""

import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from xml.parsers import expat

from workbook.intake.files.cell_styles import Style, cell_styles
from workbook.intake.files.sheet_xml import UnsafeXmlError

VERSION_PROPERTY = "workbook_schema"
"""Custom document property of our intake workbook with the version of its tables."""
_RELATIONS = "xl/_rels/workbook.xml.rels"


class WorkbookParts:
    """What the small parts of a workbook say; no dataclass, whose import takes its time."""

    __slots__ = ("macros", "recalculates", "sheets", "styles", "version")

    def __init__(
        self,
        *,
        sheets: Mapping[str, str],
        styles: dict[int, Style],
        recalculates: bool,
        macros: bool,
        version: str,
    ) -> None:
        self.sheets = sheets
        """Sheet name -> path of its XML in the file."""
        self.styles = styles
        """Style index -> what its number format tells."""
        self.recalculates = recalculates
        """The workbook has not been calculated since a program wrote it."""
        self.macros = macros
        self.version = version
        """Version of our intake workbook, or empty."""


def read_parts(archive: zipfile.ZipFile) -> WorkbookParts:
    """Read the directory parts of a workbook.

    Raises
    ------
    UnsafeXmlError
        On a document type declaration in any XML part that values come from.
    """
    names = set(archive.namelist())
    spelt = {name.casefold(): name for name in names}
    """Excel finds parts whatever the case of their names."""
    if "xl/sharedstrings.xml" in spelt:
        _refuse_doctype(archive, spelt["xl/sharedstrings.xml"])
    book = _elements(archive, "xl/workbook.xml")
    targets = {a["Id"]: a["Target"] for tag, a in _elements(archive, _RELATIONS) if "Id" in a}
    sheets = {
        attributes["name"]: spelt.get(_path(targets[_relation(attributes)]).casefold(), "")
        for tag, attributes in book
        if tag == "sheet" and _relation(attributes) in targets
    }
    calculation = next((attributes for tag, attributes in book if tag == "calcPr"), {})
    return WorkbookParts(
        sheets={name: path for name, path in sheets.items() if "worksheets/" in path.casefold()},
        styles=cell_styles(_elements(archive, "xl/styles.xml")) if "xl/styles.xml" in names else {},
        recalculates=calculation.get("fullCalcOnLoad") in ("1", "true"),
        macros=any(name.endswith(("vbaProject.bin", ".bin")) and "vba" in name for name in names),
        version=_version(archive) if "docProps/custom.xml" in names else "",
    )


def part_targets(archive: zipfile.ZipFile, relations: str) -> dict[str, str]:
    """Return relation -> part, its name spelt as in the archive; Excel minds no case."""
    spelt = {name.casefold(): name for name in archive.namelist()}
    return {
        given["Id"]: spelt.get(_path(given["Target"]).casefold(), "")
        for _, given in _elements(archive, relations)
        if "Id" in given
    }


def _relation(attributes: Mapping[str, str]) -> str:
    return next(
        (value for key, value in attributes.items() if key.endswith("relationships id")), ""
    )


def _path(target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join("xl", target))


def _elements(archive: zipfile.ZipFile, part: str) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a small part: local name and attributes."""
    found: list[tuple[str, dict[str, str]]] = []
    _parse(archive, part, lambda name, given: found.append((name.rpartition(" ")[2], given)))
    return found


def _parse(
    archive: zipfile.ZipFile, part: str, start: Callable[[str, dict[str, str]], None] | None
) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse
    with archive.open(part) as source:
        while chunk := source.read(1 << 20):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_doctype(archive: zipfile.ZipFile, part: str) -> None:
    _parse(archive, part, None)


def _refuse(*_: object) -> None:
    raise UnsafeXmlError


def _version(archive: zipfile.ZipFile) -> str:
    text = archive.read("docProps/custom.xml").decode("utf-8", errors="replace")
    found = re.search(rf'name="{VERSION_PROPERTY}".*?<vt:\w+>([^<]*)</vt:', text, re.DOTALL)
    return found[1] if found else ""
