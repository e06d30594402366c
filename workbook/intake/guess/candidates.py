"""Which table a grid may hold, and how much speaks for it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from workbook.intake.guess.assignment import Match, assigned
from workbook.intake.guess.grid import Grid, sampled
from workbook.intake.guess.header import Header
from workbook.intake.guess.heading_words import file_hint
from workbook.intake.guess.profile import Profile, profile_of
from workbook.intake.guess.wide import Wide, marks_across, months_across, years_across
from workbook.intake.schema import TableSchema
from workbook.intake.schema_files import all_schemas

LEAST = 0.62
"""Merit of a table that is proposed for a file whose name says nothing."""
_NEEDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "survey": (("score",),),
    "satisfaction": (("mark",), ("parameter",)),
    "sales": (("amount",), ("customer_id",)),
    "offers": (("status", "stage"), ("customer_id", "deal_id")),
    "lost_customers": (("lost_date",), ("customer_id",), ("reasons", "destination", "competitor")),
    "customers": (("customer_id", "name"), ("segment", "industry", "region", "manager")),
    "control_points": (("due_date",), ("point",)),
    "complaints": (("date",), ("complaint_id", "category"), ("complaint_id", "closed_date")),
    "statements": (),
    "plans": (("period",), ("amount",), ("customer_id",)),
    "service_costs": (("period",), ("amount",), ("customer_id",)),
    "answers": (("item",), ("mark",), ("respondent",)),
    "touchpoints": (("touchpoint",), ("mark",)),
}  # fmt: skip
"""Without one of each group a grid is not this table."""
_DERIVED: Mapping[str, tuple[str, ...]] = {
    "survey": ("respondent_id",),
    "satisfaction": ("respondent_id", "product"),
    "offers": ("stage", "status", "product"),
    "statements": ("organisation", "year", "line", "value"),
    "customers": ("customer_id",),
}
"""Required columns that a recipe can make of others."""
_FEWEST_LINES = 3
"""Lines of statements side by side by which a grid is one."""
_GENERAL = {
    "customers": 0.15,
    "plans": 0.05,
    "service_costs": 0.1,
    "touchpoints": 0.05,
    "control_points": 0.05,
}
"""Tables whose columns many files have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A grid read as one table."""

    grid: Grid
    header: Header
    profiles: tuple[Profile, ...]
    table: str
    matches: Mapping[str, Match]
    merit: float
    wide: Wide | None = None

    @property
    def schema(self) -> TableSchema:
        """The table's definition."""
        return all_schemas()[self.table]


def profiles_of(grid: Grid, header: Header) -> tuple[Profile, ...]:
    """Return what the columns of a grid look like."""
    looked = sampled(header.body)
    return tuple(
        profile_of(
            [line.cells[at] for line in looked], [line.cells[at].text for line in header.body]
        )
        for at in range(grid.width)
    )


def candidates(grid: Grid, header: Header, *, sure: Collection[str] = ()) -> list[Candidate]:
    """Return the tables that a grid may hold, the likeliest first.

    ``sure``: tables that its headings are recognised as.
    """
    profiles = profiles_of(grid, header)
    found = [
        candidate
        for table in _NEEDS
        if (candidate := candidate_of(table, grid, header, profiles, sure=table in sure))
        is not None
    ]
    return sorted(found, key=lambda one: -one.merit)


def candidate_of(
    table: str, grid: Grid, header: Header, profiles: Sequence[Profile], *, sure: bool = False
) -> Candidate | None:
    """Return a grid read as one table, or None when it lacks what the table is for."""
    wide = _wide(table, header, profiles)
    without = frozenset({*wide.columns, *wide.others}) if wide else frozenset()
    matches = assigned(all_schemas()[table], header, profiles, without=without)
    if table == "satisfaction" and not {"mark", "parameter"} <= matches.keys():
        matches = {n: m for n, m in matches.items() if n not in ("mark", "parameter")}
        wide = marks_across(header, profiles, used=(m.at for m in matches.values()))
    made = {"date", "amount"} if table == "sales" and wide else set()
    made |= {"year", "value"} if table == "statements" and wide else set()
    made |= {"parameter", "mark"} if table == "satisfaction" and wide else set()
    if wide:
        matches = {name: match for name, match in matches.items() if name not in made}
    there = matches.keys() | made
    hint = max(file_hint(table, grid.file), file_hint(table, grid.sheet) if grid.sheet else 0)
    complete = is_complete(table, there)
    if not complete and hint < 1 and not sure:
        return None
    return Candidate(
        grid=grid,
        header=header,
        profiles=tuple(profiles),
        table=table,
        matches=matches,
        merit=_merit(table, matches, made) + hint * (1.5 if hint == 1 else 0.5) + sure,
        wide=wide,
    )


def _wide(table: str, header: Header, profiles: Sequence[Profile]) -> Wide | None:
    if table == "sales":
        return months_across(header, profiles)
    return years_across(header, profiles) if table == "statements" else None


def _merit(table: str, matches: Mapping[str, Match], made: set[str]) -> float:
    """Return how well the required columns are there, and a little for every other one."""
    needed = [column.name for column in all_schemas()[table].columns if column.required]
    derived = _DERIVED.get(table, ())
    told = [
        matches[name].merit if name in matches else 0.9 if name in made else 0.0
        for name in needed
        if name in matches or name in made or name not in derived
    ]
    others = sum(match.merit for name, match in matches.items() if name not in needed)
    required = sum(told) / len(told) if told else 0.0
    return required + min(0.6, 0.12 * others) - _GENERAL.get(table, 0.0)


def is_complete(table: str, columns: Collection[str]) -> bool:
    """Return whether a table that was read has what it is for.

    >>> is_complete("statements", ["organisation", "year"]), is_complete("survey", ["score"])
    (False, True)
    """
    if table == "statements":
        lines = set(columns) - {"organisation", "year", "okved", "form", "prior_value"}
        return len(lines - {"line", "value"}) >= _FEWEST_LINES or {"line", "value"} <= lines
    return all(set(columns) & set(group) for group in _NEEDS.get(table, ()))
