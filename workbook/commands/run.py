"""``workbook run``: progress and a closing account for people, results for other programs."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from workbook.batch.prepared_engagement import RunOptions
from workbook.batch.run_results import RunResults
from workbook.batch.services import Services
from workbook.batch.session import index_path, run_session
from workbook.commands.console import RunDisplay, show_summary
from workbook.commands.terminal import tell
from workbook.errors import RunError


def run(
    folders: Sequence[Path],
    options: RunOptions,
    services: Services,
    *,
    jobs: int,
    form: str = "text",
    language: str = "",
) -> int:
    """Make the reports, say what came of them and return the exit code.

    What came of them is kept as ``run.json`` with the output too, also of a run that is broken
    off; a dry run keeps nothing.

    Parameters
    ----------
    form
        What standard output gets: ``text``, the path of the index page; ``json``, the results.
    language
        Of what is said of the input; empty: that of each engagement.
    """
    begun, counted = datetime.now(UTC), perf_counter()
    with RunDisplay(len(folders), language) as display:
        try:
            outcomes = run_session(folders, options, services, display, jobs)
        except KeyboardInterrupt:
            broken_off = RunResults(
                outcomes=display.outcomes,
                begun=begun,
                seconds=perf_counter() - counted,
                stopped=True,
                language=language,
            )
            if not options.dry_run:
                with suppress(RunError):
                    broken_off.write(options.out)
            raise
    seconds = perf_counter() - counted
    results = RunResults(outcomes=outcomes, begun=begun, seconds=seconds, language=language)
    if not options.dry_run:
        results.write(options.out)
    show_summary(outcomes, seconds, language)
    index = index_path(options.out)
    if form == "json":
        tell(results.to_json())
    elif index.is_file() and not options.dry_run:
        tell(str(index))
    return results.exit_code
