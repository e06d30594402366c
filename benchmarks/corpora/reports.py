"""Reports of engagements that carry texts: what came of every text, and what came through."""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpora.browser import chromium, look_at
from benchmarks.corpora.carriers import write_engagement
from benchmarks.corpora.findings import findings, page_marks, shown_texts
from workbook.batch.formats import FORMATS
from workbook.batch.outcome import Status
from workbook.batch.prepared_engagement import RunOptions
from workbook.batch.services import default_services
from workbook.batch.session import run_session
from workbook.diagnostics import param_types
from workbook.engagement.data import read_engagement
from workbook.engagement.engagement_file import load_engagement
from workbook.errors import InputError

AT_ONCE = 300
"""Texts in one engagement."""
FEWEST = 100
"""So that groups have people enough."""
PLAIN = "Nobody answered and the delivery was late, case {}"


@dataclass(slots=True)
class Tally:
    """What became of the texts."""

    texts: int = 0
    refused: list[str] = field(default_factory=list)
    """Texts with which the input is not accepted: a message instead of a report."""
    reports: int = 0
    failed: list[str] = field(default_factory=list)
    """Reports that an accepted text kept from being made."""
    shown: int = 0
    """Texts that are seen, as they are, on a page or in a workbook."""
    files: Counter[str] = field(default_factory=Counter)
    survivors: list[str] = field(default_factory=list)
    """What a file holds beside text."""
    browser: Counter[str] = field(default_factory=Counter)


def try_texts(
    texts: Sequence[str], *, home: Path, formats: Sequence[str] = FORMATS, look: bool = True
) -> Tally:
    """Make the reports of all texts below ``home`` and take every file apart.

    Texts that the check refuses are told apart and left out.

    Parameters
    ----------
    look
        Whether to open the pages in Chromium as well, where there is one.
    """
    tally = Tally(texts=len(texts))
    plain = [PLAIN.format(n) for n in range(max(FEWEST, min(AT_ONCE, len(texts))))]
    benign = frozenset[str]().union(*map(_marks, _made(plain, home / "plain", 0, formats, tally)))
    for number, start in enumerate(range(0, len(texts), AT_ONCE)):
        chunk = texts[start : start + AT_ONCE]
        accepted, refused = admitted(chunk)
        tally.refused += refused
        folder = home / f"texts{number}"
        files = list(_made(filled(accepted), folder, number, formats, tally))
        _take_apart(files, accepted, benign, tally)
        if look and chromium():
            tally.browser += look_at([file for file in files if file.suffix == ".html"])
        sys.stderr.write(f"{start + len(chunk)} of {len(texts)} texts\n")
    return tally


def _marks(file: Path) -> set[str]:
    return page_marks(file.read_text("utf-8")) if file.suffix == ".html" else set()


def filled(texts: Sequence[str]) -> list[str]:
    """Return the texts, with plain words up to the number that groups need."""
    return [*texts, *map(PLAIN.format, range(FEWEST - len(texts)))]


def admitted(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the texts that a check accepts together, and those that it refuses."""
    if _accepts(texts):
        return list(texts), []
    if len(texts) == 1:
        return [], list(texts)
    half = len(texts) // 2
    parts = admitted(texts[:half]), admitted(texts[half:])
    accepted = [text for part, _ in parts for text in part]
    refused = [text for _, part in parts for text in part]
    if _accepts(accepted):
        return accepted, refused
    return parts[0][0], [*refused, *parts[1][0]]  # each half is accepted, both together are not


def _accepts(texts: Sequence[str]) -> bool:
    with tempfile.TemporaryDirectory() as home:
        folder = write_engagement(Path(home) / "acme", filled(texts))
        try:
            data = read_engagement(load_engagement(folder, param_types()))
        except InputError:
            return False
        return not any(problem.is_error for problem in data.problems)


def _made(
    texts: Sequence[str], folder: Path, number: int, formats: Sequence[str], tally: Tally
) -> Iterator[Path]:
    """Make the reports of one engagement and yield every file, the index pages among them."""
    engagement = write_engagement(folder / f"e{number}", texts, number)
    out = folder / "out"
    options = RunOptions(out=out, formats=tuple(formats))
    (outcome,) = run_session([engagement], options, default_services(), jobs=2)
    tally.reports += len(outcome.reports)
    tally.failed += [
        f"{folder.name}/{report.diagnostic}: {report.reason}"
        for report in outcome.reports
        if report.status != Status.MADE
    ]
    yield out / "index.html"
    for name in ("client", "results"):
        yield from sorted((out / engagement.name / "2025" / name).iterdir())


def _take_apart(
    files: Sequence[Path], texts: Sequence[str], benign: frozenset[str], tally: Tally
) -> None:
    seen = "\n".join(map(shown_texts, files))
    tally.shown += sum(text in seen for text in texts)
    for file in files:
        tally.files[file.suffix] += 1
        tally.survivors += [f"{file.name}: {found}" for found in findings(file, benign)]
