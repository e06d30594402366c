"""What ``workbook map`` does: recipes for the client's columns, written into engagement.toml."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbook.commands.since_previous import differences_told
from workbook.engagement.added_recipe import CannotAddError, lacking, with_recipe
from workbook.engagement.preset_options import presets_of
from workbook.engagement.settings import Engagement
from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.plain_file import read_plain
from workbook.intake.files.sources import WORKBOOK
from workbook.intake.files.toml_text import MOST_BYTES
from workbook.intake.guess.building import proposed
from workbook.intake.guess.candidates import is_complete
from workbook.intake.guess.choosing import chosen
from workbook.intake.guess.grid import Grid
from workbook.intake.guess.proposal import Facts, Proposal
from workbook.intake.guess.read_grids import read_grids
from workbook.intake.guess.recipe_text import recipe_text
from workbook.intake.table import InputTable
from workbook.intake.tables import Intake, read_tables
from workbook.language.catalog import Texts, load_texts
from workbook.language.languages import language_of
from workbook.language.nearest import plain
from workbook.report.whole_file import write_whole

CONFIGURATION = "engagement.toml"


@dataclass(slots=True, kw_only=True)
class Mapped:
    """What was proposed for one engagement."""

    folder: Path
    lines: list[str] = field(default_factory=list)
    """What is told, a line each."""
    text: str = ""
    """The sections that are proposed, as they are or would be added."""
    columns: int = 0
    unsure: int = 0
    changed: bool = False


def map_engagement(
    folder: Path,
    engagement: Engagement,
    *,
    load: Callable[[Path], Engagement],
    only: Collection[str] = (),
    write: bool = True,
) -> Mapped:
    """Propose recipes for the files of an engagement and write them into engagement.toml.

    Parameters
    ----------
    load
        Reads engagement.toml of the period before.
    only
        These tables; empty: all.
    write
        False: only say what would be written.
    """
    say = load_texts("map", engagement.language)
    with BookReader() as books:
        intake = read_tables(engagement, books=books)
        grids = read_grids(folder, engagement.language, books)
    mapped = Mapped(folder=folder)
    ready = _ready(intake)
    for table in ready:
        if not only or table in only:
            mapped.lines.append(say("map.told.ready", table=table))
    proposals, unknown = proposals_for(engagement, grids, ready, only=only, say=say)
    data = read_plain(folder, CONFIGURATION, most=MOST_BYTES).decode("utf-8-sig")
    text = data
    for proposal in proposals:
        text = _take(mapped, proposal, text, engagement, say)
    sources = {t: (one.file.removeprefix("data/"), one.sheet) for t, one in ready.items()}
    sources |= {one.table: one.sources[0] for one in proposals}
    sources = {table: one for table, one in sources.items() if not only or table in only}
    mapped.lines += differences_told(engagement, sources, grids, load=load, say=say)
    mapped.lines += [say("map.told.unknown", file=_name(grid)) for grid in unknown]
    if text != data:
        mapped.changed = True
        if write:
            write_whole(folder / CONFIGURATION, text.encode("utf-8"))
    if mapped.changed or mapped.columns:
        counts = {"columns": mapped.columns, "unsure": mapped.unsure}
        mapped.lines.append(say("map.told.next", folder=str(folder), **counts))
    elif not mapped.lines:
        mapped.lines.append(say("map.told.nothing"))
    return mapped


def proposals_for(
    engagement: Engagement,
    grids: Collection[Grid],
    ready: Mapping[str, InputTable],
    *,
    only: Collection[str] = (),
    say: Texts,
) -> tuple[list[Proposal], tuple[Grid, ...]]:
    """Return a proposal for every table that is not ready, and files that hold none."""
    facts = Facts(
        language=engagement.language,
        currency=engagement.currency,
        as_of=engagement.as_of,
        client=engagement.client,
        dotted_days=language_of(engagement.language).files.dotted_days,
    )
    named = {t: said.files for t, said in engagement.intake.tables.items() if said.files}
    asked = [grid for grid in grids if not _is_read(grid, ready)]
    presets = presets_of(engagement.folder)
    found = chosen(
        asked,
        ready={table: one.file for table, one in ready.items()},
        named=named,
        presets=presets,
        only=only,
    )
    product = say("map.all_products")
    files = sorted({grid.file for grid in grids})
    made = [
        proposed(parts, facts, files=files, product=product, presets=presets)
        for parts in found.tables.values()
    ]
    return made, found.unknown if not only else ()


def _ready(intake: Intake) -> dict[str, InputTable]:
    """Return the tables that are read as they are, without an error in their file."""
    return {
        name: table
        for name, table in intake.tables.items()
        if is_complete(name, list(table.frame.columns))
        and not any(
            problem.is_error
            and problem.place.file == table.file
            and problem.place.sheet in ("", table.sheet)
            for problem in intake.problems
        )
    }


def _is_read(grid: Grid, ready: Mapping[str, InputTable]) -> bool:
    own = [table for table in ready.values() if table.file == f"data/{grid.file}"]
    if plain(Path(grid.file).stem) == WORKBOOK:
        own = [table for table in own if table.sheet == grid.sheet]
    return bool(own)


def _name(grid: Grid) -> str:
    return f"data/{grid.file}" + (f" ({grid.sheet})" if grid.sheet and grid.several else "")


def _take(mapped: Mapped, proposal: Proposal, text: str, engagement: Engagement, say: Texts) -> str:
    """Add one proposal to the text of engagement.toml and to what is told."""
    own = engagement.intake.tables.get(proposal.table)
    rest = proposal if own is None else lacking(proposal, own)
    try:
        added = with_recipe(text, rest, say)
    except CannotAddError:
        mapped.lines += [say("map.told.by_hand"), recipe_text(rest, say)]
        return text
    if not added.keys:
        mapped.lines.append(say("map.told.complete", table=proposal.table))
        return text
    mapped.text += recipe_text(rest, say) + "\n"
    columns = len(rest.columns) + len(rest.by_preset)
    mapped.columns += columns
    mapped.unsure += rest.unsure
    if own is None:
        facts = {"columns": columns, "unsure": rest.unsure}
        sources = ", ".join(dict.fromkeys(file for file, _ in proposal.sources[:4]))
        line = say("map.told.mapped", table=proposal.table, sources=sources, **facts)
    else:
        line = say("map.told.added", table=proposal.table, keys=", ".join(added.keys))
    mapped.lines.append(line)
    return added.text
