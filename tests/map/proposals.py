"""What map proposes for an engagement, as TOML would read it."""

import tomllib
from pathlib import Path

from workbook.batch.services import default_services
from workbook.commands.map_files import Mapped, map_engagement
from workbook.intake.tables import Intake, read_tables


def mapped(folder: Path, **options: object) -> Mapped:
    """Map an engagement folder."""
    load = default_services().load
    return map_engagement(folder, load(folder), load=load, **options)


def recipe(folder: Path, table: str) -> dict:
    """Map a folder and return what its engagement.toml says of a table afterwards."""
    mapped(folder)
    raw = tomllib.loads((folder / "engagement.toml").read_text("utf-8"))
    return raw.get("intake", {}).get(table, {})


def read(folder: Path) -> Intake:
    """Read the tables of an engagement."""
    return read_tables(default_services().load(folder))


def errors(folder: Path) -> list[str]:
    """Return the codes of the errors of an engagement's tables."""
    return [problem.code for problem in read(folder).problems if problem.is_error]
