"""Workbooks whose parts lie elsewhere, put in the places where the reader looks for them.

Excel finds the parts of a workbook through their relations, whatever they are called and whatever
the case of their names; some programs write a backslash for ``/``, or the strict form of the
format.  Belongs to the process that opens workbooks.
"""

import io
import posixpath
import re
import zipfile
from xml.parsers import expat

from workbook.intake.files.book_fault import FaultError
from workbook.intake.files.sheet_xml import UnsafeXmlError

_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TRANSITIONAL = (
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""Names of the strict form, and what they are called everywhere else."""
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_PLACES = {
    "worksheet": "xl/worksheets/sheet{}.xml",
    "chartsheet": "xl/chartsheets/sheet{}.xml",
    "dialogsheet": "xl/dialogsheets/sheet{}.xml",
    "sharedStrings": "xl/sharedStrings.xml",
    "styles": "xl/styles.xml",
    "vbaProject": "xl/vbaProject.bin",
}
_HEAD = 1 << 16

_Relation = tuple[str, str, str]
"""Id, last word of the type, and the target as it is written."""


def usual_package(path: str) -> str | io.BytesIO:
    """Return the path of a workbook that is as usual, else a copy of it that is.

    Raises
    ------
    FaultError
        When the parts are not found through their relations, or two have one name.
    """
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if {_BOOK, _RELATIONS} <= names and not any("\\" in name for name in names):
            with archive.open(_BOOK) as source:
                if _TRANSITIONAL[0][0] not in source.read(_HEAD):
                    return path
        return _rewritten(archive)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _rewritten(archive: zipfile.ZipFile) -> io.BytesIO:
    spelt: dict[str, str] = {}
    for name in archive.namelist():
        if spelt.setdefault(_plain(name), name) != name:
            raise FaultError("workbook_odd_parts")
    of_package = _relations(archive, spelt, "_rels/.rels")
    main = next((target for _, kind, target in of_package if kind == "officeDocument"), "")
    folder, name = posixpath.split(_plain(main))
    copied = {_BOOK: _found(spelt, posixpath.join(folder, name))}
    said = []
    for number, (key, kind, target) in enumerate(
        _relations(archive, spelt, posixpath.join(folder, "_rels", f"{name}.rels")), start=1
    ):
        if kind in _PLACES:
            place = _PLACES[kind].format(number)
            copied[place] = _found(spelt, _resolved(folder, target))
            said.append((key, kind, place.removeprefix("xl/")))
    if "docprops/custom.xml" in spelt:
        copied["docProps/custom.xml"] = spelt["docprops/custom.xml"]
    return _copy(archive, copied, said)


def _copy(
    archive: zipfile.ZipFile, copied: dict[str, str], relations: list[_Relation]
) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for place, part in copied.items():
            with archive.open(part) as source, new.open(place, "w") as target:
                target.write(_usual_names(source.read(_HEAD)))
                while chunk := source.read(1 << 20):
                    target.write(chunk)
        new.writestr("_rels/.rels", _as_xml([("rId1", "officeDocument", _BOOK)]))
        new.writestr(_RELATIONS, _as_xml(relations))
        new.writestr("[Content_Types].xml", _CONTENT)
    made.seek(0)
    return made


def _as_xml(relations: list[_Relation]) -> str:
    rows = "".join(
        f'<Relationship Id="{_quoted(key)}" Type="{_TYPES}{kind}" Target="{place}"/>'
        for key, kind, place in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _quoted(text: str) -> str:
    return re.sub(r"[^\w.-]", lambda found: f"&#{ord(found[0])};", text)


def _usual_names(head: bytes) -> bytes:
    for strict, usual in _TRANSITIONAL:
        head = head.replace(strict, usual)
    return head


def _found(spelt: dict[str, str], part: str) -> str:
    if part not in spelt:
        raise FaultError("workbook_odd_parts")
    return spelt[part]


def _resolved(folder: str, target: str) -> str:
    """Return the plain name of a part that a relation leads to."""
    usual = target.replace("\\", "/")
    if usual.startswith("/"):
        return _plain(usual)
    return _plain(posixpath.normpath(posixpath.join(folder, usual)))


def _relations(archive: zipfile.ZipFile, spelt: dict[str, str], part: str) -> list[_Relation]:
    """Return the relations of a part to other parts of the file."""
    found: list[_Relation] = []

    def note(name: str, said: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "Relationship" and said.get("TargetMode") != "External":
            kind = said.get("Type", "").rpartition("/")[2]
            found.append((said.get("Id", ""), kind, said.get("Target", "")))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = note
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(archive.read(_found(spelt, part)), True)
    return found


def _refuse(*_: object) -> None:
    raise UnsafeXmlError
