"""Chapter: with whom the finances are compared."""

from typing import NamedTuple

from workbook.diagnostics.financial_quartiles.industries import classification_of, home_of
from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.ratio_result import (
    BASES,
    Band,
    BaseName,
)
from workbook.diagnostics.financial_quartiles.report.financial_view import (
    SHOWN,
    FinancialView,
    source_line,
)
from workbook.diagnostics.financial_quartiles.result import BaseFacts
from workbook.report.blocks import Block, Definitions, Heading, details


def chapter(view: FinancialView) -> list[Block]:
    """Return the chapter on the reference base."""
    base = view.result.base
    if base is None:
        return view.left_out("base")
    return [
        Heading(
            text=_heading(view, base),
            short=view.text("short.base"),
            caption=view.text("base.caption"),
        ),
        *_warning(view, base),
        *details(Definitions(items=tuple(_facts(view, base))), *_table(view)),
    ]


def industry_words(view: FinancialView, level: str, code: str) -> str:
    """Return the words of an industry at its level, in the classification its reader knows."""
    if level in ("all", "section"):
        return view.text(f"industry.{level}", code=code)
    home = home_of(
        view.params.country,
        currency=view.engagement.currency,
        language=view.texts.language,
    )
    base = view.result.base
    named = classification_of(code, home=home, base=base.country if base else "")
    return view.text(
        "industry.code", classification=view.text(f"classification.{named}"), code=code
    )


def size_words(view: FinancialView, size: str) -> str:
    """Return the words of a size group."""
    return view.text(f"size.{size}")


def peer_group(view: FinancialView, found: Band) -> str:
    """Return the words of the companies that a ratio is compared with."""
    return view.text(
        "peer_group",
        industry=industry_words(view, found.level, found.code),
        size=size_words(view, found.size),
    )


def foreign(view: FinancialView) -> list[str]:
    """Say what another country and another currency than the base's mean for the comparison."""
    base, row = view.result.base, view.result.lead
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
    row = view.result.lead
    peers = None if row is None else row.peers(row.leading)
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
    row = view.result.lead
    found = next((e for e in base.effective if row is not None and e.year == row.year), None)
    return "" if found is None else view.text("base.effective", value=found.value, n=found.ratios)


def _table(view: FinancialView) -> list[Block]:
    every = [_group(view, row, base) for base in BASES for row in view.result.latest]
    groups = list(dict.fromkeys(group for group in every if group is not None))
    if not groups:
        return []
    table = view.table(
        "peer_groups",
        groups,
        ("columns.organisation", lambda group: group.organisation, ""),
        ("base.columns.own", lambda group: group.own, ""),
        ("base.columns.group", lambda group: group.compared_with, ""),
        ("base.columns.n", lambda group: group.n, "text"),
        title=view.text("base.table"),
        shown=SHOWN,
        note=source_line(view, view.text("base.note", n=view.result.thresholds.min_peers)),
    )
    return [table]


class _GroupWords(NamedTuple):
    """With whom one organisation is compared; organisations alike share a row."""

    organisation: str
    own: str
    compared_with: str
    n: str


def _group(view: FinancialView, row: Organisation, base: BaseName) -> _GroupWords | None:
    found = [band for ratio in row.ratios if (band := ratio.against(base)) is not None]
    if not found:
        return None
    by_industry = base == "industry"
    who = row.organisation if by_industry else view.text("base.everybody")
    least, most = min(band.n for band in found), max(band.n for band in found)
    low, high = view.texts.write(least, "count"), view.texts.write(most, "count")
    return _GroupWords(
        organisation=view.text("in_year", organisation=who, year=row.year),
        own=_own(view, row) if by_industry else "–",
        compared_with="; ".join(dict.fromkeys(peer_group(view, band) for band in found)),
        n=low if least == most else view.text("interval", low=low, high=high),
    )


def _own(view: FinancialView, row: Organisation) -> str:
    level = "section" if row.okved.isalpha() else "code"
    return view.text(
        "peer_group",
        industry=industry_words(view, level, row.okved),
        size=size_words(view, row.size),
    )
