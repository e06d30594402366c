"""What a report says about itself: title, client, status and look, the same in every format."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import MappingProxyType

from workbook.engagement.settings import Brand, Engagement
from workbook.language.catalog import Texts, load_texts

INK = "#1f2933"
DARK = "#14191f"
"""Ground of a page for those who read on a dark screen."""
DARK_FAINT = "#1f262e"
"""Ground of its tiles and boxes."""
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
    own: Mapping[str, str | Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    """The firm's own words of the frame, by key."""

    def __post_init__(self) -> None:
        for colour in (self.brand.primary, self.brand.secondary, self.brand.tertiary):
            if not _COLOUR.match(colour):
                raise ValueError(f"brand colour {colour!r} is not #rrggbb")
        load_texts("report", self.language)

    @property
    def texts(self) -> Texts:
        """Words of the frame around the report, such as Contents and Draft."""
        return load_texts("report", self.language, self.currency, own=self.own)

    @property
    def status(self) -> str:
        """``Draft`` or ``Final version`` in the report's language."""
        return self.texts("report.draft" if self.draft else "report.final")

    @property
    def period_told(self) -> str:
        """The period as people call it; files and folders keep its label."""
        return self.texts.write(self.period, "period")

    @property
    def author(self) -> str:
        """The consultant, or the consulting company where no person is named."""
        return self.brand.author or self.brand.name

    @property
    def foot(self) -> str:
        """What stands at the foot of a page: the firm, that it is confidential, the status."""
        name = self.brand.name
        parts = (
            "" if name in self.brand.footer else name,
            self.texts("report.confidential"),
            self.status,
        )
        return " · ".join(filter(None, parts))

    @property
    def imprint(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Lines of the contact and paragraphs of the disclaimer, for the end of the report."""
        contact = tuple(line.strip() for line in self.brand.contact.splitlines() if line.strip())
        paragraphs = re.split(r"\n\s*\n", self.brand.disclaimer)
        return contact, tuple(" ".join(one.split()) for one in paragraphs if one.strip())

    @property
    def created(self) -> datetime:
        """The fixed date of the file properties: midnight UTC of the date of the data."""
        return datetime(self.as_of.year, self.as_of.month, self.as_of.day, tzinfo=UTC)

    @property
    def accent(self) -> str:
        """The primary colour where it can be read on white, else the dark neutral one."""
        return self.brand.primary if contrast(self.brand.primary, "#ffffff") >= 4.5 else INK

    @property
    def dark_accent(self) -> str:
        """The primary colour as text on a dark screen: as much lighter as reading needs."""
        return lightened(self.brand.primary, DARK_FAINT, 5.5)

    @property
    def dark_secondary(self) -> str:
        """The secondary colour as a line on a dark screen."""
        return lightened(self.brand.secondary, DARK, 3)

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
        own=engagement.sentences("report"),
    )


def lightened(colour: str, ground: str, ratio: float) -> str:
    """Return a colour mixed with white until it stands out from a dark ground.

    >>> lightened("#0b5394", "#1f262e", 4.5)
    '#6d98bf'
    """
    for step in range(21):
        mixed = _mixed(colour, step / 20)
        if contrast(mixed, ground) >= ratio:
            return mixed
    return "#ffffff"


def _mixed(colour: str, white: float) -> str:
    shares = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(s + (255 - s) * white):02x}" for s in shares)


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
