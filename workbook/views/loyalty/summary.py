"""Page 2: the answer first."""

from workbook.blocks import Block, Heading, Text, Tile, Tiles
from workbook.diagnostics.loyalty.result import IntervalKind, Nps
from workbook.views.finding import summary_findings
from workbook.views.loyalty.findings import findings
from workbook.views.loyalty.satisfaction import by_mean, mark_format
from workbook.views.loyalty.shared import LoyaltyView, class_parts
from workbook.views.loyalty.waves import verdict_arrow


def summary(view: LoyaltyView) -> list[Block]:
    """Return the one-page summary: answer, tiles, three findings, one recommendation."""
    found = findings(view)
    blocks: list[Block] = [
        Heading(text=_answer(view), short=view.say("short.summary"), new_page=True),
        Text((_lead(view),), lead=True),
    ]
    tiles = _tiles(view)
    if tiles:
        blocks.append(Tiles(tuple(tiles[:4])))
    blocks += summary_findings(view, found)
    return blocks


def _told(nps: Nps | None) -> Nps | None:
    return nps if nps is not None and nps.interval is not IntervalKind.TOO_FEW else None


def _answer(view: LoyaltyView) -> str:
    nps = _told(view.result.nps)
    if nps is None:
        few = view.result.nps
        return view.say("summary.head.too_few", n=few.n) if few else view.say("summary.head.none")
    change = view.result.change
    if change is None:
        return view.say("summary.head.alone", value=nps.value, **class_parts(view, nps))
    return view.say(
        f"summary.head.{change.verdict.value}", value=change.value, difference=change.difference,
        wave=change.wave, against=change.against,
    )  # fmt: skip


def _lead(view: LoyaltyView) -> str:
    nps = _told(view.result.nps)
    if nps is None:
        return view.say("summary.lead.none")
    if nps.interval is IntervalKind.CENSUS:
        return view.say("summary.lead.census", n=nps.n)
    return view.say(
        "summary.lead.sample", n=nps.n, **class_parts(view, nps),
        interval=view.interval(nps.ci_low, nps.ci_high, "points"),
        confidence=view.params.confidence,
    )  # fmt: skip


def _tiles(view: LoyaltyView) -> list[Tile]:
    made = (_nps_tile(view), _criteria_tile(view), _marks_tile(view), _complaints_tile(view))
    return [tile for tile in made if tile is not None]


def _nps_tile(view: LoyaltyView) -> Tile | None:
    nps = _told(view.result.nps)
    if nps is None:
        return None
    change = view.result.change
    told = ""
    if change is not None:
        told = view.say(
            "tiles.nps_change", arrow=verdict_arrow(change.verdict), difference=change.difference,
            wave=change.wave, against=change.against,
            verdict=view.say(f"verdict.{change.verdict.value}"),
        )  # fmt: skip
    return Tile(
        label=view.say("tiles.nps"),
        value=view.texts.write(nps.value, "points"),
        change=told,
        base=view.say(
            "tiles.nps_base", interval=view.interval(nps.ci_low, nps.ci_high, "points"), n=nps.n
        ),
    )


def _criteria_tile(view: LoyaltyView) -> Tile | None:
    criteria = view.result.criteria
    if criteria is None or not criteria.customers:
        return None
    return Tile(
        label=view.say("tiles.repeat"),
        value=view.part(criteria.repeat_customers, criteria.customers),
        base=view.say("tiles.repeat_base", n=criteria.customers),
    )


def _marks_tile(view: LoyaltyView) -> Tile | None:
    marks = by_mean(view)
    if not marks:
        return None
    worst = marks[0]
    return Tile(
        label=view.say("tiles.marks"),
        value=view.texts.write(worst.mean, mark_format(view)),
        change=worst.parameter,
        base=view.say("tiles.marks_base", n=worst.n),
    )


def _complaints_tile(view: LoyaltyView) -> Tile | None:
    complaints = view.result.complaints
    if complaints is None or not complaints.n or complaints.process_mended is None:
        return None
    return Tile(
        label=view.say("tiles.complaints"),
        value=view.part(complaints.process_mended, complaints.n),
        base=view.say("tiles.complaints_base", n=complaints.n),
    )
