"""Names beside and above charts never cover one another."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.charts.label_placement import spread
from workbook.charts.tiers import in_tiers

share = st.floats(0.0, 1.0)


@settings(max_examples=60)
@given(st.lists(st.tuples(share, st.floats(0.02, 0.1)), min_size=1, max_size=9))
def test_names_moved_apart_keep_their_order_and_their_ends(names):
    middles, talls = [m for m, _ in names], [t for _, t in names]
    boxes = sorted(
        (place - tall / 2, place + tall / 2)
        for place, tall in zip(spread(middles, talls, ends=(0.0, 1.0)), talls, strict=True)
    )
    assert boxes[0][0] >= -1e-9
    assert boxes[-1][1] <= 1 + 1e-9
    assert all(one[1] <= other[0] + 1e-9 for one, other in itertools.pairwise(boxes))


def test_a_name_with_room_stands_where_it_wants():
    assert spread([0.3, 0.8], [0.1, 0.1], ends=(0.0, 1.0)) == [0.3, 0.8]


@settings(max_examples=60)
@given(st.lists(st.tuples(share, st.floats(0.1, 0.9)), min_size=1, max_size=9))
def test_names_of_one_tier_never_touch(names):
    placed = in_tiers([m for m, _ in names], [w for _, w in names], room=(0.0, 1.0))
    boxes = sorted((p.tier, p.left, p.left + w) for p, (_, w) in zip(placed, names, strict=True))
    for (tier, _, right), (other, left, _) in itertools.pairwise(boxes):
        assert tier != other or right < left
