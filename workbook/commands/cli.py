"""The command ``workbook``.  Everything heavy is imported by the command that needs it."""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

import click

from workbook import __version__
from workbook.batch import interruption
from workbook.commands.base import base
from workbook.commands.terminal import ReaderGoneError, open_screens, tell
from workbook.errors import InputError, RunError, WorkbookError
from workbook.language.languages import LANGUAGES

_folders = click.argument(
    "folders", metavar="DIR...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
_out = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports"),
    show_default=True,
    help="Folder of all output.",
)

_lang = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help="Of what is said of the input; by default the language of each engagement.",
)

_form = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)


class _Commands(click.Group):
    """Commands that answer a misspelt name with the nearest."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments begin with."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="workbook")
def cli() -> None:
    """Turn clients' files into consulting reports.

    DIR is an engagement folder (it holds engagement.toml), or a folder of such folders.
    Exit codes: 0 all well, 1 some of several failed, 2 wrong usage, 3 bad input, 4 a report
    could not be made.
    """


def _names(context: click.Context, option: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Split a comma-separated option, each name once."""
    parts = [part.strip() for part in (value or "").split(",")]
    return tuple(dict.fromkeys(part for part in parts if part))


def _formats(context: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    from workbook.batch.formats import FORMATS, OFFICE_FORMATS
    from workbook.batch.office_libraries import check_office_libraries
    from workbook.batch.select_diagnostics import check_names

    names = _names(context, option, value)
    if not names:
        raise click.BadParameter("name at least one format")
    known = (*FORMATS, *OFFICE_FORMATS)
    check_names(names, known, "--formats")
    check_office_libraries(names)
    return tuple(fmt for fmt in known if fmt in names)


def _scheduler(context: click.Context, option: click.Parameter, value: str) -> str:
    from workbook.batch.scheduler_address import check_address

    if value:
        check_address(value)
    return value


@cli.command()
@_folders
@click.option("--only", metavar="NAME,...", callback=_names, help="These diagnostics only.")
@click.option(
    "--formats",
    metavar="html,pdf,xlsx,json,pptx,docx",
    default="html,pdf,xlsx,json",
    callback=_formats,
    help="Kinds of file to make; by default all but pptx and docx.",
)
@_out
@click.option("--force", is_flag=True, help="Make reports that are up to date again.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first that fails.")
@click.option("--dry-run", is_flag=True, help="Say what would be made; write nothing.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    help="Reports at once; by default as many as cores and memory allow.",
)
@click.option(
    "--engine",
    type=click.Choice(["warm", "papermill"]),
    default="warm",
    show_default=True,
    help="How notebooks are run: in processes forked from a prepared one, or in plain kernels.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    default="",
    callback=_scheduler,
    help="Have the work done by the workers of a Dask cluster (tcp://HOST:8786).",
)
@_form
@_lang
def run(
    folders: tuple[Path, ...],
    jobs: int | None,
    engine: str,
    scheduler: str,
    form: str,
    lang: str | None,
    **options: Any,
) -> None:
    """Make the reports of engagements; what is up to date is passed over.

    What came of each is kept in run.json in the folder of all output, for other programs;
    --format json prints the same.
    """
    from workbook.batch.find_engagements import engagement_folders, expected
    from workbook.batch.forked_process import ForkedProcesses

    engagements, processes = engagement_folders(folders), ForkedProcesses()
    ahead = expected(engagements, options["only"], options["out"])
    if ahead.is_sure and engine == "warm" and not (scheduler or options["dry_run"]):
        processes.start_ahead(ahead)  # they import while this process does

    from workbook.batch.capacity import default_jobs
    from workbook.batch.prepared_engagement import RunOptions
    from workbook.batch.services import default_services
    from workbook.commands.run import run as make

    asked = RunOptions(**options)
    services = default_services(engine, scheduler, ahead, processes)
    jobs, language = jobs or default_jobs(), lang or ""
    code = make(engagements, asked, services, jobs=jobs, form=form, language=language)
    raise SystemExit(code)


@cli.command()
@_folders
@_form
@click.option("-v", "--verbose", is_flag=True, help="List remarks and steps, not errors only.")
@click.option(
    "--mark",
    metavar="[FOLDER]",
    is_flag=False,
    flag_value="",
    help="Write copies of the files with their problems marked; by default into DIR/marked.",
)
@_out
@_lang
def check(
    folders: tuple[Path, ...],
    form: str,
    verbose: bool,
    mark: str | None,
    out: Path,
    lang: str | None,
) -> None:
    """Name every problem of the input at once; make nothing.

    What was found is kept with the engagement's reports, where it has any, and is told again at
    once while nothing has changed.
    """
    from workbook.batch.find_engagements import engagement_folders
    from workbook.batch.services import default_services
    from workbook.commands.check import (
        Checked,
        check_engagement,
        exit_code,
        to_json,
        with_marked_copies,
    )
    from workbook.commands.check_words import text_lines

    services = default_services()
    language = lang or ""
    checked: list[Checked] = []
    engagements = engagement_folders(folders)
    for folder in engagements:
        found = check_engagement(folder, services, out)
        if mark is not None:
            within = folder.name if len(engagements) > 1 else ""
            found = with_marked_copies(found, services, Path(mark) / within if mark else None)
        checked.append(found)
        if form == "text":
            tell("\n".join(text_lines(found, language=language, verbose=verbose)))
    if form == "json":
        tell(to_json(checked, language))
    raise SystemExit(exit_code(checked))


@cli.command("map")
@_folders
@click.option("--print", "shows", is_flag=True, help="Only show the recipe; write nothing.")
@click.option("--table", "tables", metavar="NAME,...", callback=_names, help="These tables only.")
def map_(folders: tuple[Path, ...], shows: bool, tables: tuple[str, ...]) -> None:
    """Propose a recipe for the client's own columns.

    It is written into engagement.toml ([intake.<table>]), where comments are kept and unsure
    lines are marked with a question mark; it is at work at once.
    """
    from workbook.batch.find_engagements import engagement_folders
    from workbook.batch.select_diagnostics import check_names
    from workbook.batch.services import default_services
    from workbook.commands.map_files import map_engagement
    from workbook.intake.schema_files import all_schemas
    from workbook.language.problems import line

    check_names(tables, tuple(all_schemas()), "--table")
    services = default_services()
    every, failed = engagement_folders(folders), False
    for folder in every:
        try:
            engagement = services.load(folder)
            mapped = map_engagement(
                folder, engagement, load=services.load, only=tables, write=not shows
            )
        except InputError as error:
            if len(every) == 1:
                raise
            for problem in error.problems:
                tell(f"{folder.name}: {line(problem, 'en')}", err=True)
            failed = True
            continue
        if shows and mapped.text:
            tell(mapped.text)
        for told in mapped.lines:
            tell(told if len(every) == 1 else f"{folder.name}: {told}", err=shows)
    raise SystemExit(int(failed))


@cli.command()
@click.argument("folders", metavar="[DIR...]", nargs=-1, type=click.Path(path_type=Path))
@_out
@_form
def status(folders: tuple[Path, ...], out: Path, form: str) -> None:
    """Say what is made, stale, failed or not made yet."""
    from workbook.batch.find_engagements import engagement_folders
    from workbook.batch.services import default_services
    from workbook.commands.status import status_of, status_of_output, to_json

    if folders:
        states = status_of(engagement_folders(folders), out, default_services())
    else:
        states = status_of_output(out)
    if form == "json":
        tell(to_json(states))
        return
    for state in states:
        reason = f": {state.reason}" if state.reason else ""
        tell(f"{state.name} {state.diagnostic or 'all reports'}: {state.state}{reason}")
    if not states:
        tell(f"nothing has been made in {out}", err=True)


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--only", metavar="NAME,...", callback=_names, help="These diagnostics only.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of all output; by default one that is removed at the end.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Of the page on this machine; by default any that is free.",
)
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
@_lang
def watch(folder: Path, only: tuple[str, ...], lang: str | None, **options: Any) -> None:
    """Show the reports while you work: a saved file makes those anew that it touches.

    The page is for browsers of this machine alone and tells problems of the input as they appear.
    Ctrl-C ends it.
    """
    from dataclasses import replace

    from workbook.batch.find_engagements import engagement_folders, expected
    from workbook.batch.services import DEFAULT_ENGINE, default_services
    from workbook.commands.watch import watch as follow

    (engagement, *others) = engagement_folders([folder])
    if others:
        raise click.UsageError(f"one engagement only; {folder} holds {1 + len(others)}")
    many = replace(expected([engagement], only), reports=())  # made again and again
    services = default_services(DEFAULT_ENGINE, "", many)
    code = follow(engagement, services, only=only, language=lang or "", **options)
    raise SystemExit(code)


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "file",
    metavar="FILE.zip",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file; by default beside the folder client, called after id and period.",
)
@click.option(
    "--reports",
    "out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports"),
    show_default=True,
    help="Folder of all output.",
)
@click.option("--draft", is_flag=True, help="Pack a draft as well.")
@click.option(
    "--names", "titled", is_flag=True, help="Call files after the titles of their reports."
)
def pack(folder: Path, **options: Any) -> None:
    """Make one file of what the client gets, and print a covering text.

    The ZIP holds the page of links, every report and a PDF of all; nothing internal.  The text
    lies beside it.  What is a draft, stale, failed or was changed is refused.
    """
    from workbook.batch.services import default_services
    from workbook.commands.pack import pack as make

    packed = make(folder, default_services(), **options)
    tell(packed.letter.rstrip("\n"))
    for name in packed.left:
        tell(f"not in the pack, made by none of its reports: client/{name}", err=True)
    tell(str(packed.file), err=True)


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--client", metavar="NAME", help="The company that ordered the work.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Of the reports, the comments and the intake workbook.",
)
@click.option("--currency", metavar="CODE", help="Of all amounts; by default the language's own.")
@click.option(
    "--period", metavar="LABEL", help="2025-Q4, 2025; by default the last quarter that is over."
)
@click.option("--as-of", metavar="DATE", help="Last day of the data; by default the period's.")
@click.option(
    "--from",
    "sources",
    metavar="PATH...",
    multiple=True,
    type=click.Path(path_type=Path),
    help="The client's files, which are copied and mapped; or the engagement of the period before.",
)
@click.argument("more", metavar="", nargs=-1, type=click.Path(path_type=Path))
def init(
    folder: Path, language: str, sources: tuple[Path, ...], more: tuple[Path, ...], **options: Any
) -> None:
    """Make the folder of a new engagement, with a workbook that the client fills in."""
    from datetime import date

    from workbook.commands.init import init as make

    if more and not sources:
        raise click.UsageError(f"one folder only; the client's files follow --from: {more[0]}")
    if not sources:
        for line in make(folder, language=language, today=date.today(), **options):
            tell(line)
        return

    from workbook.batch.services import action_plan, default_services
    from workbook.commands.init_from import init_from_files, is_engagement
    from workbook.commands.init_next import init_next

    paths, load = (*sources, *more), default_services().load
    said = {name: text for name, text in options.items() if text is not None}
    if is_engagement(paths):
        lines = init_next(folder, paths[0], load=load, plan=action_plan, said=said)
    else:
        lines = init_from_files(
            folder, paths, load=load, language=language, today=date.today(), said=said
        )
    for line in lines:
        tell(line)


