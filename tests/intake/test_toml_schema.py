"""engagement.schema.json: what editors complete and underline is what the program accepts."""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import PlainValidator, TypeAdapter, ValidationError

from workbook.diagnostics import param_types
from workbook.engagement import intake_section
from workbook.engagement.intake_section import Configuration, IntakeSection, TableSection
from workbook.engagement.key_guide import KeyGuide, key_guides
from workbook.engagement.toml_schema import DIALECT, engagement_schema, schema_text
from workbook.engagement.whatif_section import SECTIONS
from workbook.intake.recipe.recipe_schema import shapes_of, shared_shapes
from workbook.intake.schema_files import all_schemas, load_schema
from workbook.language.languages import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "data_samples").rglob("engagement.toml"))
START = """
schema_version = 1
id = "acme"
client = "Acme"
language = "en"
currency = "EUR"
period = "2025-Q4"
as_of = 2025-12-31
"""
WHATIF = """
[whatif.reason]
reason = "late_delivery"
win_back = 0.25
[whatif.discount]
steps = [[1000000, 2], [5000000, 5.5]]
margin = 0.3
[whatif.manager]
manager = ""
"""
RECIPE = """
[intake]
encoding = "cp1251"
delimiter = ";"
decimal = ","
thousands = " "
date_order = "dmy"
skip_rows = 2
missing = ["n/a"]
join_ids = true
[intake.columns.sales]
amount = "Total"
[intake.survey]
preset = "an export of our own"
file = "a.csv"
files = ["b *.xlsx", "c.csv"]
sheets = "*"
header_row = [4, 5]
headings = ["name", "", "inn"]
encoding = "utf-8"
scale = "0-10"
date_formats = ["%d %b %Y"]
drop_rows = [2, 3, "Total*"]
fill_down = ["Customer"]
generate = ["respondent_id"]
latest = ["respondent_id", "wave"]
melt = {columns = "* / Sum", into = ["date", "revenue"]}
[intake.survey.columns]
date = "End Date"
score = ["*recommend*", "*odporu*"]
product = {value = "Service"}
reason = {join = ["Sheet", "Row"], sign = " "}
segment = {above = "Segment"}
revenue = {column = "F"}
weight = {column = 7}
manager = {sheet = "Sales *"}
wave = {file = "Survey *.csv"}
respondent_id = {row = true}
[intake.survey.where]
Status = "IP Address"
Day = {not = ""}
Stage = {not = ["Test*", 3]}
Kind = {keep = ["a", "b"], if_there = true}
[intake.offers]
values.status = {won = ["Closed Won"], lost = "Closed Lost*", open = "*"}
values.stage = {Proposal = ["Offer", "Quote"], "" = "?"}
[intake.lost_customers]
split = ","
unit = "thousand"
header_row = 3
"""
MISTAKES = [
    'statuss = "draft"',
    'language = "de"',
    'currency = "euro"',
    "as_of = 31",
    'diagnostics = ["loyality"]',
    'period = "2025 Q4"',
    "[intake]\ndecimals = ','",
    '[intake]\nfile = "a.csv"',
    '[intake.surveys]\ndecimal = ","',
    "[intake.survey]\nheader_rows = 3",
    "[intake.survey]\nheader_row = 0",
    '[intake.survey]\ncolumns = {scores = "Mark"}',
    '[intake.survey]\ncolumns = {score = {values = "9"}}',
    "[intake.survey]\ncolumns = {score = {row = false}}",
    "[intake.survey]\ncolumns = {score = []}",
    '[intake.survey]\ngenerate = ["respondent"]',
    '[intake.survey]\nmelt = {columns = "*"}',
    '[intake.survey]\nmelt = {columns = "*", into = ["date"]}',
    '[intake.survey]\nwhere = {Status = {nott = "x"}}',
    '[intake.survey]\nwhere = {Status = {not = "x", keep = "y"}}',
    "[intake.survey]\nwhere = {Status = {if_there = true}}",
    '[intake.offers]\nvalues.state = {won = "x"}',
    "[intake.offers]\nvalues.status = {}",
    '[brand]\nprimary = "blue"',
    '[brand]\nfonts = "Inter"',
    '[brand]\nfonts = [{files = ["a.ttf"]}]',
    "[report]\nfooter = 1",
    '[report.disclaimer]\nde = "Nur für Sie"',
    '[report.loyalty]\nhidden = ["waves"]',
    '[report.loyality]\nhide = ["waves"]',
    '[report.loyalty]\ntitles = {waves = ""}',
    "[params.loyalty]\nmin_m = 3",
    '[params.loyalty]\nscale = "1-5"',
    "[params.loyality]\nmin_n = 3",
    '[whatif.reasons]\nreason = "x"',
    "[whatif.reason]\nwin_back = 0.5",
    '[whatif.reason]\nreason = "x"\nwin_back = 30',
    "[whatif.discount]\nsteps = []",
    "[whatif.discount]\nsteps = [[1, 2, 3]]",
    "[whatif.discount]\nsteps = [[1, 101]]",
    "[whatif.discount]\nsteps = [[-1, 1]]",
    '[whatif.discount]\nsteps = [["1", 1]]',
    "[whatif.manager]\nmanager = 1",
]


def as_json(tree: Any) -> Any:
    """Return what TOML says with days as texts, as an editor hands it to a schema."""
    return json.loads(json.dumps(tree, default=lambda day: day.isoformat()))


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = engagement_schema(param_types())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def faults(validator: jsonschema.Draft202012Validator, text: str) -> list[str]:
    return [fault.message for fault in validator.iter_errors(as_json(tomllib.loads(text)))]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.parent.name)
