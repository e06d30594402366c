"""Words and number formats of the reports, by language."""

from workbook.texts.catalog import LANGUAGES, Texts, load_texts

__all__ = ["LANGUAGES", "Texts", "load_texts"]
