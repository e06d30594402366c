"""The financial report: one number per fact, the base's kind said, and no verdict without a why.

Figures of Магнит (2019) as published by testfirm.ru; of Optivera as told in its press digest.
"""

from dataclasses import replace
from pathlib import Path

import pytest
from shown import chapters, sentences, whole

from workbook.charts.chart import WIDTH, Chart, Palette, figure_of, house_style
from workbook.charts.quartile_bands import BandRow, QuartileBand, QuartileBands
from workbook.diagnostics.financial_quartiles.compute import compute
from workbook.diagnostics.financial_quartiles.findings import with_claims
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.report import REPORT
from workbook.diagnostics.financial_quartiles.sources.loading import load
from workbook.engagement.data import read_engagement
from workbook.engagement.engagement_file import load_engagement
from workbook.language.catalog import load_texts
from workbook.report.blocks import NotStudied, Tiles
from workbook.report.plain_data import plain_data
from workbook.report.table import GROUP, Table
from workbook.report.view import View

CONFIGURATION = """schema_version = 1
id = "firm"
client = "Firm"
language = "{language}"
currency = "RUB"
period = "2024"
as_of = 2024-12-31

[intake]
decimal = "."
"""
PUBLISHED_BASE = Path(__file__).resolve().parents[1] / "financial" / "magnit_base.csv"
MAGNIT = {
    "1100": 150_998_526, "1200": 55_530_505, "1210": 0, "1230": 3_057_676, "1240": 0,
    "1250": 52_472_829, "1300": 140_614_322, "1400": 40_002_201, "1500": 25_912_508,
    "1600": 206_529_031, "2110": 665_887, "2200": -958_877, "2400": 40_501_229,
}  # fmt: skip
SOUND = {
    "1100": 400, "1200": 600, "1210": 249, "1230": 200, "1240": 50, "1250": 101, "1300": 500,
    "1400": 200, "1500": 300, "1600": 1000, "2110": 2000, "2200": 150, "2400": 100,
}  # fmt: skip
"""A statement that adds up, in thousands."""
INCOME = {"2110": 463_250, "2120": -400_000}
BEFORE = {"2110": 312_790, "2120": -300_000}


def rows(organisation, year, lines, prior=None, okved="41.20"):
    given = prior or {}
    return [
        f"{organisation},{year},{line},{value},{given.get(line, '')},{okved}"
        for line, value in lines.items()
    ]


def view_of(folder, *statements, language="en", base=None, **options):
    """Return the view of an engagement with these statements, read as a client's file is."""
    (folder / "data").mkdir()
    (folder / "engagement.toml").write_text(CONFIGURATION.format(language=language), "utf-8")
    head = "organisation,year,line,value,prior_value,okved"
    lines = [head, *(row for rows in statements for row in rows)]
    (folder / "data" / "statements.csv").write_text("\n".join(lines), "utf-8")
    if base is not None:
        (folder / "data" / "base.csv").write_bytes(base.read_bytes())
    case = read_engagement(load_engagement(folder, {}))
    assert not case.errors
    params = Params(**options)
    prepared = load(case.engagement, case.inputs, params)
    return View(
        result=compute(case.inputs, params, prepared.sources),
        params=params,
        texts=load_texts("financial_quartiles", language, "RUB"),
        palette=Palette(),
        engagement=case.engagement,
    )


@pytest.fixture
def magnit(tmp_path):
    told = rows("Магнит", 2019, MAGNIT, {"1600": 146_251_850}, okved="68.20.2")
    return view_of(tmp_path, told, language="ru", base=PUBLISHED_BASE)


