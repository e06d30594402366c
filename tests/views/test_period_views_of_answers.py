"""What the report on questionnaires says of earlier periods, in every language."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from shown import chapters, sentences

from workbook.charts.chart import Palette
from workbook.diagnostics.controllability.compute import Sources, compute
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.report import REPORT
from workbook.diagnostics.controllability.sources.questionnaire_file import load_questionnaires
from workbook.diagnostics.inputs import Inputs
from workbook.engagement.settings import Engagement
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.language.package_data import templates
from workbook.report.blocks import NotStudied
from workbook.report.table import Table
from workbook.report.view import View


def answers(marks):
    rows = [
        {"respondent": f"R{i}", "item": item, "mark": mark}
        for item, given in marks.items()
        for i, mark in enumerate(given)
    ]
    return pd.DataFrame(rows, dtype="str")


def view_of(now, before, language):
    """Return the view of a second period; ``before`` None: the first one has no answers."""
    questionnaires, _ = load_questionnaires(templates() / "questionnaires")
    first = Inputs(
        tables={} if before is None else {"answers": answers(before)},
        as_of=date(2024, 12, 31), label="2024", anonymity_threshold=1,
    )  # fmt: skip
    inputs = Inputs(
        tables={"answers": answers(now)}, as_of=date(2025, 12, 31), label="2025",
        language=language, previous=first, anonymity_threshold=1,
    )  # fmt: skip
    engagement = Engagement(
        folder=Path(), id="acme", client="Acme", language=language, currency="EUR",
        period="2025", as_of=date(2025, 12, 31), anonymity_threshold=1,
    )  # fmt: skip
    earlier = replace(engagement, period="2024", as_of=date(2024, 12, 31))
    params = Params(bootstrap=200)
    return View(
        result=compute(inputs, params, Sources(questionnaires=questionnaires)),
        params=params,
        texts=load_texts("controllability", language),
        palette=Palette(),
        engagement=replace(engagement, before=earlier),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_items_are_counted_and_waves_stand_in_order_of_time(language):
    view = view_of({"1.1": "+++", "1.4": "+-+"}, {"1.1": "---", "1.2": "+++"}, language)
    found = chapters(view, REPORT)["waves"]
    told = " ".join(sentences(found))
    assert view.text("waves.item_sets", n=1, before=1, now=1) in told
    table = next(b for b in found if isinstance(b, Table) and b.name == "waves")
    named = [view.texts.write(wave, "period") for wave in ("2024", "2025")]
    assert [row[table.columns[0].key] for row in table.rows] == named


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_items_are_not_counted(language):
    view = view_of({"1.1": "+++"}, {"1.1": "---"}, language)
    told = " ".join(sentences(chapters(view, REPORT)["waves"]))
    assert view.text("waves.item_sets", n=1, before=0, now=0) not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_last_period_without_answers_is_not_asked_for_again(language):
    view = view_of({"1.1": "+++"}, None, language)
    (block,) = chapters(view, REPORT)["waves"]
    assert isinstance(block, NotStudied)
    assert block.fill == view.text("absent.waves.fill_before")
