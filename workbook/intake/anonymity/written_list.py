"""The list of who is behind each pseudonym, for the consultant: CSV for a spreadsheet."""

import csv
import io

from workbook.intake.anonymity.pseudonyms import Anonymity
from workbook.language.languages import language_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
"""Full-width signs begin a formula where a spreadsheet is set to East Asian writing."""


def written_list(anonymity: Anonymity) -> bytes:
    """Return the list as CSV that a spreadsheet opens: kind, pseudonym, identifier, name."""
    texts = anonymity.texts
    decimal = language_of(texts.language).files.decimal
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";" if decimal == "," else ",", lineterminator="\r\n")
    columns = ("kind", "pseudonym", "identifier", "name")
    writer.writerow([texts(f"pseudonyms.list.{column}") for column in columns])
    for kind, *cells in anonymity.written_down():
        said = texts(f"pseudonyms.kinds.{kind}")
        writer.writerow([said, *map(without_formula, cells)])
    return file.getvalue().encode("utf-8-sig", "replace")


def without_formula(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> without_formula("=HYPERLINK(1)"), without_formula("Anna")
    ("'=HYPERLINK(1)", 'Anna')
    """
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
