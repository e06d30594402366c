"""The consultant's page: every engagement under the output folder, how it stands and what changed.

Everything is told from the output alone: the manifests, the notes on failures and the sizes of
files.  Whether a client's files have changed since is for ``workbook status DIR`` to say.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from workbook.batch.client_periods import SHOWN, FigureRow, Told, by_client, rows_of
from workbook.batch.failures import INPUT, RUN, read_failures
from workbook.batch.index_page import render
from workbook.engagement import manifest as manifests
from workbook.engagement.manifest import Entry, Made, Manifest

_SHOWN_WARNINGS = 12
"""Warnings of one engagement whose texts are on the page; a thousand engagements have many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One key figure as the report writes it."""

    label: str
    value: str
    before: str = ""
    """What it was in the client's period before; empty where it was not told, and where the
    report itself tells what changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report of an engagement."""

    name: str
    title: str
    state: str
    """``made``, ``stale`` or ``failed``."""
    reason: str = ""
    answer: str = ""
    figures: tuple[Figure, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """Kind of file and address."""
    changes: tuple[Told, ...] = ()
    """Headline figures of all periods as the report tells them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One engagement and period."""

    id: str
    period: str
    client: str
    language: str = "en"
    as_of: str = ""
    status: str = ""
    """``draft`` or ``final``; empty when no report has been made."""
    page: str = ""
    """Address of the client's page."""
    reason: str = ""
    """What went wrong with the engagement as a whole."""
    reports: tuple[Report, ...] = ()
    warnings: tuple[str, ...] = ()
    compared: str = ""
    """The period before, where there is one."""
    previous: str = ""
    """``<id>/<period>`` of the engagement that it is compared with."""

    @property
    def state(self) -> str:
        """The worst of its reports' states."""
        states = {report.state for report in self.reports}
        if self.reason or "failed" in states:
            return "failed"
        return "stale" if "stale" in states else "made"

    @property
    def place(self) -> str:
        """What leads to it on the page."""
        return quote(f"{self.id}-{self.period}", safe="")

    def changes_of(self, report: str) -> tuple[Told, ...]:
        """Return the headline figures that a report of it tells."""
        return next((r.changes for r in self.reports if r.name == report), ())

    @property
    def shown_warnings(self) -> tuple[str, ...]:
        """The warnings whose texts are shown."""
        return self.warnings[:_SHOWN_WARNINGS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """The headline figures of one report over the periods of a client."""

    title: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One client: its periods from the oldest to the newest."""

    periods: tuple[Listed, ...]

    @property
    def name(self) -> str:
        """As the newest engagement writes it."""
        return self.periods[-1].client

    @property
    def language(self) -> str:
        """Of the newest engagement."""
        return self.periods[-1].language

    @property
    def several(self) -> bool:
        """Whether there is more than one period."""
        return len(self.periods) > 1

    @property
    def in_a_row(self) -> tuple[Listed, ...]:
        """The periods that stand beside each other."""
        return self.periods[-SHOWN:]

    @property
    def over(self) -> tuple[Over, ...]:
        """The figures of each report over these periods, reports as the newest has them."""
        periods = self.in_a_row
        labels = [one.period for one in periods]
        titles = {r.name: r.title for one in periods for r in one.reports if r.changes}
        found = (
            Over(title=title, rows=rows_of(labels, [one.changes_of(name) for one in periods]))
            for name, title in titles.items()
        )
        return tuple(one for one in found if one.rows)


def consultant_index(out: Path) -> str:
    """Return the overview of every engagement that has output under ``out``."""
    roots = {p.parent for p in out.glob("*/*/manifest.json")}
    roots |= {p.parent.parent for p in out.glob("*/*/internal/failed.json")}
    groups = by_client(_listed(out, root) for root in sorted(roots))
    clients = [Client(periods=_compared(periods)) for periods in groups]
    listed = [one for client in clients for one in client.periods]
    return render("consultant.html.j2", language="en", clients=clients, engagements=listed)


def _listed(out: Path, root: Path) -> Listed:
    manifest = manifests.read(root / "manifest.json")
    failures = dict(read_failures(root / "internal" / "failed.json"))
    whole = " ".join(filter(None, (failures.pop(name, "") for name in (RUN, INPUT))))
    name, period = root.parent.name, root.name
    if manifest is None:
        failed = _failed(failures)
        return Listed(id=name, period=period, client=name, reason=whole, reports=failed)
    base = root.relative_to(out).as_posix()
    older = {n: e for n, e in manifest.diagnostics.items() if n not in manifest.current}
    reports = tuple(
        _report(base, root, key, entry, stale=key in older, failure=failures.pop(key, ""))
        for key, entry in {**manifest.to_read, **older}.items()
    )
    page = quote(f"{base}/client/index.html") if (root / "client/index.html").is_file() else ""
    return Listed(
        id=name,
        period=period,
        client=manifest.client,
        language=manifest.language,
        as_of=manifest.as_of,
        status=manifest.status,
        previous=manifest.previous,
        page=page,
        reason=whole,
        reports=reports + _failed(failures),
        warnings=_warnings(manifest),
    )


def _failed(failures: Mapping[str, str]) -> tuple[Report, ...]:
    """Return the reports of which there is nothing but the reason."""
    return tuple(
        Report(name=name, title=name, state="failed", reason=reason)
        for name, reason in sorted(failures.items())
    )


def _report(base: str, root: Path, name: str, entry: Entry, *, stale: bool, failure: str) -> Report:
    state, reason = "made", ""
    if failure:
        state, reason = "failed", f"The files are of the last good run. {failure}"
    elif stale:
        state, reason = "stale", "Made from earlier files or settings."
    elif not all(_is_there(root, made) for made in entry.made):
        state, reason = "stale", "A file of it is missing or was changed."
    shown = [made for made in entry.made if made.format != "internal"]
    return Report(
        name=name,
        title=entry.title or name,
        state=state,
        reason=reason,
        answer=entry.answer,
        figures=tuple(Figure(label=f["label"], value=f["value"]) for f in entry.figures),
        changes=entry.changes,
        links=tuple((made.format, quote(f"{base}/{made.file}")) for made in shown),
    )


def _is_there(root: Path, made: Made) -> bool:
    """Return whether the file has the size it was made with; hashing thousands takes minutes."""
    try:
        return (root / made.file).stat().st_size == made.bytes
    except OSError:
        return False


def _warnings(manifest: Manifest) -> tuple[str, ...]:
    """Return the texts of all warnings, each once: several reports read the same table."""
    found = (w["text"] for entry in manifest.diagnostics.values() for w in entry.warnings)
    return tuple(dict.fromkeys(found))


def _compared(periods: Sequence[Listed]) -> tuple[Listed, ...]:
    """Return the periods of a client with what each figure was in the period before."""
    return tuple(_with_before(one, periods) for one in periods)


def _with_before(one: Listed, periods: Iterable[Listed]) -> Listed:
    before = previous(one, periods)
    if before is None:
        return one
    values = {(r.name, f.label): f.value for r in before.reports for f in r.figures}
    reports = tuple(
        report
        if report.changes
        else replace(
            report,
            figures=tuple(
                replace(f, before=values.get((report.name, f.label), "")) for f in report.figures
            ),
        )
        for report in one.reports
    )
    return replace(one, reports=reports, compared=before.period)


def previous(one: Listed, periods: Iterable[Listed]) -> Listed | None:
    """Return the latest of the periods that ended before this one; of two, that of the same id.

    >>> now, then = (Listed(id="a", period=p, client="A", as_of=f"{p}-12-31")
    ...              for p in ("2025", "2024"))
    >>> previous(now, [now, then]).period, previous(then, [now, then])
    ('2024', None)
    """
    earlier = [p for p in periods if "" < p.as_of < one.as_of]
    return max(earlier, key=lambda p: (p.as_of, p.id == one.id), default=None)
