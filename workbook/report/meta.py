"""What a report says about itself: title, client, status and look, the same in every format."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from workbook.engagement.settings import Brand, Engagement
from workbook.language.catalog import Texts, load_texts

INK = "#1f2933"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMeta:
    """The facts about one report that its page, its file properties and its headers show.

    Raises
    ------
    ValueError
        When a colour of the brand is not ``#rrggbb`` (the brand reader refuses it before), or
        the language has no texts.
    """

    title: str
    client: str
    language: str
    period: str
    as_of: date
    """Date of the data; also the creation date in the file properties."""
    draft: bool = True
    brand: Brand = field(default_factory=Brand)
    version: str = ""
    """Version of the program, for the footer; empty: not shown."""
    currency: str = "EUR"
    """ISO 4217 code of the amounts."""

    def __post_init__(self) -> None:
        for colour in (self.brand.primary, self.brand.secondary):
            if not _COLOUR.match(colour):
                raise ValueError(f"brand colour {colour!r} is not #rrggbb")
        load_texts("report", self.language)

    @property
    def texts(self) -> Texts:
        """Words of the frame around the report, such as Contents and Draft."""
        return load_texts("report", self.language, self.currency)

    @property
    def status(self) -> str:
        """``Draft`` or ``Final version`` in the report's language."""
        return self.texts("report.draft" if self.draft else "report.final")

    @property
    def author(self) -> str:
        """The consultant, or the consulting company where no person is named."""
        return self.brand.author or self.brand.name

    @property
    def created(self) -> datetime:
        """The fixed date of the file properties: midnight UTC of the date of the data."""
        return datetime(self.as_of.year, self.as_of.month, self.as_of.day, tzinfo=UTC)

    @property
    def accent(self) -> str:
        """The primary colour where it can be read on white, else the dark neutral one."""
        return self.brand.primary if contrast(self.brand.primary, "#ffffff") >= 4.5 else INK

    @property
    def on_primary(self) -> str:
        """Colour of text on the primary colour: white where it can be read, else dark."""
        return "#ffffff" if contrast(self.brand.primary, "#ffffff") >= 4.5 else INK


def meta_of(engagement: Engagement, title: str, *, version: str = "") -> ReportMeta:
    """Return what a file of an engagement says about itself."""
    return ReportMeta(
        title=title,
        client=engagement.client,
        language=engagement.language,
        period=engagement.period,
        as_of=engagement.as_of,
        draft=engagement.draft,
        brand=engagement.brand,
        version=version,
        currency=engagement.currency,
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#rrggbb`` colours (WCAG 2.2), 1 to 21.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
