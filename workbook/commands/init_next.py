"""What ``workbook init NEXT --from PREVIOUS`` does: the folder of the next period.

What holds from period to period is carried over, and nothing else: no data, no words of the last
report, no pattern of its file names.  What is of the last period's data and had to be carried is
named, for nobody else would notice.
"""

import os
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from workbook.commands.init import draft_engagement, quoted, write_engagement
from workbook.diagnostics import all_diagnostics
from workbook.engagement.brand_file import brand_files
from workbook.engagement.draft_file import DraftSettings, next_notes_text
from workbook.engagement.intake_section import section
from workbook.engagement.next_period import (
    CARRIED,
    CARRIED_FOLDERS,
    next_name,
    next_period,
    next_text,
    of_the_data,
)
from workbook.engagement.proposals import last_day
from workbook.engagement.settings import Engagement
from workbook.errors import InputError, UsageError
from workbook.intake.config_errors import FILE
from workbook.intake.files.container import MOST_BYTES
from workbook.intake.files.plain_file import is_there, names_in, read_plain
from workbook.intake.files.sources import (
    DATA,
    FORMS,
    READ_ELSEWHERE,
    WORKBOOK,
    find_sources,
    is_leftover,
)
from workbook.intake.files.toml_text import MOST_BYTES as MOST_TOML
from workbook.intake.schema_files import all_schemas
from workbook.report.notes import read_notes

Load = Callable[[Path], Engagement]
Plan = Callable[[Engagement], bytes]
"""Gives the action plan of an engagement as a workbook; empty where it has no step."""
ACTIONS = "notes/actions.xlsx"


def init_next(
    folder: Path, previous: Path, *, load: Load, plan: Plan, said: Mapping[str, str]
) -> list[str]:
    """Make the engagement of the next period and return what the consultant is told.

    Raises
    ------
    UsageError
        When the period has no known form and none is said, or the folder cannot be written.
    InputError
        When engagement.toml of the period before cannot be used.
    """
    before = load(previous)
    settings = _settings(before, said)
    text = read_plain(previous, FILE, most=MOST_TOML).decode("utf-8-sig")
    way = PurePosixPath(Path(os.path.relpath(previous.resolve(), folder.resolve())).as_posix())
    try:
        made = next_text(text, period=settings.period, as_of=settings.as_of, previous=way)
    except ValueError as failure:
        raise UsageError(f"{previous / FILE} cannot be carried over: {failure}") from failure
    files = {**draft_engagement(settings), **_notes(before), **_carried(previous, text)}
    files[FILE] = made.encode("utf-8")
    write_engagement(folder, files)
    steps = _Steps(folder=folder, before=before, settings=settings)
    return steps.told(text, _with_plan(folder, before, plan))


def _settings(before: Engagement, said: Mapping[str, str]) -> DraftSettings:
    for name in ("client", "currency"):
        if name in said:
            raise UsageError(f"--{name}: the next period has that of the one before")
    period = said.get("period") or next_period(before.period)
    if not period:
        raise UsageError(f"what follows {before.period}? Say it with --period")
    as_of = _day(said.get("as_of")) or last_day(period)
    if as_of is None:
        raise UsageError(f"what is the last day of {period}? Say it with --as-of 2025-12-31")
    if as_of <= before.as_of:
        raise UsageError(
            f"{period} ends on {as_of.isoformat()}, and {before.period} was as of "
            f"{before.as_of.isoformat()}: say a later period with --period, or --as-of"
        )
    return DraftSettings(
        id=before.id,
        client=before.client,
        language=before.language,
        currency=before.currency,
        period=period,
        as_of=as_of,
    )


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--as-of: {text} is no day; write it as 2025-12-31") from None


def _notes(before: Engagement) -> dict[str, bytes]:
    """Return drafts of the notes in which the last period's page 2 stands as comments."""
    found: dict[str, bytes] = {}
    for one in all_diagnostics():
        front = ""
        with suppress(InputError):
            front = read_notes(before.folder, one.name).front
        text = next_notes_text(before.language, period=before.period, front=front)
        found[f"notes/{one.name}.md"] = text.encode("utf-8")
    return found


