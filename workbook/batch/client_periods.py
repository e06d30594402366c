"""The periods of each client in a row: its headline figures from the oldest to the newest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

SHOWN = 8
"""Periods in a row at most, the newest ones."""


class OfClient(Protocol):
    """One engagement and period, as far as it is told whose it is."""

    @property
    def id(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def client(self) -> str: ...
    @property
    def as_of(self) -> str: ...
    @property
    def previous(self) -> str: ...


E = TypeVar("E", bound=OfClient)
Told = Mapping[str, Any]
"""A headline figure as a report tells it (:attr:`workbook.engagement.manifest.Entry.changes`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A figure in one period."""

    value: str = ""
    """As the newest report that knows the period writes it; empty where none does."""
    difference: str = ""
    """Against the period before, as that period's own report says."""
    course: str = ""
    """``up``, ``down``, ``same``, ``cannot_tell``, ``not_tested``; empty in a first period."""
    judged: str = ""
    """``better``, ``worse`` or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One figure over the periods."""

    figure: str
    cells: tuple[Cell, ...]


def by_client(engagements: Iterable[E]) -> list[tuple[E, ...]]:
    """Return the periods of each client from the oldest to the newest, clients as they come.

    Periods belong together by their id, by the name of the client, or because one is compared
    with the other.

    Examples
    --------
    >>> from types import SimpleNamespace as Of
    >>> then = Of(id="a", period="2024", client="Acme", as_of="2024-12-31", previous="")
    >>> now = Of(id="b", period="2025", client="Acme plc", as_of="2025-12-31", previous="a/2024")
    >>> [[one.id for one in periods] for periods in by_client([now, then])]
    [['a', 'b']]
    """
    listed = list(engagements)
    root = list(range(len(listed)))

    def find(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    first: dict[tuple[str, str], int] = {}
    for place, one in enumerate(listed):
        for name in _known_by(one):
            one_root, other = find(place), find(first.setdefault(name, place))
            root[max(one_root, other)] = min(one_root, other)
    groups: dict[int, list[E]] = {}
    for place, one in enumerate(listed):
        groups.setdefault(find(place), []).append(one)
    return [tuple(sorted(group, key=lambda e: (e.as_of, e.id))) for group in groups.values()]


def _known_by(one: OfClient) -> Iterable[tuple[str, str]]:
    yield "id", one.id
    yield "client", " ".join(one.client.casefold().split())
    yield "period", f"{one.id}/{one.period}"
    if one.previous:
        yield "period", one.previous


def rows_of(periods: Sequence[str], told: Sequence[Sequence[Told]]) -> tuple[FigureRow, ...]:
    """Return the headline figures of one report over the periods of a client.

    Values are those of the newest report that knows a period, so that like stands beside like;
    changes and verdicts are each report's own.

    Parameters
    ----------
    periods
        Labels in order of time.
    told
        For each period what its report tells; nothing of a period without that report.

    Examples
    --------
    >>> nps = {"measure": "nps|", "figure": "NPS", "values": {"H1": "+33", "H2": "+44"},
    ...        "difference": "+11", "course": "cannot_tell", "judged": ""}
    >>> (row,) = rows_of(["H1", "H2"], [[], [nps]])
    >>> [(cell.value, cell.course) for cell in row.cells]
    [('+33', ''), ('+44', 'cannot_tell')]
    """
    names: dict[str, str] = {}
    for one in (one for period in reversed(told) for one in period):
        names.setdefault(one["measure"], one["figure"])
    return tuple(
        FigureRow(figure=figure, cells=_cells(measure, periods, told))
        for measure, figure in names.items()
    )


def _cells(
    measure: str, periods: Sequence[str], told: Sequence[Sequence[Told]]
) -> tuple[Cell, ...]:
    own = [next((one for one in period if one["measure"] == measure), None) for period in told]
    newest = [one["values"] for one in reversed(own) if one is not None]
    cells = []
    for place, label in enumerate(periods):
        one = own[place]
        # of two periods with one label nobody but their own reports can tell which is meant
        known = newest if periods.count(label) == 1 else [one["values"]] if one else []
        value = next((values[label] for values in known if label in values), "")
        if one is None:
            cells.append(Cell(value=value))
        else:
            cells.append(
                Cell(
                    value=value,
                    difference=one["difference"],
                    course=one["course"],
                    judged=one["judged"],
                )
            )
    return tuple(cells)
