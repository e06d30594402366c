"""What engagement.toml may say of the segmentation matrix, and what is told of the rest."""

import pytest

from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.intake.param_tables import checked_params


@pytest.mark.parametrize(
    ("given", "option", "bound"),
    [
        ({"abc_bounds": [50, 20]}, "abc_bounds", "> 50.0"),
        ({"abc_bounds": [50, 100]}, "abc_bounds.1", "< 100.0"),
        ({"xyz_bounds": [0, 10]}, "xyz_bounds.0", "> 0.0"),
        ({"window_months": 0}, "window_months", "≥ 1"),
        ({"kpi_months": 0}, "kpi_months", "≥ 1"),
        ({"used_months": 0}, "used_months", "≥ 1"),
        ({"confidence": 1.0}, "confidence", "< 1.0"),
    ],
)
def test_an_option_out_of_range_is_told_with_its_place_and_bound(given, option, bound):
    made, (problem,) = checked_params(given, "segmentation_matrix", Params)
    assert made is None
    assert problem.code == "option_out_of_range"
    assert problem.place.column == f"params.segmentation_matrix.{option}"
    assert problem.facts["bound"] == bound


def test_an_option_of_two_kinds_is_refused_once_under_its_own_name():
    made, (problem,) = checked_params({"used_months": "now"}, "segmentation_matrix", Params)
    assert made is None
    assert problem.place.column == "params.segmentation_matrix.used_months"


@pytest.mark.parametrize("stages", [[], ["proposal", "proposal"]])
def test_stages_are_different_names(stages):
    made, (problem,) = checked_params({"stages": stages}, "segmentation_matrix", Params)
    assert made is None
    assert problem.place.column == "params.segmentation_matrix.stages"


@pytest.mark.bad_input("H5")
def test_what_python_code_gives_is_checked_too():
    with pytest.raises(ValueError, match="window_months"):
        Params(window_months=0)
    assert Params(used_months="ever").used_months == "ever"
    assert Params(abc_bounds=(80, 95)).abc_bounds == (80, 95)
