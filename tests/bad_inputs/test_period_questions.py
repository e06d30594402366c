"""A second period is asked what differs from the first, once, and with a remedy that works."""

import shutil
from pathlib import Path

import pytest
from period_chain import SALES, SURVEY, Chain, compared, read

from workbook.intake.aliases.alias_file import ALIASES, HEADINGS
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

CUSTOMERS = "customer_id,name,manager\n"
LOST = "customer_id,lost_date,reasons\n"
COMPLAINTS = "complaint_id,customer_id,date,registered\n"
MANY = 40


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    return Chain(tmp_path)


def customers(names: list[str], code: str = "C{n}") -> str:
    rows = (f"{code.format(n=n)},Firm {n},{name}\n" for n, name in enumerate(names))
    return CUSTOMERS + "".join(rows)


def sales(year: int, code: str = "C{n}", amount: int = 100, n: int = MANY) -> str:
    rows = (
        f"{code.format(n=place % 10)},{year}-{place % 12 + 1:02d}-05,{amount}\n"
        for place in range(n)
    )
    return SALES + "".join(rows)


def facts(chain: Chain, folder: Path, code: str) -> dict[str, object]:
    return dict(next(p for p in read(folder).problems if p.code == code).facts)


def test_a_period_like_the_one_before_is_asked_nothing(chain: Chain) -> None:
    chain.write(2024, sales=sales(2024), customers=customers(["Anna"] * 12))
    now = chain.write(2025, 2024, sales=sales(2025), customers=customers(["Anna"] * 12))
    assert compared(now) == {}


def test_an_option_that_changed_is_told_and_set_back_as_the_remedy_says(chain: Chain) -> None:
    chain.write(2024, section='[params.loyalty]\nheadline = "latest"\n')
    now = chain.write(2025, 2024)
    assert compared(now) == {"period_option": False}
    told = facts(chain, now, "period_option")
    assert (told["option"], told["before"], told["value"]) == ("headline", '"latest"', '"all"')
    chain.write(2025, 2024, section=f"[params.loyalty]\n{told['option']} = {told['before']}\n")
    assert compared(now) == {}


def test_a_threshold_that_changed_is_told(chain: Chain) -> None:
    chain.write(2024)
    now = chain.write(2025, 2024, key_anonymity_threshold="3")
    assert compared(now) == {"period_option": False}


def test_options_of_tables_that_the_last_period_had_not_are_not_told(chain: Chain) -> None:
    chain.write(2024)
    section = "[params.segmentation_matrix]\nlifecycle_months = 6\n"
    now = chain.write(2025, 2024, sales=sales(2025), section=section)
    assert "period_option" not in compared(now)


def test_a_label_that_stayed_is_told(chain: Chain) -> None:
    chain.write(2024, key_period='"wave"')
    assert compared(chain.write(2025, 2024, key_period='"wave"')) == {"period_same_label": False}


def test_a_table_that_is_missing_now_is_told_and_a_new_one_is_not(chain: Chain) -> None:
    chain.write(2024, sales=sales(2024))
    now = chain.write(2025, 2024, customers=customers(["Anna"]))
    assert compared(now) == {"period_tables_gone": False}
    assert facts(chain, now, "period_tables_gone")["tables"] == "sales"


def test_sales_that_are_other_sums_now_are_told_by_month(chain: Chain) -> None:
    then = sales(2024)
    chain.write(2024, sales=then)
    restated = then.replace("C1,2024-02-05,100", "C1,2024-02-05,150")
    assert compared(chain.write(2025, 2024, sales=then + sales(2025)[len(SALES) :])) == {}
    now = chain.write(2025, 2024, sales=restated + sales(2025)[len(SALES) :])
    assert compared(now) == {"period_sales_restated": False}
    told = facts(chain, now, "period_sales_restated")
    assert (told["n"], told["of"], told["months"]) == (1, 12, "2024-02: 400 → 450")


@pytest.mark.parametrize(("amount", "told"), [(101, False), (104, True)])
def test_half_a_per_cent_is_no_restatement(chain: Chain, amount: int, told: bool) -> None:
    then = sales(2024).replace("C1,2024-02-05,100", "C1,2024-02-05,300")
    chain.write(2024, sales=then)
    new = then.replace("C1,2024-02-05,300", f"C1,2024-02-05,{amount + 200}")
    now = chain.write(2025, 2024, sales=new + sales(2025)[len(SALES) :])
    assert ("period_sales_restated" in compared(now)) is told


