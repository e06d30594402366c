"""Reading an engagement once for all its reports."""

import pickle
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from workbook.batch.services import Case, Diagnostic
from workbook.batch.tasks import FileFacts, Reading, ReadTask, RowCount
from workbook.engagement.settings import Engagement


def read_task(
    task: ReadTask, read: Callable[[Engagement], Case], diagnostics: Iterable[Diagnostic]
) -> Reading:
    """Read and check the tables; leave them in ``task.keep`` when a report may be made."""
    begun = perf_counter()
    case = read(task.engagement)
    if task.keep is not None and not any(p.is_error for p in case.problems):
        keep(case, task.keep)
    return Reading(
        tables={
            n: RowCount(rows_in=t.rows_in, rows_used=t.rows_used) for n, t in case.tables.items()
        },
        problems=tuple(case.problems),
        of_diagnostic={d.name: tuple(case.problems_of(d)) for d in diagnostics},
        files=tuple(FileFacts(file=f.file, rows=f.rows, encoding=f.encoding) for f in case.files),
        seconds=perf_counter() - begun,
    )


def keep(case: Case, path: Path) -> None:
    """Write the case where only this user and only this run will look for it.

    A second attempt (a cluster's worker was lost) may come while the first still writes.
    """
    part = path.with_name(f"{path.name}.{uuid4().hex}")
    with part.open("xb") as file:
        part.chmod(0o600)
        pickle.dump(case, file, protocol=pickle.HIGHEST_PROTOCOL)
    part.replace(path)
