"""What a notebook shows is read into chapters, in order, as plain text and numbers."""

import pytest
from office_samples import REASONS, chart, notebook_of, report, table

from workbook.language.catalog import load_texts
from workbook.report.blocks import Bullets, Definitions, Heading, Quotes, Text
from workbook.report.office.storyline import Box, Grid, Line, Part, Picture, TileRow, storyline_of
from workbook.report.table import Table, TableColumn


def plan(rows, shown):
    headings = {"a": "Step", "b": "Who", "c": "When", "d": "Effect"}
    columns = [TableColumn(key=key, heading=heading) for key, heading in headings.items()]
    return Table(
        name="plan",
        title="Plan",
        columns=columns,
        rows=[{"a": f"Step {n}", "b": "Anna", "c": f"Week {n}", "d": f"+{n}"} for n in range(rows)],
        texts=load_texts("report", "en"),
        shown=shown,
    )


def test_the_parts_of_a_report_are_told_apart():
    story = storyline_of(report(), "en")
    assert (story.title, story.client, story.facts) == ("Loyalty", "Acme", (("Period", "2025-Q4"),))
    assert story.front is not None
    assert story.front.heading == "Bring the warehouse back"
    assert story.commentary is not None
    assert story.commentary.heading == "Commentary"
    assert [c.heading[-1] for c in story.chapters] == ["1", "2", "3"]
    assert story.appendix == ("Method",)


def test_the_appendix_is_known_in_every_language():
    for language in ("en", "ru", "sk"):
        story = storyline_of(report(language), language)
        assert (len(story.chapters), story.appendix) == (3, ("Method",))


def test_page_two_keeps_tiles_findings_steps_and_limitation():
    front = storyline_of(report(), "en").front
    assert front
    kinds = [type(item) for item in front.items]
    assert kinds == [Line, TileRow, Part, *[Line] * 4, Grid, Box]
    assert [i.style for i in front.items if isinstance(i, Line)] == [
        "lead", "number", "number", "small", "number",
    ]  # fmt: skip


def test_a_chart_comes_with_its_words_and_its_numbers():
    [chapter] = storyline_of(
        notebook_of(Heading(text="First"), Heading(text="Why"), chart(data=REASONS)), "en"
    ).chapters
    [picture] = chapter.items
    assert isinstance(picture, Picture)
    assert (picture.title, picture.alt, picture.data) == ("Reasons", "Price leads", REASONS)


def test_a_table_counts_all_its_rows_without_the_headings_of_groups():
    [chapter] = storyline_of(
        notebook_of(Heading(text="First"), Heading(text="Who"), table(60, groups=True)), "en"
    ).chapters
    [grid] = chapter.items
    assert isinstance(grid, Grid)
    assert (grid.total, grid.rows[0].group, len(grid.rows)) == (60, True, 40)
    assert [(h.text, h.numeric) for h in grid.heads] == [("Segment", False), ("Customers", True)]


@pytest.mark.parametrize(("shown", "note"), [(6, "The same in every row: Who – Anna."), (4, "")])
def test_what_is_said_under_a_table_stays_but_for_the_count_of_rows(shown, note):
    blocks = (Heading(text="First"), Heading(text="Who"), plan(6, shown))
    [chapter] = storyline_of(notebook_of(*blocks), "en").chapters
    [grid] = chapter.items
    assert isinstance(grid, Grid)
    assert (grid.note.replace("\u00a0", " "), grid.total) == (note, 6)


def test_the_main_exhibit_is_the_first_chart_else_the_first_table():
    story = storyline_of(
        notebook_of(
            Heading(text="First"), Heading(text="A"), table(), chart(), Heading(text="B"), table(0),
            table(), Heading(text="C"), Text(("words",)),
        ),
        "en",
    )  # fmt: skip
    first, second, third = (c.main_exhibit for c in story.chapters)
    assert isinstance(first, Picture)
    assert isinstance(second, Grid)
    assert (len(second.rows), third) == (3, None)


def test_terms_quotes_and_lists_are_lines_of_their_own_style():
    story = storyline_of(
        notebook_of(
            Heading(text="First"),
            Definitions(items=(("NPS", "Promoters minus detractors"),)),
            Quotes(title="Said", quotes=(("Too slow", "Score 3"),)),
            Bullets(("one",)),
        ),
        "en",
    )
    assert story.front
    lines = [i for i in story.front.items if isinstance(i, Line)]
    assert [(x.style, x.before, x.text) for x in lines] == [
        ("term", "NPS", "Promoters minus detractors"),
        ("quote", "Score 3", "Too slow"),
        ("item", "", "one"),
    ]


def test_words_are_set_as_on_the_page_without_signs_that_office_fonts_lack():
    story = storyline_of(notebook_of(Heading(text='Потеряно в "Сибири" 9–10 из 27')), "ru")
    assert story.front
    assert story.front.heading == "Потеряно в\u00a0«Сибири» 9–10\u00a0из\u00a027"
