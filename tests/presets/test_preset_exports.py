"""Every preset reads the export that it is named after, in the layout that the program writes."""

from pathlib import Path

import book_exports
import crm_exports
import pytest
import survey_exports
from exports import Export

from workbook.diagnostics import param_types
from workbook.engagement.engagement_file import load_engagement
from workbook.errors import Problem
from workbook.intake.recipe.presets import recognised, shipped_presets
from workbook.intake.tables import Intake, read_tables
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

EVERY = [
    pytest.param(one, id=one.name)
    for one in (*survey_exports.EXPORTS, *crm_exports.EXPORTS, *book_exports.EXPORTS)
]


def read(folder: Path, export: Export) -> Intake:
    export.write(folder)
    return read_tables(load_engagement(folder, param_types()))


def told(problems: tuple[Problem, ...], *, errors: bool) -> list[str]:
    return [f"{p.code}: {line(p, 'en')}" for p in problems if p.is_error is errors]


@pytest.mark.parametrize("export", EVERY)
def test_it_becomes_the_table_expected(tmp_path: Path, export: Export) -> None:
    intake = read(tmp_path / "acme", export)
    assert told(intake.problems, errors=True) == []
    frame = intake.tables[export.table].frame
    assert len(frame) == export.count
    assert {name: shown(frame.iloc[0][name]) for name in export.first} == export.first
    assert {name: frame[name].sum() for name in export.totals} == pytest.approx(export.totals)
    assert set(export.told) <= {p.code for p in intake.problems if not p.is_error}
    for language in LANGUAGES:
        assert all(line(problem, language) for problem in intake.problems)


def shown(value: object) -> object:
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else value


@pytest.mark.parametrize("export", [one for one in EVERY if one.values[0].heads])
def test_it_is_recognised_as_itself_and_no_other(export: Export) -> None:
    assert (export.preset, export.table) in recognised(export.headings())
    assert {name for name, _ in recognised(export.headings())} == {export.preset}


def test_every_preset_has_an_export_for_every_table() -> None:
    made = {(one.values[0].preset, one.values[0].table) for one in EVERY}
    assert made == {(p.name, table) for p in shipped_presets().values() for table in p.tables}
