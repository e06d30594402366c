"""From files to problems: rules, targets and names of products, each with its place."""

from pathlib import Path

import pytest
import xlsxwriter

from workbook.diagnostics import param_types
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.sources.loading import check
from workbook.engagement.data import read_engagement
from workbook.engagement.engagement_file import load_engagement
from workbook.intake.heading_lookup import accepted
from workbook.intake.schema_files import load_schema
from workbook.language.catalog import LANGUAGES
from workbook.language.nearest import plain
from workbook.language.problems import line

ENGAGEMENT = """schema_version = 1
id = "acme"
client = "Acme"
language = "{language}"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
"""
CUSTOMERS = "customer_id,industry,employees,has_branches,Fleet size\n"
PEOPLE = CUSTOMERS + "a,trade,100,yes,5\nb,manufacturing,2000,no,\nc,trade,,yes,70\n"
SEGMENTS = "order,segment,purpose,industry,employees\n"
GOOD = SEGMENTS + "1,Trade,calls,trade,\n2,Plants,,manufacturing,> 1000\n"


@pytest.fixture
def problems(tmp_path):
    """Write tables as CSV and return what reading and checking them finds."""

    def read(language="en", **tables):
        (tmp_path / "data").mkdir(exist_ok=True)
        text = ENGAGEMENT.format(language=language)
        (tmp_path / "engagement.toml").write_text(text, encoding="utf-8")
        for name, rows in tables.items():
            if isinstance(rows, str):
                (tmp_path / "data" / f"{name}.csv").write_text(rows, encoding="utf-8")
        return found_in(tmp_path)

    return read


def found_in(folder: Path):
    engagement = load_engagement(folder, param_types() | {"segmentation_matrix": Params})
    case = read_engagement(engagement)
    own = case.own.get("segmentation_matrix")
    every = [*case.intake.problems, *(check(engagement, case.tables) if own is None else own)]
    for problem in every:
        for language in LANGUAGES:
            assert "{" not in line(problem, language).replace(str(problem.facts.get("line")), "")
    return every


def told(found):
    return [(p.code, p.place.file, p.place.row, p.place.column, p.found) for p in found]


def test_good_rules_and_targets_have_no_problem(problems):
    targets = "segment,GTX Pro,Basic\nTrade,target,\nPlants,optional,x\n"
    offers = (
        "customer_id,product,stage,status,date,due_date\n"
        "a,GTX Pro,proposal,open,2025-12-01,2026-01-15\n"
        ",Basic,proposal,won,2025-12-01,\n"
    )
    points = "customer_id,point,due_date,done_date\na,Minutes,2025-12-01,\n"
    assert problems(customers=PEOPLE, segments=GOOD, targets=targets, offers=offers,
                    control_points=points) == []  # fmt: skip


def test_an_empty_engagement_has_nothing_to_check(problems):
    assert problems(customers=PEOPLE) == []


def test_a_condition_on_a_column_that_customers_do_not_have_names_the_nearest(problems):
    rows = "order,segment,Flet size,region\n1,Big,>10,\n2,East,,east\n"
    found = problems(customers=PEOPLE, segments=rows)
    assert told(found) == [
        ("condition_column_unknown", "data/segments.csv", 3, "region", "region"),
        ("condition_column_unknown", "data/segments.csv", 2, "Flet size", "Flet size"),
    ]
    assert found[0].is_error
    assert 'Did you mean "Fleet size"?' in line(found[1], "en")
    assert "it has: industry, has_branches, employees, Fleet size" in line(found[0], "en")


def test_malformed_conditions_are_told_all_at_once(problems):
    rows = (
        "order,segment,employees,has_branches,Fleet size\n"
        "1,One,>abc,,\n2,Two,1000<,yes,50-10\n3,Three,,,> 5\n"
    )
    found = problems(customers=PEOPLE, segments=rows)
    assert told(found) == [
        ("condition_unreadable", "data/segments.csv", 2, "employees", ">abc"),
        ("condition_unreadable", "data/segments.csv", 3, "employees", "1000<"),
        ("condition_unreadable", "data/segments.csv", 3, "Fleet size", "50-10"),
    ]
    assert all(p.is_error for p in found)
    assert "> 1000" in line(found[0], "en")


