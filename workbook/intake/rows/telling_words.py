"""Headings and values of columns that are not read but say which rows count."""

from collections.abc import Callable

from workbook.language.languages import RowWords, in_all
from workbook.language.nearest import plain


def _words(*words: str) -> frozenset[str]:
    return frozenset(map(plain, words))


def _said(of: Callable[[RowWords], tuple[str, ...]]) -> frozenset[str]:
    """Return words of all languages as they are compared."""
    return _words(*in_all(lambda language: of(language.rows)))


STATUS = _said(lambda rows: rows.status_columns)
TEST = _said(lambda rows: rows.test_columns)
PREVIEWS = _words(
    *("survey preview", "survey test", "spam", "survey preview spam", "survey test spam"),
    *("imported spam", "offline survey preview", "offline survey test", "ex spam"),
)
"""Values that can mean nothing else, in whichever column they stand."""
TESTS = PREVIEWS | _said(lambda rows: rows.test_values)
"""Values of a column of statuses."""
TYPED_TESTS = _said(lambda rows: rows.typed_tests)
"""What those who try a form out type into its fields."""
QUALTRICS = {"1": "Survey Preview", "2": "Survey Test", "8": "Spam", "9": "Survey Preview Spam",
             "12": "Imported Spam", "17": "Offline Survey Preview"}  # fmt: skip
"""Numeric statuses of Qualtrics."""
FINISHED = _said(lambda rows: rows.finished_columns)
PROGRESS = _said(lambda rows: rows.progress_columns)
UNFINISHED = _said(lambda rows: rows.unfinished_values)
POSTED = _said(lambda rows: rows.posted_columns)
"""Yes means that the row counts."""
DELETED = _said(lambda rows: rows.deleted_columns)
"""Yes means that the row does not count."""
TELLING = STATUS | TEST | FINISHED | POSTED | DELETED
YES = _words(*in_all(lambda language: language.cells.yes), "1", "+", "x", "✓", "v")
NO = _words(*in_all(lambda language: language.cells.no), "0", "-", "")
