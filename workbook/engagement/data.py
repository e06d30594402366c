"""One engagement read whole: configuration, tables of now and before, and every problem."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from workbook.diagnostics import NAMES, diagnostic_named, param_types
from workbook.diagnostics.diagnostic import AnyDiagnostic
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.outline import AnyOutline
from workbook.diagnostics.periods.rows import (
    Dealt,
    PeriodTables,
    dealt_out,
    tables_that_differ,
)
from workbook.diagnostics.verbatims import Verbatims
from workbook.engagement.engagement_file import load_engagement
from workbook.engagement.kept_data import kept_of
from workbook.engagement.ledger_rules import ledger_rules
from workbook.engagement.settings import Engagement
from workbook.engagement.timeline import (
    Earlier,
    chained,
    dealt_problems,
    earlier_periods,
    equal_windows,
)
from workbook.engagement.whatif_names import manager_under_pseudonym, with_manager
from workbook.errors import InputError, Location, Problem, Severity
from workbook.forms.engagement_forms import is_form, read_with_forms
from workbook.intake.aliases.alias_file import ALIASES
from workbook.intake.aliases.renaming import Key, alias_problems, names_in_tables
from workbook.intake.anonymity.pseudonyms import Anonymity, anonymity_of
from workbook.intake.anonymity.told_problems import without_values
from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.own_files import Expected, beside_it, own_file_problems
from workbook.intake.glyph_checks import boxed_texts
from workbook.intake.problems import each_once
from workbook.intake.table import InputTable
from workbook.intake.tables import FileRead, Intake, as_files_show
from workbook.report.logo_setting import logo_problems
from workbook.report.notes import FOLDER as NOTES
from workbook.report.notes import read_notes
from workbook.report.own_chapters import chapter_problems
from workbook.report.own_words import shape_problems


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementData:
    """What every diagnostic of an engagement starts from."""

    engagement: Engagement
    intake: Intake
    inputs: Inputs
    own: Mapping[str, tuple[Problem, ...]]
    """What each diagnostic that was asked for found in the files that only it reads (codings,
    taxonomies, notes), and what only it can see in its tables."""
    look: tuple[Problem, ...] = ()
    """What is wrong with the logo and with the manager of [whatif], and which of the consultant's
    files are not read."""
    comparison: tuple[Problem, ...]
    """Warnings about the previous engagement."""
    against: str
    """Period of the previous engagement; empty without a usable one."""
    named: tuple[Problem, ...] = ()
    """Commentaries that name somebody, and remarks on the firm's files: what is told to nobody but
    the consultant."""
    anonymity: Anonymity | None = None
    """Its pseudonyms, under which its tables are; None in an engagement with names."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything found, errors and warnings."""
        own = (p for problems in self.own.values() for p in problems)
        found = (*self.intake.problems, *self.comparison, *self.look, *self.named, *own)
        return tuple(each_once(found))

    def problems_of(self, diagnostic: AnyDiagnostic | AnyOutline) -> tuple[Problem, ...]:
        """Return what concerns one diagnostic: its tables and files, and what all share.

        As its report tells it: under pseudonyms no cell is quoted.
        """
        others = {
            place
            for t in self.tables.values()
            if t.name not in diagnostic.tables
            for place in t.places
        } - {
            place for t in self.tables.values() if t.name in diagnostic.tables for place in t.places
        }
        read = [
            p
            for p in self.intake.problems
            if (p.place.file, p.place.sheet) not in others and self._feeds(p.place.file, diagnostic)
        ]
        compared = [p for p in self.comparison if self._concerns(p, diagnostic)]
        found = (*read, *compared, *self.look, *self.own.get(diagnostic.name, ()))
        return tuple(each_once(map(self._told, found)))

    @staticmethod
    def _concerns(problem: Problem, diagnostic: AnyDiagnostic | AnyOutline) -> bool:
        """Return whether a remark on earlier periods is about what a diagnostic reads."""
        asked = problem.facts.get("diagnostic")
        if asked:
            return diagnostic.joins or asked == diagnostic.name
        return str(problem.facts.get("table", "")) in ("", *diagnostic.tables)

    def _feeds(self, file: str, diagnostic: AnyDiagnostic | AnyOutline) -> bool:
        """Return whether a diagnostic reads what a file gives, if that is a filled form."""
        fed = [read.tables for read in self.intake.files if read.file == file]
        tables = {table for names in fed for table in names} or {"answers"}
        return not is_form(file) or not tables.isdisjoint(diagnostic.tables)

    def file_name(self, file: str) -> str:
        """Return what a report calls a file: a filled form may be named after a person."""
        hidden = self.anonymity is not None and is_form(file)
        return self.anonymity.form_name(file) if self.anonymity and hidden else file

    def _told(self, problem: Problem) -> Problem:
        return without_values(problem, self.file_name) if self.anonymity else problem

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems that stop every report."""
        return tuple(p for p in self.problems if p.is_error)

    @property
    def tables(self) -> Mapping[str, InputTable]:
        """The tables that were read, by name."""
        return self.intake.tables

    @property
    def files(self) -> tuple[FileRead, ...]:
        """The files that were read."""
        return self.intake.files

    @property
    def data_hash(self) -> str:
        """One hash over the files that were read."""
        return hash_of(self.intake.files)


def hash_of(files: Sequence[FileRead]) -> str:
    """Return one SHA-256 over names and hashes of files, whatever their order."""
    digest = hashlib.sha256()
    for read in sorted(files, key=lambda f: f.file):
        digest.update(f"{read.file}\0{read.sha256}\n".encode())
    return digest.hexdigest()


def open_engagement(folder: Path, only: Sequence[str] = ()) -> EngagementData:
    """Read an engagement folder, or take what the run that made this process has read of it.

    How that comes here is told in :mod:`workbook.engagement.kept_data`; ``only`` is as
    :func:`read_engagement` has it.

    Raises
    ------
    InputError
        When engagement.toml itself cannot be used.  Problems of the tables do not raise: they
        are in :attr:`EngagementData.problems`.
    """
    return kept_of(folder) or read_engagement(load_engagement(folder, param_types()), only)


def read_engagement(engagement: Engagement, only: Sequence[str] = ()) -> EngagementData:
    """Read the tables of an engagement and of the previous one, and check them.

    Parameters
    ----------
    only
        Names of the diagnostics that are asked for; by default those of engagement.toml, or all.

        Every table that is there is read and checked, whoever needs it: an error in one stops
        every report.  What a diagnostic alone looks at is checked for those asked for: a
        misspelt taxonomy of churn reasons does not stop a run of loyalty, and is not told.
    """
    asked = tuple(only) or engagement.diagnostics
    with BookReader() as books:
        intake = read_with_forms(engagement, books=books)
        earlier, problems = earlier_periods(engagement, intake, books)
    intake = replace(
        intake,
        problems=(
            *intake.problems, *boxed_texts(intake.tables), *_alias_problems(intake, earlier),
        ),
    )  # fmt: skip
    engagement, misnamed = with_manager(engagement, intake.tables)
    engagement = replace(engagement, before=chained(earlier))
    own = {
        d.name: (
            *as_files_show(d.check(engagement, intake.tables), intake.tables),
            *shape_problems(engagement.folder, d.name, engagement.earlier_folders),
            *_chapter_problems(engagement, d),
        )
        for d in (diagnostic_named(name) for name in NAMES if name in asked or not asked)
    }
    anonymity = None
    if engagement.anonymise:  # whatever is looked at from here on has no names
        anonymity = anonymity_of(
            engagement,
            [intake.tables, *(one.tables for one in earlier)],
            [intake.aliases, *(one.aliases for one in earlier)],
        )
        intake = replace(intake, tables=anonymity.tables(intake.tables))
        earlier = tuple(replace(one, tables=anonymity.tables(one.tables)) for one in earlier)
        engagement = manager_under_pseudonym(engagement, anonymity)
    inputs, dealt = _timeline(engagement, intake.tables, earlier, anonymity)
    if earlier:
        until = earlier[0].engagement.as_of
        problems = (*problems, *dealt_problems(dealt, intake.tables, until))
    if not any(problem.is_error for problem in intake.problems):
        _ = inputs.ledger  # made here, once, and kept with the tables
    return EngagementData(
        engagement=engagement,
        intake=intake,
        inputs=inputs,
        own=own,
        look=(
            *misnamed,
            *logo_problems(engagement),
            *own_file_problems(engagement.folder, _own_files()),
            *beside_it(engagement.folder, ALIASES),
        ),
        comparison=problems,
        against=engagement.before.period if engagement.before else "",
        named=(
            *engagement.remarks,
            *(_named_in_notes(engagement, own, anonymity) if anonymity else ()),
        ),
        anonymity=anonymity,
    )


def _chapter_problems(engagement: Engagement, one: AnyDiagnostic) -> tuple[Problem, ...]:
    """Return what is wrong with the chapters that [report.<diagnostic>] names."""
    shape = engagement.shapes.get(one.name)
    if shape is None:
        return ()
    return tuple(chapter_problems(shape, one.name, one.report().chapters))


def _alias_problems(intake: Intake, earlier: Sequence[Earlier]) -> Iterator[Problem]:
    """Return what the aliases did over all periods."""
    rows: Counter[Key] = Counter(intake.renamed)
    for one in earlier:
        rows.update(one.renamed)
    several = [intake.tables, *(one.tables for one in earlier)]
    return alias_problems(intake.aliases, rows, names_in_tables(several))


def _named_in_notes(
    engagement: Engagement, names: Iterable[str], anonymity: Anonymity
) -> tuple[Problem, ...]:
    """Return a warning of each commentary that names whom the tables name."""
    found: list[Problem] = []
    for name in names:
        text = ""
        with suppress(InputError):  # told by their own check
            text = read_notes(engagement.folder, name).text
        if anonymity.notes(text) != text:
            place = Location(file=f"{NOTES}/{name}.md")
            found.append(
                Problem(code="notes_name_somebody", place=place, severity=Severity.WARNING)
            )
    return tuple(found)


def _own_files() -> Mapping[str, Expected]:
    """Return what the consultant may put beside the data, by folder."""
    notes = tuple(f"{name}.md" for name in NAMES)
    return {
        "notes": Expected(patterns=(*notes, "actions.xlsx"), examples=(*notes, "actions.xlsx")),
        "coding": Expected(
            patterns=("loyalty*.xlsx", "loyalty*.csv", "code_frame.yaml"),
            examples=("loyalty.xlsx", "code_frame.yaml"),
        ),
        "questionnaires": Expected(patterns=("*.yaml",), examples=()),
        "presets": Expected(patterns=("*.toml",), examples=()),
    }


def _timeline(
    engagement: Engagement,
    tables: Mapping[str, InputTable],
    earlier: Sequence[Earlier],
    anonymity: Anonymity | None,
) -> tuple[Inputs, tuple[Dealt, ...]]:
    """Return what is computed from, each period with its own rows, the earlier ones in it."""
    periods = [(engagement, tables), *((one.engagement, one.tables) for one in earlier)]
    frames, dealt = dealt_out(
        [PeriodTables(label=e.period, as_of=e.as_of, tables=_frames(found)) for e, found in periods]
    )
    windows = equal_windows([e.as_of for e, _ in periods])
    rules, verbatims = ledger_rules(engagement), _verbatims(engagement, anonymity)
    made: Inputs | None = None
    for (own, _), rows, window in reversed(list(zip(periods, frames, windows, strict=True))):
        made = replace(
            _inputs(own, rows),
            previous=made,
            since=made.as_of if made else None,
            before=made.as_of if made and engagement.compare == "period" else None,
            window=window,
            rules=rules,
            verbatims=verbatims,
        )
    assert made is not None
    if made.previous is not None:
        was = _as_made(made.previous, earlier)
        made = replace(made, previous=replace(made.previous, as_made=was))
    return made, dealt


def _as_made(compared: Inputs, earlier: Sequence[Earlier]) -> Inputs | None:
    """Return the last period as its own report had it; None where nothing is other today.

    It knew no later file: neither the rows that later files add to its own nor those that they
    take out of them.
    """
    own = earlier[0].engagement.as_made or earlier[0].engagement
    frames, _ = dealt_out(
        [
            PeriodTables(
                label=e.engagement.period, as_of=e.engagement.as_of, tables=_frames(e.tables)
            )
            for e in earlier
        ]
    )
    others = tables_that_differ(frames[0], compared.tables)
    rules = ledger_rules(own)
    same_rules = rules == compared.rules
    if not others and same_rules and own.anonymity_threshold == compared.anonymity_threshold:
        return None
    tables = {n: f for n, f in compared.tables.items() if n not in others}
    return replace(
        compared,
        tables=tables | {n: frames[0][n] for n in others if n in frames[0]},
        rules=rules,
        anonymity_threshold=own.anonymity_threshold,
    )


def _frames(tables: Mapping[str, InputTable]) -> dict[str, pd.DataFrame]:
    return {name: table.frame.rename_axis(index=None) for name, table in tables.items()}


def _inputs(engagement: Engagement, frames: Mapping[str, pd.DataFrame]) -> Inputs:
    return Inputs(
        tables=frames,
        as_of=engagement.as_of,
        language=engagement.language,
        anonymity_threshold=engagement.anonymity_threshold,
        label=engagement.period,
    )


def _verbatims(engagement: Engagement, anonymity: Anonymity | None) -> Verbatims:
    """Return whether and how free text may be shown."""
    if anonymity is None:
        return Verbatims()
    told = engagement.anonymise == "scrub"
    return Verbatims(told=told, names=anonymity.names, coded=anonymity.reason)
