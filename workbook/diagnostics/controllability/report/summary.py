"""Page 2 and the action plan: the claims of the result, in words."""

from collections.abc import Callable, Mapping

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.controllability.report.contradictions import bound, figure
from workbook.diagnostics.controllability.report.mark_words import ControlView, mark_name
from workbook.report.blocks import Tile
from workbook.report.finding import Finding, worded
from workbook.report.page_two import PageTwo


def page_two(view: ControlView) -> PageTwo:
    """Return the program's draft of page 2."""
    answer, limit = view.result.answer, view.result.limitation
    if answer is None:
        return PageTwo(answer=view.text("head.none"), lead=(view.text("head.none_text"),))
    return PageTwo(
        answer=view.text(f"head.{answer.id}", **_words(view, answer)),
        lead=(view.text(f"head.lead.{answer.figures['basis']}", **answer.figures),),
        tiles=[_TILES[claim.id](view, claim.figures) for claim in view.result.tiles],
        findings=findings(view),
        limitation="" if limit is None else view.text(f"limitations.{limit.id}", **limit.figures),
    )


def findings(view: ControlView) -> list[Finding]:
    """Return what the result tells, most important first."""
    return [worded(view, claim, **_words(view, claim)) for claim in view.result.findings]


def _words(view: ControlView, claim: Claim) -> dict[str, object]:
    """Return the figures of a claim, with marks and measures in the words of the report."""
    known = dict(claim.figures)
    if "first" in known:
        known["first"] = _within(str(known["first"]))
    if "check" not in known:
        return {**known}
    name = str(known["check"])
    value = figure(
        view, unit=known["unit"], value=known["value"], n=known["against"], base=known["base"]
    )
    stake, fix = str(known["stake"]), view.text(f"fix.{name}")
    return {
        **known,
        "mark": mark_name(view, str(known["mark"])),
        "measured": view.text(f"measured.{name}"),
        "value": value,
        "bound": bound(view, known["unit"], known["bound"]),
        "stake": view.text(f"stakes.{stake}", **claim.figures) if stake else "",
        "gain": view.text(f"gains.{stake or 'none'}"),
        "fix": fix,
        "fix_first": fix[:1].upper() + fix[1:],
        "owner": view.text(f"owners.{name}"),
    }


def _within(step: str) -> str:
    """Return a step as the end of a sentence."""
    return step[:1].lower() + step[1:].rstrip(".")


_Figures = Mapping[str, object]


def _index(view: ControlView, known: _Figures) -> Tile:
    course = known["course"]
    return Tile(
        label=view.text("tiles.index"),
        value=view.texts.write(known["index"], "pct1"),
        change=view.text(f"tiles.change.{course}", **known) if course else "",
        base=view.text("tiles.by_sections", index=known["by_sections"]),
    )


def _marks(view: ControlView, known: _Figures) -> Tile:
    return Tile(
        label=view.text("tiles.marks"),
        value=view.text("k_of_n", k=known["k"], n=known["n"]),
        base=view.text("tiles.other_marks", half=known["half"], minus=known["minus"]),
    )


def _alpha(view: ControlView, known: _Figures) -> Tile:
    value = known["alpha"]
    kind = known["reading"] if value is None else "known"
    return Tile(
        label=view.text("tiles.alpha"),
        value=view.text(f"tiles.alpha_value.{kind}", alpha=value),
        change=view.text(f"tiles.reading.{known['reading']}"),
        base=_known_of(view, known),
    )


def _known_of(view: ControlView, known: _Figures) -> str:
    """Say what is known of alpha: its interval, else its range, else of how many it is."""
    if known["low"] is not None:
        return view.text("tiles.interval", low=known["low"], high=known["high"])
    if known["range_low"] is not None:
        return view.text("tiles.range", low=known["range_low"], high=known["range_high"])
    return view.text("tiles.respondents", n=known["n"])


def _contradictions(view: ControlView, known: _Figures) -> Tile:
    return Tile(
        label=view.text("tiles.contradictions"),
        value=view.text("k_of_n", k=known["k"], n=known["n"]),
        base=view.text("tiles.checks"),
    )


def _low_items(view: ControlView, known: _Figures) -> Tile:
    return Tile(
        label=view.text("tiles.low_items"),
        value=view.text("k_of_n", k=known["k"], n=known["n"]),
        base=view.text("tiles.low_items_base", bound=known["bound"]),
    )


_TILES: Mapping[str, Callable[[ControlView, _Figures], Tile]] = {
    "index": _index,
    "marks": _marks,
    "alpha": _alpha,
    "contradictions": _contradictions,
    "low_items": _low_items,
}
