"""Tables of public collections, read as every table that there is, in bounded time and memory."""

import multiprocessing
import resource
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.corpora.wording import lacking
from workbook.engagement.settings import Engagement
from workbook.intake.files.book_reader import BookReader
from workbook.intake.schema_files import all_schemas
from workbook.intake.tables import read_tables

TEXT = (".csv", ".tsv", ".txt")
BOOKS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")
SECONDS = 120.0
"""For one file as all tables."""
MEMORY = 4_000_000_000


@dataclass(slots=True)
class Tally:
    """What became of the files."""

    files: int = 0
    readings: int = 0
    read: int = 0
    """Readings that gave a table."""
    crashed: dict[str, str] = field(default_factory=dict)
    hung: list[str] = field(default_factory=list)
    unworded: Counter[str] = field(default_factory=Counter)
    """Codes of problems that a sentence lacks a fact of."""
    slowest: tuple[float, str] = (0.0, "")


def read_all(files: Iterable[Path]) -> Tally:
    """Read each file as each table, in a process of its own."""
    tally, context = Tally(), multiprocessing.get_context("fork")
    for file in files:
        ours, theirs = context.Pipe(duplex=False)
        begun = time.monotonic()
        process = context.Process(target=_read, args=(file, theirs))
        process.start()
        theirs.close()
        tally.files += 1
        if not ours.poll(SECONDS):
            tally.hung.append(file.name)
            process.kill()
        else:
            _count(tally, file, ours)
        process.join()
        ours.close()
        tally.slowest = max(tally.slowest, (time.monotonic() - begun, file.name))
    return tally


def _count(tally: Tally, file: Path, ours: Connection) -> None:
    try:
        told = ours.recv()
    except EOFError:
        told = "the process died"
    if isinstance(told, str):
        tally.crashed[file.name] = told
        return
    readings, read, unworded = told
    tally.readings += readings
    tally.read += read
    tally.unworded += unworded


def _read(file: Path, theirs: Connection) -> None:
    """Read one file in this process, which ends afterwards."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        theirs.send(_readings(file))
    except BaseException as failure:  # all that is no Problem is what is looked for
        theirs.send(f"{type(failure).__name__}: {failure}"[:300])


def _readings(file: Path) -> tuple[int, int, Counter[str]]:
    unworded: Counter[str] = Counter()
    schemas, read = all_schemas(), 0
    suffix = ".csv" if file.suffix.lower() in TEXT else ".xlsx"
    with BookReader() as books, tempfile.TemporaryDirectory() as home:
        data = Path(home) / "data"
        data.mkdir()
        for name in schemas:
            place = data / f"{name}{suffix}"
            shutil.copyfile(file, place)
            intake = read_tables(_engagement(Path(home)), [name], books=books)
            place.unlink()
            read += bool(intake.tables)
            for problem in intake.problems:
                unworded[problem.code] += bool(lacking(problem))
    return len(schemas), read, +unworded


def _engagement(folder: Path) -> Engagement:
    return Engagement(
        folder=folder,
        id="acme",
        client="Acme",
        language="en",
        currency="EUR",
        period="2025",
        as_of=date(2025, 12, 31),
    )
