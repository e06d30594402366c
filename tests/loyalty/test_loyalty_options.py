"""Options of the loyalty diagnostic: what is out of range is refused where it stands."""

import pytest

from workbook.diagnostics.loyalty.params import Params
from workbook.intake.param_tables import checked_params


@pytest.mark.parametrize(
    ("wrong", "key", "bound"),
    [
        ({"confidence": 1}, "confidence", "< 1.0"),
        ({"confidence": 0}, "confidence", "> 0.0"),
        ({"complaint_share": 0}, "complaint_share", "> 0.0"),
        ({"window_tolerance": 1.2}, "window_tolerance", "≤ 1.0"),
        ({"low_retention": -0.1}, "low_retention", "≥ 0.0"),
        ({"population": 0}, "population", "≥ 1"),
        *(
            ({name: 0}, name, "≥ 1")
            for name in (
                "min_n",
                "min_comments",
                "min_theme",
                "min_weighted_n",
                "complaint_days",
                "coverage_days",
                "silence_months",
                "stay_months",
            )
        ),
        ({"alpha_tentative": 0.9}, "alpha_reliable", "≥ 0.9"),
        ({"alpha_tentative": 0}, "alpha_tentative", "> 0.0"),
    ],
)
def test_an_option_out_of_its_range_is_refused_where_it_stands(wrong, key, bound):
    with pytest.raises(ValueError, match="Input should be"):
        Params(**wrong)
    made, problems = checked_params(wrong, "loyalty", Params)
    assert made is None
    assert [(p.code, p.place.column, p.facts["bound"]) for p in problems] == [
        ("option_out_of_range", f"params.loyalty.{key}", bound)
    ]


def test_all_options_out_of_range_are_told_at_once():
    made, problems = checked_params({"min_n": 0, "confidence": 2, "min_m": 1}, "loyalty", Params)
    assert made is None
    assert {p.place.column.rpartition(".")[2] for p in problems} == {"min_n", "confidence", "min_m"}