@pytest.fixture
def firm(tmp_path):
    before = {line: value * 3 // 4 for line, value in SOUND.items()}
    return view_of(tmp_path, rows("Acme", 2022, before), rows("Acme", 2023, SOUND, before))


def table(blocks, name):
    (found,) = [b for b in blocks if isinstance(b, Table) and b.name == name]
    return found


def column(view, blocks, name, heading):
    """Return the cells under a heading, names of groups left out."""
    found = table(blocks, name)
    (key,) = [c.key for c in found.columns if c.heading == view.text(heading)]
    return [row[key] for row in found.rows if GROUP not in row]


def charts(blocks):
    return [b for b in blocks if isinstance(b, Chart)]


def told(view):
    return " ".join(sentences(whole(view, REPORT)))


def test_the_published_scores_stand_in_table_chart_and_result_alike(magnit):
    blocks = chapters(magnit, REPORT)["standing"]
    (row,) = plain_data(magnit.result)["organisations"]
    signs = {-2: "−2", 0: "0", 1: "+1", 2: "+2"}
    scores = [signs[r["score"]] for r in row["ratios"]]
    assert scores == ["+1", "+1", "0", "+1", "+1", "+2", "−2", "+2", "+2"]
    shown = column(magnit, blocks, "standing_industry", "columns.score")
    assert [score.text.removesuffix(" *") for score in shown] == scores
    values = column(magnit, blocks, "standing_industry", "columns.value")
    (chart,) = charts(blocks)
    for ratio, value, score in zip(row["ratios"], values, scores, strict=True):
        assert f"{ratio['label']} {value.text}, балл {score}" in chart.alt


def test_heading_tile_and_standing_say_eight_over_nine_ratios(magnit):
    blocks = REPORT.summary(magnit)
    assert "лучше, чем в отрасли" in blocks[1].paragraphs[0]
    assert "+8 по 9\u00a0показателям" in blocks[1].paragraphs[0].replace("9 п", "9\u00a0п")
    (tiles,) = [b for b in blocks if isinstance(b, Tiles)]
    assert tiles.tiles[0].value == "+8"
    assert "+0,89" in tiles.tiles[0].base
    assert "+8 по 9" in " ".join(sentences(chapters(magnit, REPORT)["standing"]))


def test_a_score_that_rounding_decides_is_marked_and_named_and_no_other(magnit):
    found = chapters(magnit, REPORT)
    names, scores = (
        column(magnit, found["standing"], "standing_industry", f"columns.{name}")
        for name in ("ratio", "score")
    )
    marked = [n for n, score in zip(names, scores, strict=True) if score.text.endswith("*")]
    assert marked == ["Коэффициент покрытия инвестиций"]
    (limit,) = [s for s in sentences(found["trust"]) if "зависит от округления" in s]
    assert marked[0] in limit
    assert "0 или +1" in limit


def test_a_margin_of_sixty_times_revenue_is_no_percentage(magnit):
    blocks = chapters(magnit, REPORT)["standing"]
    names, shown = (
        column(magnit, blocks, "standing_industry", f"columns.{name}")
        for name in ("ratio", "value")
    )
    values = dict(zip(names, shown, strict=True))
    assert values["Норма чистой прибыли"].text == "60,823"
    assert values["Рентабельность активов"].text == "23,0\u00a0%"


def test_a_published_base_is_not_called_synthetic(magnit):
    assert "интетическ" not in told(magnit)
    assert "testfirm.ru" in told(magnit)


@pytest.mark.parametrize(
    ("language", "word"), [("en", "synthetic"), ("ru", "интетическ"), ("sk", "yntetick")]
)
def test_a_synthetic_base_is_said_on_the_summary_and_under_every_chart_of_it(
    tmp_path, language, word
):
    before = {line: value * 3 // 4 for line, value in SOUND.items()}
    other = rows("Beta", 2023, before)
    view = view_of(
        tmp_path, rows("Acme", 2022, before), rows("Acme", 2023, SOUND), other, language=language
    )
    assert word in " ".join(sentences(REPORT.summary(view)))
    found = chapters(view, REPORT)
    compared = [c for name, b in found.items() if name != "growth" for c in charts(b)]
    assert len(compared) >= 3
    assert all(word in chart.note for chart in compared)
    assert all(word not in chart.note for chart in charts(found["growth"]))


@pytest.mark.parametrize("language", ["en", "ru", "sk"])
def test_without_a_verdict_the_summary_names_every_missing_line(tmp_path, language):
    view = view_of(tmp_path, rows("Optivera", 2021, INCOME, BEFORE), language=language)
    (row,) = view.result.organisations
    assert row.verdict.industry is None
    summary = " ".join(sentences(REPORT.summary(view)))
    assert len(row.ask_for_labels) == 11
    for label in row.ask_for_labels:
        assert label in summary
    assert view.text("why.group_missing") in summary


def test_growth_is_told_in_per_cent_and_from_the_bound_on_in_times(tmp_path):
    fast = {"2110": 312_790, "2120": -600_000}
    view = view_of(tmp_path, rows("Optivera", 2021, INCOME | {"2400": 6240},
                                  fast | {"2120": -300_000, "2400": 4000}))  # fmt: skip
    blocks = chapters(view, REPORT)["growth"]
    names = column(view, blocks, "growth", "columns.line")
    growth = dict(zip(names, column(view, blocks, "growth", "growth.columns.growth"), strict=True))
    assert {line: cell.text for line, cell in growth.items()} == {
        "Revenue": "+48.1%",
        "Cost of sales": "+33.3%",
        "Net profit": "× 1.56",
    }


def test_the_trend_gives_the_change_of_the_result(firm):
    row = firm.result.latest[0]
    assert row.change is not None
    blocks = chapters(firm, REPORT)["trend"]
    assert firm.texts.write(row.change, "signed2") in blocks[0].text
    changes = column(firm, blocks, "scores_by_year", "columns.change")
    assert changes[-1] == row.change
    verdicts = column(firm, blocks, "scores_by_year", "columns.change_verdict")
    assert verdicts[-1] == firm.text(f"changes.{row.change_verdict}")


def test_the_line_that_turns_the_verdict_is_the_one_of_the_result(firm):
    row = firm.result.latest[0]
    text = " ".join(sentences(REPORT.method(firm)))
    for point in row.flips:
        assert point.label in text
        assert firm.texts.write(abs(point.change), "money") in text


def test_a_change_of_more_than_the_whole_line_is_no_finding(firm):
    row = firm.result.latest[0]
    far = tuple(replace(point, relative=1.5) for point in row.flips)
    result = replace(firm.result, organisations=(*firm.result.organisations[:-1],
                                                 replace(row, flips=far)))  # fmt: skip
    view = replace(firm, result=result)
    assert "is firm: the nearest line" in " ".join(sentences(REPORT.method(view)))


def test_organisations_stand_side_by_side_with_their_own_scores(tmp_path):
    weak = SOUND | {"1300": 100, "1400": 100, "1500": 800, "2200": -50, "2400": -90}
    view = view_of(
        tmp_path, rows("Acme", 2023, SOUND), rows("Beta", 2023, weak), rows("Gamma", 2023, INCOME)
    )
    blocks = chapters(view, REPORT)["organisations"]
    names = column(view, blocks, "organisations", "columns.organisation")
    assert names == ["Acme", "Beta", "Gamma"]
    assert column(view, blocks, "organisations", "columns.verdict_industry")[2] == "no verdict"
    means = column(view, blocks, "organisations", "columns.mean_industry")
    for mean, row in zip(means[:2], view.result.latest, strict=False):
        assert mean == row.mean.industry
    assert "Acme" in blocks[0].text


def test_one_organisation_leaves_the_chapter_out(firm):
    blocks = chapters(firm, REPORT)["organisations"]
    assert [type(b) for b in blocks] == [NotStudied]


def test_a_turned_sign_is_named_with_the_check_that_it_breaks(tmp_path):
    turned = SOUND | {"2100": 500, "2120": 1500}
    view = view_of(tmp_path, rows("Acme", 2023, turned))
    blocks = chapters(view, REPORT)["trust"]
    (check,) = column(view, blocks, "broken_checks", "trust.columns.check")
    assert check == "2100 = 2110 + 2120"
    (advice,) = column(view, blocks, "broken_checks", "trust.columns.advice")
    assert "Cost of sales" in advice


def test_a_refused_statement_leaves_its_chapters_and_says_which_line(tmp_path):
    view = view_of(tmp_path, rows("Acme", 2023, SOUND | {"2110": -5}))
    found = chapters(view, REPORT)
    assert [type(b) for b in found["standing"]] == [NotStudied]
    assert "Revenue" in " ".join(sentences(REPORT.summary(view)))
    assert any("Revenue" in s for s in sentences(found["trust"]))


def test_without_any_statement_every_chapter_but_the_base_says_what_would_fill_it(firm):
    empty = replace(firm.result, organisations=(), series=(), prior_contradictions=())
    view = replace(firm, result=with_claims(empty, firm.params, as_of=firm.engagement.as_of))
    for name, blocks in chapters(view, REPORT).items():
        if name != "base":
            assert [type(b) for b in blocks] == [NotStudied], name
    assert "ask for" in REPORT.summary(view)[0].text


def test_the_full_table_carries_the_raw_values_of_every_year(firm):
    blocks = REPORT.method(firm)
    values = [r.value for row in firm.result.organisations for r in row.ratios]
    assert column(firm, blocks, "ratios", "columns.value") == values
    assert table(blocks, "ratios").appendix_only


def test_a_value_far_outside_its_bands_is_an_arrow_at_the_edge():
    band = QuartileBand(q1=1.0, median=2.0, q3=3.0, texts=("1", "2", "3"), right="all")
    markers = []
    for value in (2.5, 99.0, -99.0):
        row = BandRow(label="x", value=value, text=str(value), bands=(band, None))
        with house_style():
            figure = figure_of(QuartileBands(rows=[row], palette=Palette()), WIDTH)
        (mark,) = [line for line in figure.axes[0].lines if line.get_marker() in ("D", "<", ">")]
        markers.append((mark.get_marker(), 0 <= float(mark.get_xdata()[0]) <= 1))
    assert markers == [("D", True), (">", True), ("<", True)]


def test_without_short_term_debt_nothing_is_asked_for(tmp_path):
    view = view_of(tmp_path, rows("Acme", 2023, SOUND | {"1400": 500, "1500": 0}))
    summary = " ".join(sentences(REPORT.summary(view)))
    assert "no short-term debt" in summary
    assert "to be asked for" not in summary.lower()


def test_less_revenue_is_never_told_as_a_way_to_a_better_margin(tmp_path):
    view = view_of(tmp_path, rows("Acme", 2023, SOUND | {"2200": 10, "2400": 10}))
    (row,) = view.result.organisations
    assert any(m.line == "revenue" for m in row.peer_money)
    for heading in ("moves.columns.first", "moves.columns.second"):
        ways = column(view, REPORT.method(view), "to_the_median", heading)
        assert ways
        assert all("Revenue" not in way for way in ways)
