"""Aliases: read in every language, followed to their end, put into every column that names."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.engagement.settings import Engagement
from workbook.intake.aliases.alias_file import ALIASES, Alias, Aliases, alias_line, read_aliases
from workbook.intake.aliases.renaming import alias_problems, names_in_tables, renamed_items
from workbook.intake.files.own_files import beside_it
from workbook.intake.tables import read_tables
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

SALES = (
    "customer_id,date,amount,product,manager\n"
    "A1,2025-01-05,10,Conveyors,Tom Ashworth\n"
    "A2,2025-02-05,20,Spares,tom ashworth \n"
    "A1,2025-03-05,30,Belts,Anna\n"
)


def said(folder, text, encoding="utf-8"):
    (folder.path / ALIASES).write_bytes(text.encode(encoding))
    return read_aliases(folder.path)


def codes(problems):
    return [(p.code, p.place.row) for p in problems]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("kind,old,new\nmanager,Tom,T. A.\n", "utf-8"),
        ("kind;old;new\nmanager;Tom;T. A.\n", "utf-8-sig"),
        ("Вид;Было;Стало\nменеджер;Tom;T. A.\n", "cp1251"),
        ("Вид,Было,Стало\nМенеджер,Tom,T. A.\n", "utf-8"),
        ("Druh;Staré;Nové\nmanažér;Tom;T. A.\n", "utf-8"),
        ("Druh;Staré;Nové\nmanažér;Tom;T. A.\n", "cp1250"),
        ("new\told\tkind\nT. A.\tTom\tManager\n", "utf-16"),
    ],
)
def test_headings_and_kinds_may_be_in_any_language_and_encoding(folder, text, encoding):
    read = said(folder, text, encoding)
    assert (read.lines, read.problems) == ((Alias(kind="manager", old="Tom", new="T. A."),), ())


def test_without_the_file_there_are_no_aliases(folder):
    assert read_aliases(folder.path) == Aliases()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("what,is,this\n", [("aliases_headings", 1)]),
        ("kind,old,new\nboss,A,B\n", [("aliases_kind", 2)]),
        ("kind,old,new\nmanager,A,\n", [("aliases_blank", 2)]),
        ("kind,old,new\nmanager\n", [("aliases_blank", 2)]),
        ("kind,old,new\nmanager,A,B\nmanager,a,C\n", [("aliases_two_news", 3)]),
        (
            "kind,old,new\nmanager,A,B\nmanager,B,A\n",
            [("aliases_circle", 2), ("aliases_circle", 3)],
        ),
        ("kind,old,new\nmanager,A,B\nmanager,A,B\nproduct,A,C\n", []),
        ("kind,old,new\nmanager,anna b,Anna B.\n", []),
        ('kind,old,new\nmanager,"A,B\n', [("quote_not_closed", 2)]),
        ("", []),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_line_is_told_with_its_row(folder, rows, expected):
    read = said(folder, rows)
    assert codes(read.problems) == expected
    for problem in read.problems:
        for language in LANGUAGES:
            assert "…" not in line(problem, language)


def test_a_file_that_is_none_is_one_clear_problem(folder):
    (folder.path / ALIASES).mkdir()
    assert [p.code for p in read_aliases(folder.path).problems] == ["file_is_folder"]


def test_every_column_that_names_somebody_gets_the_new_name(folder):
    folder.write("sales.csv", SALES)
    folder.write("customers.csv", "customer_id,name,manager\nA1,Colne,TOM ASHWORTH\nA2,Tees,Anna\n")
    folder.write("targets.csv", "segment,Conveyors,Spares\nKey,target,\n")
    said(
        folder,
        "kind,old,new\nmanager,Tom Ashworth,T. Ashworth\nproduct,Conveyors,Belts\n"
        "product,Belts,Belt drives\ncustomer,A2,B-7\nsegment,Key,Major\n",
    )
    intake = folder.read()
    assert not intake.problems
    sales, customers, targets = (
        intake.tables[name].frame for name in ("sales", "customers", "targets")
    )
    assert list(sales["manager"]) == ["T. Ashworth", "T. Ashworth", "Anna"]
    assert list(sales["product"]) == ["Belt drives", "Spares", "Belt drives"]
    assert list(sales["customer_id"]) == ["A1", "B-7", "A1"]
    assert list(customers["customer_id"]) == ["A1", "B-7"]
    assert list(customers["manager"]) == ["T. Ashworth", "Anna"]
    assert list(targets) == ["segment", "Belt drives", "Spares"]
    assert list(targets["segment"]) == ["Major"]


def test_what_was_done_is_told_with_its_rows_and_what_did_nothing_with_the_nearest_name(folder):
    folder.write("sales.csv", SALES)
    read = said(folder, "kind,old,new\nmanager,Tom Ashworth,T. A.\nmanager,Ana,Anna B.\n")
    intake = folder.read()
    told = list(alias_problems(read, intake.renamed, names_in_tables([intake.tables])))
    assert [(p.code, p.facts.get("n"), p.facts.get("nearest")) for p in told] == [
        ("aliases_used", 2, None),
        ("aliases_unmet", None, "Anna"),
    ]
    assert line(told[0], "en") == "aliases.csv, line 2: “Tom Ashworth” is “T. A.” now: 2 rows."


def test_aliases_of_a_later_engagement_come_after_the_own_ones(folder):
    folder.write("sales.csv", SALES)
    said(folder, "kind,old,new\nmanager,Tom Ashworth,Tom A.\n")
    later = Aliases(lines=(Alias(kind="manager", old="Tom A.", new="T. Ashworth"),))
    intake = read_tables(folder.engagement(), later=(later,))
    assert sorted(set(intake.tables["sales"].frame["manager"])) == ["Anna", "T. Ashworth"]


def test_a_customer_joined_with_another_keeps_the_row_of_the_new_name(folder):
    folder.write("customers.csv", "customer_id,name\nA1,Old name\nB1,New name\n")
    folder.write("sales.csv", "customer_id,date,amount\nA1,2025-01-05,10\nB1,2025-02-05,20\n")
    said(folder, "kind,old,new\ncustomer,A1,B1\n")
    intake = folder.read()
    assert [p.code for p in intake.problems] == ["aliases_left_out"]
    assert list(intake.tables["customers"].frame["name"]) == ["New name"]
    assert list(intake.tables["sales"].frame["customer_id"]) == ["B1", "B1"]


def test_an_item_that_would_be_answered_twice_is_refused(folder):
    """A number that was given to another question cannot be told from it by its name."""
    folder.write("answers.csv", "respondent,item,mark\nAnna,3.4,+\nAnna,3.5,-\n")
    said(folder, "kind,old,new\nitem,3.4,3.5\n")
    assert [p.code for p in folder.read().problems] == ["aliases_make_twice"]


def test_items_of_filled_forms_are_renamed_and_counted():
    aliases = Aliases(lines=(Alias(kind="item", old="3,4", new="3.5"),))
    found = renamed_items(["3.4", "1.1"], (aliases,))
    assert (found.items, dict(found.rows)) == (["3.5", "1.1"], {("item", "3.4"): 1})
    assert found.added_to({("item", "3.4"): 2})["item", "3.4"] == 3


def test_tables_without_an_old_name_stay_the_very_same(folder):
    folder.write("sales.csv", SALES)
    before = folder.read().tables["sales"].frame
    said(folder, "kind,old,new\nmanager,Nobody,N. N.\n")
    pd.testing.assert_frame_equal(folder.read().tables["sales"].frame, before)


@pytest.mark.parametrize("name", ["=cmd()", "<b>", "{0}", "../x", "a\u202eb"])
def test_a_name_is_text_whatever_it_looks_like(folder, name):
    folder.write("sales.csv", SALES)
    said(folder, f"kind,old,new\nmanager,Anna,{name}\n")
    shown = name.replace("\u202e", "")
    assert shown in set(folder.read().tables["sales"].frame["manager"])


def test_a_file_that_was_to_be_it_is_told(folder):
    for name in ("Aliases.CSV", "alias.csv", "aliases.xlsx", "notes.txt"):
        (folder.path / name).write_text("x")
    found = beside_it(folder.path, ALIASES)
    assert sorted(p.place.file for p in found) == ["Aliases.CSV", "alias.csv", "aliases.xlsx"]
    assert {p.code for p in found} == {"own_file_misnamed"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_that_a_remedy_tells_is_read_back(folder, language):
    text = alias_line("customer", 'A "1", b', "A;1", language)
    assert said(folder, f"kind,old,new\n{text}\n").lines == (
        Alias(kind="customer", old='A "1", b', new="A;1"),
    )


def test_the_engagement_stays_as_it_is(folder):
    engagement: Engagement = folder.engagement()
    assert read_tables(engagement).aliases == Aliases()


@given(st.binary(max_size=300))
def test_whatever_bytes_the_file_has_nothing_is_raised(data):
    with TemporaryDirectory() as folder:
        (Path(folder) / ALIASES).write_bytes(data)
        read = read_aliases(Path(folder))
    assert all(one.old and one.new for one in read.lines)


@given(
    st.lists(
        st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF")), max_size=8, unique=True
    )
)
def test_a_chain_that_is_not_refused_ends_at_a_name_that_is_no_old_one(pairs):
    with TemporaryDirectory() as folder:
        rows = "".join(f"product,{old},{new}\n" for old, new in pairs)
        (Path(folder) / ALIASES).write_text(f"kind,old,new\n{rows}", "utf-8")
        read = read_aliases(Path(folder))
    names = read.names("product")
    assert all(names.get(name.lower(), name) == name for name in names.values())