def test_entries_that_a_register_has_no_more_are_told(chain: Chain) -> None:
    lost = "".join(f"C{n},2024-0{n + 1}-05,price\n" for n in range(6))
    complaints = "".join(f"K{n},C{n},2024-0{n + 1}-05,yes\n" for n in range(6))
    chain.write(2024, lost_customers=LOST + lost, complaints=COMPLAINTS + complaints)
    now = chain.write(
        2025,
        2024,
        lost_customers=LOST + lost.replace("C3,2024-04-05,price\n", ""),
        complaints=COMPLAINTS + complaints.replace("K2,C2,2024-03-05,yes\n", ""),
    )
    assert compared(now) == {"period_losses_gone": False, "period_complaints_gone": False}
    assert facts(chain, now, "period_losses_gone")["examples"] == "C3"
    new = "C9,2025-03-05,price\n"
    now = chain.write(
        2025, 2024, lost_customers=LOST + new, complaints=COMPLAINTS + "K9,C9,2025-03-05,yes\n"
    )
    assert compared(now) == {}


@pytest.mark.parametrize(("n", "told"), [(MANY, False), (MANY * 3, True), (12, True)])
def test_far_more_or_far_fewer_rows_are_told(chain: Chain, n: int, told: bool) -> None:
    chain.write(2024, sales=sales(2024))
    assert ("period_rows" in compared(chain.write(2025, 2024, sales=sales(2025, n=n)))) is told


def test_customers_who_are_gone_together_are_told_but_not_the_lost(chain: Chain) -> None:
    chain.write(2024, customers=customers(["Anna"] * 30))
    few = customers(["Anna"] * 15)
    assert compared(chain.write(2025, 2024, customers=few)) == {"period_customers_gone": False}
    lost = "".join(f"C{n},2025-03-05,price\n" for n in range(15, 30))
    assert compared(chain.write(2025, 2024, customers=few, lost_customers=LOST + lost)) == {}


def test_numbers_that_begin_again_are_told_beside_codings_that_were_carried_over(
    chain: Chain,
) -> None:
    first = chain.write(2024)
    now = chain.write(2025, 2024)
    assert compared(now) == {}
    for folder in (first, now):
        (folder / "coding").mkdir()
        (folder / "coding" / "loyalty.csv").write_text("respondent_id,field,theme\n", "utf-8")
    assert compared(now) == {"period_numbers_again": False}


def answered(folder: Path, code: str) -> None:
    """Do what the remedy of a question about names says."""
    told = next(p for p in read(folder).problems if p.code == code).facts["alias_lines"]
    assert isinstance(told, tuple)
    (folder / ALIASES).write_text("\n".join([HEADINGS, *told]), "utf-8")


@pytest.mark.parametrize(
    ("new", "asked"),
    [
        ("T. Ashworth", True),
        ("Ashworth Tom", True),
        ("Tom Asworth", True),
        ("Jane Smith", True),
        ("Adam Ashworth", True),
        ("Tom Ashworth", False),
        ("TOM ASHWORTH", False),
    ],
)
def test_a_manager_with_another_name_is_asked_about(chain: Chain, new: str, asked: bool) -> None:
    """Almost the same name, or the same customers under a new one."""
    chain.write(2024, customers=customers(["Tom Ashworth", "Anna Reed"] * 6))
    now = chain.write(2025, 2024, customers=customers([new, "Anna Reed"] * 6))
    assert compared(now) == ({"period_managers_renamed": False} if asked else {})
    if asked:
        answered(now, "period_managers_renamed")
        assert compared(now) == {}
        before = read(now).inputs.previous
        assert before is not None
        assert set(before.tables["customers"]["manager"]) == {new, "Anna Reed"}


def test_a_line_with_one_name_twice_says_that_it_is_somebody_else(chain: Chain) -> None:
    chain.write(2024, customers=customers(["Tom Ashworth"] * 6))
    now = chain.write(2025, 2024, customers=customers(["T. Ashworth"] * 6))
    (now / ALIASES).write_text(f"{HEADINGS}\nmanager,Tom Ashworth,Tom Ashworth\n", "utf-8")
    assert compared(now) == {}
    assert not [p for p in read(now).problems if p.code.startswith("aliases_")]


