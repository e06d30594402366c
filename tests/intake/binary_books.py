"""Small workbooks in the formats that no library of ours writes: XLS, XLSB and ODS.

A cell is a text, a number, a truth value, a :class:`date` (shown as one), an :class:`Error`, a
:class:`Formula` with its last result (None: never calculated), or a :class:`Shown` number with its
number format.
"""

import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

DAY_FORMAT = "dd.mm.yyyy"
CODES = {"#DIV/0!": 7, "#N/A": 42, "#REF!": 23, "#VALUE!": 15}


@dataclass(frozen=True)
class Error:
    value: str


@dataclass(frozen=True)
class Formula:
    result: object


@dataclass(frozen=True)
class Shown:
    number: float
    style: str


@dataclass(frozen=True)
class Plan:
    """One sheet: its rows, and what is hidden or merged (counted from 0)."""

    name: str
    rows: Sequence[Sequence[object]]
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """First row, last row, first column, last column."""


@dataclass
class Formats:
    """Number formats in the order in which they are asked for; the first is the general one."""

    codes: list[str] = field(default_factory=lambda: ["General", DAY_FORMAT])

    def of(self, code: str) -> int:
        if code not in self.codes:
            self.codes.append(code)
        return self.codes.index(code)


def serial(day: date, first: date) -> float:
    return float((day - first).days)


def plain(cell: object, formats: Formats, first: date) -> tuple[object, int]:
    """Return the value of a cell and the number of its format."""
    if isinstance(cell, date):
        return serial(cell, first), 1
    if isinstance(cell, Shown):
        return float(cell.number), formats.of(cell.style)
    return (float(cell), 0) if type(cell) is int else (cell, 0)


# XLS: records of BIFF8 in an OLE file


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def wide(text: str) -> bytes:
    return b"\x01" + text.encode("utf-16-le")


def xls_cell(row: int, column: int, cell: object, formats: Formats, first: date) -> bytes:
    value, style = plain(cell, formats, first)
    at = struct.pack("<HHH", row, column, style)
    if isinstance(value, Formula):
        return xls_formula(at, value.result)
    if isinstance(value, Error):
        return record(0x205, at + bytes([CODES[value.value], 1]))
    if isinstance(value, bool):
        return record(0x205, at + bytes([value, 0]))
    if isinstance(value, float):
        return record(0x203, at + struct.pack("<d", value))
    text = str(value)
    return record(0x204, at + struct.pack("<H", len(text)) + wide(text))


def xls_formula(at: bytes, result: object) -> bytes:
    tokens = struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\x00"
    if isinstance(result, Error):
        said = bytes([2, 0, CODES[result.value], 0, 0, 0, 255, 255])
    elif isinstance(result, str):
        text = record(0x207, struct.pack("<H", len(result)) + wide(result))
        return record(0x06, at + b"\0\0\0\0\0\0\xff\xff" + tokens) + text
    elif result is None:
        said = b"\x03\0\0\0\0\0\xff\xff"
    else:
        said = struct.pack("<d", float(result))  # type: ignore[arg-type]
    return record(0x06, at + said + tokens)


def xls_sheet(plan: Plan, formats: Formats, first: date) -> bytes:
    parts = [record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))]
    hidden = [struct.pack("<HHHHHH", column, column, 0, 0, 1, 0) for column in plan.hidden_columns]
    parts += [record(0x7D, body) for body in hidden]
    folded_rows = [struct.pack("<HHHHHHI", r, 0, 9, 0, 0, 0, 0x20) for r in plan.hidden_rows]
    parts += [record(0x208, body) for body in folded_rows]
    for row, cells in enumerate(plan.rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                parts.append(xls_cell(row, column, cell, formats, first))
    if plan.merged:
        areas = b"".join(struct.pack("<HHHH", *area) for area in plan.merged)
        parts.append(record(0xE5, struct.pack("<H", len(plan.merged)) + areas))
    return b"".join([*parts, record(0x0A)])


def xls(path: Path, plans: Sequence[Plan], *, mac: bool = False, password: bool = False) -> Path:
    """Write an XLS; ``mac``: days are counted from 1904."""
    first = date(1904, 1, 1) if mac else date(1899, 12, 30)
    formats = Formats()
    sheets = [xls_sheet(plan, formats, first) for plan in plans]
    head = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    if password:
        head += record(0x2F, struct.pack("<HHH", 0, 1, 2))
    head += record(0x42, struct.pack("<H", 1200)) + record(0x22, struct.pack("<H", mac))
    for number, code in enumerate(formats.codes):
        head += record(0x41E, struct.pack("<HH", 200 + number, len(code)) + wide(code))
    for number in range(len(formats.codes)):
        head += record(0xE0, struct.pack("<HH", 0, 200 + number if number else 0) + b"\0" * 16)
    names = [bytes([len(plan.name)]) + wide(plan.name) for plan in plans]
    start = len(head) + sum(4 + 6 + len(name) for name in names) + 4
    for plan, name, sheet in zip(plans, names, sheets, strict=True):
        head += record(0x85, struct.pack("<IBB", start, plan.hidden, 0) + name)
        start += len(sheet)
    path.write_bytes(ole({"Workbook": head + record(0x0A) + b"".join(sheets)}))
    return path


def xls5(path: Path, rows: Sequence[Sequence[object]], *, codec: str = "cp1251") -> Path:
    """Write an XLS as Excel 5 did, with one sheet of texts, numbers and days."""
    formats, first = Formats(), date(1899, 12, 30)
    start = record(0x809, struct.pack("<HHHH", 0x500, 0x10, 0, 0))
    cells = b""
    for row, values in enumerate(rows):
        for column, cell in enumerate(values):
            value, style = plain(cell, formats, first)
            at = struct.pack("<HHH", row, column, style)
            if isinstance(value, float):
                cells += record(0x203, at + struct.pack("<d", value))
            else:
                text = str(value).encode(codec)
                cells += record(0x204, at + struct.pack("<H", len(text)) + text)
    head = record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0))
    head += record(0x42, struct.pack("<H", int(codec.removeprefix("cp"))))
    day = DAY_FORMAT.encode()
    head += record(0x41E, struct.pack("<HB", 200, len(day)) + day)
    for number in (0, 200):
        head += record(0xE0, struct.pack("<HH", 0, number) + b"\0" * 12)
    name = "Опрос".encode(codec)
    length = len(head) + 4 + 7 + len(name) + 4
    head += record(0x85, struct.pack("<IHB", length, 0, len(name)) + name) + record(0x0A)
    path.write_bytes(ole({"Book": head + start + cells + record(0x0A)}))
    return path


