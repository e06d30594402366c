"""Exit interviews and the list of lost customers."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from filled_forms import codes
from table_engagement import opened, put, rows_of, told

from workbook.engagement.data import EngagementData


class TestInterviews:
    """An exit interview completes the row of the customer that is in the list already."""

    REGISTER = (
        "Customer ID,Date lost,Reasons,Stated reasons,Verified,Left for,Date returned\n"
        "C-1,2025-09-30,price,,,,\n"
        "C-2,2025-08-31,quality,quality,yes,competitor,\n"
        "C-3,2024-03-31,price,,,,2024-12-01\n"
    )

    @pytest.fixture
    def register(self, acme: Path) -> Path:
        (acme / "data" / "lost_customers.csv").write_text(self.REGISTER, "utf-8")
        return acme

    def interview(self, folder: Path, *said: Mapping[str, object]) -> EngagementData:
        put(folder, "exit_interview", dict(enumerate(said)))
        return opened(folder)

    def test_blank_cells_are_filled_and_nothing_is_added(self, register: Path) -> None:
        case = self.interview(register, {
            "customer_id": "C-1", "lost_date": date(2025, 9, 30), "stated_reasons": "too dear",
            "destination": "competitor", "competitor": "Rival", "complained": "yes",
        })  # fmt: skip
        assert told(case) == []
        names = ("customer_id", "reasons", "stated_reasons", "destination", "competitor",
                 "complained", "exit_interview")  # fmt: skip
        assert rows_of(case, "lost_customers", *names) == [
            ("C-1", "price", "too dear", "competitor", "Rival", True, True),
            ("C-2", "quality", "quality", "competitor", None, None, None),
            ("C-3", "price", None, None, None, None, None),
        ]
        assert case.tables["lost_customers"].rows_in == 3

    def test_confirmed_reasons_take_the_place_of_unverified_ones(self, register: Path) -> None:
        case = self.interview(register, {
            "customer_id": "c-1", "lost_date": date(2025, 9, 30), "reasons": "rudeness",
            "verified": "yes",
        })  # fmt: skip
        assert rows_of(case, "lost_customers", "reasons", "verified")[0] == ("rudeness", True)
        [problem] = told(case)
        assert (problem.code, problem.found, problem.facts["there"], problem.facts["other"]) == (
            "interview_reasons", "rudeness", "price", 2,
        )  # fmt: skip

    def test_what_was_verified_or_is_not_confirmed_is_kept(self, register: Path) -> None:
        case = self.interview(
            register,
            {"customer_id": "C-1", "lost_date": date(2025, 9, 30), "reasons": "rudeness"},
            {"customer_id": "C-2", "lost_date": date(2025, 8, 31), "reasons": "delay",
             "verified": "yes", "destination": "in-house"},
        )  # fmt: skip
        found = rows_of(case, "lost_customers", "reasons", "verified", "destination")
        assert found[:2] == [("price", None, None), ("quality", True, "competitor")]
        assert codes(told(case)) == ["interview_differs"] * 3

    def test_the_one_open_loss_is_meant_whatever_the_day(self, register: Path) -> None:
        case = self.interview(
            register,
            {"customer_id": "C-1", "lost_date": date(2025, 10, 5), "stated_reasons": "dear"},
        )
        assert len(case.tables["lost_customers"].frame) == 3
        [problem] = told(case)
        assert (problem.code, problem.found, problem.facts["there"]) == (
            "interview_other_day", "2025-10-05", "2025-09-30",
        )  # fmt: skip

    def test_a_customer_that_had_returned_was_lost_again(self, register: Path) -> None:
        case = self.interview(
            register,
            {"customer_id": "C-3", "lost_date": date(2025, 10, 5), "stated_reasons": "dear"},
            {"customer_id": "C-8", "lost_date": date(2025, 10, 6), "stated_reasons": "moved"},
        )
        found = rows_of(case, "lost_customers", "customer_id", "exit_interview")
        assert found[3:] == [("C-3", True), ("C-8", True)]
        assert told(case) == []