@pytest.mark.parametrize(
    ("old", "new"), [("Line 1", "Line 2"), ("Anna Reed", "Adam Reed"), ("Pumps", "Valves")]
)
def test_a_new_name_beside_those_that_stay_is_not_asked_about(
    chain: Chain, old: str, new: str
) -> None:
    chain.write(2024, customers=customers([old] * 12))
    now = chain.write(2025, 2024, customers=customers([old] * 6 + [new] * 6))
    assert compared(now) == {}


@pytest.mark.parametrize("remedy", ["aliases", "join"])
def test_customers_spelt_almost_alike_in_one_table_are_asked_about(
    chain: Chain, remedy: str
) -> None:
    """Not new customers in silence: NB-029 in the new sales only, NB029 everywhere else."""
    whole = {"customers": customers(["Anna"] * 10, "NB02{n}")}
    chain.write(2024, sales=sales(2024, "NB02{n}"), **whole)
    new = sales(2025, "NB02{n}").replace("NB021,2025-02", "NB-021,2025-02")
    now = chain.write(2025, 2024, sales=new, **whole)
    (problem,) = read(now).errors
    assert problem.code == "ids_near_alike"
    assert problem.facts["alias_lines"] == ("customer,NB-021,NB021",)
    for language in LANGUAGES:
        assert "NB-021 = NB021" in line(problem, language)
    if remedy == "aliases":
        answered(now, "ids_near_alike")
    else:
        chain.write(2025, 2024, sales=new, section="[intake.sales]\njoin_ids = true\n", **whole)
    data = read(now)
    assert not data.errors
    assert "NB-021" not in set(data.inputs.tables["sales"]["customer_id"])


def test_join_ids_false_keeps_them_apart(chain: Chain) -> None:
    now = chain.write(
        2025,
        customers=customers(["Anna"] * 10, "NB02{n}"),
        sales=sales(2025, "NB02{n}").replace("NB021", "NB-021"),
        section="[intake.sales]\njoin_ids = false\n",
    )
    data = read(now)
    assert not data.errors
    assert "NB-021" in set(data.inputs.tables["sales"]["customer_id"])


def test_customers_of_whom_the_table_has_both_spellings_are_two(chain: Chain) -> None:
    rows = customers(["Anna"] * 10, "NB02{n}") + "NB-021,Other,Anna\n"
    now = chain.write(2025, customers=rows, sales=sales(2025, "NB02{n}"))
    assert not read(now).errors


def test_customers_spelt_otherwise_in_all_files_are_joined_with_those_of_before(
    chain: Chain,
) -> None:
    chain.write(2024, customers=customers(["Anna"] * 10, "NB-02{n}"))
    now = chain.write(2025, 2024, customers=customers(["Anna"] * 10, "NB02{n}"))
    assert compared(now) == {"ids_before_joined": False}
    before = read(now).inputs.previous
    assert before is not None
    assert set(before.tables["customers"]["customer_id"]) == {f"NB02{n}" for n in range(10)}
    section = "[intake]\njoin_ids = false\n"
    now = chain.write(2025, 2024, customers=customers(["Anna"] * 10, "NB02{n}"), section=section)
    assert "ids_before_joined" not in compared(now)


def test_tables_with_errors_are_asked_nothing(chain: Chain) -> None:
    """What cannot be read yet is not gone."""
    chain.write(2024, sales=sales(2024))
    now = chain.write(2025, 2024, sales=SALES + "C1,yesterday,1\n")
    assert compared(now) == {}


def test_a_survey_of_the_last_period_only_is_told(chain: Chain) -> None:
    chain.write(2024)
    now = chain.write(2025, 2024)
    shutil.copy(now.parent / "2024" / "data" / "survey.csv", now / "data" / "survey.csv")
    assert compared(now) == {"nothing_new": False}


def test_rows_of_the_last_period_among_new_ones_are_told(chain: Chain) -> None:
    chain.write(2024)
    old = "".join(f"R{n},C{n},2024-03-0{n + 1},{n + 3}\n" for n in range(6))
    new = "".join(f"N{n},C{n},2025-03-0{n + 1},{n + 3}\n" for n in range(6))
    assert compared(chain.write(2025, 2024, survey=SURVEY + old + new)) == {
        "earlier_by_date": False
    }
