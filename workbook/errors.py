"""Everything that can go wrong, as one tree and one record.

::

    WorkbookError                 shown to a consultant: one clear message, never a traceback
    ├── UsageError                wrong command or option (exit code 2)
    ├── InputError                the client's files or settings are not usable (exit code 3)
    └── RunError                  a report could not be made from good input (exit code 4)

A :class:`Problem` is one finding about the input.  It carries facts, not prose: the sentence
is composed in the reader's language from ``texts/problems.<language>.yaml``.  ``ValueError`` is
for programmers, ``WorkbookError`` for consultants, ``assert`` for neither.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Severity(StrEnum):
    """What a problem does to the report."""

    ERROR = "error"
    """No report is made before it is mended."""
    WARNING = "warning"
    """The report is made; the problem is on its data-quality page."""
    STEP = "step"
    """What was done to the file because engagement.toml says so; nothing is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a problem is, in the words a spreadsheet shows."""

    file: str = ""
    """Path relative to the engagement folder, with forward slashes."""
    sheet: str = ""
    """Sheet of a workbook; empty for CSV and TOML."""
    row: int | None = None
    """1-based row of the sheet, or physical line of the CSV file."""
    column: str = ""
    """Heading as the file has it; for workbooks with the letter: ``C (score)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with the input: what, where, found, and how to mend it."""

    code: str
    """Key into ``texts/problems.<language>.yaml`` (``score_out_of_range``)."""
    place: Location = Location()
    found: str = ""
    """The value as the file has it, shortened, control characters removed."""
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """Further values that the sentence names (``low``, ``high``, ``nearest`` …)."""
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """True when no report may be made."""
        return self.severity is Severity.ERROR

    @property
    def is_step(self) -> bool:
        """True for what was done to a file as asked."""
        return self.severity is Severity.STEP


class WorkbookError(Exception):
    """Base of every error that a consultant sees."""

    exit_code = 1


class UsageError(WorkbookError):
    """The command line asks for something that does not exist."""

    exit_code = 2


class InputError(WorkbookError):
    """The input cannot be used; :attr:`problems` holds every reason at once."""

    exit_code = 3

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.code} ({p.place.file})" for p in self.problems))


class RunError(WorkbookError):
    """A report could not be made; earlier output is as it was."""

    exit_code = 4
