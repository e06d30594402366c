"""Page 2 and the action plan: the result's answer, tiles and findings in words."""

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.ratio_result import BaseName, Undefined
from workbook.diagnostics.financial_quartiles.report.figures import (
    ends,
    mean,
    points,
    verdict_words,
)
from workbook.diagnostics.financial_quartiles.report.financial_view import (
    FinancialView,
    all_listed,
    group_label,
)
from workbook.diagnostics.financial_quartiles.report.findings import findings, words_of
from workbook.diagnostics.financial_quartiles.report.growth import (
    moved_words,
    percent,
)
from workbook.diagnostics.financial_quartiles.report.peers import (
    peer_group,
    size_words,
)
from workbook.report.blocks import Tile
from workbook.report.page_two import PageTwo


def page_two(view: FinancialView) -> PageTwo:
    """Return the program's draft of page 2."""
    return PageTwo(
        answer=_answer(view),
        lead=(" ".join(filter(None, (_lead(view), _disclaimer(view)))),),
        tiles=[_tile(view, claim) for claim in view.result.tiles],
        findings=findings(view),
        limitation=_limitation(view),
    )


def _disclaimer(view: FinancialView) -> str:
    """Return what the method warns of, where there is a score."""
    row = view.result.lead
    return view.text("disclaimer") if row is not None and row.told_base else ""


def _limitation(view: FinancialView) -> str:
    limit = view.result.limitation
    if limit is None:
        return ""
    country = limit.figures.get("country")
    named = {"country": view.texts.numbers.country(str(country))} if country else {}
    return view.text(f"limitations.{limit.id}", **{**limit.figures, **named})


def _answer(view: FinancialView) -> str:
    claim, row = view.result.answer, view.result.lead
    if claim is None or row is None:
        return view.text("head.nothing")
    words = {"moves": moved_words(view, row), "why": _why(view, row), **_verdict(view, row)}
    words["decide"] = _decision(view, str(claim.figures["decide"]))
    return view.text(f"head.{claim.id}", **{**claim.figures, **words})


def _decision(view: FinancialView, name: str) -> str:
    """Say what is to be done first about the finding of that name."""
    found = next((claim for claim in view.result.findings if claim.id == name), None)
    if found is None:
        return view.text("decide.none")
    return view.text(f"decide.{name}", **{**found.figures, **words_of(view, found)})


def _verdict(view: FinancialView, row: Organisation) -> dict[str, object]:
    """Return the words of a verdict, or of the verdicts that rounding leaves open."""
    base = row.told_base
    if base is None:
        return {}
    if not row.firm(base):
        return {**ends(view, row, base), "whom": view.text(f"between_whom.{base}")}
    return {
        "verdict": view.text(f"against.{base}.{row.verdict.against(base)}"),
        "total": points(view, row.total.against(base)),
        "n": row.scored.against(base),
    }


def _why(view: FinancialView, row: Organisation) -> str:
    why = row.no_verdict.industry or row.no_verdict.all
    return view.text(f"why.{why}") if why else ""


def _lead(view: FinancialView) -> str:
    row = view.result.lead
    if row is None:
        return view.text("head.lead.nothing")
    told = []
    base = row.told_base
    if base is None:
        told += [view.text("head.lead.no_verdict", why=_why(view, row)), _ask(view, row)]
    else:
        key = "verdict" if row.firm(base) else "between_verdict"
        words = {"unit": row.rounding_unit, **_verdict(view, row)}
        told += [view.text(f"head.lead.{key}", **words), *_mean(view, row, base), *_invented(view)]
    if row.verdict.industry is None and base == "all":
        told.append(
            view.text("head.lead.no_industry", why=view.text(f"why.{row.no_verdict.industry}"))
        )
    return " ".join(told)


def _invented(view: FinancialView) -> list[str]:
    """Say that the base is synthetic, where no limitation says it at length."""
    base, limit = view.result.base, view.result.limitation
    said = limit is not None and limit.id == "synthetic"
    return [] if base is None or not base.synthetic or said else [view.text("synthetic.short")]


