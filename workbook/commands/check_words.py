"""What ``workbook check`` says to people: errors first, the rest counted, the verdict last."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from workbook.commands.check import Checked
from workbook.errors import Problem, Severity
from workbook.intake.aliases.alias_file import ALIASES, HEADINGS
from workbook.language.catalog import Texts, load_texts
from workbook.language.problems import line

_LIKELY = frozenset({"files_look_like", "files_together"})
_MAPPED = _LIKELY | {
    *("missing_column", "missing_columns", "not_in_choices", "files_not_tables", "unknown_file"),
}
"""Codes that ``workbook map`` helps with."""
_TOLD_BY_RUN = frozenset(
    {
        *("notes_repeated", "notes_answer_repeated", "actions_not_marked"),
        *("nothing_new", "earlier_by_date", "aliases_unmet"),
    }
)
"""Remarks that a run tells one by one, too: words of the last period, a plan without marks, rows
of the last period, a name that nobody has."""
_OF_BEFORE = _TOLD_BY_RUN | {"notes_paragraph_repeated"}
_ALWAYS = _LIKELY | _OF_BEFORE | {"unknown_file"}
"""Remarks that are always told: a file that is not read is missed by nobody else."""
_QUESTIONS = ("period_", "previous_", "ids_before_")
"""What codes of questions about a second period begin with; they are always told, too."""
_MOST_LINES = 20
"""Lines for aliases.csv that are told."""


def text_lines(checked: Checked, *, language: str = "", verbose: bool = False) -> list[str]:
    """Return the findings as lines for people, the verdict last.

    Parameters
    ----------
    language
        Of the lines; empty: that of the engagement.
    verbose
        List remarks and steps, which are counted otherwise.
    """
    texts = load_texts("check", language or checked.language)
    name = checked.folder.name
    told = [p for p in checked.problems if told_by_run(p) or p.code in _ALWAYS]
    lines = [*_listed(told, name, texts), *alias_lines(told)]
    rest = [p for p in checked.problems if p not in told]
    if rest:
        counts = counted(rest, texts)
        lines.append(counts if verbose else texts("counted", counts=counts))
    if verbose:
        lines += _listed([p for p in rest if not p.is_step], name, texts)
        lines += _listed([p for p in rest if p.is_step], name, texts)
    lines += [texts("marked", path=str(path)) for path in checked.marked or ()]
    return [*lines, *_verdict(checked, texts)]


def told_by_run(problem: Problem) -> bool:
    """Return whether a run tells a problem in words: an error or a question on periods."""
    asked = problem.code in _TOLD_BY_RUN or problem.code.startswith(_QUESTIONS)
    return problem.is_error or (asked and not problem.is_step)


def alias_lines(problems: Iterable[Problem]) -> list[str]:
    """Return the lines for aliases.csv that answer questions, its headings first."""
    said = (problem.facts.get("alias_lines", ()) for problem in problems)
    lines = [one for some in said if isinstance(some, tuple) for one in some]
    shown = [f"  {line}" for line in lines[:_MOST_LINES]]
    more = [f"  … ({len(lines)})"] if len(lines) > _MOST_LINES else []
    return [f"{ALIASES}:", f"  {HEADINGS}", *shown, *more] if lines else []


def counted(problems: Iterable[Problem], texts: Texts) -> str:
    """Return how many remarks and steps there are: "5 remarks, 3 steps of the recipe"."""
    steps = [problem.is_step for problem in problems]
    numbers = {"remarks": steps.count(False), "steps": steps.count(True)}
    return ", ".join(texts(f"phrases.{name}", n=n) for name, n in numbers.items() if n)


def _listed(problems: Sequence[Problem], name: str, texts: Texts) -> list[str]:
    """Return problems as lines, of several files or tables each under its heading."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(_group(problem), []).append(problem)
    if len(groups) < 2:
        return [f"{_word(p, texts)}: {name}: {line(p, texts.language)}" for p in problems]
    lines: list[str] = []
    for heading, members in groups.items():
        lines.append(f"{name}: {heading}")
        lines += [f"  {_word(p, texts)}: {line(p, texts.language, whole=False)}" for p in members]
    return lines


def _group(problem: Problem) -> str:
    """Return the heading of a problem: its file and sheet."""
    place = problem.place
    return f"{place.file} [{place.sheet}]" if place.sheet else place.file


def _word(problem: Problem, texts: Texts) -> str:
    return texts(f"severity.{problem.severity}")


def _verdict(checked: Checked, texts: Texts) -> list[str]:
    name = checked.id or checked.folder.name
    if checked.failure:
        return [texts("unfinished", name=name, failure=checked.failure)]
    folder = typed(checked.folder)
    if checked.is_good:
        unread = any(problem.code in _LIKELY for problem in checked.problems)
        lines = [texts("next_map", folder=folder)] if unread else []
        return [*lines, texts("ready", name=name, reports=", ".join(checked.diagnostics))]
    errors = checked.of(Severity.ERROR)
    lines = [
        texts("lacking", name=name, diagnostic=diagnostic, tables=", ".join(tables))
        for diagnostic, tables in checked.lacking.items()
    ]
    if any(problem.code in _MAPPED for problem in checked.problems):
        lines.append(texts("next_map", folder=folder))
    in_files = any(problem.place.file.startswith("data/") for problem in errors)
    if in_files and checked.marked is None:
        lines.append(texts("next_mark", folder=folder))
    return [*lines, texts("not_ready", name=name, n=len(errors))]


def typed(folder: Path) -> str:
    """Return a folder as a command takes it, from here."""
    here = Path.cwd()
    path = folder.relative_to(here) if folder.is_relative_to(here) else folder
    return f'"{path}"' if re.search(r"\s", str(path)) else str(path)
