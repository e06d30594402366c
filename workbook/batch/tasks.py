"""The two kinds of work that a run hands out, and their answers.

Tasks and answers travel between processes and machines: they are frozen, hold names, paths and
facts, and never a client's table.  Only the run itself (:mod:`workbook.batch.run`) puts files under
their final names; work writes into the private folder that its task names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workbook.batch.started_ahead import READING
from workbook.engagement.manifest import Made
from workbook.engagement.settings import Engagement
from workbook.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTask:
    """Read and check the tables of an engagement."""

    engagement: Engagement
    only: tuple[str, ...] = ()
    """The diagnostics that the command asks for; empty: those of the engagement."""
    keep: Path | None
    """File to leave what was read in, for the notebooks (:mod:`workbook.engagement.kept_data`);
    None: nothing is written."""

    @property
    def needs(self) -> str:
        """Which process that was started ahead is ready for it."""
        return READING


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCount:
    """Rows of one table."""

    rows_in: int
    """Of the client's file."""
    rows_used: int
    """That reports are computed from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """How one file was read."""

    file: str
    """Path relative to the engagement folder."""
    rows: int
    encoding: str
    """Codec of a CSV file; empty for a workbook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is known about an engagement that was read."""

    tables: Mapping[str, RowCount]
    problems: tuple[Problem, ...]
    """Everything found, errors and warnings."""
    of_diagnostic: Mapping[str, tuple[Problem, ...]]
    """What concerns one diagnostic."""
    files: tuple[FileFacts, ...]
    seconds: float
    previous: str = ""
    """``<id>/<period>`` of the engagement that it is compared with."""
    pseudonyms: bytes = b""
    """The list of who is behind each pseudonym, for the consultant; empty without pseudonyms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTask:
    """Make one report, up to its finished files."""

    engagement: Engagement
    diagnostic: str
    notebook: Path
    folder: Path
    """Private folder of this report; what is made stays in it."""
    formats: tuple[str, ...]
    kept_data: Path | None
    """What the :class:`ReadTask` left, for the notebook; None: it reads the files itself."""
    cell_timeout: int
    program: str
    """Hash of the program that asks; a worker with another one refuses."""

    @property
    def needs(self) -> str:
        """Which process that was started ahead is ready for it."""
        return self.diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A report whose files wait to be moved into place."""

    folder: Path
    """They are here, under the names that :attr:`made` gives them."""
    title: str
    made: tuple[Made, ...]
    seconds: Mapping[str, float]
    """By step."""
    warnings: tuple[Mapping[str, str], ...] = ()
    figures: tuple[Mapping[str, str], ...] = ()
    answer: str = ""
    changes: tuple[Mapping[str, Any], ...] = ()
    engine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The files of one report and what the manifest says about them."""

    title: str
    files: Mapping[str, tuple[str, bytes]]
    """Path under the period's folder -> format and content."""
    seconds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    warnings: tuple[Mapping[str, str], ...] = ()
    figures: tuple[Mapping[str, str], ...] = ()
    answer: str = ""
    changes: tuple[Mapping[str, Any], ...] = ()
