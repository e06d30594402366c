"""Signs of thousands and decimals as real exports write them; each remedy is followed.

The tables are those of ledgers exported from bank and bookkeeping programs, whose issue trackers
show such columns: thousands with a comma in a Russian file, with a point in a Slovak one.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_rows import rows_of

from workbook.engagement.data import open_engagement
from workbook.intake.cells.cell import Cell
from workbook.intake.cells.cell_kinds import TEXT
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.number_cells import number_of, syntax_of
from workbook.language.problems import line
from workbook.notebook import open_book

HEAD = """schema_version = 1
id = "case"
client = "Case Ltd"
language = "{language}"
currency = "{currency}"
period = "2025-Q4"
as_of = 2025-12-31
"""
MIXED = ["100", "10,700", "114", "12,100", "128", "13,500", "142", "14,900"]
"""Every other amount has its thousands apart."""
MIXED_SUM = 100 + 10_700 + 114 + 12_100 + 128 + 13_500 + 142 + 14_900


@pytest.fixture
def sales(tmp_path):
    """Write sales of literal amounts; return the folder."""

    def build(amounts, language="ru", intake="", currency="RUB"):
        (tmp_path / "data").mkdir(exist_ok=True)
        rows = "".join(
            f"2025-{i % 12 + 1:02d}-10;K{i % 4};{amount}\n" for i, amount in enumerate(amounts)
        )
        (tmp_path / "data" / "sales.csv").write_text(f"date;customer_id;amount\n{rows}", "utf-8")
        text = HEAD.format(language=language, currency=currency) + intake
        (tmp_path / "engagement.toml").write_text(text, "utf-8")
        return tmp_path

    return build


def problems(folder):
    return [p for p in open_engagement(folder).intake.problems if p.is_error]


def total(folder):
    assert problems(folder) == []
    return open_engagement(folder).tables["sales"].frame["amount"].sum()


def remedies(problem, language):
    """Return what the message says to write into engagement.toml, each as a section."""
    told = line(problem, language)
    section = re.search(r"\[intake\.\w+\]", told)[0]
    return [f"{section}\n{option}\n" for option in re.findall(r'\w+ = "[^"]*"', told)]


@pytest.mark.parametrize("language", ["ru", "sk", "en"])
@pytest.mark.parametrize("sign", [",", "."])
def test_a_sign_before_three_digits_throughout_is_asked_about_once(sales, language, sign):
    """It was read as a decimal sign where the language has it: 939,090 became 10,020."""
    amounts = [one.replace(",", sign) for one in MIXED]
    (problem,) = problems(sales(amounts, language))
    assert (problem.code, problem.place.row) == ("ambiguous_number", 3)
    assert problem.facts["count"] == 4
    assert all(one in line(problem, language) for one in (f"10{sign}700", f"12{sign}100"))
    thousands, decimal = remedies(problem, language)
    assert total(sales(amounts, language, thousands)) == MIXED_SUM
    assert total(sales(amounts, language, thousands.replace(".sales", ""))) == MIXED_SUM
    as_decimals = pytest.approx(100 + 10.7 + 114 + 12.1 + 128 + 13.5 + 142 + 14.9)
    assert total(sales(amounts, language, decimal)) == as_decimals
    assert total(sales(amounts, language, decimal.replace(".sales", ""))) == as_decimals


@pytest.mark.parametrize("language", ["ru", "sk", "en"])
def test_one_such_amount_among_whole_ones_is_asked_about(sales, language):
    assert [p.code for p in problems(sales(["1,250", "7", "80"], language))] == ["ambiguous_number"]


@pytest.mark.parametrize("language", ["ru", "sk", "en"])
@pytest.mark.parametrize("declared", ["", "[intake]\n", "[intake.sales]\n"])
def test_thousands_with_a_point_beside_decimals_with_a_comma(sales, language, declared):
    """1.488,69 tells of both signs; decimal = "," did not settle 1.000."""
    amounts = ["236,48", "124,99", "89,9", "1.488,69", "1.000", "2.500"]
    options = declared and f'{declared}decimal = ","\n'
    assert total(sales(amounts, language, options)) == pytest.approx(5440.06)


def test_a_table_may_contradict_what_is_said_of_all(sales):
    options = '[intake]\ndecimal = ","\n[intake.sales]\nthousands = ","\n'
    assert total(sales(MIXED, "ru", options)) == MIXED_SUM
    options = '[intake]\nthousands = ","\n[intake.sales]\ndecimal = ","\n'
    assert total(sales(["10,5", "10,700"], "ru", options)) == pytest.approx(21.2)


def conventions(language, **said):
    return Conventions(
        language=language,
        decimal=said.pop("decimal", "." if language == "en" else ","),
        decimal_declared=said.pop("declared", False),
        date_order="",
        currency="EUR",
        **said,
    )


def read(texts, language, **said):
    """Return the numbers of a column; a code where a cell cannot be read."""
    cells = [Cell(TEXT, text) for text in texts]
    syntax = syntax_of(cells, conventions(language, **said))
    found = [number_of(cell, syntax) for cell in cells]
    return [why.code if why else value for value, why in found]


@pytest.mark.parametrize("language", ["ru", "sk", "en"])
@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["173,900", "12,5"], [173.9, 12.5]),
        (["0,125", "1,250"], [0.125, 1.25]),
        (["0.125", "1.250"], [0.125, 1.25]),
        (["1234,567", "1,250"], [1234.567, 1.25]),
        (["1 234,567", "1,250"], [1234.567, 1.25]),
        (["1.488,69", "1.000"], [1488.69, 1000]),
        (["1,488.69", "1,000"], [1488.69, 1000]),
        (["1.234.567", "1.000"], [1234567, 1000]),
        (["1,234", "12.50"], [1234, 12.5]),
        (["1.234", "12,50"], [1234, 12.5]),
        (["0,125", "1.250"], [0.125, "ambiguous_number"]),
        (["1.234", "1,234"], ["ambiguous_number", "ambiguous_number"]),
        (["1.234.567", "1,234"], [1234567, "ambiguous_number"]),
        (["12,5", "12,345,678", "1,234"], [12.5, "not_a_number", "ambiguous_number"]),
        (["-1,250", "(2,500)", "3,500 €"], ["ambiguous_number"] * 3),
        (["-0,5", "(2,500)", "3,500 €"], [-0.5, -2.5, 3.5]),
    ],
)
def test_the_column_tells_what_its_signs_mean(texts, expected, language):
    assert read(texts, language) == expected


def test_one_slip_does_not_turn_a_column_of_thousands_into_decimals():
    """Sixty amounts with thousands and one with a digit lost are no column of decimals."""
    texts = [f"{n},700" for n in range(10, 70)]
    assert set(read([*texts, "71,70"], "ru")[:-1]) == {"ambiguous_number"}


def test_thousands_declared_to_have_spaces_leave_the_sign_to_decimals():
    assert read(["1 234", "10,700"], "ru", thousands=" ") == [1234, 10.7]
    assert read(["1 234", "10.700"], "ru", thousands=" ") == [1234, 10.7]


def style(value, *, group, sign, digits):
    """Return an amount as a program of that country writes it."""
    text = f"{value / 10**digits:,.{digits}f}"
    return text.replace(",", "\0").replace(".", sign).replace("\0", group)


STYLES = [(" ", ","), ("\u00a0", ","), ("", ","), (".", ","), (",", "."), ("", "."), ("'", ".")]


@given(
    st.lists(st.integers(-(10**10), 10**10), min_size=1, max_size=8),
    st.sampled_from(STYLES),
    st.sampled_from([0, 2]),
    st.sampled_from(["ru", "sk", "en"]),
)
def test_amounts_in_a_usual_style_give_their_values_or_a_refusal(values, signs, digits, language):
    group, sign = signs
    texts = [style(value, group=group, sign=sign, digits=digits) for value in values]
    for value, got in zip(values, read(texts, language), strict=True):
        assert got == pytest.approx(value / 10**digits) or got == "ambiguous_number"


AROUND = ["{}", "{} €", "€ {}", "{} EUR", "({})", "'{}"]


@given(
    st.lists(
        st.tuples(st.integers(0, 10**8), st.integers(0, 2), st.sampled_from(AROUND)),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(STYLES),
    st.sampled_from(["ru", "sk", "en"]),
)
def test_amounts_with_few_or_no_decimals_in_one_column(values, signs, language):
    """Programs that drop the zeros at the end write 1,250 and 12.5 in one column."""
    group, sign = signs
    numbers = [
        -value / 10**digits if "(" in form else value / 10**digits for value, digits, form in values
    ]
    texts = [
        form.format(style(value, group=group, sign=sign, digits=digits))
        for value, digits, form in values
    ]
    for value, got in zip(numbers, read(texts, language), strict=True):
        assert got == pytest.approx(value) or got == "ambiguous_number"


@given(
    st.lists(st.integers(-(10**8), 10**8), min_size=1, max_size=8),
    st.sampled_from(STYLES),
    st.sampled_from([0, 1, 2, 3]),
    st.sampled_from(["ru", "sk", "en"]),
)
def test_declared_signs_give_the_values_always(values, signs, digits, language):
    """With the decimal sign declared nothing is in doubt, three decimals included."""
    group, sign = signs
    texts = [style(value, group=group, sign=sign, digits=digits) for value in values]
    got = read(texts, language, decimal=sign, declared=True)
    assert got == pytest.approx([value / 10**digits for value in values])


@given(
    st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=8),
    st.sampled_from([",", "."]),
    st.sampled_from(["ru", "sk", "en"]),
)
def test_quantities_with_three_decimals_are_never_thousands(values, sign, language):
    texts = [style(value, group="", sign=sign, digits=3) for value in values]
    for value, got in zip(values, read(texts, language), strict=True):
        assert got == pytest.approx(value / 1000) or got == "ambiguous_number"


# second readers of numbers


CUSTOMERS = ["10,700", "800", "12,100", "2,500"]


@pytest.fixture
def segments(tmp_path):
    """Write customers with a turnover of their own and rules that ask for it; return the folder."""

    def build(turnovers, condition, language="ru", options=""):
        (tmp_path / "data").mkdir(exist_ok=True)
        rows = "".join(f"K{i};{turnover}\n" for i, turnover in enumerate(turnovers))
        (tmp_path / "data" / "customers.csv").write_text(f"customer_id;Turnover\n{rows}", "utf-8")
        rules = f"order;segment;Turnover\n1;Large;{condition}\n2;Other;\n"
        (tmp_path / "data" / "segments.csv").write_text(rules, "utf-8")
        text = HEAD.format(language=language, currency="RUB") + options
        (tmp_path / "engagement.toml").write_text(text, "utf-8")
        return tmp_path

    return build


def large(folder):
    view = open_book("segmentation_matrix", str(folder)).view
    return [a.customer_id for a in rows_of(view.result.assignment) if a.segment == "Large"]


@pytest.mark.parametrize("language", ["ru", "sk", "en"])
def test_a_column_of_the_clients_own_is_judged_where_a_condition_needs_it(segments, language):
    """10,700 was ten and seven tenths, and no customer above a thousand."""
    folder = segments(CUSTOMERS, "> 1000", language)
    (problem,) = [p for p in open_engagement(folder).problems if p.is_error]
    assert (problem.code, problem.place.row) == ("ambiguous_number", 2)
    thousands, decimal = remedies(problem, language)
    assert large(segments(CUSTOMERS, "> 1000", language, thousands)) == ["K0", "K2", "K3"]
    assert large(segments(CUSTOMERS, "> 11", language, decimal)) == ["K1", "K2"]


@pytest.mark.parametrize("language", ["ru", "sk", "en"])
def test_thousands_in_a_column_of_the_clients_own_are_read(segments, language):
    assert large(segments(["1.488,69", "1.000", "999,5"], "> 999,9", language)) == ["K0", "K1"]


@pytest.mark.parametrize("language", ["ru", "sk", "en"])
def test_a_condition_that_can_be_read_in_two_ways_is_refused(segments, language):
    folder = segments(["1200", "800"], "> 1.000", language)
    (problem,) = [p for p in open_engagement(folder).problems if p.is_error]
    assert problem.code == "condition_unreadable"
    assert large(segments(["1200", "800"], "> 1000", language)) == ["K0"]


@pytest.mark.parametrize("language", ["ru", "sk", "en"])
def test_statements_with_thousands_apart_are_asked_about_and_a_dash_is_nil(tmp_path, language):
    (tmp_path / "data").mkdir()
    rows = "A;2024;1600;12.500\nA;2024;1700;12.500\nA;2024;2110;(1.250)\nA;2024;1230;-\n"
    (tmp_path / "data" / "statements.csv").write_text(f"organisation;year;line;value\n{rows}")

    def written(options=""):
        text = HEAD.format(language=language, currency="RUB") + options
        (tmp_path / "engagement.toml").write_text(text, "utf-8")
        return tmp_path

    (problem,) = problems(written())
    assert (problem.code, problem.facts["count"]) == ("ambiguous_number", 3)
    thousands, _ = remedies(problem, language)
    case = open_engagement(written(thousands))
    assert case.tables["statements"].frame["value"].tolist() == [12500, 12500, -1250, 0]


def test_quartiles_with_three_decimals_are_told_by_those_below_one():
    """A typed reference base has 0,870 beside 1,250: decimals, in any language."""
    for language in ("ru", "sk", "en"):
        assert read(["0,870", "1,250", "2,400"], language) == [0.87, 1.25, 2.4]


@pytest.mark.parametrize("language", ["ru", "sk", "en"])
def test_a_placeholder_that_repeats_itself_is_one_message(sales, language):
    """Twelve rows of one word were twelve lines; two different slips are two."""
    (problem,) = problems(sales(["100", "по запросу", "200"] * 4, language))
    assert (problem.code, problem.facts["count"], problem.place.row) == ("words_for_numbers", 4, 3)
    assert "по запросу" in line(problem, language)
    assert total(sales(["100", "200"] * 4, language)) == 1200
    found = problems(sales(["100", "hundred", "200", "two"], language))
    assert [p.code for p in found] == ["not_a_number"] * 2
