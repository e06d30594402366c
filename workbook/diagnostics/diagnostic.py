"""What the program knows of a diagnostic: its options, result and sources, and who reads them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, cast

from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.key_figure import KeyFigure
from workbook.diagnostics.outline import Outline
from workbook.diagnostics.periods.changes import Changes
from workbook.diagnostics.periods.measure import Measure
from workbook.diagnostics.periods.period import Period
from workbook.engagement.settings import Engagement
from workbook.errors import Problem
from workbook.intake.table import InputTable
from workbook.stats.families import HasFamilies

if TYPE_CHECKING:
    from workbook.report.diagnostic_report import Report


P = TypeVar("P")
R = TypeVar("R", bound=HasFamilies)
S = TypeVar("S")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSources(Generic[S]):
    """What a diagnostic reads beside its tables, and sheets to be filled for the next run."""

    sources: S
    sheets: Mapping[str, bytes] = field(default_factory=dict)
    """File name -> content, put among the internal files (``coding_loyalty.xlsx``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed(Generic[P, R, S]):
    """What the arithmetic of one diagnostic has made of an engagement: nothing of it is shown."""

    params: P
    loaded: LoadedSources[S]
    result: R
    changed: Changes
    """What changed since the last period."""


def nothing_to_compare(period: Any) -> tuple[Measure, ...]:
    """Return no measure: of a diagnostic without any."""
    return ()


def _nothing_to_read(languages: Iterable[str]) -> None:
    """Read nothing."""


def _nothing_wrong(engagement: Engagement, tables: Mapping[str, InputTable]) -> tuple[Problem, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic(Generic[P, R, S]):
    """One diagnostic: from tables to a result, from the result to the parts of a report.

    ``P``, ``R`` and ``S`` are its options, its result and what it reads beside its tables
    (``None`` where that is nothing).
    """

    outline: Outline[P]
    """What can be told of it without the rest: name, tables, options."""
    compute: Callable[[Inputs, P, S], R]
    key_figures: Callable[[R], tuple[KeyFigure, ...]]
    report: "Callable[[], Report[R, P]]"
    """Gives the parts of its report; views are imported when it is called, for drawing takes a
    second to import and most commands draw nothing."""
    glossary: tuple[str, ...] = ()
    """Terms that its report explains."""
    measures: Callable[[Period[P, R, S]], Iterable[Measure]] = nothing_to_compare
    """Its figures that are compared from period to period."""
    looks_ahead: bool = False
    """Figures of an earlier period follow this period's files where these tell them anew (accounts
    that were restated): what the last report had otherwise is looked for."""
    of_the_data: tuple[str, ...] = ()
    """Options that say what a period's data are (their scale, the size of the base): an earlier
    period keeps its own, and takes all others from this one, so that like meets like."""
    check: Callable[[Engagement, Mapping[str, InputTable]], tuple[Problem, ...]] = _nothing_wrong
    """Finds what is wrong with its own files, and what only it can see in its tables."""
    load: Callable[[Engagement, Inputs, P], LoadedSources[S]] | None = None
    """Reads its own files (code frames, codings); None: it has none."""
    read_ahead: Callable[[Iterable[str]], None] = _nothing_to_read
    """Reads what comes with the package for it, before reports are made: dictionaries of the
    languages given, a base; it stays in the process and in those that are forked from it."""

    @property
    def name(self) -> str:
        """Return :attr:`Outline.name`."""
        return self.outline.name

    @property
    def tables(self) -> tuple[str, ...]:
        """Return :attr:`Outline.tables`."""
        return self.outline.tables

    @property
    def needs_any(self) -> tuple[str, ...]:
        """Return :attr:`Outline.needs_any`."""
        return self.outline.needs_any

    @property
    def joins(self) -> bool:
        """Return :attr:`Outline.joins`."""
        return self.outline.joins

    @property
    def params(self) -> type[P]:
        """Return :attr:`Outline.params`."""
        return self.outline.params

    def sources(self, engagement: Engagement, inputs: Inputs, params: P) -> LoadedSources[S]:
        """Return what it reads beside its tables."""
        if self.load is None:
            return LoadedSources(sources=cast(S, None))
        return self.load(engagement, inputs, params)


AnyDiagnostic: TypeAlias = Diagnostic[Any, Any, Any]
"""One of several, where it does not matter which."""
