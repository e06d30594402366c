"""Font and language of office files."""

from workbook.report.meta import ReportMeta

PROOFING = {"ru": "ru-RU", "sk": "sk-SK", "en": "en-GB"}
"""Language tags for the spelling checker, by language of the report."""
_EVERYWHERE = "Arial"
_SHIPPED = frozenset({"Inter", "DejaVu Sans"})


def office_font(meta: ReportMeta) -> str:
    """Return the brand's own font, or one that every office program has.

    The fonts that come with this program are on no client's machine.
    """
    return _EVERYWHERE if meta.brand.font in _SHIPPED else meta.brand.font