def _carried(previous: Path, text: str) -> dict[str, bytes]:
    """Return the consultant's own files that hold on: presets, questionnaires, frames, logo,
    templates.
    """
    names = [name for name in CARRIED if is_there(previous, name)]
    for subfolder, ending in CARRIED_FOLDERS.items():
        found, _ = names_in(previous, subfolder)
        names += [f"{subfolder}/{name}" for name in found if name.endswith(ending)]
    names += brand_files(previous, section(tomllib.loads(text), "brand"))
    found_files: dict[str, bytes] = {}
    for name in dict.fromkeys(names):
        with suppress(InputError):  # check of the period before tells of it
            found_files[name] = read_plain(previous, name, most=MOST_BYTES)
    return found_files


def _with_plan(folder: Path, before: Engagement, plan: Plan) -> str:
    """Write the last period's action plan and return what is said of it."""
    try:
        content = plan(before)
    except InputError as failure:
        first = failure.problems[0].place.file if failure.problems else ""
        return f"could not be made, {before.period} has errors ({first}): run workbook check there"
    except Exception as failure:  # the new engagement is good without it
        return f"could not be made ({type(failure).__name__})"
    if not content:
        return ""
    write_engagement(folder, {ACTIONS: content})
    return "written"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Steps:
    """What a consultant is told of the folder of a next period."""

    folder: Path
    before: Engagement
    settings: DraftSettings

    def told(self, text: str, plan: str) -> list[str]:
        """Return the lines.

        Parameters
        ----------
        text
            engagement.toml of the period before.
        plan
            What became of its action plan; empty where it has none.
        """
        folder, before, settings = self.folder, self.before, self.settings
        own = {d.name: d.of_the_data for d in all_diagnostics()}
        begin = f"{folder}: {before.client}, {settings.period}"
        steps = [
            [f"look through {folder / FILE}; recipes and options are those of {before.period}"]
            + [f"  of the data of {before.period}: {said}" for said in of_the_data(text, own)],
            [f"put the client's new files into {folder / DATA}; in {before.period} there were:"]
            + [f"  {line}" for line in _expected(before)]
            + [f"if headings or names of files have changed, run: workbook map {quoted(folder)}"],
            *self._marks(plan),
            [f"run: workbook check {quoted(folder)}", *self._coding()],
        ]
        return [
            f"{begin} (as of {settings.as_of.isoformat()}), after {before.period}",
            *(
                f"  {n}. {line}" if first else f"     {line}"
                for n, step in enumerate(steps, 1)
                for first, line in _firsts(step)
            ),
        ]

    def _coding(self) -> Iterator[str]:
        """Say what becomes of codings: they are read where they lie."""
        names, _ = names_in(self.before.folder, "coding")
        if any(name.startswith("loyalty") for name in names):
            yield (
                f"open answers worded as in {self.before.period} are coded already; a run leaves "
                "the rest in internal/coding_loyalty.xlsx"
            )

    def _marks(self, plan: str) -> Iterator[list[str]]:
        place = self.folder / ACTIONS
        if plan == "written":
            yield [f"mark what was done of the last plan (yes or no): {place}"]
        elif plan:
            yield [f"the last plan, {place}, {plan}"]


def _firsts(lines: Iterable[str]) -> Iterator[tuple[bool, str]]:
    return ((place == 0, line) for place, line in enumerate(lines))


def _expected(before: Engagement) -> list[str]:
    """Return the files of the period before by table, as they are expected again."""
    claims = {table: said.files for table, said in before.intake.tables.items() if said.files}
    sources, _ = find_sources(before.folder, all_schemas(), claims)
    found: dict[str, list[str]] = {}
    for source in sources:
        table = source.table or WORKBOOK
        claimed = [next_name(pattern) for pattern in claims.get(table, ())]
        found.setdefault(table, []).extend(claimed or [source.path.name])
    names, _ = names_in(before.folder, DATA)
    others = [name for name in names if name in READ_ELSEWHERE]
    forms = [name for name in names_in(before.folder, FORMS)[0] if not is_leftover(name)]
    others += [f"filled forms in {FORMS}: {len(forms)}"] if forms else []
    return [f"{t}: {', '.join(dict.fromkeys(of))}" for t, of in sorted(found.items())] + others
