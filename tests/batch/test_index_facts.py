"""What the index pages tell of a report is what its notebook shows on page 2."""

import nbformat
import pytest

from workbook.batch.publish import _answer, _figures
from workbook.report.blocks import Bullets, Cover, Heading, Tile, Tiles


def notebook_of(*cells):
    """Return an executed notebook that shows the blocks of each cell."""
    return nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(
                "show()",
                outputs=[
                    nbformat.v4.new_output("display_data", data=block._repr_mimebundle_()[0])
                    for block in blocks
                ],
            )
            for blocks in cells
        ]
    )


COVER = Cover(title="Loyalty", client="Acme", facts=())
ANSWER = Heading(text='NPS of "A & B" is <+12>', caption="points", short="Summary", new_page=True)


@pytest.mark.parametrize(
    "cells",
    [
        ([COVER], [ANSWER, Bullets(("x",))], [Heading(text="Next", new_page=True)]),
        ([COVER, Heading(text="A part", level=3), ANSWER],),
        ([ANSWER],),
    ],
)
def test_the_answer_is_the_first_chapters_heading_as_plain_text(cells):
    assert _answer(notebook_of(*cells)) == 'NPS of "A & B" is <+12>'


def test_without_a_chapter_there_is_no_answer():
    assert _answer(notebook_of([COVER])) == ""


def test_key_figures_are_the_first_tiles_with_their_change():
    first = Tiles((Tile(label="NPS", value="+12", change="▲ +3"), Tile(label="n", value="9")))
    later = Tiles((Tile(label="other", value="1"),))
    assert _figures(notebook_of([COVER, ANSWER], [first], [later])) == (
        {"label": "NPS", "value": "+12", "change": "▲ +3"},
        {"label": "n", "value": "9", "change": ""},
    )
