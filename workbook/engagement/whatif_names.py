"""The manager that [whatif] names: as the tables spell him."""

from collections.abc import Mapping
from dataclasses import replace

from workbook.diagnostics.cells import texts
from workbook.engagement.settings import Engagement
from workbook.errors import Problem
from workbook.intake.anonymity.pseudonyms import Anonymity
from workbook.intake.config_errors import place
from workbook.intake.problems import error, listed
from workbook.intake.schema_files import load_schema
from workbook.intake.table import InputTable
from workbook.language.lemmas import bare
from workbook.language.nearest import nearest

_TABLES = ("customers", "sales")
_KEY = "whatif.manager.manager"
_MOST_NAMED = 10


def with_manager(
    engagement: Engagement, tables: Mapping[str, InputTable]
) -> tuple[Engagement, list[Problem]]:
    """Return the engagement with its manager as the tables spell him, or what is wrong with him.

    Where no table names managers there is nothing to look for: the page is left out.
    """
    asked = engagement.whatif.manager
    frames = [tables[name].frame for name in _TABLES if name in tables]
    names = sorted({name for frame in frames for name in texts(frame, "manager").unique()} - {""})
    if asked is None or not asked.manager or not names or asked.manager in names:
        return engagement, []
    same = [name for name in names if bare(name) == bare(asked.manager)]
    if same:
        return _led_by(engagement, same[0]), []
    facts = {"nearest": nearest(asked.manager, names), "known": listed(names, _MOST_NAMED)}
    return engagement, [error("whatif_manager", place(_KEY), asked.manager, **facts)]


def manager_under_pseudonym(engagement: Engagement, anonymity: Anonymity) -> Engagement:
    """Return the engagement with the pseudonym of its manager, once his name is looked up."""
    asked = engagement.whatif.manager
    column = next(c for c in load_schema("sales").columns if c.name == "manager")
    if asked is None or asked.manager not in anonymity.codes[column.identifies].known:
        return engagement
    return _led_by(engagement, anonymity.of(asked.manager, column))


def _led_by(engagement: Engagement, name: str) -> Engagement:
    asked = engagement.whatif.manager
    found = None if asked is None else replace(asked, manager=name)
    return replace(engagement, whatif=replace(engagement.whatif, manager=found))