def _mean(view: FinancialView, row: Organisation, base: BaseName) -> list[str]:
    peers = row.peers(base)
    if peers is None:
        return []
    group = peer_group(view, peers)
    if row.firm(base):
        told = mean(view, row.mean.against(base))
        return [view.text("head.lead.mean", mean=told, n=peers.n, group=group)]
    low, high = (mean(view, m.against(base)) for m in (row.mean_low, row.mean_high))
    return [
        view.text(
            "head.lead.mean_between", low=low, high=high, unit=row.rounding_unit, n=peers.n,
            group=group,
        )
    ]  # fmt: skip


def _ask(view: FinancialView, row: Organisation) -> str:
    """Say what to ask for, so that there is a verdict."""
    if row.refused:
        return view.text("head.lead.refused", lines=all_listed(view, row.refused_labels))
    if not row.ask_for and any(r.undefined is Undefined.NO_SHORT_TERM_DEBT for r in row.ratios):
        return view.text("head.lead.no_debt")
    if not row.ask_for:
        return view.text(f"head.lead.ask.{row.no_verdict.industry or row.no_verdict.all}")
    told = [view.text("head.lead.lines", lines=all_listed(view, row.ask_for_labels))]
    if row.missing_groups:
        groups = all_listed(view, [group_label(view, g) for g in row.missing_groups])
        told.append(view.text("head.lead.groups", groups=groups))
    return " ".join(told)


def _tile(view: FinancialView, claim: Claim) -> Tile:
    row = view.result.lead
    if row is not None and claim.id in ("industry", "industry_between"):
        return _score(view, row, "industry")
    if row is not None and claim.id in ("all", "all_between"):
        return _score(view, row, "all")
    if "k" in claim.figures:
        base = view.text(
            f"tiles.{claim.id}_base", least=view.result.thresholds.min_ratios, **claim.figures
        )
        value = view.text("k_of_n", **claim.figures)
        return Tile(label=view.text(f"tiles.{claim.id}"), value=value, base=base)
    return _line(view, claim)


def _score(view: FinancialView, row: Organisation, base: BaseName) -> Tile:
    verdict, peers = row.verdict.against(base), row.peers(base)
    label = view.text(f"tiles.{base}")
    if verdict is None:
        why = view.text(f"why.{row.no_verdict.against(base)}")
        return Tile(label=label, value="–", base=view.text("tiles.no_verdict", why=why))
    if not row.firm(base):
        low, high = (mean(view, m.against(base)) for m in (row.mean_low, row.mean_high))
        return Tile(
            label=view.text(f"tiles.{base}_between"),
            value=view.text("score_between", low=low, high=high),
            base=view.text("tiles.between", unit=row.rounding_unit, **ends(view, row, base)),
        )
    change = ""
    if base == "industry" and row.change is not None and row.change_verdict is not None:
        arrow = "▲" if row.change > 0 else "▼" if row.change < 0 else "■"
        words = view.text(f"changes.{row.change_verdict}")
        change = view.text("tiles.change", arrow=arrow, words=words, change=mean(view, row.change))
    return Tile(
        label=label,
        value=points(view, row.total.against(base)),
        change=change,
        base=view.text(
            "tiles.mean", mean=mean(view, row.mean.against(base)),
            verdict=verdict_words(view, verdict),
            size=size_words(view, peers.size) if peers else "",
        ),
    )  # fmt: skip


def _line(view: FinancialView, claim: Claim) -> Tile:
    """Return the tile of one line of the statement."""
    now, before, share = (claim.figures[name] for name in ("now", "before", "change"))
    change = ""
    if isinstance(share, float) and isinstance(before, float) and isinstance(now, float):
        arrow = "▲" if now > before else "▼" if now < before else "■"
        change = view.text("tiles.growth", arrow=arrow, growth=percent(view, share))
    elif before is not None:
        change = view.text("tiles.from", before=before)
    return Tile(
        label=view.text(f"tiles.{claim.id}"),
        value=view.texts.write(now, "money"),
        change=change,
        base=view.text("tiles.year", **claim.figures),
    )