@cli.command()
@click.argument("questionnaire", metavar="FORM")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Of wording, guidance and drop-downs.",
)
@click.option(
    "--respondents",
    type=click.IntRange(1, 150),
    default=1,
    show_default=True,
    help="How many sheets, one each.",
)
@click.option(
    "--optional-items",
    "optional",
    metavar="ITEM,...",
    callback=_names,
    help="Items of a questionnaire that are off by default and are to be asked.",
)
@click.option(
    "--engagement",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="List its customers, products, managers and lost customers in the form of a table.",
)
@click.option(
    "--products",
    metavar="NAME,...",
    callback=_names,
    help="Products that the form satisfaction asks about; by default those of the engagement.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file; by default FORM.LANGUAGE.xlsx.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def form(questionnaire: str, out: Path | None, force: bool, **options: Any) -> None:
    """Make a form to fill in (XLSX): of a questionnaire, of a survey, or of all tables.

    FORM is a questionnaire (controllability, or a questionnaire file); nps, touchpoints,
    satisfaction or exit_interview, whose rows become rows of the client's tables; or intake, the
    workbook of all tables as workbook init makes it, which is saved as data/intake.xlsx.  Put
    filled forms into the folder data/forms of the engagement.
    """
    from workbook.commands.form import FormOptions, make_form

    tell(str(make_form(questionnaire, FormOptions(**options), out=out, force=force)))


@cli.command("list")
def list_() -> None:
    """List the diagnostics, their tables and options, the forms, and the presets of exports."""
    from workbook.commands.list_diagnostics import form_lines, lines, preset_lines
    from workbook.diagnostics import outlines
    from workbook.forms.asked import shipped_questionnaires
    from workbook.forms.table_form import table_forms
    from workbook.intake.recipe.presets import shipped_presets

    told = (
        *lines(outlines()),
        *form_lines(shipped_questionnaires(), table_forms()),
        *preset_lines(shipped_presets()),
    )
    for line in told:
        tell(line)


@cli.command()
@_out
def doctor(out: Path) -> None:
    """Say whether this machine is ready, and what to do where it is not."""
    from workbook.commands.doctor import examine

    findings = examine(out)
    for finding in findings:
        tell(f"{'ok ' if finding.good else 'NO '} {finding.subject}: {finding.found}")
        if not finding.good:
            tell(f"    {finding.remedy}")
    raise SystemExit(0 if all(finding.good for finding in findings) else 4)


cli.add_command(base)


def main() -> NoReturn:
    """Run the command; a consultant never sees a traceback."""
    open_screens()
    interruption.watch()
    try:
        code = guarded(lambda: cli(standalone_mode=False))
    except KeyboardInterrupt:  # in the last words of the command
        code = interruption.EXIT_CODE
    interruption.leave()
    sys.exit(_flushed(code))


def guarded(command: Callable[[], Any]) -> int:
    """Run the command and return its exit code; every failure becomes one message.

    What an interruption broke off is no failure of its own.
    """
    try:
        code = _code_of(command)
    except (KeyboardInterrupt, click.Abort):
        return _stopped()
    return _stopped() if code and interruption.has_come() else code


def _code_of(command: Callable[[], Any]) -> int:
    try:
        command()
    except click.ClickException as error:
        error.show(file=sys.stderr)
        return error.exit_code
    except click.Abort:
        raise
    except InputError as error:
        from workbook.language.problems import line

        for problem in error.problems:
            tell(line(problem, "en"), err=True)
        return error.exit_code
    except WorkbookError as error:
        tell(str(error), err=True)
        return error.exit_code
    except (ReaderGoneError, BrokenPipeError):
        return 0
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except Exception:
        if not interruption.has_come():  # else a library has made something else of it
            tell(f"an error of the program; please send {_kept_traceback()}", err=True)
        return 4
    return 0


def _stopped() -> int:
    if "workbook.batch.process_start" in sys.modules:
        from workbook.batch.process_start import end_server

        end_server()  # it may be importing for seconds yet
    tell("stopped; finished reports are kept, nothing is half made", err=True)
    return interruption.EXIT_CODE


def _flushed(code: int) -> int:
    """Write what is waiting; the interpreter would complain of a reader that has gone."""
    try:
        sys.stdout.flush()
    except ReaderGoneError:
        return code
    except RunError as error:
        tell(str(error), err=True)
        return code or error.exit_code
    return code


def _kept_traceback() -> str:
    handle, path = tempfile.mkstemp(prefix="workbook-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        traceback.print_exc(file=file)
    return path
