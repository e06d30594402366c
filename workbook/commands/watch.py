"""``workbook watch``: the reports of one engagement in the browser while its files change."""

import asyncio
import webbrowser
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from workbook.batch.capacity import default_jobs
from workbook.batch.interruption import cancelling
from workbook.batch.live.follow import follow
from workbook.batch.live.server import LiveServer
from workbook.batch.live.shown import Board, shown_of
from workbook.batch.outcome import Outcome
from workbook.batch.prepared_engagement import RunContext, RunOptions
from workbook.batch.select_diagnostics import check_names
from workbook.batch.services import Services
from workbook.commands.console import outcome_lines
from workbook.commands.terminal import tell
from workbook.engagement.output_paths import OutputPaths, output_paths
from workbook.errors import InputError, UsageError


def watch(
    folder: Path,
    services: Services,
    *,
    only: tuple[str, ...] = (),
    out: Path | None = None,
    port: int = 0,
    opens: bool = False,
    language: str = "",
) -> int:
    """Serve the pages of an engagement's reports, made anew as its files change, until Ctrl-C.

    Parameters
    ----------
    only
        Names of the diagnostics; none: those of the engagement.
    out
        Folder of all output; None: one of its own, removed at the end, so that what ``workbook
        run`` has made stays as it is.
    port
        Of the page; 0: any that is free.
    opens
        Whether to open the page in the browser.
    language
        Of what is said of the input; empty: that of the engagement.

    Raises
    ------
    UsageError
        When a diagnostic does not exist, the output would lie in the input, or the port is taken.
    """
    check_names(only, [d.name for d in services.diagnostics], "--only")
    with ExitStack() as opened:
        place = out or Path(opened.enter_context(TemporaryDirectory(prefix="workbook-watch-")))
        options = RunOptions(out=place, only=only, formats=("html",))
        _refuse_output_in_input(folder, options, services)
        board = Board()
        try:
            server = opened.enter_context(LiveServer(board, folder.name, port))
        except OSError as error:
            raise UsageError(f"--port {port}: {error.strerror or error}") from error
        tell(server.address)
        if opens:
            webbrowser.open(server.address)
        try:
            _Watch(folder=folder, options=options, language=language, board=board).run(services)
        except (asyncio.CancelledError, KeyboardInterrupt):
            tell("ended", err=True)
    return 0


def _refuse_output_in_input(folder: Path, options: RunOptions, services: Services) -> None:
    try:
        engagement = services.load(folder)
    except InputError:
        return  # told on the page, where it is seen to be mended
    output_paths(engagement, options.out)


@dataclass(slots=True, kw_only=True)
class _Watch:
    """What goes on, told to the page and to the terminal."""

    folder: Path
    options: RunOptions
    language: str
    board: Board
    begun: float = field(default_factory=perf_counter)

    def run(self, services: Services) -> None:
        """Follow the files until it is cancelled."""
        with services.open_workers(default_jobs()) as workers, asyncio.Runner() as runner:
            context = RunContext(services=services, workers=workers, gate=workers.gate())
            try:
                runner.run(self._follow(context))
            except BaseException:
                workers.stop()  # before the private folders are removed under them
                raise

    async def _follow(self, context: RunContext) -> None:
        loop, whole = asyncio.get_running_loop(), asyncio.current_task()
        if whole is None:
            raise RuntimeError("watching is a task")

        def cancel() -> None:
            loop.call_soon_threadsafe(whole.cancel)

        with cancelling(cancel):
            await follow(
                self.folder,
                self.options,
                context,
                told=self._told,
                begins=self._begins,
                notify=lambda text: self.board.put(working=text),
            )

    def _begins(self) -> None:
        self.begun = perf_counter()
        self.board.put(working="reading the files")

    def _told(self, outcome: Outcome) -> None:
        seconds = perf_counter() - self.begun
        bad = outcome.stopped is not None
        for text in outcome_lines(outcome if bad else replace(outcome, problems=()), self.language):
            tell(text, err=True)  # remarks are on the page
        paths = OutputPaths(out=self.options.out, id=outcome.id, period=outcome.period)
        shown = shown_of(outcome, paths.manifest, self.language)
        if not shown["reports"]:  # the last good ones stay
            shown = {"problems": shown["problems"]}
        self.board.put(working="", seconds=seconds, **shown)
