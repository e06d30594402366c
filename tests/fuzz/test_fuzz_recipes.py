"""Whatever [intake.<table>] says of a small file: a table, or problems with their sentences."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from fuzzing import assert_worded, bounded, examples, folder_of, toml
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics import param_types
from workbook.engagement.engagement_file import load_engagement
from workbook.engagement.settings import ColumnSource, TableOptions
from workbook.errors import InputError
from workbook.intake.schema_files import all_schemas
from workbook.intake.tables import read_tables

CONFIGURATION = """\
schema_version = 1
id = "acme"
client = "Acme"
language = "ru"
currency = "RUB"
period = "2025"
as_of = 2025-12-31
"""
TABLES = ("survey", "sales", "offers", "satisfaction", "customers", "lost_customers", "answers")
HEADINGS = (
    *("Контрагент", "Дата", "Сумма", "Номенклатура", "Стадия", "Оценка", "Статус", "Комментарий"),
    *("respondent_id", "customer_id", "date", "score", "Январь / Сумма", "Февраль / Сумма", "Цена"),
)
CELLS = (
    *(
        "ООО «Ромашка»",
        "C1",
        "C2",
        "31.12.2025",
        "2025-01-31",
        "01.01.0001",
        "Итого",
        "",
        " ",
        "н/д",
    ),
    *("10", "9", "7", "1 234,50", "-5", "Успешно реализовано", "Закрыто", "да", "+"),
    "IP Address",
)
FILES = ("data.csv", "Ответы 1.csv", "survey.csv", "sales.csv")

headings = st.sampled_from(HEADINGS)
patterns = headings | st.sampled_from(
    ["*", "Дат*", "*умма*", "* / Сумма", "нет", "a*b*c", "**", "?"]
)
texts = patterns | st.sampled_from(CELLS) | st.text(max_size=6)
columns = st.deferred(
    lambda: st.sampled_from(sorted({c.name for t in TABLES for c in all_schemas()[t].columns}))
)


def one_or_more(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return inner | st.lists(inner, min_size=1, max_size=3)


sources = (
    one_or_more(patterns)
    | st.fixed_dictionaries({"value": texts})
    | st.fixed_dictionaries(
        {"join": st.lists(patterns, min_size=2, max_size=3)}, optional={"sign": texts}
    )
    | st.fixed_dictionaries({"above": texts})
    | st.fixed_dictionaries({"column": st.sampled_from(["A", "C", "ZZ", "2", 3, "A1", 0])})
    | st.fixed_dictionaries({"sheet": texts})
    | st.fixed_dictionaries({"file": texts})
    | st.just({"row": True})
)
rows = st.integers(1, 12)
RIGHT: dict[str, st.SearchStrategy[Any]] = {
    "preset": st.sampled_from(["surveymonkey", "1c_journal", "none", "../x"]),
    "files": one_or_more(st.sampled_from([*FILES, "*.csv", "Ответы *.csv", "../*", "*"])),
    "sheets": one_or_more(texts),
    "header_row": rows | rows.map(lambda n: [n, n + 1]),
    "headings": st.lists(headings | st.just(""), min_size=1, max_size=8),
    "encoding": st.sampled_from(["utf-8", "cp1251", "utf-16"]),
    "delimiter": st.sampled_from([",", ";", "\t"]),
    "decimal": st.sampled_from([",", "."]),
    "thousands": st.sampled_from([",", ".", " "]),
    "unit": st.sampled_from(["thousand", "million"]),
    "date_order": st.sampled_from(["dmy", "mdy", "ymd"]),
    "date_formats": one_or_more(st.sampled_from(["%d.%m.%Y", "%d %B %Y", "%Y%m%d", "%q", "%"])),
    "skip_rows": st.integers(0, 12),
    "missing": st.lists(st.sampled_from(["н/д", "01.01.0001", "10"]), max_size=2),
    "join_ids": st.booleans(),
    "split": st.sampled_from([",", ";", "/"]),
    "columns": st.dictionaries(columns, sources, max_size=5),
    "values": st.dictionaries(
        columns, st.dictionaries(texts, one_or_more(texts), min_size=1, max_size=3), max_size=2
    ),
    "where": st.dictionaries(
        patterns,
        one_or_more(texts) | st.fixed_dictionaries({"not": one_or_more(texts)}),
        max_size=2,
    ),
    "drop_rows": st.lists(rows | texts, max_size=3),
    "fill_down": one_or_more(patterns | columns),
    "generate": one_or_more(columns),
    "latest": one_or_more(columns),
    "melt": st.fixed_dictionaries(
        {"columns": one_or_more(patterns), "into": st.lists(columns, min_size=2, max_size=2)}
    ),
}
WRONG = (
    st.integers(-1, 3)
    | st.booleans()
    | st.text(max_size=4)
    | st.lists(st.integers() | st.text(max_size=3) | st.lists(st.booleans()), max_size=2)
    | st.dictionaries(st.text(max_size=4), st.integers() | st.text(max_size=3), max_size=2)
    | st.dates()
)
grids = st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=8), min_size=0, max_size=8)


def test_every_key_of_a_recipe_is_tried() -> None:
    assert set(RIGHT) == set(TableOptions.__dataclass_fields__) - {"scale"}
    ways = {"headings", "column", "value", "join", "sign", "above", "sheet", "file", "row"}
    assert ways == set(ColumnSource.__dataclass_fields__) - {"expected", "usual"}  # of presets


def recipes(right: bool) -> st.SearchStrategy[dict[str, Any]]:
    keys = {key: said if right else said | WRONG for key, said in RIGHT.items()}
    return st.lists(st.sampled_from(sorted(keys)), max_size=5, unique=True).flatmap(
        lambda chosen: st.fixed_dictionaries({key: keys[key] for key in chosen})
    )


def csv_of(heads: Sequence[str], grid: Sequence[Sequence[str]]) -> bytes:
    file = io.StringIO()
    filled = [[*row, *[""] * len(heads)][: len(heads)] for row in grid]
    csv.writer(file, delimiter=";").writerows([heads, *filled])
    return file.getvalue().encode("utf-8")


def tried(table: str, recipe: dict[str, Any], files: dict[str, bytes]) -> None:
    """Read the files by the recipe; every problem must have its sentences."""
    section = "".join(f"{key} = {toml(said)}\n" for key, said in recipe.items())
    content = f"{CONFIGURATION}[intake.{table}]\n{section}".encode()
    data = {f"data/{name}": one for name, one in files.items()}
    with folder_of({"engagement.toml": content, **data}) as folder, bounded():
        try:
            intake = read_tables(load_engagement(folder, param_types()))
            problems = intake.problems
        except InputError as refused:
            problems = refused.problems
    assert_worded(problems)


@pytest.mark.parametrize("right", [True, False])
@examples(150)
@given(data=st.data())
def test_a_recipe_on_a_small_file(right: bool, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(TABLES))
    heads = data.draw(st.lists(headings, min_size=1, max_size=8, unique=True))
    names = data.draw(st.lists(st.sampled_from(FILES), min_size=1, max_size=2, unique=True))
    files = {name: csv_of(heads, data.draw(grids)) for name in names}
    tried(table, data.draw(recipes(right)), files)


GOOD = csv_of(
    ("respondent_id", "customer_id", "date", "score", "Статус", "Цена", "Январь / Сумма"),
    [(f"R{n}", f"C{n % 3}", f"0{n % 9 + 1}.03.2025", "9", "да", "4", "100") for n in range(12)],
)


@examples(100)
@given(recipe=recipes(right=True))
def test_a_recipe_on_a_good_survey(recipe: dict[str, Any]) -> None:
    tried("survey", recipe, {"survey.csv": GOOD, "Ответы 1.csv": GOOD})


def test_a_good_survey_is_good() -> None:
    with folder_of({"engagement.toml": CONFIGURATION.encode(), "data/survey.csv": GOOD}) as folder:
        engagement = load_engagement(folder, param_types())
        assert engagement.as_of == date(2025, 12, 31)
        assert len(read_tables(engagement).tables["survey"].frame) == 12
