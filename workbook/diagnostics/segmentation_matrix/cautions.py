"""What limits the tables of segments, targets, offers and the board."""

from collections.abc import Iterable, Iterator

import numpy as np

from workbook.diagnostics.segmentation_matrix.deals import Deals
from workbook.diagnostics.segmentation_matrix.matrix import TARGET, Matrix
from workbook.diagnostics.segmentation_matrix.result import Caution
from workbook.diagnostics.segmentation_matrix.rules import Segmentation

_MOST = 20


def cautions(
    segmentation: Segmentation, facts: Matrix, events: Deals | None
) -> tuple[Caution, ...]:
    """Return the cautions in a fixed order; names are at most twenty."""
    return (
        *_of_rules(segmentation),
        *_of_targets(facts),
        *_of_offers(events),
    )


def _caution(code: str, names: Iterable[str], n: int | None = None) -> Iterator[Caution]:
    """Yield a caution unless there is nothing to say."""
    listed = tuple(names)
    count = len(listed) if n is None else n
    if count:
        yield Caution(code=code, n=count, names=listed[:_MOST])


def _of_rules(segmentation: Segmentation) -> Iterator[Caution]:
    check = segmentation.check
    if check is None:
        return
    yield from _caution("never_reached", check.never_reached)
    yield from _caution("empty_rules", check.empty)
    yield from _caution("no_purpose", check.no_purpose)
    yield from _caution("unassigned", (), check.unassigned)
    yield from _caution("undetermined", (m.column for m in check.missing), check.undetermined)
    # The last rule may well take all the rest.
    unconditional = (rule.segment for rule in check.rules[:-1] if not rule.conditions)
    yield from _caution("no_conditions", unconditional)


def _of_targets(facts: Matrix) -> Iterator[Caution]:
    if not facts.targets:
        return
    wanted = (facts.need == TARGET).any(axis=1)
    sizes = facts.sizes
    places = range(len(facts.segments))
    yield from _caution(
        "segment_without_targets",
        (facts.segments[at] for at in places if sizes[at] and not wanted[at]),
    )
    yield from _caution(
        "target_without_customers",
        (facts.segments[at] for at in places if wanted[at] and not sizes[at]),
    )


def _of_offers(events: Deals | None) -> Iterator[Caution]:
    if events is None:
        return
    found = events.stages
    yield from _caution("unknown_stages", found.unplaced)
    yield from _caution("stages_by_deals", (s for s in found.unknown if s not in found.unplaced))
    yield from _caution("stage_outcomes", found.outcomes)
    if events.n and events.n == len(events.deal):
        yield Caution(code="one_event_per_deal", n=events.n, names=())
    blank = (found.codes < 0) & ~found.is_outcome
    yield from _caution("no_stage", (), int(blank.sum()))
    nowhere = (events.product == "") | (events.customer == "")
    yield from _caution("not_on_board", (), len(np.unique(events.deal[nowhere])))
