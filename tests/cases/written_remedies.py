"""Engagements of a test, and what a message says to write into engagement.toml, written there."""

import re
from pathlib import Path

from workbook.engagement.data import open_engagement
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

_OPTION = re.compile(
    r"((?:join_ids|missing|split|drop_rows) = (?:true|\[.*?\]|\".*?\"))"
    r" (?:into the section|under|в раздел|do časti) (\[intake\.\w+\])"
)


def engagement(folder: Path, tables: dict[str, str], *, language: str = "ru", options: str = ""):
    """Write an engagement of CSV tables given as text, and return its folder."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "engagement.toml").write_text(
        f'schema_version = 1\nid = "x"\nclient = "X"\nlanguage = "{language}"\n'
        f'currency = "RUB"\nperiod = "2025"\nas_of = 2025-12-31\n{options}',
        "utf-8",
    )
    for name, text in tables.items():
        (folder / "data" / f"{name}.csv").write_text(text, "utf-8")
    return folder


def told(folder: Path, *, errors: bool = False) -> list[str]:
    """Return the codes of the problems; each has its whole sentence in every language."""
    said = ("columns_mapped", "options_declared")
    problems = [p for p in open_engagement(folder).problems if p.code not in said]
    for problem in problems:
        assert all("…}" not in line(problem, tongue) for tongue in LANGUAGES)
    return [p.code for p in problems if p.is_error or not errors]


def message(folder: Path, code: str, language: str = "ru") -> str:
    """Return the one message with a code."""
    (found,) = [p for p in open_engagement(folder).problems if p.code == code]
    return line(found, language)


def follow(folder: Path, code: str, language: str = "ru", *, other: str = "") -> None:
    """Write into engagement.toml what the message with a code says, to the letter.

    ``other``: take ``join_ids = false``, the second remedy.
    """
    options = dict.fromkeys(_OPTION.findall(message(folder, code, language)))
    file = folder / "engagement.toml"
    text = file.read_text("utf-8")
    for option, section in options:
        option = other or option
        if section in text:
            text = text.replace(section, f"{section}\n{option}")
        else:
            text += f"\n{section}\n{option}\n"
    assert options
    file.write_text(text, "utf-8")
