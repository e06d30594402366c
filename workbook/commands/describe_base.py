"""``workbook base info``: what a base is."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from workbook.commands.terminal import styled
from workbook.diagnostics.financial_quartiles.industries import ALL, LEVELS
from workbook.diagnostics.financial_quartiles.peer_base import Base, Effective, Row
from workbook.diagnostics.financial_quartiles.sizes import ALL_SIZES, NAMES
from workbook.language.visible import visible

_PLAIN_WIDTH = 120
_LEVELS = {ALL: "all", "section": "section", **{n: f"{n} digits" for n in LEVELS[2:]}}


def show(base: Base, path: Path) -> None:
    """Print what a base says of itself and what it holds, on stdout."""
    console = Console(file=styled(sys.stdout), highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = _PLAIN_WIDTH
    console.print(_said(base, path))
    console.print(_held(list(base.rows())))


def _grid(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_header=bool(headings))
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number else "left", no_wrap=True)
    return table


def _said(base: Base, path: Path) -> Table:
    table = _grid()
    for _ in range(2):
        table.add_column(overflow="fold")
    for name, value in _facts(base, path):
        table.add_row(Text(name), Text(visible(value)))
    return table


def _facts(base: Base, path: Path) -> Iterable[tuple[str, str]]:
    yield "file", str(path)
    yield "source", base.source
    yield "synthetic", "yes: the companies are invented" if base.synthetic else "no"
    yield "built", base.built.isoformat() if base.built else "not told"
    yield "hash of the source", base.hash
    yield "years", ", ".join(map(str, base.years))
    yield "ratios", ", ".join(base.ratios)
    bounds = zip(NAMES, base.size_bounds, strict=False)
    sizes = [f"{name} up to {bound / 1e6:g} million {base.currency}" for name, bound in bounds]
    yield "country", base.country or "not told"
    yield "currency", base.currency or "not told"
    yield "sizes by revenue", "; ".join([*sizes, NAMES[-1]]) if sizes else "not told"
    if base.effective:
        yield "effective ratios", ", ".join(_worth(one) for one in base.effective)
    refused = base.facts.get("refused")
    if isinstance(refused, dict):
        counts = [f"{name} {count:,}" for name, count in sorted(refused.items())]
        yield "rows refused", ", ".join(counts) or "none"
    if "fewest" in base.facts:
        yield "smallest group kept", str(base.facts["fewest"])
    if "program" in base.facts:
        yield "made by", f"workbook {base.facts['program']}"


def _worth(one: Effective) -> str:
    return f"{one.year}: {one.value:.1f} of {one.ratios}"


def _held(rows: Sequence[Row]) -> Table:
    """Return industries per level, and companies, by year."""
    levels = [level for level in LEVELS if any(row.level == level for row in rows)]
    codes = {(row.year, row.level, row.code) for row in rows}
    count = Counter((year, level) for year, level, _ in codes)
    table = _grid("Year", "Companies", *(_LEVELS[level] for level in levels), "Quartiles")
    for year in sorted({row.year for row in rows}):
        mine = [row for row in rows if row.year == year]
        everyone = [row.n for row in mine if row.level == ALL and row.size == ALL_SIZES]
        companies = f"{max(everyone):,}" if everyone else ""
        cells = [f"{count[year, level]:,}" for level in levels]
        table.add_row(str(year), companies, *cells, f"{len(mine):,}")
    return table
