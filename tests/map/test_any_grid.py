"""Whatever a file holds, map proposes TOML that engagement.toml accepts, or nothing."""

import tomllib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.engagement.intake_section import TableSection
from workbook.intake.cells.cell import Cell
from workbook.intake.guess.building import proposed
from workbook.intake.guess.choosing import chosen
from workbook.intake.guess.grid import Grid, Line
from workbook.intake.guess.proposal import Facts
from workbook.intake.guess.recipe_text import recipe_text
from workbook.intake.recipe.presets import shipped_presets
from workbook.intake.schema_files import all_schemas
from workbook.language.catalog import load_texts
from workbook.language.languages import all_languages

WORDS = sorted({
    word for known in all_languages() for group in known.mapping.headings.values() for word in group
})  # fmt: skip
HEADINGS = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(
        ["янв.25", "фев.25", "На 31 декабря 2024 г.", "На 31 декабря 2023 г.", "Валюта", "Status"]
    ),
    st.text(max_size=12),
    st.builds("{} / {}".format, st.sampled_from(WORDS), st.sampled_from(["Сумма", "*", "Дебет"])),
)
TEXTS = """
1,234|1.234|10 - certainly|01.02.2025|2/3/2025|2025-11-03|12 345,60|Итого|USD|руб.|partial|*|
01.01.0001|45658|Да|{"ImportId":"x"}
""".replace("\n", "").split("|")
CELLS = st.one_of(
    st.sampled_from(["", *TEXTS]), st.integers(-5, 1000).map(str), st.text(max_size=20)
)


@st.composite
def grids(draw) -> Grid:
    width = draw(st.integers(1, 7))
    head = draw(st.lists(HEADINGS, min_size=width, max_size=width))
    styles = draw(
        st.lists(
            st.one_of(st.just(None), st.sampled_from(["d", "n", "t"])),
            min_size=width,
            max_size=width,
        )
    )
    above = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=3))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=25))
    lines = []
    for at, texts in enumerate([*above, head, *rows]):
        below = at > len(above)
        cells = tuple(
            cell(text, style if below else None, at)
            for text, style in zip(texts, styles, strict=True)
        )
        if any(one.text for one in cells):
            lines.append(Line(number=at + 1, cells=cells))
    name = draw(
        st.one_of(
            st.sampled_from(["survey.csv", "Продажи.xlsx", "x.csv", "a*b.csv"]),
            st.text(max_size=8).map(lambda stem: f"{stem}.csv"),
        )
    )
    return Grid(file=name, sheet=draw(st.text(max_size=5)), sheets=draw(st.integers(1, 3)),
                first_column=draw(st.sampled_from([None, 1, 3])), lines=tuple(lines))  # fmt: skip


def cell(text: str, style: str | None, at: int) -> Cell:
    if style == "d":
        return Cell("d", f"2025-03-{1 + at % 28:02d}")
    if style == "n":
        return Cell("n", str(at * 7))
    return Cell("t", text.strip())


@pytest.mark.parametrize("language", ["en", "ru", "sk"])
@settings(max_examples=30)
@given(st.lists(grids(), min_size=1, max_size=3))
def test_a_proposal_is_a_recipe(language, several):
    facts = Facts(
        language=language,
        currency="EUR",
        as_of=date(2025, 12, 31),
        client='"A" # b',
        dotted_days=True,
    )
    say = load_texts("map", language)
    presets = shipped_presets()
    found = chosen(several, ready={}, named={}, presets=presets)
    for table, parts in found.tables.items():
        made = proposed(parts, facts, files=[g.file for g in several], product="x", presets=presets)
        said = tomllib.loads(recipe_text(made, say))["intake"][table]
        TableSection.model_validate(said)
        assert set(said.get("columns", {})) <= {
            column.name for column in all_schemas()[table].columns
        }
        assert said.get("columns", {}).keys() == {entry.key for entry in made.columns}
