"""How the client writes numbers and days: declared in [intake], else the language's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from workbook.engagement.settings import Engagement
from workbook.language.languages import language_of

_OTHER = {",": ".", ".": ","}
STATUTORY = 1000
"""Statutory statements are in thousands, unless said otherwise."""
_MARK_SCALES = ("1-5", "1-10", "percent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """The locale of the cells of an engagement."""

    language: str
    decimal: str
    """``,`` or ``.``"""
    decimal_declared: bool
    """False: a column that plainly uses the other sign throughout is read by that sign."""
    date_order: str
    """``dmy``, ``mdy``, ``ymd`` as declared, else empty: slashes are refused."""
    currency: str
    table: str = ""
    """The table whose cells they are, for the remedies of messages."""
    thousands: str = ""
    """Sign that sets thousands apart as declared, else empty: told from the column."""
    own_date_order: bool = False
    """The order is that of [intake.<table>] and holds for dotted days too."""
    mark_scale: str = ""
    """``1-5``, ``1-10`` or ``percent`` as declared; empty: told from the column itself."""
    score_scale: str = ""
    """``0-10`` or ``1-10`` as declared, else empty."""
    statement_unit: int = STATUTORY
    """What one unit of the statements is worth, as declared."""
    unit: str = ""
    """Word of the multiple in which amounts are written, as declared, else empty."""
    missing: tuple[str, ...] = ()
    """The client's own words for "nothing is known"."""
    date_formats: tuple[str, ...] = ()
    """How days are written, as declared; see :mod:`workbook.intake.cells.date_formats`."""
    values: Mapping[str, Mapping[str, tuple[str, ...]]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """Our column -> our value -> the client's words, as declared: messages complete them."""
    as_of: date | None = None
    """Day of the data; None: not known."""

    @property
    def dotted_days(self) -> bool:
        """True where 31.12.2025 can only mean day, month, year."""
        return language_of(self.language).files.dotted_days


def conventions_of(engagement: Engagement, table: str) -> Conventions:
    """Return how the cells of one table of this engagement are to be read."""
    said, own = engagement.intake.of(table), engagement.intake.tables
    decimal = said.decimal or _OTHER.get(said.thousands, "")
    return Conventions(
        language=engagement.language,
        decimal=decimal or language_of(engagement.language).files.decimal,
        decimal_declared=bool(decimal),
        table=table,
        thousands=said.thousands,
        date_order=said.date_order,
        own_date_order=table in own and bool(own[table].date_order),
        currency=engagement.currency,
        mark_scale=_declared_marks(engagement),
        score_scale=str(engagement.params.get("loyalty", {}).get("scale", "")),
        unit=said.unit,
        missing=said.missing,
        date_formats=said.date_formats,
        values=said.values,
        as_of=engagement.as_of,
        statement_unit=_declared_unit(engagement),
    )


def _declared_marks(engagement: Engagement) -> str:
    """Return the scale of satisfaction marks that the loyalty options declare.

    It is a fact of the file, so that whichever report reads the marks reads them by it.  What
    is no scale is refused where the options are checked.
    """
    said = engagement.params.get("loyalty", {}).get("satisfaction_scale", "")
    return said if said in _MARK_SCALES else ""


def _declared_unit(engagement: Engagement) -> int:
    """Return the unit of the statements that the financial options declare."""
    said = engagement.params.get("financial_quartiles", {}).get("unit", STATUTORY)
    return said if isinstance(said, int) else STATUTORY
