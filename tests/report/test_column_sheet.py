"""Columns written at once make the file that the library makes of single cells, byte for byte."""

import io
import math
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from workbook.report import appendix, column_sheet
from workbook.report.appendix import to_xlsx
from workbook.report.column_sheet import Cells, Mixed, Numbers, Texts
from workbook.report.meta import ReportMeta

NUMBERS = (
    st.none()
    | st.integers(-(10**17), 10**17)
    | st.floats()
    | st.sampled_from([0.1, -0.0, 1e-7, 1e300])
)
TEXTS = st.none() | st.text(max_size=8) | st.sampled_from(["Alfa", "Beta", "=1+1", "two\nlines"])
DAYS = st.none() | st.dates().map(str) | st.sampled_from(["1899-12-31", "no day"])
FIGURES = st.fixed_dictionaries(
    {"value": NUMBERS.filter(lambda v: v is not None), "format": st.sampled_from(["0%", "#,##0"])}
)
ANY = NUMBERS | TEXTS | FIGURES | st.booleans()
COLUMN = st.sampled_from(
    [
        (NUMBERS, {"numeric": True, "format": "#,##0.00"}),
        (TEXTS, {}),
        (TEXTS, {"fill": True}),
        (DAYS, {"date": True, "format": "yyyy-mm-dd"}),
        (ANY, {"numeric": True, "format": "0.0%"}),
    ]
)
SHAPE = {"heading": "H", "format": "", "numeric": False, "date": False, "fill": False}


class CellByCell(Worksheet):  # type: ignore[misc]
    """Writes the cells of columns one by one, as the library's users do."""

    def write_columns(self, row: int, columns: Sequence[Cells]) -> None:
        cells = [list(_told(column)) for column in columns]
        for r, line in enumerate(zip(*cells, strict=True), start=row):
            for i, (value, look) in enumerate(line):
                if value is None:
                    self.write_blank(r, i, None, look)
                elif isinstance(value, str):
                    self.write_string(r, i, value, look)
                elif isinstance(value, bool):
                    self.write_boolean(r, i, value, look)
                else:
                    self.write_number(r, i, value, look)


def _told(column: Cells) -> Any:
    if isinstance(column, Texts):
        return ((t, column.blank if t is None else column.look) for t in column.texts)
    if isinstance(column, Numbers):
        return ((n, column.look) for n in column.numbers)
    assert isinstance(column, Mixed)
    return column.cells


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    kinds = draw(st.lists(COLUMN, min_size=1, max_size=4))
    count = draw(st.integers(1, 20))
    cells = [draw(st.lists(kind, min_size=count, max_size=count)) for kind, _ in kinds]
    columns = [SHAPE | shape for _, shape in kinds]
    return {"name": "t", "title": "T", "note": "N", "columns": columns, "cells": cells}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(shown=st.lists(tables(), min_size=1, max_size=2))
def test_the_file_is_that_of_single_cells(meta: ReportMeta, shown: list[dict[str, Any]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(column_sheet, "_BLOCK", 7)
        at_once = to_xlsx(shown, meta)
        patch.setattr(appendix, "ColumnSheet", CellByCell)
        assert to_xlsx(shown, meta) == at_once


def test_rows_and_columns_make_the_same_file(meta: ReportMeta) -> None:
    columns = [SHAPE, SHAPE | {"numeric": True, "format": "0"}]
    head = {"name": "t", "title": "T", "note": "", "columns": columns}
    by_row = head | {"rows": [["a", 1], ["b", None], [None, math.nan]]}
    by_column = head | {"cells": [["a", "b", None], [1, None, math.nan]]}
    assert to_xlsx([by_row], meta) == to_xlsx([by_column], meta)


def test_a_large_file_put_together_on_the_disk_has_the_same_parts(
    meta: ReportMeta, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells: list[list[Any]] = [[f"Firm {n % 7}" for n in range(50)], list(range(50))]
    columns = [SHAPE, SHAPE | {"numeric": True, "format": "0"}]
    shown = {"name": "t", "title": "T", "note": "", "columns": columns, "cells": cells}
    small = to_xlsx([shown], meta)
    monkeypatch.setattr(appendix, "LARGE", 100)
    large = to_xlsx([shown], meta)
    assert to_xlsx([shown], meta) == large  # again
    with zipfile.ZipFile(io.BytesIO(small)) as a, zipfile.ZipFile(io.BytesIO(large)) as b:
        assert a.namelist() == b.namelist()
        assert all(a.read(name) == b.read(name) for name in a.namelist())
    page = openpyxl.load_workbook(io.BytesIO(large)).worksheets[1]
    told = [[cell.value for cell in row] for row in page.iter_rows(min_row=5)]
    assert told == [list(row) for row in zip(*cells, strict=True)]