def test_a_bad_yes_or_no_is_refused_by_the_intake(problems):
    rows = "order,segment,has_branches\n1,One,perhaps\n"
    assert [p.code for p in problems(customers=PEOPLE, segments=rows)] == ["not_in_choices"]


def test_a_value_that_no_customer_has_is_a_warning(problems):
    rows = SEGMENTS + "1,Trade,,trade; manufactoring,\n"
    (found,) = problems(customers=PEOPLE, segments=rows)
    assert (found.code, found.place.row, found.is_error) == ("condition_value_unknown", 2, False)
    assert 'Did you mean "manufacturing"?' in line(found, "en")


def test_a_rule_that_is_never_reached_is_a_warning(problems):
    rows = SEGMENTS + "1,All trade,,trade,\n2,Large trade,,trade,> 50\n"
    (found,) = problems(customers=PEOPLE, segments=rows)
    assert (found.code, found.place.row, found.found, found.is_error) == (
        "rule_never_reached",
        3,
        "Large trade",
        False,
    )


def test_a_rule_without_conditions_may_only_be_the_last(problems):
    first = SEGMENTS + "1,All,,,\n2,Trade,,trade,\n"
    assert [(p.code, p.place.row) for p in problems(customers=PEOPLE, segments=first)] == [
        ("rule_without_conditions", 2),
        ("rule_never_reached", 3),
    ]
    last = SEGMENTS + "1,Trade,,trade,\n2,All,,,\n"
    assert problems(customers=PEOPLE, segments=last) == []


def test_rules_without_customers_are_a_warning(problems):
    (found,) = problems(segments=GOOD)
    assert (found.code, found.is_error) == ("rules_without_customers", False)


def test_two_rules_in_one_place_are_refused(problems):
    rows = SEGMENTS + "1,Trade,,trade,\n1,Plants,,manufacturing,\n"
    found = problems(customers=PEOPLE, segments=rows)
    assert [p.code for p in found] == ["key_twice_different"]


@pytest.mark.bad_input("D9")
def test_a_cell_of_the_targets_is_a_known_word(problems):
    targets = "segment,GTX Pro,Basic\nTrade,targett,maybe\nPlants,optionl,\n"
    found = problems(customers=PEOPLE, segments=GOOD, targets=targets)
    assert told(found) == [
        ("target_unreadable", "data/targets.csv", 2, "GTX Pro", "targett"),
        ("target_unreadable", "data/targets.csv", 3, "GTX Pro", "optionl"),
        ("target_unreadable", "data/targets.csv", 2, "Basic", "maybe"),
    ]
    assert [p.facts["nearest"] for p in found] == ["target", "optional", ""]


@pytest.mark.bad_input("D9")
def test_a_segment_of_the_targets_that_has_no_rule_is_refused(problems):
    """Two spellings of one segment are one: they may say the same, but not two things."""
    targets = "segment,X\nTrades,target\nplants,target\nPlants ,{}\n"
    found = problems(customers=PEOPLE, segments=GOOD, targets=targets.format("target"))
    assert [(p.code, p.place.row, p.facts.get("nearest"), p.is_error) for p in found] == [
        ("identical_rows", 4, None, False),
        ("groups_joined", 3, None, False),
        ("target_segment_unknown", 2, "Trade", True),
    ]
    found = problems(customers=PEOPLE, segments=GOOD, targets=targets.format("optional"))
    assert ("key_twice_different", 4) in [(p.code, p.place.row) for p in found if p.is_error]


def test_without_rules_a_target_for_nobody_is_a_warning(problems):
    people = "customer_id,segment\na,Trade\n"
    targets = "segment,X\nTrade,target\nPlants,target\n"
    (found,) = problems(customers=people, targets=targets)
    assert (found.code, found.place.row, found.is_error) == ("target_segment_unused", 3, False)
    (found,) = problems(customers=PEOPLE, targets=targets)
    assert found.code == "targets_without_segments"


