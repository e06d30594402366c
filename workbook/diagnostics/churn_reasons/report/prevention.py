"""Chapter: what could have been prevented, and by whom; what customers say and what is so."""

from workbook.diagnostics.churn_reasons.reasons_result import Preventable, Verified
from workbook.diagnostics.churn_reasons.report.churn_view import ChurnView, caption, of_all
from workbook.report.blocks import Block, Heading, Text, Tile, Tiles
from workbook.report.table import Table


def chapter(view: ChurnView) -> list[Block]:
    """Return the chapter on prevention, owner systems and verified reasons."""
    preventable = view.result.preventable
    if preventable is None or not view.result.base.n:
        return view.left_out("prevention")
    return [
        Heading(
            text=_heading(view, preventable),
            short=view.text("short.prevention"),
            caption=caption(view, view.text("prevention.caption"), view.result.widened_since),
        ),
        _tiles(view, preventable),
        Text(tuple(_reading(view, preventable))),
        _owners(view),
        *_verified(view),
    ]


def _heading(view: ChurnView, preventable: Preventable) -> str:
    if not preventable.enough_judged:
        key = "unjudged"
    elif preventable.by_definition:
        key = "definition"
    else:
        key = "number" if preventable.revenue is None else "money"
    return view.text(
        f"prevention.heading.{key}",
        k=preventable.n,
        n=preventable.judged,
        unjudged=preventable.unjudged,
        all=view.result.base.n,
        revenue=preventable.revenue,
    )


def _reading(view: ChurnView, preventable: Preventable) -> list[str]:
    """Say what the share rests on: the list of reasons in use, and who was judged at all."""
    no = view.result.not_preventable
    named = [view.text("prevention.one", label=r.label, n=r.n) for r in no if r.n]
    others = [r.label for r in no if not r.n]
    told = []
    if named:
        told.append(view.text("prevention.text.named", named=", ".join(named)))
    elif no:
        told.append(view.text("prevention.text.none_named", named=", ".join(others)))
    else:
        told.append(view.text("prevention.text.none_listed"))
    if preventable.unjudged:
        told.append(
            view.text(
                "prevention.text.unjudged",
                judged=preventable.judged,
                unjudged=preventable.unjudged,
                low=preventable.low,
                high=preventable.high,
            )
        )
    if preventable.revenue is not None and preventable.revenue != preventable.revenue_fractional:
        told.append(view.text("prevention.text.split", revenue=preventable.revenue_fractional))
    return [" ".join(told)]


def _tiles(view: ChurnView, preventable: Preventable) -> Tiles:
    n = preventable.judged
    tiles = [
        Tile(
            label=view.text("prevention.tile.judged"),
            value=view.part(n, n + preventable.unjudged),
            base=of_all(view, n + preventable.unjudged),
        )
    ]
    if n:
        tiles += [
            Tile(
                label=view.text("prevention.tile.any"),
                value=view.part(preventable.n, n),
                base=view.interval(preventable.ci_low, preventable.ci_high, "pct")
                if view.in_percent(n)
                else "",
            ),
            Tile(
                label=view.text("prevention.tile.sole"),
                value=view.part(preventable.sole, n),
                base=of_all(view, n),
            ),
        ]
    if n and preventable.revenue is not None:
        tiles.append(
            Tile(
                label=view.text("prevention.tile.revenue"),
                value=view.texts.write(preventable.revenue, "money"),
                base=""
                if view.result.counts_only
                else view.text("prevention.tile.revenue_base", share=preventable.revenue_share),
            )
        )
    return Tiles(tuple(tiles))


def _owners(view: ChurnView) -> Table:
    return view.table(
        "owners",
        view.result.owners,
        ("prevention.columns.owner", lambda r: view.text(f"owner.{r.reason or 'unknown'}"), ""),
        ("reasons.columns.any", lambda r: r.any, "count"),
        ("reasons.columns.fractional", lambda r: r.fractional, "dec1"),
        ("reasons.columns.revenue", lambda r: r.revenue, "money"),
        title=view.text("prevention.owners"),
        note=view.text("prevention.note"),
    )


def _verified(view: ChurnView) -> list[Block]:
    verified = view.result.verified
    if verified is None:
        return view.left_out("verified")
    heading = Heading(text=_verified_heading(view, verified), level=3)
    if not view.result.replacements:
        return [heading]
    table = view.table(
        "replacements",
        view.result.replacements,
        ("verified.stated", lambda r: r.stated_label, ""),
        ("verified.verified", lambda r: r.verified_label, ""),
        ("verified.n", lambda r: r.n, "count"),
        title=view.text("verified.table"),
        shown=6,
        note=view.text("verified.note"),
    )
    return [heading, table]


def _verified_heading(view: ChurnView, verified: Verified) -> str:
    if verified.differs is None or not verified.compared:
        return view.text("verified.heading_rate", k=verified.n, n=verified.base)
    return view.text("verified.heading", k=verified.differs, n=verified.compared)
