"""Chapter: with whom the finances are compared."""

from workbook.blocks import Block, Definitions, Heading
from workbook.diagnostics.financial_quartiles.result import Band, BaseFacts, Organisation
from workbook.table import Table, Value
from workbook.views.financial_quartiles.groups import industry_words, peer_group, size_words
from workbook.views.financial_quartiles.shared import (
    BASES,
    SHOWN,
    BaseName,
    FinancialView,
    band,
    lead,
    leading,
    source_line,
)
from workbook.views.parts import left_out, table_columns


def chapter(view: FinancialView) -> list[Block]:
    """Return the chapter on the reference base."""
    base = view.result.base
    if base is None:
        return left_out(view, "base")
    return [
        Heading(
            text=_heading(view, base),
            short=view.say("short.base"),
            caption=view.say("base.caption"),
        ),
        *_warning(view, base),
        Definitions(items=tuple(_facts(view, base))),
        *_table(view),
    ]


def lead_peers(view: FinancialView) -> Band | None:
    """Return the group that most ratios of the report's organisation are compared with."""
    row = lead(view)
    if row is None:
        return None
    found = [b for ratio in row.ratios if (b := band(ratio, leading(row))) is not None]
    return max(found, key=lambda b: b.n, default=None)


def _heading(view: FinancialView, base: BaseFacts) -> str:
    peers = lead_peers(view)
    kind = "synthetic" if base.synthetic else "rounded" if base.rounded else "built"
    if peers is None:
        return view.say(f"base.heading.{kind}_years", n=len(base.years))
    return view.say(f"base.heading.{kind}", n=peers.n, group=peer_group(view, peers))


def _warning(view: FinancialView, base: BaseFacts) -> list[Block]:
    told = []
    if base.synthetic:
        told.append(view.say("synthetic.warning"))
    if base.rounded:
        told.append(view.say("base.rounded"))
    return view.limitation(*told)


def _facts(view: FinancialView, base: BaseFacts) -> list[tuple[str, str]]:
    years = [str(year) for year in base.years]
    span = years[0] if len(years) == 1 else view.say("span", first=years[0], last=years[-1])
    built = view.texts.write(base.built, "day") if base.built else "–"
    values = {
        "source": base.source,
        "kind": view.say("base.kind.synthetic" if base.synthetic else "base.kind.real"),
        "years": span if years else "–",
        "built": built,
        "hash": base.hash[:16],
    }
    return [(view.say(f"base.facts.{name}"), value) for name, value in values.items()]


def _table(view: FinancialView) -> list[Block]:
    every = [_row(view, row, base) for base in BASES for row in view.result.latest]
    rows: list[dict[str, Value]] = []
    for told in every:
        if told is not None and told not in rows:
            rows.append(told)
    if not rows:
        return []
    table = Table(
        name="peer_groups",
        title=view.say("base.table"),
        columns=table_columns(
            view,
            ("organisation", "columns.organisation", ""),
            ("own", "base.columns.own", ""),
            ("group", "base.columns.group", ""),
            ("n", "base.columns.n", "text"),
        ),
        rows=rows,
        texts=view.texts,
        shown=SHOWN,
        note=source_line(view, view.say("base.note", n=view.params.min_peers)),
    )
    return [table]


def _row(view: FinancialView, row: Organisation, base: BaseName) -> dict[str, Value] | None:
    found = [b for ratio in row.ratios if (b := band(ratio, base)) is not None]
    if not found:
        return None
    who = row.organisation if base == "industry" else view.say("base.everybody")
    groups = dict.fromkeys(peer_group(view, b) for b in found)
    least, most = min(b.n for b in found), max(b.n for b in found)
    low, high = view.texts.write(least, "count"), view.texts.write(most, "count")
    return {
        "organisation": view.say("in_year", organisation=who, year=row.year),
        "own": _own(view, row) if base == "industry" else "–",
        "group": "; ".join(groups),
        "n": low if least == most else view.say("interval", low=low, high=high),
    }


def _own(view: FinancialView, row: Organisation) -> str:
    level = "section" if row.okved.isalpha() else "code"
    return view.say(
        "peer_group",
        industry=industry_words(view, level, row.okved),
        size=size_words(view, row.size),
    )
