"""Chapter: with whom the finances are compared."""

from workbook.diagnostics.financial_quartiles.organisation_result import BaseName
from workbook.diagnostics.financial_quartiles.report.groups import (
    industry_words,
    peer_group,
    size_words,
)
from workbook.diagnostics.financial_quartiles.report.shared import (
    BASES,
    SHOWN,
    FinancialView,
    band,
    lead,
    leading,
    source_line,
)
from workbook.diagnostics.financial_quartiles.result import Band, BaseFacts, Organisation
from workbook.report.blocks import Block, Definitions, Heading
from workbook.report.parts import left_out, table_columns
from workbook.report.table import Table, Value


def chapter(view: FinancialView) -> list[Block]:
    """Return the chapter on the reference base."""
    base = view.result.base
    if base is None:
        return left_out(view, "base")
    return [
        Heading(
            text=_heading(view, base),
            short=view.text("short.base"),
            caption=view.text("base.caption"),
        ),
        *_warning(view, base),
        Definitions(items=tuple(_facts(view, base))),
        *_table(view),
    ]


def lead_peers(view: FinancialView) -> Band | None:
    """Return the group that most ratios of the report's organisation are compared with."""
    row = lead(view)
    return None if row is None else peers_of(row, leading(row))


def peers_of(row: Organisation, base: BaseName) -> Band | None:
    """Return the group of a base that most ratios of an organisation are compared with."""
    found = [b for ratio in row.ratios if (b := band(ratio, base)) is not None]
    return max(found, key=lambda b: b.n, default=None)


def foreign(view: FinancialView) -> list[str]:
    """Say what another country and another currency than the base's mean for the comparison."""
    base, row = view.result.base, lead(view)
    if base is None or row is None:
        return []
    told = []
    country = (
        view.texts.numbers.country(base.country) if base.country else view.text("foreign.untold")
    )
    if base.other_country != "no":
        told.append(view.text(f"foreign.country_{base.other_country}", country=country))
    own = view.engagement.currency
    if row.size_basis == "other_currency":
        told.append(view.text("foreign.no_size", currency=base.currency or "RUB", own=own))
    elif row.size_basis == "converted" and base.rate is not None:
        told.append(
            view.text(
                "foreign.converted", currency=base.currency, own=own, rate=base.rate.value,
                day=base.rate.day, source=base.rate.source,
            )
        )  # fmt: skip
    elif row.size_basis == "no_bounds":
        told.append(view.text("foreign.no_bounds"))
    return told


def _heading(view: FinancialView, base: BaseFacts) -> str:
    peers = lead_peers(view)
    kind = "synthetic" if base.synthetic else "rounded" if base.rounded else "built"
    if peers is None:
        return view.text(f"base.heading.{kind}_years", n=len(base.years))
    return view.text(f"base.heading.{kind}", n=peers.n, group=peer_group(view, peers))


def _warning(view: FinancialView, base: BaseFacts) -> list[Block]:
    told = []
    if base.synthetic:
        told.append(view.text("synthetic.warning"))
    if base.rounded:
        told.append(view.text("base.rounded"))
    told += foreign(view)
    return view.limitation(*told)


def _facts(view: FinancialView, base: BaseFacts) -> list[tuple[str, str]]:
    years = [str(year) for year in base.years]
    span = years[0] if len(years) == 1 else view.text("span", first=years[0], last=years[-1])
    built = view.texts.write(base.built, "day") if base.built else "–"
    values = {
        "source": base.source,
        "kind": view.text("base.kind.synthetic" if base.synthetic else "base.kind.real"),
        "years": span if years else "–",
        "built": built,
        "country": view.texts.numbers.country(base.country) if base.country else "–",
        "currency": base.currency or "–",
        "effective": _effective(view, base),
        "hash": base.hash[:16],
    }
    return [(view.text(f"base.facts.{name}"), value) for name, value in values.items() if value]


def _effective(view: FinancialView, base: BaseFacts) -> str:
    """Say how many ratios of their own kind the year's are worth; nothing where not known."""
    row = lead(view)
    found = next((e for e in base.effective if row is not None and e.year == row.year), None)
    return "" if found is None else view.text("base.effective", value=found.value, n=found.ratios)


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
        title=view.text("base.table"),
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
        note=source_line(view, view.text("base.note", n=view.result.thresholds.min_peers)),
    )
    return [table]


def _row(view: FinancialView, row: Organisation, base: BaseName) -> dict[str, Value] | None:
    found = [b for ratio in row.ratios if (b := band(ratio, base)) is not None]
    if not found:
        return None
    who = row.organisation if base == "industry" else view.text("base.everybody")
    groups = dict.fromkeys(peer_group(view, b) for b in found)
    least, most = min(b.n for b in found), max(b.n for b in found)
    low, high = view.texts.write(least, "count"), view.texts.write(most, "count")
    return {
        "organisation": view.text("in_year", organisation=who, year=row.year),
        "own": _own(view, row) if base == "industry" else "–",
        "group": "; ".join(groups),
        "n": low if least == most else view.text("interval", low=low, high=high),
    }


def _own(view: FinancialView, row: Organisation) -> str:
    level = "section" if row.okved.isalpha() else "code"
    return view.text(
        "peer_group",
        industry=industry_words(view, level, row.okved),
        size=size_words(view, row.size),
    )
