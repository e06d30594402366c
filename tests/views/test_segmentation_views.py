"""The segmentation-matrix report: one number per fact, and each field of the matrix once."""

from dataclasses import replace

import pytest
from opened_samples import SAMPLES, opened
from shown import chapters
from table_rows import rows_of

from workbook.charts.chart import Chart
from workbook.diagnostics.segmentation_matrix.report import REPORT
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.report.blocks import NotStudied
from workbook.report.table import GROUP, MAX_COLUMNS, Table


@pytest.fixture(scope="module")
def firm():
    return opened("segmentation_matrix", SAMPLES / "vektor-it")


def table(blocks, name):
    (found,) = [b for b in blocks if isinstance(b, Table) and b.name == name]
    return found


def column(view, table, heading):
    """Return the cells of a table's column by the text key of its heading."""
    (key,) = [c.key for c in table.columns if c.heading == view.text(heading)]
    return [row[key] for row in table.rows]


def test_the_segments_of_the_table_are_those_of_the_result_and_cover_every_customer(matrix_book):
    view = matrix_book.view
    segments = table(chapters(view, REPORT)["matrix"], "segments")
    customers = column(view, segments, "columns.customers")
    assert customers == [s.n for s in view.result.segments]
    # Who stands in the register of losses alone is a customer without attributes and sales.
    listed_or_bought = len(view.result.customers)
    assert sum(customers) == listed_or_bought <= view.result.customers_n


def test_heading_tile_chart_and_result_name_the_same_number_of_a_customers(matrix_book):
    view = matrix_book.view
    counts = view.result.abc_counts
    blocks = chapters(view, REPORT)["abc"]
    assert view.texts.write(counts.A, "count") in blocks[0].text
    (chart,) = [b for b in blocks if isinstance(b, Chart)]
    for name in "ABC":
        assert f"{name}: {getattr(counts, name)} " in chart.alt.replace("\xa0", " ")
    classes = column(view, table(blocks, "abc"), "columns.abc")
    assert {n: classes.count(n) for n in "ABC"} == {n: getattr(counts, n) for n in "ABC"}


def test_the_kpi_table_ends_on_the_total_of_its_rows(matrix_book):
    view = matrix_book.view
    kpis = table(chapters(view, REPORT)["sales"], "kpi_managers")
    for place in kpis.columns[1:]:
        *people, total = [row[place.key] for row in kpis.rows]
        assert sum(people) == pytest.approx(total), place.heading


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
    assert len(customers) == len({c.customer_id for c in rows_of(firm.view.result.board)})
    first = [row for row in board.rows[: board.shown] if GROUP not in row]
    assert all(any("◔" in str(v) or "◑" in str(v) for v in row.values()) for row in first)


def test_the_overdue_list_is_the_one_that_the_heading_counts(firm):
    blocks = chapters(firm.view, REPORT)["board"]
    late = table(blocks, "overdue_offers").rows
    cells = [c for c in rows_of(firm.view.result.board) if c.overdue or c.no_next_step]
    assert len(late) == len(cells)
    assert str(sum(c.overdue for c in cells)) in blocks[0].text


def test_white_space_is_listed_whole_in_the_appendix_and_in_order(firm):
    view = firm.view
    spaces = table(chapters(view, REPORT)["white_space"], "white_space")
    assert len(spaces.rows) == len(view.result.white_space)
    told = column(view, spaces, "white_space.columns.part")
    classes = column(view, spaces, "columns.abc")
    order = list(dict.fromkeys(told))
    ranks = [
        (order.index(part), {"A": 0, "B": 1, "C": 2}.get(name, 3))
        for part, name in zip(told, classes, strict=True)
    ]
    assert ranks == sorted(ranks)


def test_a_section_without_data_says_what_would_fill_it(firm):
    view = replace(firm.view, result=Result())
    for name, blocks in chapters(view, REPORT).items():
        assert [type(b) for b in blocks] == [NotStudied], name


def test_what_page_two_tells_concerns_no_more_customers_than_there_are(matrix_book):
    result = matrix_book.view.result
    claims = (result.answer, *result.tiles, *result.findings)
    told = {claim.id: claim.customers for claim in claims if claim.customers is not None}
    assert all(0 < n <= result.customers_n for n in told.values())
    silent = {told[name] for name in ("silent", "silent_a") if name in told}
    assert silent <= {len(result.silent)}


def test_overdue_offers_and_points_are_counted_by_customer(firm):
    result = firm.view.result
    told = {claim.id: claim.customers for claim in result.findings}
    late = {c.customer_id for c in rows_of(result.board) if c.overdue or c.no_next_step}
    assert told["offers"] == len(late)
    (manager,) = next(c.singled_out for c in result.findings if c.id == "points")
    points = {p.customer_id for p in rows_of(result.overdue_points) if p.manager == manager}
    assert told["points"] == len(points)
