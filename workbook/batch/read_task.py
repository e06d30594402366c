"""Reading an engagement once for all its reports."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from workbook.batch.select_diagnostics import select_diagnostics
from workbook.batch.tasks import FileFacts, Reading, ReadTask, RowCount
from workbook.engagement.kept_data import keep, keep_result
from workbook.engagement.settings import Engagement
from workbook.errors import InputError
from workbook.intake.anonymity.written_list import written_list

if TYPE_CHECKING:
    from workbook.batch.notes_judge import Judged
    from workbook.diagnostics.outline import AnyOutline
    from workbook.engagement.data import EngagementData


def read_task(
    task: ReadTask,
    read: "Callable[[Engagement, Sequence[str]], EngagementData]",
    diagnostics: "Sequence[AnyOutline]",
    judge: "Callable[[AnyOutline, EngagementData], Judged] | None" = None,
) -> Reading:
    """Read and check the tables; leave them in ``task.keep`` when a report may be made.

    Parameters
    ----------
    judge
        Returns what is wrong with the notes on a diagnostic, and the result if that took one: it
        is left for the notebook, too.
    """
    begun = perf_counter()
    data = read(task.engagement, task.only)
    judged: dict[str, Judged] = {}
    if judge is not None and not any(p.is_error for p in data.problems):
        judged = {d.name: judge(d, data) for d in _to_make(task, data, diagnostics)}
    of_notes = {name: found.problems for name, found in judged.items()}
    problems = (*data.problems, *(p for found in of_notes.values() for p in found))
    if task.keep is not None and not any(p.is_error for p in problems):
        for name, found in judged.items():
            if found.computed is not None:
                keep_result(found.computed, name, data.engagement, task.keep)
        keep(data, task.keep)
    before = data.engagement.before
    return Reading(
        tables={
            n: RowCount(rows_in=t.rows_in, rows_used=t.rows_used) for n, t in data.tables.items()
        },
        problems=problems,
        of_diagnostic={
            d.name: (*data.problems_of(d), *of_notes.get(d.name, ())) for d in diagnostics
        },
        files=tuple(FileFacts(file=f.file, rows=f.rows, encoding=f.encoding) for f in data.files),
        seconds=perf_counter() - begun,
        previous=f"{before.id}/{before.period}" if before else "",
        pseudonyms=written_list(data.anonymity) if data.anonymity else b"",
    )


def _to_make(
    task: ReadTask, data: "EngagementData", diagnostics: "Sequence[AnyOutline]"
) -> "tuple[AnyOutline, ...]":
    """Return the diagnostics that a run would make; that one lacks its tables is told later."""
    try:
        return select_diagnostics(
            diagnostics, task.engagement, data.tables.keys(), task.only, lenient=True
        )
    except InputError:
        return ()
