"""Spellings of a column by the distinct texts of its file: the same as by its values."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.engagement.settings import TableOptions
from workbook.errors import Location
from workbook.intake import spellings
from workbook.intake.cells.locale import Conventions
from workbook.intake.heading_lookup import HeadingLookup
from workbook.intake.raw_table import RawTable
from workbook.intake.schema_files import all_schemas
from workbook.intake.table import build_table
from workbook.intake.text_column import TextColumn

SAID = Conventions(
    language="ru", decimal=".", decimal_declared=False, date_order="", currency="RUB"
)
HEADINGS = ("customer_id", "date", "amount", "product", "manager")
TEXT = st.sampled_from(["C1", "c1", " C1", "C2 ", "Иванова О. П.", "Ивaнова О.П", "-", "", "n/a"])


def built(rows):
    cells = tuple(map(TextColumn.of, zip(*rows, strict=True)))
    raw = RawTable(
        place=Location(file="data/sales.csv"),
        headings=HEADINGS,
        header_row=1,
        cells=cells,
        kinds=None,
        rows=np.arange(2, len(rows) + 2),
        columns=tuple(range(len(HEADINGS))),
    )
    lookup = HeadingLookup(all_schemas()["sales"], {})
    options = TableOptions()
    return build_table([raw], lookup, SAID, as_of=date(2025, 12, 31), options=options)


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=8))
def test_distinct_texts_of_the_file_give_the_same_spellings(drawn):
    rows = [
        (name or "C9", f"2025-01-{day:02}", "5", product, manager)
        for day, (name, product, manager) in enumerate(drawn, start=1)
    ]
    table, problems = built(rows)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("workbook.intake.cells.typed_column.plain_names", lambda *_: None)
        other, said = built(rows)
    assert (table is None) == (other is None)
    assert [(p.code, p.place, p.found) for p in problems] == [
        (p.code, p.place, p.found) for p in said
    ]
    for name, one in table.spellings.items() if table else ():
        same = other.spellings[name]
        assert (one.texts, one.keys) == (same.texts, same.keys)
        assert (one.counts.tolist(), one.rows.tolist()) == (
            same.counts.tolist(),
            same.rows.tolist(),
        )


def test_known_texts_are_not_looked_for_again(monkeypatch):
    monkeypatch.setattr(spellings, "_distinct", None)
    table, _ = built(
        [("C1", "2025-01-01", "5", "Saw", "Kim"), ("C2", "2025-01-02", "6", "Saw", "Li")]
    )
    assert table.spellings["customer_id"].counts.tolist() == [1, 1]
