"""What data mean: numbers without end, days of other time zones, files of somebody else."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from workbook.engagement.settings import Engagement
from workbook.intake.tables import Intake, read_tables


def engagement(folder: Path, files: dict[str, str]) -> Engagement:
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / "data" / name).write_text(text, "utf-8")
    return Engagement(
        folder=folder,
        id="acme",
        client="Acme",
        language="en",
        currency="EUR",
        period="2025",
        as_of=date(2025, 12, 31),
    )


def read(folder: Path, **files: str) -> Intake:
    return read_tables(engagement(folder, {f"{name}.csv": text for name, text in files.items()}))


def codes(intake: Intake) -> list[tuple[str, int | None]]:
    return [(p.code, p.place.row) for p in intake.problems]


@pytest.mark.bad_input("D5")
@pytest.mark.parametrize("amount", ["inf", "-inf", "1e308", "-1e308", "1e400", "∞", "9" * 400])
def test_an_amount_that_no_ledger_holds_is_refused_by_its_cell(amount: str, tmp_path: Path) -> None:
    text = f"customer_id,date,amount\nC1,2025-01-01,{amount}\nC2,2025-01-02,5\n"
    code = "number_too_large" if amount.startswith("9") else "not_a_number"
    assert codes(read(tmp_path, sales=text)) == [(code, 2)]


@pytest.mark.bad_input("D5")
def test_minus_nil_is_nil(tmp_path: Path) -> None:
    text = "customer_id,date,amount\nC1,2025-01-01,-0.0\nC2,2025-01-02,5\n"
    (nil, _) = read(tmp_path, sales=text).tables["sales"].frame["amount"]
    assert str(nil) == "0.0"


@pytest.mark.bad_input("D7")
@pytest.mark.parametrize(
    "moment",
    [
        "2025-12-31",
        "2025-12-31T00:00:00",
        "2025-12-31 23:59:59",
        "2025-12-31T23:30:00Z",
        "2025-12-31T23:30:00+03:00",
        "2025-12-31T00:30:00-11:00",
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Etc/GMT+12"])
def test_a_moment_is_the_day_that_is_written(
    moment: str, zone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever zone is named beside it and whatever zone the machine is in."""
    monkeypatch.setenv("TZ", zone)
    text = f"respondent_id,date,score\nR1,{moment},9\nR2,2025-03-30 02:30,9\n"
    survey = read(tmp_path, survey=text).tables["survey"].frame
    assert list(survey["date"]) == [pd.Timestamp("2025-12-31"), pd.Timestamp("2025-03-30")]


@pytest.mark.bad_input("D1")
def test_a_respondent_without_a_score_is_no_zero(tmp_path: Path) -> None:
    text = "respondent_id,date,score\nR1,2025-01-01,\nR2,2025-01-01,0\n"
    blank, zero = read(tmp_path, survey=text).tables["survey"].frame["score"]
    assert (pd.isna(blank), zero) == (True, 0)


@pytest.mark.bad_input("D12")
def test_sales_of_another_client_are_told_with_the_number_of_customers(tmp_path: Path) -> None:
    known = "".join(f"C{n},Firm {n}\n" for n in range(9))
    sold = "".join(f"X{n},2025-01-0{n + 1},{n + 10}\n" for n in range(9))
    intake = read(
        tmp_path, customers=f"customer_id,name\n{known}", sales=f"customer_id,date,amount\n{sold}"
    )
    (problem,) = intake.problems
    assert (problem.code, problem.facts["count"]) == ("unknown_customers", 9)


@pytest.mark.bad_input("D11")
@pytest.mark.parametrize(
    "comment",
    ["", "👩‍👩‍👧 ok", "Z̷̢̧a̴l̶g̸o̵" * 40, "=1+1", "<b>x</b>", "late; +7 903 123-45-67", "é\u0301" * 300],
)
def test_a_comment_is_the_text_that_was_written(comment: str, tmp_path: Path) -> None:
    text = f'respondent_id,date,score,reason\nR1,2025-01-01,9,"{comment}"\n'
    (read_back,) = read(tmp_path, survey=text).tables["survey"].frame["reason"]
    assert ("" if pd.isna(read_back) else read_back) == comment