def test_the_samples_pass(validator: jsonschema.Draft202012Validator, path: Path) -> None:
    assert faults(validator, path.read_text("utf-8")) == []


def test_a_recipe_with_every_key_passes_and_is_accepted_by_the_program(
    validator: jsonschema.Draft202012Validator,
) -> None:
    assert faults(validator, START + RECIPE) == []
    tree = tomllib.loads(START + RECIPE)
    Configuration.model_validate(tree)
    used = {key for table in tree["intake"].values() if isinstance(table, dict) for key in table}
    assert {*TableSection.model_fields} <= used | tree["intake"].keys()


def test_every_key_of_what_if_passes_and_is_accepted_by_the_program(
    validator: jsonschema.Draft202012Validator,
) -> None:
    assert faults(validator, START + WHATIF) == []
    tree = tomllib.loads(START + WHATIF)
    Configuration.model_validate(tree)
    assert {name: set(said) for name, said in tree["whatif"].items()} == {
        name: set(kind.model_fields) for name, kind in SECTIONS.items()
    }


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_underlined(validator: jsonschema.Draft202012Validator, mistake: str) -> None:
    key = mistake.partition(" = ")[0]
    start = "\n".join(line for line in START.splitlines() if line.partition(" = ")[0] != key)
    assert faults(validator, f"{start}\n{mistake}\n")


def test_it_is_smaller_than_a_picture_and_names_its_dialect() -> None:
    text = schema_text(param_types(), "ru")
    assert json.loads(text)["$schema"] == DIALECT
    assert len(text.encode()) < 200_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_described_in_the_language(language: str) -> None:
    schema = engagement_schema(param_types(), language)
    for name, guide in key_guides().keys.items():
        assert schema["properties"][name]["description"] == guide.help[language]
    asked = schema["properties"]["whatif"]["properties"]
    for section, guides in key_guides().whatif.items():
        for name, guide in guides.items():
            described = asked[section]["properties"][name]["description"]
            assert described == guide.help[language]
    survey = schema["properties"]["intake"]["properties"]["survey"]["properties"]
    for name, guide in key_guides().intake.items():
        node = survey[name]
        found = schema["$defs"][node["$ref"].rsplit("/")[-1]] if "$ref" in node else node
        assert found["description"] == guide.help[language]


def test_every_key_of_the_models_has_its_guide_in_their_order() -> None:
    guides = key_guides()
    assert list(guides.keys) == list(Configuration.model_fields)
    assert list(guides.intake) == list(TableSection.model_fields)
    assert guides.params.keys() <= param_types().keys()
    assert {name: list(keys) for name, keys in guides.whatif.items()} == {
        name: list(kind.model_fields) for name, kind in SECTIONS.items()
    }
    every = [*guides.keys.values(), *guides.intake.values(), *guides.brand.values()]
    every += [*guides.report.values(), *guides.chapters.values()]
    several = (*guides.params.values(), *guides.whatif.values())
    every += [guide for options in several for guide in options.values()]
    for guide in every:
        assert set(guide.help) == set(LANGUAGES)
        assert all(text[-1] != "." for text in guide.help.values())


@pytest.mark.parametrize("guide", key_guides().intake.values(), ids=lambda g: g.name)
def test_an_example_of_the_intake_is_accepted_where_it_is_shown(guide: KeyGuide) -> None:
    for language in LANGUAGES:
        said = tomllib.loads(guide.example_in(language))
        assert list(said) == [guide.name]
        IntakeSection.model_validate(said if guide.of == "intake" else {guide.of: said})


def test_every_key_of_several_shapes_has_a_schema_by_hand() -> None:
    by_hand = {*shared_shapes(()), *shapes_of(load_schema("survey"))}
    several = {
        name
        for name, field in TableSection.model_fields.items()
        if any(isinstance(one, PlainValidator) for one in field.metadata)
    }
    assert "melt" in several
    assert several <= by_hand


PRESETS = [
    pytest.param(table, said["recipe"], id=f"{path.stem}-{table}")
    for path in sorted((ROOT / "templates" / "presets").glob("*.toml"))
    for table, said in tomllib.loads(path.read_text("utf-8"))["tables"].items()
]


@pytest.mark.parametrize(("table", "recipe"), PRESETS)
def test_what_a_preset_says_may_be_said_in_engagement_toml(
    validator: jsonschema.Draft202012Validator, table: str, recipe: dict[str, Any]
) -> None:
    tree = {**tomllib.loads(START), "intake": {table: recipe}}
    assert [fault.message for fault in validator.iter_errors(as_json(tree))] == []


def test_the_patterns_are_those_of_the_program(
    validator: jsonschema.Draft202012Validator,
) -> None:
    properties = engagement_schema({})["properties"]
    for name, kind in (("id", intake_section.Id), ("period", intake_section.Period)):
        with pytest.raises(ValidationError) as refused:
            TypeAdapter(kind).validate_python("!")
        assert refused.value.errors()[0]["ctx"]["pattern"] == properties[name]["pattern"]


def test_columns_of_every_table_are_named() -> None:
    intake = engagement_schema({})["properties"]["intake"]["properties"]
    for name, schema in all_schemas().items():
        columns = intake[name]["properties"]["columns"]["properties"]
        assert list(columns) == [column.name for column in schema.columns]
