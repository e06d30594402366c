"""The engagement of the next period: engagement.toml as it was, a period further."""

import re
import tomllib
from collections.abc import Mapping, MutableMapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from workbook.intake.anonymity.key_file import NAME as KEY
from workbook.intake.toml_line import toml_value

_YEAR = r"(?P<year>\d{4})"
_FORMS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"{_YEAR}(?P<sign>-Q)(?P<part>[1-4])", re.IGNORECASE), 4),
    (re.compile(rf"{_YEAR}(?P<sign>-H)(?P<part>[12])", re.IGNORECASE), 2),
    (re.compile(rf"{_YEAR}(?P<sign>-)(?P<part>0[1-9]|1[0-2])"), 12),
    (re.compile(_YEAR), 1),
)
_OF_THE_LAST_PAIR = ("previous_of_other_client", "previous_rate")
"""What was said of the last period and the one before it."""
_SWITCHED_OFF = re.compile(r"^#\s?previous = .*$", re.MULTILINE)
"""The line of a new engagement.toml that stands ready for it."""
_NUMBERS = re.compile(r"\d+(?:[-._/]?\d+)*")
_FEWEST_LETTERS = 3
"""Letters that must be left of a name for a pattern: any file would fit "*.csv"."""
_OF_THE_ROWS = ("drop_rows", "where")
"""Rows of one file that a recipe names."""
CARRIED = (
    *("aliases.csv", "reasons.yaml", "ratios.yaml", "coding/code_frame.yaml"),
    KEY,  # the same customers have the same pseudonyms
)
"""Files beside the data that hold for the next period, too."""
CARRIED_FOLDERS: Mapping[str, str] = {
    "presets": ".toml",
    "questionnaires": ".yaml",
    "texts": ".yaml",
}
"""Folder -> ending of its files; likewise."""


def next_period(period: str) -> str:
    """Return the label of the period that follows; empty of a label of another form.

    >>> next_period("2025-Q4"), next_period("2025"), next_period("2025-11"), next_period("wave 3")
    ('2026-Q1', '2026', '2025-12', '')
    """
    for form, parts in _FORMS:
        found = form.fullmatch(period)
        if found and parts == 1:
            return f"{int(found['year']) + 1:04d}"
        if found:
            at = int(found["year"]) * parts + int(found["part"])
            width = len(found["part"])
            return f"{at // parts:04d}{found['sign']}{at % parts + 1:0{width}d}"
    return ""


def next_text(text: str, *, period: str, as_of: date, previous: PurePosixPath) -> str:
    """Return engagement.toml of the next period; comments and everything else stay.

    Parameters
    ----------
    text
        engagement.toml of the period before.
    previous
        Its folder, seen from the new one.

    Raises
    ------
    ValueError
        When the file cannot be changed.
    """
    try:
        if "previous" not in tomlkit.parse(text):
            text = _SWITCHED_OFF.sub('previous = ""', text, count=1)
        document = tomlkit.parse(text)
        moved = {
            str(document.get("as_of")): as_of.isoformat(),  # undated rows stand at the as-of date
            str(document.get("period")): period,
        }
        _carry_recipes(document.get("intake", {}), moved)
        for key in _OF_THE_LAST_PAIR:
            document.pop(key, None)
        document["period"] = period
        document["as_of"] = as_of
        document["status"] = "draft"
        document["previous"] = previous.as_posix()
        return tomlkit.dumps(document)
    except TOMLKitError as failure:
        raise ValueError(str(failure)) from failure


def _carry_recipes(intake: Any, moved: Mapping[str, str]) -> None:
    """Let names of files, and columns that hold the period or its last day, be the next period's.

    Parameters
    ----------
    moved
        Value of a whole column -> what it is in the next period.
    """
    if not isinstance(intake, MutableMapping):
        return
    for said in intake.values():
        if not isinstance(said, MutableMapping):
            continue
        for key in ("file", "files"):
            names = said.get(key)
            if isinstance(names, str):
                said[key] = next_name(names)
            elif isinstance(names, list) and all(isinstance(name, str) for name in names):
                said[key] = list(dict.fromkeys(map(next_name, names)))
        columns = said.get("columns")
        for source in columns.values() if isinstance(columns, MutableMapping) else ():
            if isinstance(source, MutableMapping) and source.get("value") in moved:
                source["value"] = moved[source["value"]]


def next_name(name: str) -> str:
    """Return the pattern of a file's name in which numbers, such as the year, may change.

    >>> next_name("Sales 12.2025.xlsx"), next_name("DEAL_20251231.csv"), next_name("2025.csv")
    ('Sales *.xlsx', 'DEAL_*.csv', '2025.csv')
    """
    stem, dot, ending = name.rpartition(".")
    made = _NUMBERS.sub("*", stem)
    kept = sum(sign.isalpha() for sign in made)
    return made + dot + ending if dot and kept >= _FEWEST_LETTERS else name


def of_the_data(text: str, options: Mapping[str, Sequence[str]]) -> list[str]:
    r"""Return what engagement.toml says of the data of its own period, to be looked at anew.

    Parameters
    ----------
    options
        Diagnostic -> its options that are of the data of a period.

    Examples
    --------
    >>> text = "[params.loyalty]\npopulation = 40\nmin_n = 5\n[intake.sales]\ndrop_rows = [12]"
    >>> of_the_data(text, {"loyalty": ("population",)})
    ['params.loyalty.population = 40', 'intake.sales.drop_rows = [12]']
    """
    document = tomllib.loads(text)
    found: list[tuple[str, Any]] = []
    for diagnostic, names in options.items():
        said = _table(_table(document, "params"), diagnostic)
        found += [(f"params.{diagnostic}.{name}", said[name]) for name in names if name in said]
    for table, said in _table(document, "intake").items():
        if not isinstance(said, Mapping):
            continue
        found += [(f"intake.{table}.{key}", said[key]) for key in _OF_THE_ROWS if key in said]
        for column, source in _table(said, "columns").items():
            if isinstance(source, Mapping) and _NUMBERS.search(str(source.get("value", ""))):
                found.append((f"intake.{table}.columns.{column}.value", source["value"]))
    return [f"{key} = {toml_value(value)}" for key, value in found]


def _table(of: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = of.get(key)
    return found if isinstance(found, Mapping) else {}
