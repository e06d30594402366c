"""The preset files that come with the program: well formed, worded in all languages."""

from pathlib import Path

import pytest

from workbook.engagement.intake_section import TableSection, intake_problems
from workbook.intake.recipe.presets import NAME, Preset, shipped_presets
from workbook.intake.schema_files import all_schemas
from workbook.language.catalog import LANGUAGES
from workbook.language.package_data import templates

SURVEYS = {
    *("surveymonkey", "qualtrics", "google_forms", "yandex_forms", "typeform", "limesurvey"),
    "delighted",
}
CRM = {"hubspot", "salesforce", "pipedrive", "amocrm", "bitrix24"}
BOOKS = {"1c_journal", "1c_sales_months", "1c_turnover_62", "girbo", "rosstat", "registeruz"}
PRESETS = [pytest.param(one, id=name) for name, one in shipped_presets().items()]


def test_every_program_has_its_preset() -> None:
    assert set(shipped_presets()) == SURVEYS | CRM | BOOKS


@pytest.mark.parametrize("preset", PRESETS)
def test_its_recipes_are_what_a_section_of_engagement_toml_may_say(preset: Preset) -> None:
    assert NAME.fullmatch(preset.name)
    for table, one in preset.tables.items():
        assert "preset" not in one.recipe
        TableSection.model_validate(dict(one.recipe))
        assert intake_problems({"intake": {table: one.recipe}}) == []


@pytest.mark.parametrize("preset", PRESETS)
def test_it_maps_what_the_table_requires_but_for_what_no_file_of_it_tells(preset: Preset) -> None:
    untold = {"1c_turnover_62": {"date"}, "rosstat": {"year"}}
    for table, one in preset.tables.items():
        recipe = one.recipe
        mapped = {
            *recipe["columns"],
            *recipe.get("generate", ()),
            *recipe.get("melt", {}).get("into", ()),
        }
        required = {column.name for column in all_schemas()[table].columns if column.required}
        assert required - mapped == untold.get(preset.name, set())


@pytest.mark.parametrize("preset", PRESETS)
def test_its_title_and_note_are_told_in_every_language(preset: Preset) -> None:
    for texts in (preset.title, preset.note):
        assert set(texts) == set(LANGUAGES)
        assert len(set(texts.values())) == len(texts)
        assert all(text.strip() == text and text for text in texts.values())
    assert all(text.endswith(".") for text in preset.note.values())


@pytest.mark.parametrize("preset", PRESETS)
def test_its_values_are_those_of_the_column(preset: Preset) -> None:
    for table, one in preset.tables.items():
        schema = all_schemas()[table]
        for name, words in one.recipe.get("values", {}).items():
            choices = schema.column(name).choices
            assert not choices or set(words) <= set(choices), (preset.name, name)


def test_the_wordings_of_questions_are_the_same_for_all_survey_programs() -> None:
    for name in ("reason", "improvement"):
        told = [
            [
                form
                for form in shipped_presets()[survey].tables["survey"].recipe["columns"][name]
                if "/" not in form
            ]
            for survey in sorted(SURVEYS - {"delighted"})
        ]
        assert all(one == told[0] for one in told)
    scores = [
        shipped_presets()[survey].tables["survey"].recipe["columns"]["score"][-11:]
        for survey in sorted(SURVEYS - {"delighted"})
    ]
    assert all(one == scores[0] for one in scores)


@pytest.mark.parametrize(
    "path", sorted((templates() / "presets").glob("*.toml")), ids=lambda p: p.stem
)
def test_it_says_where_its_headings_are_from(path: Path) -> None:
    comment = path.read_text("utf-8").split("\n\n", 1)[0]
    assert comment.startswith("# ")
    assert any(word in comment for word in ("public", "known form", ".py"))
