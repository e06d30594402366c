"""What a run works with: the diagnostics, their notebooks, an engine, a publisher.

The command line uses :func:`standard`; tests put in their own.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from workbook.batch.notebook_engine.run_notebook import Notebook
from workbook.batch.tasks import Finished, Reading, ReadTask, ReportTask
from workbook.batch.workers import Workers
from workbook.engagement.settings import Engagement
from workbook.errors import Problem
from workbook.language import package_data

FORMATS = ("html", "pdf", "xlsx", "json")


class Diagnostic(Protocol):
    """What a run needs to know of a diagnostic (see :mod:`workbook.diagnostics.registry`)."""

    @property
    def name(self) -> str:
        """Name in the contract; the notebook is ``<name>.ipynb``."""

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables that it reads."""

    @property
    def needs_any(self) -> tuple[str, ...]:
        """Tables of which at least one must be there."""

    @property
    def params(self) -> type:
        """Dataclass of its options."""


class Table(Protocol):
    """What a run needs to know of a table."""

    @property
    def rows_in(self) -> int:
        """Rows of the client's file."""

    @property
    def rows_used(self) -> int:
        """Rows that the report is computed from."""


class FileRead(Protocol):
    """What a run needs to know of a file of tables."""

    @property
    def file(self) -> str:
        """Path relative to the engagement folder."""

    @property
    def rows(self) -> int:
        """Rows of data."""

    @property
    def encoding(self) -> str:
        """Codec of a CSV file; empty for a workbook."""


class Case(Protocol):
    """What a run needs to know of an engagement that was read."""

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables by name."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything found, errors and warnings."""

    def problems_of(self, diagnostic: Any) -> tuple[Problem, ...]:
        """Return what concerns one diagnostic."""

    @property
    def files(self) -> tuple[FileRead, ...]:
        """The files that were read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The files of one report and what the manifest says about them."""

    title: str
    files: Mapping[str, tuple[str, bytes]]
    """Path under the period's folder -> format and content."""
    seconds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    warnings: tuple[Mapping[str, str], ...] = ()
    figures: tuple[Mapping[str, str], ...] = ()


class Publisher(Protocol):
    """Makes the files of a report from an executed notebook."""

    def __call__(
        self,
        notebook: Notebook,
        *,
        engagement: Engagement,
        name: str,
        formats: tuple[str, ...],
    ) -> Published:
        """Return the files in memory; nothing is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that a run needs besides the engagement."""

    diagnostics: tuple[Diagnostic, ...]
    load: Callable[[Path], Engagement]
    read: Callable[[ReadTask], Reading]
    """Reads an engagement; goes with its task to another process."""
    make: Callable[[ReportTask], Finished]
    """Makes a report; likewise."""
    hands: Callable[[int], AbstractContextManager[Workers]]
    """Opens the processes that do the work, so many at a time."""
    notebooks: Path = field(default_factory=package_data.notebooks)

    def notebook(self, diagnostic: Diagnostic) -> Path:
        """Return the path of the diagnostic's notebook."""
        return self.notebooks / f"{diagnostic.name}.ipynb"
