"""The index by wave and what changed from one wave to the next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pandas as pd

from workbook.diagnostics.cells import first_date, has, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.answers import Headline, answers, headline
from workbook.diagnostics.loyalty.index import interval_of
from workbook.diagnostics.loyalty.nps import score
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.rounds import carries, rounds
from workbook.diagnostics.loyalty.survey_result import Change, Verdict, Wave, verdict
from workbook.diagnostics.loyalty.wave_changes import Round, compare
from workbook.stats import Family, Procedure, holm
from workbook.stats.families import holm_family


@dataclass(frozen=True, slots=True, kw_only=True)
class Waves:
    """All waves, oldest first, and the changes between neighbours."""

    waves: tuple[Wave, ...] = ()
    changes: tuple[Change, ...] = ()
    change: Change | None = None
    unlabelled: int = 0
    """Answers without a wave in a table that has waves: in the headline, in no wave."""
    family: Family | None = None
    """All comparisons of waves; None without any."""
    rounds: tuple[Round, ...] = ()
    """The answers of each wave, oldest first, with those of earlier periods; before them what the
    headline is compared with, where that is several."""
    pairs: tuple[tuple[Round, Round], ...] = ()
    """What ``changes``, and ``change`` after them, compare."""

    def told(self, twice: Collection[str]) -> "Waves":
        """Return the waves without the changes of those who answered twice that stay hidden.

        Parameters
        ----------
        twice
            Places in ``pairs`` that may be told.
        """
        kept = [
            one if str(place) in twice else _unpaired(one) for place, one in enumerate(self.changes)
        ]
        last = self.change
        if last is not None and str(len(self.pairs) - 1) not in twice:
            last = _unpaired(last)
        return replace(self, changes=tuple(kept), change=last)


def waves(inputs: Inputs, params: Params, *, head: Headline | None = None) -> Waves:
    """Return waves and changes.

    A wave carries an index from ``min_n`` answers on.  Each wave that does is compared with the
    one before it that does, so that a small wave in between, or a newest one that has just begun,
    hides no change.  :attr:`Waves.change` is the latest of these comparisons; with earlier periods
    it compares this period's headline answers with like ones of the last earlier period
    (:mod:`workbook.diagnostics.loyalty.rounds`).  In a comparison every wave counts as a sample,
    also where a whole base answered.  All comparisons are one family: with six waves that do not
    differ, one of five single tests would tell a change in 20 % of reports.

    Parameters
    ----------
    head
        What the headline covers, where that is known already.
    """
    survey = inputs.tables["survey"]
    head = head or headline(survey, params)
    known = rounds(inputs, params, head=head)
    now, before = known.now, known.before
    pairs = list(pairwise(part for part in known.all if carries(part, params)))
    # This period as a whole, or its latest wave, is compared with the earlier one as well.
    apart = before is not None and carries(now, params) and (before, now) not in pairs[-1:]
    if before is not None and apart:
        pairs.append((before, now))
    compared = _corrected([compare(b, a, now=now, params=params) for b, a in pairs], params)
    return Waves(
        waves=(
            *(_wave(part, params, base=None) for part in known.earlier),
            *(_wave(part, params, base=params.population) for part in known.own),
        ),
        changes=tuple(compared[: len(compared) - apart]),
        change=compared[-1] if compared else None,
        unlabelled=_unlabelled(survey, params),
        family=_family(compared, params),
        rounds=known.all if before is None or before in known.all else (before, *known.all),
        pairs=tuple(pairs),
    )


def _unpaired(change: Change) -> Change:
    return replace(change, paired_difference=None, paired_p_value=None, paired_verdict=None)


def _corrected(changes: Sequence[Change], params: Params) -> list[Change]:
    """Return the comparisons with the verdicts that hold for all of them together."""
    together = holm([change.p_value for change in changes])
    return [
        replace(
            change,
            p_holm=p_holm,
            verdict=verdict(change.adjusted, p_holm, confidence=params.confidence),
        )
        for change, p_holm in zip(changes, together, strict=True)
    ]


def _family(changes: Sequence[Change], params: Params) -> Family | None:
    told = [change.verdict is not Verdict.CANNOT_TELL for change in changes]
    return holm_family("waves", Procedure.SCORE, told, alpha=1 - params.confidence)


def _wave(part: Round, params: Params, *, base: int | None) -> Wave:
    """Return one wave; its interval is made as that of the headline (``index.interval_of``)."""
    result, found = score(part.given.counts, params), interval_of(part.given, base, params)
    return Wave(
        wave=part.label,
        start=first_date(part.given.frame),
        n=result.n,
        detractors=result.detractors,
        passives=result.passives,
        promoters=result.promoters,
        value=result.value,
        ci_low=found.wald.low if found.wald else None,
        ci_high=found.wald.high if found.wald else None,
        interval=found.kind,
        n_eff=part.given.n / found.effect if part.given.n else None,
    )


def _unlabelled(survey: pd.DataFrame, params: Params) -> int:
    if not has(survey, "wave"):
        return 0
    return answers(survey.loc[texts(survey, "wave") == ""], params).n
