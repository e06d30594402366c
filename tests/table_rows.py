"""The rows of a table of results as objects, for tests that read one at a time."""

from types import SimpleNamespace


def rows_of(table):
    """Return the rows; a missing cell is None."""
    return [SimpleNamespace(**record) for record in table.records()]
