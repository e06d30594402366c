"""Names of points never cover one another."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.charts.label_placement import CHARACTER, HEIGHT, Box, place

share = st.floats(0.02, 0.98)


def test_a_lonely_point_has_its_name_at_the_right():
    (name,) = place([(0.5, 0.5)], ["Price"])
    assert name.x > 0.5
    assert name.y == pytest.approx(0.5)
    assert not name.led


def test_a_point_at_the_right_edge_has_its_name_at_the_left():
    (name,) = place([(0.97, 0.5)], ["Quality of service"])
    assert name.x + len("Quality of service") * CHARACTER < 0.97


def test_points_on_one_spot_get_different_places():
    names = place([(0.5, 0.5)] * 7, ["A long name of a parameter"] * 7)
    assert len({(n.x, n.y) for n in names}) == 7


@settings(max_examples=60)
@given(st.lists(st.tuples(share, share), min_size=1, max_size=9))
def test_no_two_names_overlap(points):
    names = ["Parameter name"] * len(points)
    width = len("Parameter name") * CHARACTER
    boxes = [
        Box(left=p.x, right=p.x + width, bottom=p.y - HEIGHT * 0.47, top=p.y + HEIGHT * 0.47)
        for p in place(points, names)
    ]
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])
