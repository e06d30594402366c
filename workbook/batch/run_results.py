"""The results of a run for other programs: ``run.json`` in the folder of all output.

Modelled on the run results of dbt: one entry per report with id, status, seconds and message.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from workbook import __version__
from workbook.batch import interruption
from workbook.batch.outcome import Outcome, ReportOutcome, Status, exit_code
from workbook.errors import RunError
from workbook.language.problems import line
from workbook.language.visible import visible
from workbook.report.whole_file import write_whole

FILE_NAME = "run.json"
"""Of the last run, in the folder of all output."""
_SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResults:
    """What came of a run, whole or broken off."""

    outcomes: Sequence[Outcome]
    begun: datetime
    """When, with its time zone."""
    seconds: float
    stopped: bool = False
    """It was broken off; the outcomes are those that had come by then."""
    language: str = ""
    """Of the messages; empty: that of each engagement."""

    @property
    def exit_code(self) -> int:
        """What the command returns."""
        return interruption.EXIT_CODE if self.stopped else exit_code(self.outcomes)

    def plain(self) -> dict[str, Any]:
        """Return the results as plain data, reports in the order of the command."""
        entries = [entry for outcome in self.outcomes for entry in _entries(outcome, self.language)]
        return {
            "schema_version": _SCHEMA,
            "program": __version__,
            "begun": self.begun.isoformat(timespec="seconds"),
            "seconds": round(self.seconds, 3),
            "stopped": self.stopped,
            "exit_code": self.exit_code,
            "counts": dict(Counter(entry["status"] for entry in entries)),
            "results": entries,
        }

    def to_json(self) -> str:
        """Return the results as JSON text, without characters that steer a terminal."""
        return visible(json.dumps(self.plain(), ensure_ascii=False, indent=1))

    def write(self, out: Path) -> None:
        """Write them into the folder of all output, where there is one.

        Messages may quote a client's cell, so the file is for this user alone.

        Raises
        ------
        RunError
            When the file cannot be written.
        """
        path = out.resolve() / FILE_NAME
        if not path.parent.is_dir():
            return
        try:
            write_whole(path, f"{self.to_json()}\n".encode(), private=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise RunError(f"{path}: the results could not be written: {reason}") from error


def _entries(outcome: Outcome, language: str) -> Iterator[dict[str, Any]]:
    """Yield one entry per report; one of the whole engagement where it has none, or was stopped."""
    if outcome.stopped is not None or not outcome.reports:
        status = outcome.stopped or Status.PASSED_OVER
        yield _entry(outcome, "", ReportOutcome(diagnostic="", status=status)) | {
            "message": outcome.told(language) or None,
            "errors": [line(p, language or outcome.language) for p in outcome.errors],
        }
    for report in outcome.reports:
        yield _entry(outcome, report.diagnostic, report)


def _entry(outcome: Outcome, diagnostic: str, report: ReportOutcome) -> dict[str, Any]:
    return {
        "id": "/".join(filter(None, (outcome.name, diagnostic))),
        "engagement": outcome.id or outcome.folder.name,
        "period": outcome.period or None,
        "diagnostic": diagnostic or None,
        "folder": str(outcome.folder),
        "status": str(report.status),
        "seconds": round(report.seconds, 3),
        "message": report.reason or None,
    }
