"""What the financial report says of accounts of earlier periods, in every language."""

import re

import pytest
from shown import chapters, sentences

from workbook.charts.chart import Palette
from workbook.diagnostics.financial_quartiles.compute import compute
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.report import REPORT
from workbook.diagnostics.financial_quartiles.sources.loading import load
from workbook.engagement.data import read_engagement
from workbook.engagement.engagement_file import load_engagement
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.report.table import Table
from workbook.report.view import View

HEAD = """schema_version = 1
id = "firm"
client = "Firm"
language = "{language}"
currency = "RUB"
period = "{period}"
as_of = {period}-12-31
{more}
[intake]
decimal = "."
"""
SOUND = {
    "1100": 400, "1200": 600, "1210": 249, "1230": 200, "1240": 50, "1250": 101, "1300": 500,
    "1400": 200, "1500": 300, "1600": 1000, "2110": 2000, "2200": 150, "2400": 100,
}  # fmt: skip
RESTATED = SOUND | {"2110": 2500, "2200": 650, "2400": 600}


def period(root, label, language, years, more=""):
    """Write the folder of one period; statements by year."""
    folder = root / label
    (folder / "data").mkdir(parents=True)
    head = HEAD.format(language=language, period=label, more=more)
    (folder / "engagement.toml").write_text(head, "utf-8")
    rows = [
        f"Acme,{year},{line},{value},41.20"
        for year, lines in years.items()
        for line, value in lines.items()
    ]
    text = "\n".join(["organisation,year,line,value,okved", *rows])
    (folder / "data" / "statements.csv").write_text(text, "utf-8")
    return folder


@pytest.fixture
def view_of(tmp_path):
    def build(before, now, language="en"):
        period(tmp_path, "2023", language, before)
        folder = period(tmp_path, "2024", language, now, 'previous = "../2023"\n')
        case = read_engagement(load_engagement(folder, {}))
        assert not case.errors
        prepared = load(case.engagement, case.inputs, Params())
        return View(
            result=compute(case.inputs, Params(), prepared.sources),
            params=Params(),
            texts=load_texts("financial_quartiles", language, "RUB"),
            palette=Palette(),
            engagement=case.engagement,
        )

    return build


def tables(blocks):
    return {b.name: b for b in blocks if isinstance(b, Table)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_restated_accounts_are_listed_and_the_change_of_the_score_is_said(view_of, language):
    view = view_of({2022: SOUND}, {2022: RESTATED, 2023: SOUND}, language)
    found = chapters(view, REPORT)
    (year,) = view.result.restated
    assert year.score_changed
    listed = tables(found["trust"])["restated_accounts"]
    assert len(listed.rows) == len(year.lines) == 3
    assert [row[listed.columns[5].key] for row in listed.rows] == [2.5e6, 650_000, 600_000]
    write = view.texts.numbers.decimal
    totals = [write(year.total_before.industry, 0, sign=True),
              write(year.total_now.industry, 0, sign=True)]  # fmt: skip
    for name in ("trust", "trend"):
        told = " ".join(sentences(found[name]))
        assert all(total in told for total in totals), name
        assert {"2022", "2023"} <= set(re.findall(r"\d{4}", told))


@pytest.mark.parametrize("language", LANGUAGES)
def test_years_of_earlier_accounts_are_named(view_of, language):
    view = view_of({2021: SOUND, 2022: SOUND}, {2023: SOUND}, language)
    found = chapters(view, REPORT)
    assert "Acme (2021, 2022)" in " ".join(sentences(found["trust"]))
    assert len(tables(found["trend"])["scores_by_year"].rows) == 3
    assert "restated_accounts" not in tables(found["trust"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_years_left_out_because_of_restated_accounts_are_named(view_of, language):
    view = view_of({2021: SOUND, 2022: SOUND}, {2022: RESTATED, 2023: SOUND}, language)
    found = chapters(view, REPORT)
    assert "Acme (2021)" in " ".join(sentences(found["trust"]))
    assert len(tables(found["trend"])["scores_by_year"].rows) == 2
