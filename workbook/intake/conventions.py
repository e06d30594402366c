"""How the client writes numbers and days: declared in [intake], else the language's own."""

from dataclasses import dataclass

from workbook.engagement import Engagement

_DECIMAL = {"ru": ",", "sk": ",", "en": "."}
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
    own_date_order: bool = False
    """The order is that of [intake.<table>] and holds for dotted days too."""
    mark_scale: str = ""
    """``1-5``, ``1-10`` or ``percent`` as declared; empty: told from the column itself."""

    @property
    def dotted_days(self) -> bool:
        """True where 31.12.2025 can only mean day, month, year."""
        return self.language in ("ru", "sk")


def conventions_of(engagement: Engagement, table: str) -> Conventions:
    """Return how the cells of one table of this engagement are to be read."""
    said, own = engagement.intake.of(table), engagement.intake.tables
    return Conventions(
        language=engagement.language,
        decimal=said.decimal or _DECIMAL[engagement.language],
        decimal_declared=bool(said.decimal),
        date_order=said.date_order,
        table=table,
        own_date_order=table in own and bool(own[table].date_order),
        currency=engagement.currency,
        mark_scale=_declared_marks(engagement),
    )


def _declared_marks(engagement: Engagement) -> str:
    """Return the scale of satisfaction marks that the loyalty options declare.

    It is a fact of the file, so that whichever report reads the marks reads them by it.  What
    is no scale is refused where the options are checked.
    """
    said = engagement.params.get("loyalty", {}).get("satisfaction_scale", "")
    return said if said in _MARK_SCALES else ""
