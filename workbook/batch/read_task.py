"""Reading an engagement once for all its reports."""

from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from workbook.batch.tasks import FileFacts, Reading, ReadTask, RowCount
from workbook.engagement.kept_data import keep
from workbook.engagement.settings import Engagement
from workbook.intake.anonymity.written_list import written_list

if TYPE_CHECKING:
    from workbook.diagnostics.diagnostic import AnyDiagnostic
    from workbook.engagement.data import EngagementData


def read_task(
    task: ReadTask,
    read: "Callable[[Engagement, Sequence[str]], EngagementData]",
    diagnostics: "Iterable[AnyDiagnostic]",
) -> Reading:
    """Read and check the tables; leave them in ``task.keep`` when a report may be made."""
    begun = perf_counter()
    data = read(task.engagement, task.only)
    if task.keep is not None and not any(p.is_error for p in data.problems):
        keep(data, task.keep)
    return Reading(
        tables={
            n: RowCount(rows_in=t.rows_in, rows_used=t.rows_used) for n, t in data.tables.items()
        },
        problems=tuple(data.problems),
        of_diagnostic={d.name: tuple(data.problems_of(d)) for d in diagnostics},
        files=tuple(FileFacts(file=f.file, rows=f.rows, encoding=f.encoding) for f in data.files),
        seconds=perf_counter() - begun,
        pseudonyms=written_list(data.anonymity) if data.anonymity else b"",
    )