def test_a_product_spelt_in_another_way_is_refused_with_the_right_name(problems):
    """GTX-Pro is GTX Pro; what is merely alike is a warning, what is not is shown.

    A space alone is no other product: the spellings are joined when the tables are read.
    """
    targets = "segment,GTX Pro,Basic\nTrade,target,target\n"
    sales = (
        "customer_id,date,amount,product\na,2025-05-05,1,GTX Pro\na,2025-05-05,1,GTX Pro\n"
        "a,2025-05-06,2,GTX-Pro\na,2025-05-06,9,GTXPro\nb,2025-05-06,2,GTX-Pro\n"
        "b,2025-05-07,2,Basics\nb,2025-05-08,2,Umbrella\n"
    )
    offers = "customer_id,product,stage,status,date\na,GTX-Pro,proposal,open,2025-05-05\n"
    found = problems(customers=PEOPLE, segments=GOOD, targets=targets, sales=sales, offers=offers)
    assert [(*row[:4], p.is_error) for row, p in zip(told(found), found, strict=True)] == [
        ("identical_rows_kept", "data/sales.csv", 3, "", False),
        ("groups_joined", "data/sales.csv", 5, "product", False),
        ("product_spelt_otherwise", "data/sales.csv", 4, "product", True),
        ("product_alike", "data/sales.csv", 7, "product", False),
        ("product_spelt_otherwise", "data/offers.csv", 2, "product", True),
    ]
    assert 'Did you mean "GTX Pro"?' in line(found[2], "en")
    assert "rows here: 2" in line(found[2], "en")


def test_offers_and_points_of_unknown_customers_are_one_warning_each(problems):
    offers = "customer_id,product,stage,status,date\nz,X,proposal,open,2025-05-05\n"
    points = "customer_id,point,due_date\nz,Visit,2025-05-05\ny,Visit,2025-05-05\n"
    found = problems(customers=PEOPLE, offers=offers, control_points=points)
    assert [(p.code, p.place.file, p.facts["count"], p.is_error) for p in found] == [
        ("unknown_customers", "data/control_points.csv", 2, False),
        ("unknown_customers", "data/offers.csv", 1, False),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "№;Сегмент;Цель;Отрасль / деятельность;Число сотрудников;Филиалы\n"
               "1;Опт;звонки;trade;> 1 000;да\n2;Прочие;;;>abc;\n"),
        ("sk", "Poradie;Segment;Účel;Odvetvie;Počet zamestnancov;Pobočky\n"
               "1;Obchod;hovory;trade;> 1 000;áno\n2;Iné;;;>abc;\n"),
    ],
)  # fmt: skip
def test_headings_and_words_in_the_clients_language(problems, language, text):
    (found,) = problems(language, customers=PEOPLE, segments=text)
    heading = "Число сотрудников" if language == "ru" else "Počet zamestnancov"
    assert told([found])[0][:4] == ("condition_unreadable", "data/segments.csv", 3, heading)


def test_a_sheet_and_its_column_are_named(tmp_path, problems):
    problems(customers=PEOPLE)
    with xlsxwriter.Workbook(tmp_path / "data" / "intake.xlsx") as book:
        sheet = book.add_worksheet("Segments")
        sheet.write_row(0, 0, ["Order", "Segment", "Purpose", "Employees"])
        sheet.write_row(1, 0, [1, "Big", "", ">many"])
        sheet = book.add_worksheet("Targets")
        sheet.write_row(0, 0, ["Segment", "GTX Pro"])
        sheet.write_row(1, 0, ["Big", "targett"])
        sheet.write_row(2, 0, ["Bigg", 1])
    found = found_in(tmp_path)
    assert [(p.code, p.place.sheet, p.place.row) for p in found] == [
        ("condition_unreadable", "Segments", 2),
        ("target_segment_unknown", "Targets", 3),
        ("target_unreadable", "Targets", 2),
    ]
    assert found[0].place.column == "D (Employees)"
    assert "GTX Pro" in found[2].place.column


def test_conditions_take_every_heading_of_the_customers():
    """What names a column of the customers names it in the table of rules, too."""
    rules = {c.name: {plain(f) for f in accepted(c)} for c in load_schema("segments").columns}
    for column in load_schema("customers").columns:
        if column.name not in ("customer_id", "name", "segment"):
            assert {plain(form) for form in accepted(column)} <= rules[column.name]
