"""Page 2 of the controllability report tells what the data carry, and what is seen as seen."""

from pathlib import Path

import pytest

from workbook.language.catalog import LANGUAGES
from workbook.notebook import open_book
from workbook.report.blocks import Bullets, Heading, Text, Tiles

HEADER = "respondent,level,item,mark\n"
PEOPLE = (("Ann", "management"), ("Bob", "management"), ("Cyd", "line"), ("Dan", "line"),
          ("Eve", "line"))  # fmt: skip
ITEMS = ("1.1", "1.2", "1.3", "1.5", "2.1", "2.2", "3.1", "3.3", "4.1", "4.4", "4.8")


@pytest.fixture
def book(tmp_path: Path):
    """Write answers and tables, and open the report."""

    def write(mark, *, language="en", people=PEOPLE, threshold=1, **tables):
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "engagement.toml").write_text(
            f'schema_version = 1\nid = "x"\nclient = "X"\nlanguage = "{language}"\n'
            'currency = "EUR"\nperiod = "2025"\nas_of = 2025-12-31\n'
            f"anonymity_threshold = {threshold}\n",
            "utf-8",
        )
        rows = [
            f"{name},{level},{item},{mark(name, level, item)}\n"
            for name, level in people
            for item in ITEMS
        ]
        (tmp_path / "data" / "answers.csv").write_text(HEADER + "".join(rows), "utf-8")
        for name, text in tables.items():
            (tmp_path / "data" / f"{name}.csv").write_text(text, "utf-8")
        return open_book("controllability", str(tmp_path))

    return write


def page(book):
    return list(book.diagnostic.report().summary(book.view))


def words(book):
    blocks = page(book)
    told = [b.text for b in blocks if isinstance(b, Heading)]
    told += [p for b in blocks if isinstance(b, Text) for p in b.paragraphs]
    told += [i for b in blocks if isinstance(b, Bullets) for i in b.items]
    return " ".join(told).replace("\u00a0", " ")


def chapter(book, name):
    return list(book.diagnostic.report().chapters[name](book.view))


def complaints(n, without):
    rows = [f"C{i},K{i},2025-0{i % 9 + 1}-05,{'no' if i < without else 'yes'}\n" for i in range(n)]
    return "complaint_id,customer_id,date,cause_found\n" + "".join(rows)


def by_level(name, level, item):
    return "+" if level == "management" or item == "3.1" else "-"


