"""The page docs/presets.md, from the preset files.

``python tests/presets/preset_page.py`` writes it anew.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbook.intake.recipe.presets import Preset, shipped_presets

PAGE = Path(__file__).resolve().parents[2] / "docs" / "presets.md"
GROUPS = {
    "Survey programs": (
        *("surveymonkey", "qualtrics", "google_forms", "yandex_forms", "typeform", "limesurvey"),
        "delighted",
    ),
    "CRM": ("hubspot", "salesforce", "pipedrive", "amocrm", "bitrix24"),
    "1C": ("1c_journal", "1c_sales_months", "1c_turnover_62"),
    "Statements": ("girbo", "rosstat", "registeruz"),
}
INTRODUCTION = """\
# Files of known programs: presets

A preset tells how the export of a program is read: which heading is which column, what its statuses
mean, which rows are no answers. The file goes into `data/` as the client sent it, named after the
table (`survey.csv`, `offers.xlsx`), and one line names the preset:

```toml
[intake.survey]
preset = "surveymonkey"
```

`workbook check` then tells every step that was taken: rows left out by which rule, words read as
which value. What the preset assumes stands below; what it cannot know is added under the same
section, and what you write wins:

```toml
[intake.survey]
preset = "surveymonkey"
columns = {score = "Overall mark", customer_id = "Custom Data 1"}  # beside the preset's columns
where = {"Collector ID" = "428811900"}                             # beside its rules
missing = ["no answer"]                                            # beside its words
```

`columns` and `where` are completed key by key, `values` word by word (a word that you give is taken
from where the preset has it); `drop_rows` and `missing` are those of both; every other key of yours
takes the place of the preset's. Headings may have `*` for anything and are compared without case,
spaces and `_`. A column that the table does not need is simply not read when the export has none.

## A preset of your own

A file `presets/<name>.toml` in the engagement's folder, or in a folder `presets` beside the
engagements, is used before one that comes with the program. It holds what `[intake.<table>]` may
hold, once for all engagements of a client or of a program:

```toml
title = {en = "Our survey"}
note = {en = "Export all answers."}
[tables.survey]
signature = ["Interview No.", "Mark"]         # headings by which such a file is recognised
recipe = {columns = {respondent_id = "Interview No.", date = "Day", score = "Mark"}}
```

It is part of what a report is made from: a changed preset makes its reports anew. A rule of
`where` that shall hold only in exports that have the column is written
`where = {"Finished*" = {not = ["False"], if_there = true}}`, or `{keep = [...], if_there = true}`.
"""


QUESTIONS = {
    "score": "the question of recommending",
    "reason": "the question why",
    "improvement": "the question what to improve",
}
"""Columns of surveys that are found by the usual wordings of a question."""
_CODE = re.compile(
    r"((?:columns|values\.\w+|header_row|latest|preset|where|unit) = "
    r"(?:\{(?:[^{}]|\{[^{}]*\})*\}|\[.*?\]|\"[^\"]*\"|\d+))"
)


def page() -> str:
    """Return the page as it should be."""
    parts = [INTRODUCTION]
    for group, names in GROUPS.items():
        parts.append(f"\n## {group}\n")
        if group == "Survey programs":
            parts.append("\n".join(_wordings()))
        parts += ["\n".join(_preset(shipped_presets()[name])) for name in names]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).rstrip() + "\n"


def _wordings() -> Iterator[str]:
    yield "Questions are found by their usual wordings; name yours where it is another:"
    yield ""
    columns = shipped_presets()["surveymonkey"].tables["survey"].recipe["columns"]
    for name, question in QUESTIONS.items():
        yield f"- {name}, {question}: {_listed(columns[name], most=20)}"
    yield ""


def _preset(preset: Preset) -> Iterator[str]:
    yield f"### `{preset.name}`: {preset.title['en']}"
    yield ""
    yield _CODE.sub(r"`\1`", preset.note["en"])
    yield ""
    for table, one in preset.tables.items():
        yield "```toml"
        yield f"[intake.{table}]"
        yield f'preset = "{preset.name}"'
        yield "```"
        yield ""
        yield "| column | from |"
        yield "| --- | --- |"
        yield from (f"| {name} | {source} |" for name, source in _sources(table, one.recipe))
        yield ""
        yield from (f"- {fact}" for fact in _facts(one.recipe))
        yield ""


def _sources(table: str, recipe: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Return where each column comes from."""
    columns = recipe["columns"]
    lines = [name for name in columns if name.startswith("line_")]
    for name in recipe.get("generate", ()):
        yield name, "number of the row"
    for name, said in columns.items():
        if table == "survey" and name in QUESTIONS and len(_listed(said)) > 100:
            yield name, QUESTIONS[name]
        elif name not in lines:
            yield name, _source(said)
    if lines:
        yield f"{lines[0]} … {lines[-1]}", "the column of each line for the year"
    if "melt" in recipe:
        into = " and ".join(recipe["melt"]["into"])
        yield into, f"columns that become rows: {_listed(recipe['melt']['columns'])}"


def _facts(recipe: Mapping[str, Any]) -> Iterator[str]:
    """Return what else is done."""
    for name, words in recipe.get("values", {}).items():
        if name in ("status", "kind"):
            said = "; ".join(f"{value}: {_listed(forms)}" for value, forms in words.items())
            yield f"{name} is {said}"
    rules = [_rule(heading, rule) for heading, rule in recipe.get("where", {}).items()]
    if rules:
        yield f"rows are kept where {'; '.join(rules)} (of the columns that are there)"
    if "drop_rows" in recipe:
        yield f"rows are left out whose first words are {_listed(recipe['drop_rows'])}"
    if "latest" in recipe:
        yield f"of several rows with the same {', '.join(recipe['latest'])} the newest counts"
    if "date_order" in recipe:
        yield f"days are read as {recipe['date_order']}"
    if "missing" in recipe:
        yield f"nothing is known where it says {_listed(recipe['missing'])}"


def _rule(heading: str, rule: Any) -> str:
    if isinstance(rule, Mapping):
        if "not" in rule:
            return f"{_listed(heading)} is not {_listed(rule['not'])}"
        return f"{_listed(heading)} is {_listed(rule['keep'])}"
    return f"{_listed(heading)} is {_listed(rule)}"


def _source(said: Any) -> str:
    if isinstance(said, Mapping):
        if "join" in said:
            return " and ".join(map(_listed, said["join"])) + " together"
        return f"the cell beside {_listed(said['above'])}, above the table"
    return _listed(said)


def _listed(said: Any, most: int = 8) -> str:
    """Return words as code; of many the first."""
    words = [said] if isinstance(said, str) else list(said)
    told = ["every other word" if w == "*" else "blank" if w == "" else f"`{w}`" for w in words]
    more = f", … ({len(told)} in all)" if len(told) > most else ""
    return ", ".join(told[:most]).replace("|", "\\|") + more


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), "utf-8")
