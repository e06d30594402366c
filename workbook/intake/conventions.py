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
    mark_scale: str = ""
    """``1-5``, ``1-10`` or ``percent`` as declared; empty: told from the column itself."""

    missing: tuple[str, ...] = ()
    """The client's own words for "nothing is known"."""
    table: str = ""
    """Name of the table, for messages that tell what to write under [intake.<table>]."""

    @property
    def dotted_days(self) -> bool:
        """True where 31.12.2025 can only mean day, month, year."""
        return self.language in ("ru", "sk")


def conventions_of(engagement: Engagement, table: str) -> Conventions:
    """Return how the cells of one table of this engagement are to be read."""
    said = engagement.intake.of(table)
    return Conventions(
        language=engagement.language,
        decimal=said.decimal or _DECIMAL[engagement.language],
        decimal_declared=bool(said.decimal),
        date_order=said.date_order,
        currency=engagement.currency,
        mark_scale=_declared_marks(engagement),
        missing=said.missing,
        table=table,
    )


def _declared_marks(engagement: Engagement) -> str:
    """Return the scale of satisfaction marks that the loyalty options declare.

    It is a fact of the file, so that whichever report reads the marks reads them by it.  What
    is no scale is refused where the options are checked.
    """
    said = engagement.params.get("loyalty", {}).get("satisfaction_scale", "")
    return said if said in _MARK_SCALES else ""