def varied(name, level, item):
    return "+" if item == "3.1" else ("+", "+/-", "-")[(ITEMS.index(item) + len(name)) % 3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contradiction_with_own_records_comes_first_with_its_population(book, language):
    """Complaints are marked +, and 54 of 114 have no recorded cause."""
    made = book(by_level, language=language, complaints=complaints(114, 54))
    assert made.view.result.answer.id == "contradicted"
    first = made.view.result.findings[0]
    assert (first.id, first.count, first.population) == ("contradiction", 54, 114)
    assert "54" in page(made)[0].text
    assert "114" in page(made)[0].text
    assert "· " not in words(made)  # no row of marks in the sentence below the headline


def test_few_complaints_are_told_as_counts_and_not_as_a_share(book):
    made = book(by_level, complaints=complaints(9, 4))
    assert "4 of 9" in page(made)[0].text
    assert "%" not in page(made)[0].text


def test_a_source_is_never_named_on_page_two(book):
    assert "source" not in words(book(by_level))
    assert "For comparison" not in words(book(by_level))


def test_of_five_people_nothing_is_told_but_in_the_chapter(book):
    """Management 100 %, line staff 9 %: with two and three people no test can tell."""
    made = book(by_level)
    assert "line staff" not in words(made)
    assert "Management gives higher marks" not in words(made)
    heading, *_ = chapter(made, "levels")
    assert "too few people for a conclusion" in heading.text
    assert any("question to ask" in p for b in chapter(made, "levels") if isinstance(b, Text)
               for p in b.paragraphs)  # fmt: skip
    refused = {r.id: str(r.gate) for r in made.view.result.refused_findings}
    assert refused["levels_higher"] == "tested"


def test_nine_people_who_wholly_differ_are_told_with_their_test(book):
    people = [(f"M{i}", "management") for i in range(4)] + [(f"L{i}", "line") for i in range(5)]
    made = book(by_level, people=people)
    assert made.view.result.answer.id == "levels"
    assert "Management rates customer work at 100%, line staff at" in words(made)
    assert chapter(made, "levels")[0].text.startswith("Management gives higher marks")


def test_one_persons_index_is_not_called_managed(book):
    made = book(lambda *_: "+", people=PEOPLE[:1])
    assert "managed" not in words(made).replace("mostly unmanaged", "")
    assert made.view.result.answer.id == "index_alone_kept"


def test_an_index_of_views_that_differ_is_not_called_managed(book):
    """Half of the people mark everything +, half everything -: no shared index of a half."""
    people = [*PEOPLE, ("Fay", "")]
    made = book(lambda name, *_: "+" if name in {"Ann", "Cyd", "Eve"} else "-", people=people)
    assert made.view.result.answer.id == "differing"
    assert "partly" in [r.id for r in made.view.result.refused_findings]
    assert "partly managed" not in words(made)


def test_one_mark_everywhere_is_told_by_what_it_moves_and_without_a_name(book):
    made = book(lambda name, *rest: "+" if name == "Eve" else varied(name, *rest))
    (claim,) = [c for c in made.view.result.findings if c.id == "straight"]
    assert (claim.count, claim.population) == (1, 5)
    assert claim.figures["without"] < claim.figures["index"]
    assert "Eve" not in words(made)
    five = book(lambda name, *rest: "+" if name == "Eve" else varied(name, *rest), threshold=5)
    assert [c for c in five.view.result.findings if c.id == "straight"] == []
    assert five.view.result.questionnaires[0].index_without_straight is None


def test_nothing_checked_is_not_told_as_nothing_found(book):
    """Without any table of the client's the tile is not "0 contradictions"."""
    made = book(varied)
    assert [tile.id for tile in made.view.result.tiles][-1] == "low_items"
    (tiles,) = [b for b in page(made) if isinstance(b, Tiles)]
    assert "odds" not in tiles.tiles[3].label


def test_control_points_are_overdue_of_those_due(book):
    """Points with a date in the future are no part of the base."""
    points = "customer_id,point,due_date,done_date\n" + "".join(
        f"K{i},call,2025-0{i % 9 + 1}-10,{'' if i < 3 else '2025-10-01'}\n" for i in range(10)
    ) + "".join(f"F{i},call,2026-0{i + 1}-10,\n" for i in range(9))  # fmt: skip
    made = book(lambda *_: "+", control_points=points)
    (check,) = [
        c for c in made.view.result.questionnaires[0].checks if c.check == "overdue_control_points"
    ]
    assert (check.n, check.base) == (3, 10)
    assert "3 of 10" in words(made)


def test_a_check_is_shown_with_the_mark_of_its_mean(book):
    """Means of 0.7 are +, whatever most people said: the table has one rule."""
    given = {"Ann": "+", "Bob": "+", "Cyd": "+/-", "Dan": "+/-", "Eve": "+/-"}
    made = book(lambda name, *_: given[name], complaints=complaints(20, 10))
    (found,) = [c for c in made.view.result.questionnaires[0].checks if c.item == "3.1"]
    assert (found.mark, str(found.status), found.score) == ("+", "contradiction", 0.7)
    tables = [b for b in chapter(made, "contradictions") if getattr(b, "name", "") == "checks"]
    headings = {c.heading: c.key for c in tables[0].columns}
    (row,) = [r for r in tables[0].rows if r[headings["Item"]].startswith("3.1")]
    assert row[headings["Mark (mean)"]] == "+\u00a0(0.70)"
    assert "0.67" in tables[0].note
