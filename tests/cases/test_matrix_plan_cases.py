"""What can be sold and to whom: small tables with the right answer beside them."""

from dataclasses import replace

import pytest
from table_rows import rows_of

from workbook.charts.chart import Chart
from workbook.diagnostics.claims import Claim, Refusal
from workbook.diagnostics.segmentation_matrix.deals_result import CellStatus
from workbook.notebook import open_book
from workbook.report.blocks import Heading, NotStudied, Tiles
from workbook.report.table import GROUP, Table, TableColumn

TOML = """schema_version = 1
id = "case"
client = "Client Ltd"
language = "{language}"
currency = "GBP"
period = "2025"
as_of = 2025-12-31
status = "draft"
[params.segmentation_matrix]
{params}
"""
FIVE = range(5)
SEGMENT_S = ["customer_id,segment", *(f"{k}{i},S" for k in "AL" for i in FIVE)]
BOTH_TARGETS = ["segment,A,B", "S,target,target"]


@pytest.fixture
def opened(tmp_path):
    """Write tables, given as lines, into an engagement and open its segmentation matrix."""

    def build(params="", language="en", **tables):
        folder = tmp_path / f"case{len(list(tmp_path.iterdir()))}"
        (folder / "data").mkdir(parents=True)
        text = TOML.format(params=params, language=language)
        (folder / "engagement.toml").write_text(text, "utf-8")
        for name, lines in tables.items():
            (folder / "data" / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
        return open_book("segmentation_matrix", str(folder))

    return build


def buyers(day, *, names="A"):
    """Five customers that buy A for 100 and B for 1000."""
    lines = []
    for k in names:
        for i in FIVE:
            lines += [f"{k}{i},{day},100,A", f"{k}{i},{day},1000,B"]
    return lines


def only_a(day, *, names="L"):
    return [f"{k}{i},{day},100,A" for k in names for i in FIVE]


def sales(*parts):
    return ["customer_id,date,amount,product", *(line for part in parts for line in part)]


def column(book, table, heading):
    """Return the cells of a table's column by the text key of its heading."""
    (key,) = [c.key for c in table.columns if c.heading == book.view.text(heading)]
    return [row[key] for row in table.rows]


def sums(result):
    """Cells, customers and value of each part."""
    parts = result.white_space_parts
    return {
        name: (
            getattr(parts, name).cells,
            getattr(parts, name).customers,
            getattr(parts, name).value,
        )
        for name in ("open", "pipeline", "refused", "lost", "prospects")
    }


def page_two(book):
    blocks = list(book.diagnostic.report().summary(book.view))
    return " ".join(block.plain() for block in blocks)


def test_when_all_with_white_space_stopped_there_is_nothing_to_sell_to_active_customers(opened):
    """Five customers without product B all stopped in February: they are to be won back first."""
    book = opened(
        customers=SEGMENT_S,
        targets=BOTH_TARGETS,
        sales=sales(buyers("2025-12-01"), only_a("2025-02-01")),
    )
    result = book.view.result
    assert sums(result)["open"] == (0, 0, 0.0)
    assert sums(result)["lost"] == (5, 5, 5000.0)
    assert {w.part for w in rows_of(result.white_space)} == {"lost"}
    assert "could buy" not in page_two(book)
    assert "5,000" not in page_two(book)
    blocks = book.diagnostic.report().chapters["white_space"](book.view)
    assert blocks[0].text == (
        "Nothing new can be sold to active customers now: "
        "none of the 5 cells of white space is open"
    )
    assert not [b for b in blocks if isinstance(b, Table) and b.name == "what_else_to_sell"]


@pytest.mark.parametrize("months", ["6", "12", "24", "36", '"ever"'])
def test_a_potential_a_year_is_that_of_a_year_whatever_the_window_of_use(opened, months):
    """Buyers spend 1000 a year; five active customers without the product could spend 5000."""
    book = opened(
        params=f"used_months = {months}",
        customers=SEGMENT_S,
        targets=BOTH_TARGETS,
        sales=sales(
            buyers("2025-12-01"), only_a("2025-12-01"),
            [f"A{i},2024-06-02,1000,B" for i in FIVE], [f"A{i},2023-06-02,1000,B" for i in FIVE],
        ),
    )  # fmt: skip
    assert sums(book.view.result)["open"] == (5, 5, 5000.0)
    assert "£5,000" in book.diagnostic.report().chapters["white_space"](book.view)[0].text


def test_fewer_than_five_buyers_of_the_last_year_give_no_value_and_no_bar(opened):
    """Two of the three products have a value; the third is named as unknown, not drawn as zero."""
    more = [f"{k}{i},2025-12-05,{a},{p}" for k, p, a in (("A", "C", 300),) for i in FIVE]
    few = [f"A{i},2025-12-06,50,D" for i in range(4)]
    old = ["A4,2024-11-01,50,D"]
    book = opened(
        customers=SEGMENT_S,
        targets=["segment,A,B,C,D", "S,target,target,target,target"],
        sales=sales(buyers("2025-12-01"), only_a("2025-12-01"), more, few, old),
    )
    values = {w.product: (w.value, w.buyers) for w in rows_of(book.view.result.white_space)}
    assert values == {"B": (1000.0, 5), "C": (300.0, 5), "D": (None, 4)}
    blocks = book.diagnostic.report().chapters["white_space"](book.view)
    (chart,) = [b for b in blocks if isinstance(b, Chart)]
    assert "£0" not in chart.alt
    assert "too few buyers to put a value on them: 6 cells (D)" in chart.note
    assert "the 10 that can be valued" in blocks[0].text


OFFERS = [
    "deal_id,customer_id,product,stage,status,date,due_date,amount",
    "1,L0,B,proposal,open,2025-12-10,2026-01-10,900",
    "2,L1,B,proposal,lost,2025-11-10,,900",
    "3,L2,B,proposal,lost,2025-03-10,,900",
]


def test_white_space_falls_into_five_parts(opened):
    """In offer, refused in November, in March and due again, never asked; lost; prospect."""
    customers = [*SEGMENT_S, "G0,S", "P0,S"]
    book = opened(
        customers=customers,
        targets=BOTH_TARGETS,
        offers=OFFERS,
        sales=sales(buyers("2025-12-01"), only_a("2025-12-01"), ["G0,2024-05-01,100,A"]),
    )
    result = book.view.result
    assert sums(result) == {
        "open": (3, 3, 3000.0),
        "pipeline": (1, 1, 1000.0),
        "refused": (1, 1, 1000.0),
        "lost": (2, 1, 1100.0),  # product A has buyers and a value as well
        "prospects": (2, 1, 1100.0),
    }
    cells = [(w.customer_id, w.product) for w in rows_of(result.white_space)]
    assert len(cells) == len(set(cells)) == sum(n for n, _, _ in sums(result).values())
    blocks = book.diagnostic.report().chapters["white_space"](book.view)
    first, whole = (
        next(b for b in blocks if isinstance(b, Table) and b.name == name)
        for name in ("what_else_to_sell", "white_space")
    )
    assert set(column(book, first, "columns.customer")) == {"L2", "L3", "L4"}
    assert len(whole.rows) == len(cells)
    assert set(column(book, whole, "white_space.columns.part"))


def test_a_customer_outside_the_year_is_lost_to_white_space_whatever_the_lifecycle_window(opened):
    """With a window of 24 months nobody is lost; a purchase 14 months ago makes nobody active."""
    book = opened(
        params="lifecycle_months = 24",
        customers=[*SEGMENT_S],
        targets=BOTH_TARGETS,
        sales=sales(buyers("2025-12-01"), only_a("2024-10-01")),
    )
    assert book.view.result.lifecycle_counts.lost == 0
    assert sums(book.view.result)["open"][0] == 0
    assert sums(book.view.result)["lost"][0] == 10


def test_maturity_is_that_of_customers_that_bought_within_the_year(opened):
    """Ten that bought use 15 of 20 target products; one of long ago and one prospect are apart."""
    book = opened(
        customers=[*SEGMENT_S, "G0,S", "P0,S"],
        targets=BOTH_TARGETS,
        sales=sales(buyers("2025-12-01"), only_a("2025-12-01"), ["G0,2024-05-01,100,A"]),
    )
    result = book.view.result
    assert (result.pooled_maturity, result.mean_maturity, result.maturity_n) == (0.75, 0.75, 10)
    (row,) = [s for s in result.segments if s.segment == "S"]
    assert (row.n, row.maturity_n, row.pooled_maturity) == (12, 10, 0.75)
    assert [(g.group.value, g.n) for g in result.maturity_groups] == [
        ("active", 10),
        ("former", 1),
        ("prospects", 1),
    ]
    text = book.diagnostic.report().chapters["matrix"](book.view)[1].plain()
    assert "differ" not in text
    (segments,) = [
        b
        for b in book.diagnostic.report().chapters["matrix"](book.view)
        if isinstance(b, Table) and b.name == "segments"
    ]
    assert "mean" not in {c.key for c in segments.columns}


def test_a_product_that_is_bought_stays_in_use_whatever_is_offered_or_refused_later(opened):
    """A refusal and an open offer after the last sale are marks; the offer is still due."""
    book = opened(
        customers=SEGMENT_S,
        targets=BOTH_TARGETS,
        offers=[
            "deal_id,customer_id,product,stage,status,date,due_date,amount",
            "1,A0,B,proposal,lost,2025-12-20,,900",
            "2,A1,B,proposal,open,2025-12-20,2025-12-25,900",
            "3,A2,B,proposal,lost,2025-11-20,,900",
        ],
        sales=sales(buyers("2025-12-01"), only_a("2025-12-01")),
    )
    result = book.view.result
    cells = {c.customer_id: c for c in rows_of(result.board) if c.product == "B"}
    assert {cells[k].status for k in ("A0", "A1", "A2")} == {CellStatus.IN_USE}
    assert [cells[k].mark for k in ("A0", "A1", "A2")] == [
        CellStatus.REFUSED,
        CellStatus.OFFER,
        None,
    ]
    assert (cells["A1"].overdue, cells["A1"].mark_amount, cells["A1"].amount) == (True, 900, 1000)
    assert "refused" not in {str(c.status) for c in result.board_counts}
    assert {c.customer_id: c.open_offers for c in rows_of(result.customers)}["A1"] == 1
    heading = book.diagnostic.report().chapters["board"](book.view)[0].text
    assert heading == ("Offers and contracts under way: 1 cell, 1 overdue, 0 without a next step")


@pytest.mark.parametrize("language", ["en", "ru", "sk"])
def test_what_no_table_speaks_of_is_no_chapter_and_no_zero(opened, language):
    """With sales alone there is neither "0 target products" nor "no white space"."""
    book = opened(language=language, sales=sales(buyers("2025-12-01"), buyers("2024-12-01")))
    chapters = book.diagnostic.report().chapters
    for name in ("matrix", "rules", "white_space", "board", "funnel", "control"):
        blocks = chapters[name](book.view)
        assert [type(b) for b in blocks] == [NotStudied], name
        assert blocks[0].html() == ""


def test_all_segments_alike_single_none_out(opened):
    """Six customers of two segments, one cell apart: no segment is named as the weakest."""
    customers = [
        "customer_id,segment",
        *(f"A{i},S" for i in range(3)),
        *(f"B{i},R" for i in range(3)),
    ]
    lines = [f"{k}{i},2025-12-01,100,A" for k in "AB" for i in range(3)]
    book = opened(
        customers=customers,
        targets=["segment,A,B", "S,target,target", "R,target,target"],
        sales=sales(lines, ["A0,2025-12-02,100,B"]),
    )
    assert book.view.result.weak_segment is None
    assert "segment" not in {c.id for c in book.view.result.findings}
    assert "“R”" not in book.diagnostic.report().chapters["matrix"](book.view)[0].text


def test_a_segment_far_below_the_others_is_named(opened):
    """Twenty customers use one of two products, twenty others both."""
    rows = [(f"{k}{i}", s) for k, s in (("A", "S"), ("B", "R")) for i in range(20)]
    lines = [f"{c},2025-12-01,100,A" for c, _ in rows]
    lines += [f"{c},2025-12-02,100,B" for c, s in rows if s == "S"]
    book = opened(
        customers=["customer_id,segment", *(f"{c},{s}" for c, s in rows)],
        targets=["segment,A,B", "S,target,target", "R,target,target"],
        sales=sales(lines),
    )
    weak = book.view.result.weak_segment
    assert (weak.segment, weak.share, weak.others, weak.n) == ("R", 0.5, 1.0, 20)
    assert "segment" in {c.id for c in book.view.result.findings}


def test_page_two_only_words_what_the_result_claims(opened):
    """Without an answer, tiles and findings of the result the page has none."""
    book = opened(
        customers=SEGMENT_S,
        targets=BOTH_TARGETS,
        sales=sales(buyers("2025-12-01"), only_a("2025-12-01")),
    )
    view, summary = book.view, book.diagnostic.report().summary
    assert isinstance(view.result.answer, Claim)
    tiles = next(b for b in summary(view) if isinstance(b, Tiles)).tiles
    assert len(tiles) == len(view.result.tiles) == 4
    empty = replace(view.result, answer=None, tiles=(), findings=(), limitation=None)
    assert [type(block) for block in summary(replace(view, result=empty))] == [Heading]
    assert all(isinstance(r, Refusal) for r in view.result.refused_findings)
    assert not any(isinstance(b, Heading) and "class A" in b.text for b in summary(view))


def test_headings_of_rows_are_not_counted_as_rows(opened):
    """Two segments with two customers each: "the first 2 of 4", not "the first 3 of 6"."""
    texts = opened(sales=sales(buyers("2025-12-01"))).view.texts
    rows = [{GROUP: "S"}, {"c": "1"}, {"c": "2"}, {GROUP: "R"}, {"c": "3"}, {"c": "4"}]
    column = TableColumn(key="c", heading="Customer")
    table = Table(name="t", title="T", columns=(column,), rows=rows, texts=texts, shown=3)
    assert "The first 2 of 4 rows" in table.html()


def test_what_customers_bring_is_no_part_of_a_turnover_that_returns_made_smaller(opened):
    """Two bought for 100 each, a third returned 150: 200 is no share of a turnover of 50."""
    book = opened(
        sales=[
            "customer_id,date,amount,kind",
            "a,2025-03-01,100,sale",
            "b,2025-06-01,100,sale",
            "d,2025-07-01,-150,return",
        ]
    )
    assert "100%" not in page_two(book)
    assert ("concentration", "money") in {
        (r.id, r.gate.value) for r in book.view.result.refused_findings
    }


def test_without_offers_nobody_is_said_never_to_have_been_offered_a_product(opened):
    """With sales and targets alone it is only known who did not buy."""
    book = opened(
        customers=SEGMENT_S,
        targets=BOTH_TARGETS,
        sales=sales(buyers("2025-12-01"), only_a("2025-12-01")),
    )
    assert "never been offered" not in page_two(book)
    assert "never offered" not in page_two(book)
    assert "unsold" in {c.id for c in book.view.result.findings}
    blocks = book.diagnostic.report().chapters["white_space"](book.view)
    headings = " ".join(b.text for b in blocks if isinstance(b, Heading))
    assert "offered" not in headings
    (first,) = [b for b in blocks if isinstance(b, Table) and b.name == "what_else_to_sell"]
    assert set(column(book, first, "white_space.columns.state")) == {"–"}


def test_use_is_unknown_where_no_sale_names_a_product(opened):
    """Targets and sales without products: no "0 of 10" in the matrix, no maturity, no parts."""
    book = opened(
        customers=SEGMENT_S,
        targets=BOTH_TARGETS,
        sales=["customer_id,date,amount", *(f"A{i},2025-12-01,100" for i in FIVE)],
    )
    result = book.view.result
    assert (result.pooled_maturity, result.white_space_parts) == (None, None)
    assert {cell.users for cell in result.matrix} == {None}
    assert {row.used for row in rows_of(result.customers)} == {None}
    blocks = book.diagnostic.report().chapters["matrix"](book.view)
    (chart,) = [b for b in blocks if isinstance(b, Chart)]
    assert "0 of" not in chart.alt
    assert "is not known" in blocks[1].plain()


def test_a_single_stage_does_not_lose_most(opened):
    """Ten deals, all lost at the one stage there is: that it loses most is no finding."""
    book = opened(
        customers=SEGMENT_S,
        sales=sales(buyers("2025-12-01")),
        offers=[
            "deal_id,customer_id,product,stage,status,date,amount",
            *(f"{n},A0,B,proposal,open,2025-10-01,500" for n in range(10)),
            *(f"{n},A0,B,proposal,lost,2025-11-01,500" for n in range(10)),
        ],
    )
    assert "stage" not in {c.id for c in book.view.result.findings}
    assert ("stage", "definition") in {
        (r.id, r.gate.value) for r in book.view.result.refused_findings
    }
