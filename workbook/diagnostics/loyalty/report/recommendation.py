"""Chapter: how ready customers are to recommend the client."""

from workbook.charts.chart import Chart
from workbook.charts.score_columns import ScoreClass, ScoreColumns
from workbook.diagnostics.loyalty.report.benchmarks import strip, strip_plot
from workbook.diagnostics.loyalty.report.follow_up import contributions
from workbook.diagnostics.loyalty.report.loyalty_view import (
    LoyaltyView,
    heading_facts,
    source,
    told_interval,
)
from workbook.diagnostics.loyalty.report.score_words import (
    class_colours,
    class_parts,
    class_words,
    classes_of,
)
from workbook.diagnostics.loyalty.standouts import weighs
from workbook.diagnostics.loyalty.survey_result import IntervalKind, Nps, Weighted
from workbook.report.blocks import Block, Heading, Text, details

CLASSES = ("detractors", "passives", "promoters")


def chapter(view: LoyaltyView) -> list[Block]:
    """Return the chapter on the index, its distribution and its weightings."""
    nps = view.result.nps
    if nps is None:
        return view.left_out("survey")
    if nps.interval is IntervalKind.TOO_FEW:
        return _too_few(view, nps)
    return [
        Heading(
            text=view.text(f"nps.heading.{_sign(nps)}", value=nps.value, **class_parts(view, nps)),
            short=view.text("short.survey"),
            caption=view.text("nps.caption", period=view.engagement.period),
        ),
        Text((_reading(view, nps),)),
        _distribution(view, nps),
        *view.limitation(*_limits(view, nps)),
        *_weightings(view),
    ]


def _sign(nps: Nps) -> str:
    if nps.value == 0:
        return "zero"
    if nps.ci_low is not None and nps.ci_high is not None and nps.ci_low <= 0 <= nps.ci_high:
        return "open"
    return "plus" if (nps.value or 0) > 0 else "minus"


def _too_few(view: LoyaltyView, nps: Nps) -> list[Block]:
    scores = ", ".join(str(s) for s in view.result.small_answers)
    return [
        Heading(text=view.text("nps.too_few.heading", n=nps.n), short=view.text("short.survey")),
        Text((view.text("nps.too_few.text", min_n=view.params.min_n, scores=scores or "–"),)),
    ]


def _reading(view: LoyaltyView, nps: Nps) -> str:
    counts = view.text(
        "nps.counts",
        n=nps.n,
        detractors=nps.detractors,
        passives=nps.passives,
        promoters=nps.promoters,
        value=nps.value,
    )
    if nps.interval is IntervalKind.CENSUS:
        return f"{counts} {view.text('nps.census')}"
    interval = view.interval(nps.ci_low, nps.ci_high, "points")
    key = "nps.interval_finite" if nps.interval is IntervalKind.FINITE else "nps.interval"
    told = view.text(
        key, interval=interval, confidence=view.params.confidence, population=nps.population
    )
    worth = _worth(view, nps)
    return f"{counts} {told} {worth}" if worth else f"{counts} {told}"


def _worth(view: LoyaltyView, nps: Nps) -> str:
    """Say what the answers tell where several of them come from one customer."""
    if nps.customers is None or nps.n_eff is None or nps.customers >= nps.n:
        return ""
    return view.text("nps.worth", customers=nps.customers, n_eff=round(nps.n_eff))


def _distribution(view: LoyaltyView, nps: Nps) -> Chart:
    classes, published = classes_of(view), strip(view, nps)
    bounds = (classes.detractors, classes.passives, classes.promoters)
    ranges = [
        ScoreClass(
            first=start,
            last=end,
            name=view.text(f"classes.{key}"),
            share=view.part(getattr(nps, key), nps.n),
            colour=colour,
        )
        for key, colour, (start, end) in zip(CLASSES, class_colours(view), bounds, strict=True)
    ]
    told = view.text("nps.chart.alt", n=nps.n, **class_words(view), **class_parts(view, nps))
    return view.draw(
        ScoreColumns(
            counts=nps.distribution[classes.scores[0] :],
            classes=ranges,
            write=view.fmt("count"),
            under=strip_plot(view, published) if published else None,
        ),
        title=view.text("benchmarks.title" if published else "nps.chart.title"),
        alt=f"{told} {published.alt}" if published else told,
        note=f"{source(view, nps.n)} {published.note}" if published else source(view, nps.n),
    )


def _limits(view: LoyaltyView, nps: Nps) -> list[str]:
    told = []
    if nps.missing:
        told.append(view.text("nps.limits.missing", n=nps.missing))
    if nps.customers is None:
        told.append(view.text("nps.limits.unnamed"))
    if nps.probably_ten_scale:
        told.append(view.text("nps.limits.ten_scale"))
    if nps.population and nps.worst_low is not None and nps.worst_high is not None:
        told.append(
            view.text(
                "nps.limits.worst",
                population=nps.population,
                answered=nps.n,
                rate=nps.response_rate,
                bounds=view.interval(nps.worst_low, nps.worst_high, "points"),
            )
        )
    if nps.revenue_coverage is not None:
        told.append(view.text("nps.limits.revenue", share=nps.revenue_coverage))
    return told


def _weightings(view: LoyaltyView) -> list[Block]:
    if len(view.result.weighted) < 2:
        return []
    table = view.table(
        "nps_weighted",
        view.result.weighted,
        ("weighted.columns.by", lambda w: view.text(f"weighted.by.{w.by}"), ""),
        ("columns.n", lambda w: w.n, "count"),
        ("columns.nps", lambda w: w.value, "points"),
        told_interval(view, "points"),
        ("weighted.columns.n_eff", lambda w: w.n_eff, "dec1"),
        title=view.text("weighted.title"),
        note=view.text("weighted.note", least=view.params.min_weighted_n),
        facts=heading_facts(view),
    )
    return details(
        Heading(text=_weighted_heading(view), level=3),
        table,
        *contributions(view),
    )


def _weighted_heading(view: LoyaltyView) -> str:
    told = [w for w in view.result.weighted if not w.suppressed]
    plain = next(w for w in told if w.by == "customer")
    other = told[-1]
    if other is plain:
        return view.text("weighted.heading.hidden")
    key = "same_sign"
    if other.p_value is not None and not _same_sign(plain, other):
        key = "turns" if weighs(other, view.params) else "open"
    return view.text(
        f"weighted.heading.{key}",
        plain=plain.value,
        weighted=other.value,
        by=view.text(f"weighted.short.{other.by}"),
    )


def _same_sign(a: Weighted, b: Weighted) -> bool:
    return (a.value or 0) * (b.value or 0) >= 0
