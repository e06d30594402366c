"""The segmentation-matrix report: one number per fact, and each field of the matrix once."""

from dataclasses import replace

import pytest
from shown import SAMPLES, chapters, opened

from workbook.charts.chart import Chart
from workbook.diagnostics.segmentation_matrix.report import REPORT
from workbook.report.blocks import NotStudied
from workbook.report.table import GROUP, MAX_COLUMNS, Table


@pytest.fixture(scope="module")
def firm():
    return opened("segmentation_matrix", SAMPLES / "vektor-it")


def table(blocks, name):
    (found,) = [b for b in blocks if isinstance(b, Table) and b.name == name]
    return found


def test_the_segments_of_the_table_are_those_of_the_result_and_cover_every_customer(matrix_book):
    result = matrix_book.view.result
    rows = table(chapters(matrix_book.view, REPORT)["matrix"], "segments").rows
    assert [r["n"] for r in rows] == [s.n for s in result.segments]
    assert sum(r["n"] for r in rows) == result.customers_n


def test_heading_tile_chart_and_result_name_the_same_number_of_a_customers(matrix_book):
    view = matrix_book.view
    counts = view.result.abc_counts
    blocks = chapters(view, REPORT)["abc"]
    assert view.texts.write(counts.A, "count") in blocks[0].text
    (chart,) = [b for b in blocks if isinstance(b, Chart)]
    for name in "ABC":
        assert f"{name}: {getattr(counts, name)} " in chart.alt.replace("\xa0", " ")
    full = table(blocks, "abc").rows
    assert {n: sum(r["abc"] == n for r in full) for n in "ABC"} == {
        n: getattr(counts, n) for n in "ABC"
    }


def test_the_kpi_table_ends_on_the_total_of_its_rows(matrix_book):
    rows = table(chapters(matrix_book.view, REPORT)["sales"], "kpi_managers").rows
    *people, total = rows
    for key in ("potential", "primary", "lost", "renewed"):
        assert sum(r[key] for r in people) == total[key], key
    for key in ("primary_sum", "repeat_sum", "direction_sum", "returns", "total"):
        assert sum(r[key] for r in people) == pytest.approx(total[key]), key


def test_a_row_of_a_migration_table_adds_up_to_the_customers_of_the_class(firm):
    view = firm.view
    for name in ("abc", "lifecycle"):
        moves = getattr(view.result.migration, name)
        for row in table(chapters(view, REPORT)["lifecycle"], f"migration_{name}").rows:
            before = next(m for m in moves if m.row == row["row"])
            assert sum(m.n for m in moves if m.before == before.before) == row["row"]


def test_the_board_has_a_line_per_customer_under_its_segment_and_fits_the_page(firm):
    board = table(chapters(firm.view, REPORT)["board"], "board")
    assert len(board.columns) <= MAX_COLUMNS
    customers = [row for row in board.rows if GROUP not in row]
    assert len(customers) == len({c.customer_id for c in firm.view.result.board})
    first = [row for row in board.rows[: board.shown] if GROUP not in row]
    assert all(any("◔" in str(v) or "◑" in str(v) for v in row.values()) for row in first)


def test_the_overdue_list_is_the_one_that_the_heading_counts(firm):
    blocks = chapters(firm.view, REPORT)["board"]
    late = table(blocks, "overdue_offers").rows
    cells = [c for c in firm.view.result.board if c.overdue or c.no_next_step]
    assert len(late) == len(cells)
    assert str(sum(c.overdue for c in cells)) in blocks[0].text


def test_white_space_is_listed_whole_in_the_appendix_and_in_order(firm):
    rows = table(chapters(firm.view, REPORT)["white_space"], "white_space").rows
    assert len(rows) == len(firm.view.result.white_space)
    parts = list(dict.fromkeys(r["part"] for r in rows))
    ranks = [(parts.index(r["part"]), {"A": 0, "B": 1, "C": 2}.get(r["abc"], 3)) for r in rows]
    assert ranks == sorted(ranks)


def test_a_section_without_data_says_what_would_fill_it(firm):
    empty = replace(
        firm.view.result, segments=(), matrix=(), rule_check=None, white_space=(),
        white_space_parts=None, board=(), abc=(), abc_basis=None, xyz_basis=None,
        lifecycle_counts=None, kpi_total=None, funnel=(), control_points=(),
    )  # fmt: skip
    view = replace(firm.view, result=empty)
    for name, blocks in chapters(view, REPORT).items():
        assert [type(b) for b in blocks] == [NotStudied], name