def ole(streams: dict[str, bytes]) -> bytes:
    """Return an OLE file; streams are padded to the size that needs no small sectors."""
    end, table = 0xFFFFFFFE, [0xFFFFFFFD, 0xFFFFFFFE]
    sectors: list[bytes] = []
    entries = [ole_entry("Root Entry", 5, end, 0, child=1)]
    for number, (name, content) in enumerate(streams.items(), start=1):
        data = content.ljust(4096, b"\0")
        count = -(-len(data) // 512)
        start = len(table)
        table += [*range(start + 1, start + count), end]
        sectors += [data[at * 512 : at * 512 + 512].ljust(512, b"\0") for at in range(count)]
        following = number + 1 if number < len(streams) else 0xFFFFFFFF
        entries.append(ole_entry(name, 2, start, len(data), right=following))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    head += struct.pack("<IIIIIIII", 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    numbers = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    return head + numbers + b"".join(entries).ljust(512, b"\0") + b"".join(sectors)


def ole_entry(
    name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    spelt = name.encode("utf-16-le")
    entry = spelt.ljust(64, b"\0") + struct.pack("<HBB", len(spelt) + 2, kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, right, child) + b"\0" * 36
    return entry + struct.pack("<IQ", start, size)


# XLSB: records in the parts of an archive

TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def item(kind: int, body: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while length > 0x7F:
        size, length = size + bytes([length & 0x7F | 0x80]), length >> 7
    return number + size + bytes([length]) + body


def counted(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_cell(column: int, cell: object, formats: Formats) -> bytes:
    value, style = plain(cell, formats, date(1899, 12, 30))
    at = struct.pack("<II", column, style)
    tail = struct.pack("<HII", 0, 0, 0)
    if isinstance(value, Formula):
        if isinstance(value.result, Error):
            return item(11, at + bytes([CODES[value.result.value]]) + tail)
        if isinstance(value.result, str):
            return item(8, at + counted(value.result) + tail)
        return item(9, at + struct.pack("<d", float(value.result)) + tail)  # type: ignore[arg-type]
    if isinstance(value, Error):
        return item(3, at + bytes([CODES[value.value]]))
    if isinstance(value, bool):
        return item(4, at + bytes([value]))
    if isinstance(value, float):
        return item(5, at + struct.pack("<d", value))
    return item(6, at + counted(str(value)))


def xlsb_sheet(plan: Plan, formats: Formats) -> bytes:
    width = max(len(cells) for cells in plan.rows)
    parts = [item(129), item(148, struct.pack("<IIII", 0, len(plan.rows) - 1, 0, width - 1))]
    if plan.hidden_columns:
        columns = [struct.pack("<IIIIH", c, c, 256, 0, 1) for c in plan.hidden_columns]
        parts += [item(390), *(item(60, body) for body in columns), item(391)]
    parts.append(item(145))
    for row, cells in enumerate(plan.rows):
        flags = 0x10 if row in plan.hidden_rows else 0
        parts.append(item(0, struct.pack("<IIHBBB", row, 0, 300, 0, flags, 0) + b"\0\0\0\0"))
        parts += [xlsb_cell(c, cell, formats) for c, cell in enumerate(cells) if cell is not None]
    parts.append(item(146))
    if plan.merged:
        parts += [item(177), *(item(176, struct.pack("<IIII", *a)) for a in plan.merged), item(178)]
    return b"".join([*parts, item(130)])


def relations(rows: Sequence[tuple[str, str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{TYPES}/{kind}" Target="{target}"/>'
        for key, kind, target in rows
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def xlsb(path: Path, plans: Sequence[Plan]) -> Path:
    formats = Formats()
    sheets = [xlsb_sheet(plan, formats) for plan in plans]
    book = item(131) + item(143)
    for number, plan in enumerate(plans, start=1):
        state = struct.pack("<II", plan.hidden, number)
        book += item(156, state + counted(f"rId{number}") + counted(plan.name))
    styles = item(278) + item(615, struct.pack("<I", len(formats.codes)))
    for number, code in enumerate(formats.codes):
        styles += item(44, struct.pack("<H", 200 + number) + counted(code))
    styles += item(616) + item(617, struct.pack("<I", len(formats.codes)))
    for number in range(len(formats.codes)):
        styles += item(47, struct.pack("<HH", 0, 200 + number if number else 0) + b"\0" * 12)
    styles += item(618) + item(279)
    rows = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(plans) + 1)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        archive.writestr("_rels/.rels", relations([("r", "officeDocument", "xl/workbook.bin")]))
        archive.writestr("xl/workbook.bin", book + item(144) + item(132))
        archive.writestr(
            "xl/_rels/workbook.bin.rels", relations([*rows, ("s", "styles", "styles.bin")])
        )
        archive.writestr("xl/styles.bin", styles)
        for number, sheet in enumerate(sheets, start=1):
            archive.writestr(f"xl/worksheets/sheet{number}.bin", sheet)
    return path


# ODS: one XML part

SPACES = {
    "office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle",
}  # fmt: skip
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods_cell(cell: object, span: str = "") -> str:
    formula = ' table:formula="of:=1"' if isinstance(cell, Formula) else ""
    value = cell.result if isinstance(cell, Formula) else cell
    if value is None:
        return f"<table:table-cell{formula}/>"
    if isinstance(value, Error):
        said = 'office:value-type="string" office:string-value="" calcext:value-type="error"'
        shown = value.value
    elif isinstance(value, bool):
        truth = str(value).lower()
        said, shown = f'office:value-type="boolean" office:boolean-value="{truth}"', truth.upper()
    elif isinstance(value, date):
        said, shown = f'office:value-type="date" office:date-value="{value}"', f"{value:%d.%m.%Y}"
    elif isinstance(value, Shown):
        said, shown = ods_shown(value)
    elif isinstance(value, int | float):
        said, shown = f'office:value-type="float" office:value="{value}"', str(value)
    else:
        said, shown = 'office:value-type="string"', escape(str(value))
    return f"<table:table-cell{formula}{span} {said}><text:p>{shown}</text:p></table:table-cell>"


def ods_shown(cell: Shown) -> tuple[str, str]:
    number = f'office:value="{cell.number}"'
    if "%" in cell.style:
        return f'office:value-type="percentage" {number}', f"{cell.number:.0%}"
    if "€" in cell.style:
        said = f'office:value-type="currency" office:currency="EUR" {number}'
        return said, f"{cell.number} €"
    return f'office:value-type="float" {number}', f"{cell.number:0{len(cell.style)}.0f}"


def ods_sheet(plan: Plan) -> str:
    width = max(len(cells) for cells in plan.rows)
    columns = "".join(
        f"<table:table-column{folded(column in plan.hidden_columns, 'collapse')}/>"
        for column in range(width)
    )
    spans = {
        (top, left): f' table:number-columns-spanned="{right - left + 1}"'
        f' table:number-rows-spanned="{bottom - top + 1}"'
        for top, bottom, left, right in plan.merged
    }
    rows = "".join(
        f"<table:table-row{folded(row in plan.hidden_rows, 'filter')}>"
        + "".join(ods_cell(cell, spans.get((row, at), "")) for at, cell in enumerate(cells))
        + "</table:table-row>"
        for row, cells in enumerate(plan.rows)
    )
    style = "ta2" if plan.hidden else "ta1"
    return (
        f'<table:table table:name="{escape(plan.name)}" table:style-name="{style}">'
        f"{columns}{rows}</table:table>"
    )


def folded(hidden: bool, word: str) -> str:
    return f' table:visibility="{word}"' if hidden else ""


def ods(path: Path, plans: Sequence[Plan], *, body: str = "", password: bool = False) -> Path:
    """Write an ODS; ``body`` is written for the sheets when given."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in SPACES.items()
    )
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table">'
        f'<style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("ta1", "true"), ("ta2", "false"))
    )
    sheets = body or "".join(map(ods_sheet, plans))
    secret = "<manifest:encryption-data/>" if password else ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIMETYPE)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{MANIFEST}">'
            f'<manifest:file-entry manifest:full-path="content.xml">{secret}</manifest:file-entry>'
            "</manifest:manifest>",
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content {names} xmlns:calcext="{CALC}" office:version="1.3">'
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f"<office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return path
