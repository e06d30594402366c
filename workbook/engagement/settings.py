"""The engagement: what engagement.toml says, validated.  Reading it is :func:`load_engagement`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from workbook.errors import Problem

SCHEMA_VERSION = 1
"""Version of the format of engagement.toml and of our own workbooks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSource:
    """Where one of our columns comes from; one field says it, ``columns`` of [intake.<table>].

    In ``headings``, ``sheet`` and ``file`` a ``*`` stands for anything.
    """

    headings: tuple[str, ...] = ()
    """The client's heading; of several, the first that the file has."""
    column: str = ""
    """Letter or number of a column whose heading is blank or is there twice."""
    value: str | None = None
    """A constant."""
    join: tuple[str, ...] = ()
    """Headings whose cells are written one after the other."""
    sign: str = " "
    """What stands between them."""
    above: str = ""
    """Words above the header; the value is the cell after them."""
    sheet: str = ""
    """Pattern of the sheet's name; the value is what ``*`` stands for."""
    file: str = ""
    """Pattern of the file's name; the value is what ``*`` stands for."""
    row: bool = False
    """The number of the row."""
    usual: bool = False
    """A preset says so: a remedy need not say it again."""
    expected: bool = True
    """False: where the file has no such heading, the column is as if nothing were said of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Melt:
    """Columns that become rows: wide marks, months across (``melt`` of [intake.<table>])."""

    columns: tuple[str, ...]
    """Headings, or patterns: what ``*`` stands for is the name, else the whole heading is."""
    into: tuple[str, str]
    """Our column for the name, and our column for the value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOptions:
    """How the files of one table are written, where guessing is not wanted ([intake.<table>]).

    In headings, values and names of files and sheets a ``*`` stands for anything.
    """

    preset: str = ""
    """Name of the preset that these options complete; what it says is in them already."""
    files: tuple[str, ...] = ()
    """Patterns of the files of ``data/`` that hold the table; empty: by the table's name."""
    sheets: tuple[str, ...] = ()
    """Patterns of the sheets that hold it; empty: the one sheet, or the one of its name."""
    header_row: tuple[int, ...] = ()
    """Row of the headings, or the rows that make them together; empty: detected."""
    headings: tuple[str, ...] = ()
    """Of a file without headings: what they would be, in order."""

    encoding: str = ""
    """Python codec name; empty: detected, and said in the log."""
    delimiter: str = ""
    decimal: str = ""
    """``,`` or ``.``; empty: the language's own."""
    thousands: str = ""
    """``,``, ``.``, a space or ``'``; empty: told from each column."""
    scale: str = ""
    """``0-10`` or ``1-10`` of scores, ``1-5``, ``1-10`` or ``percent`` of marks."""
    unit: str = ""
    """``one``, ``thousand``, ``million`` or ``billion``: of amounts whose headings name none."""
    date_order: str = ""
    """``dmy``, ``mdy`` or ``ymd``; empty: ISO, or the language's own where unambiguous."""
    skip_rows: int | None = None
    """Lines above the header; None: title lines are detected."""
    missing: tuple[str, ...] = ()
    """The client's words for "nothing is known", besides those that go without saying."""
    join_ids: bool | None = None
    """Identifiers spelt in several ways: True: one, False: several, None: the client is asked."""
    split: str = ""
    """What separates several values in one cell, besides ``;`` and a new line."""
    columns: Mapping[str, ColumnSource] = field(default_factory=lambda: MappingProxyType({}))
    """Our column -> where it comes from."""
    values: Mapping[str, Mapping[str, tuple[str, ...]]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """Our column -> our value -> the client's words for it; ``*`` is every other word."""
    where: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """The client's heading -> a value or a list: rows that are kept; ``{"not": ...}``: left out."""
    drop_rows: Sequence[int | str] = ()
    """Rows that are left out: numbers as the file shows them, or patterns of their first words."""
    fill_down: tuple[str, ...] = ()
    """Headings, or our columns, whose blank cells are as the cell above."""
    generate: tuple[str, ...] = ()
    """Our columns whose blank cells become the number of the row: identifiers."""
    latest: tuple[str, ...] = ()
    """Our columns: of several rows with the same values the newest is kept."""
    melt: Melt | None = None
    date_formats: tuple[str, ...] = ()
    """How days are written, in the codes of ``strptime`` (``%d %B %Y``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeOptions:
    """What [intake] says: for all tables, and for single ones."""

    general: TableOptions = TableOptions()
    """[intake] itself."""
    tables: Mapping[str, TableOptions] = field(default_factory=lambda: MappingProxyType({}))
    """Table -> what [intake.<table>] says of it; what it leaves out is as ``general`` has it."""

    def of(self, table: str) -> TableOptions:
        """Return the options of one table.

        Examples
        --------
        >>> both = IntakeOptions(
        ...     general=TableOptions(decimal=","), tables={"sales": TableOptions(date_order="dmy")}
        ... )
        >>> both.of("sales").decimal, both.of("sales").date_order, both.of("survey").date_order
        (',', 'dmy', '')
        """
        own = self.tables.get(table)
        if own is None:
            return self.general
        said = {f.name: getattr(own, f.name) for f in fields(own)}
        unsaid = TableOptions()
        said = {name: value for name, value in said.items() if value != getattr(unsaid, name)}
        general = self.general
        if said.get("thousands") == general.decimal:  # the table's own word for a sign wins
            general = replace(general, decimal="")
        if said.get("decimal") == general.thousands:
            general = replace(general, thousands="")
        return replace(general, **said)


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFace:
    """One face of the firm's own font, checked, its names and weight as the program wrote them."""

    family: str
    weight: int
    """400 of running text, 700 of bold."""
    italic: bool = False
    sha256: str = ""
    data: bytes = field(default=b"", repr=False)
    """A TrueType or OpenType file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """The consultant's look: [brand], ``_brand.yml`` (Quarto's names), those of the firm's folder.

    The words of [report] that stand in every report are here, too.
    """

    name: str = ""
    """The firm's."""
    author: str = ""
    logo: str = ""
    """``data:`` URI of the checked PNG, JPEG or SVG file; empty without one."""
    cover: str = ""
    """Likewise: the picture of the title page."""
    primary: str = "#0b5394"
    secondary: str = "#d95f02"
    tertiary: str = "#56b4e9"
    font: str = "Inter"
    pptx_template: bytes = b""
    """The checked PowerPoint file whose layouts slides are made from; empty without one."""
    docx_template: bytes = b""
    """The checked Word file whose styles are used; empty without one."""
    faces: tuple[FontFace, ...] = ()
    """Of the font, where it does not come with the program."""
    footer: str = ""
    """A line at the foot of every page."""
    contact: str = ""
    """Lines at the end of a report: where to ask."""
    disclaimer: str = ""
    """Likewise: what the report is not to be taken for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTitle:
    """The consultant's heading of a chapter; figures of the result may stand in it by name."""

    title: str
    short: str = ""
    """Its name in the contents; empty: the title."""
    file: str = ""
    """Where it was said, for messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportShape:
    """[report.<diagnostic>]: what the consultant has otherwise than the program."""

    hide: tuple[str, ...] = ()
    """Chapters that are left out."""
    order: tuple[str, ...] = ()
    """Chapters that come first, in this order; the others follow in the program's."""
    titles: Mapping[str, OwnTitle] = field(default_factory=lambda: MappingProxyType({}))
    """By chapter."""
    files: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """``hide``, ``order`` or ``titles`` -> the file that says it, for messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfReason:
    """[whatif.reason]: what mending one reason of losses would bring."""

    reason: str
    """Its id, or its name in the report's language."""
    win_back: float | None = None
    """Share 0-1 of the lost that would come back; None: as many as have come back so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfDiscount:
    """[whatif.discount]: what a scale of discounts would cost."""

    steps: tuple[tuple[float, float], ...]
    """Annual turnover from which a step holds, rising, and its share of discount 0-1."""
    margin: float | None = None
    """Margin as a share of turnover 0-1; None: as the sales tell it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfManager:
    """[whatif.manager]: what rests on one manager."""

    manager: str = ""
    """Empty: the one on whom most rests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What [whatif] asks for; each that is there is a page of the summary."""

    reason: WhatIfReason | None = None
    discount: WhatIfDiscount | None = None
    manager: WhatIfManager | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """One client, one period, one folder."""

    folder: Path
    id: str
    client: str
    language: str
    currency: str
    period: str
    as_of: date
    draft: bool = True
    diagnostics: tuple[str, ...] = ()
    """As configured; empty: those whose tables are there."""
    anonymity_threshold: int = 5
    anonymise: bool | Literal["scrub"] = False
    """Customers and persons are under pseudonyms, and free text is not quoted; ``"scrub"``: it is
    quoted with names, addresses and telephone numbers masked."""
    previous: Path | None = None
    """Folder of the engagement to compare with, resolved against this one."""
    before: "Engagement | None" = None
    """That engagement itself, under the options of this one, and with the one before it."""
    as_made: "Engagement | None" = None
    """Of an engagement under the options of a later one: itself under its own."""
    compare: Literal["period", "window"] = "period"
    """What sales are compared with: ``period``, the same time up to the last day of the period
    before; ``window``, the time right before."""
    previous_of_other_client: bool = False
    """The engagement to compare with may be another client's."""
    previous_rate: float | None = None
    """What one unit of the earlier engagement's currency is worth in this one's."""
    intake: IntakeOptions = IntakeOptions()
    brand: Brand = Brand()
    params: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    """Raw [params.<diagnostic>] tables; validated against the diagnostic's Params."""
    whatif: WhatIf = WhatIf()
    shapes: Mapping[str, ReportShape] = field(default_factory=lambda: MappingProxyType({}))
    """What [report.<diagnostic>] says, by diagnostic."""
    own_texts: Mapping[str, Mapping[str, str | Mapping[str, str]]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """Subject (a diagnostic, ``common``, ``report``) -> key -> the firm's own sentence."""
    remarks: tuple[Problem, ...] = ()
    """On the firm's files, for the consultant alone: nothing that stops a report."""

    def sentences(self, subject: str) -> Mapping[str, str | Mapping[str, str]]:
        """Return the firm's own sentences for a subject, with those for every report."""
        return {**self.own_texts.get("common", {}), **self.own_texts.get(subject, {})}

    @property
    def earlier_folders(self) -> tuple[Path, ...]:
        """Folders of the periods before, the last one first."""
        found: list[Path] = []
        one = self.before
        while one is not None:
            found.append(one.folder)
            one = one.before
        return tuple(found) or ((self.previous,) if self.previous else ())
