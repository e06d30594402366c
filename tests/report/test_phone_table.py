"""A table stands on a phone as it is, as cards, or sliding beside the names of its rows."""

import pytest
from report_samples import table

from workbook.report.phone_table import CARDS, FITS, SLIDES, fit_for_phone
from workbook.report.tree import Element, parse


def html(columns: str, rows: int = 2, *, scrolls: bool = True) -> str:
    """Return a table; a letter is a column of words, a digit one of figures."""
    css = ['class="num"' if c.isdigit() else "" for c in columns]
    head = "".join(f'<th scope="col" {k}>Head {c}</th>' for c, k in zip(columns, css, strict=True))
    cells = "".join(f"<td {k}>x</td>" for k in css[1:])
    body = f'<tr><th scope="row">name</th>{cells}</tr>' * rows
    box = 'aria-label="T" class="wb-scroll" role="region" tabindex="0"' if scrolls else ""
    return f"<div {box}><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def fitted(html: str) -> Element:
    found = next(parse(html).named("table"))
    fit_for_phone(found)
    return found


@pytest.mark.parametrize(
    ("columns", "rows", "kind"),
    [
        ("a", 40, FITS),
        ("a12", 40, FITS),
        ("abc", 40, FITS),
        ("a123", 3, SLIDES),
        ("ab12", 3, SLIDES),
        ("abc1", 15, CARDS),
        ("abc1", 16, SLIDES),
        ("abcdef", 5, CARDS),
        ("abc123", 5, SLIDES),
    ],
)
def test_words_become_cards_and_figures_keep_their_columns(
    columns: str, rows: int, kind: str
) -> None:
    assert fitted(html(columns, rows)).classes == [kind]


def test_a_table_that_fits_is_no_region_to_stop_at() -> None:
    narrow, wide = (fitted(html(columns)).parent for columns in ("a12", "a1234"))
    assert narrow is not None
    assert wide is not None
    assert narrow.attrs == {"class": "wb-scroll"}
    assert wide.attrs["tabindex"] == "0"


def test_each_cell_of_a_card_says_its_column_and_stays_a_cell_of_a_table() -> None:
    cards = fitted(html("abc1"))
    assert [c.attrs["data-label"] for c in list(cards.named("td"))[:3]] == [
        "Head b",
        "Head c",
        "Head 1",
    ]
    assert cards.attrs["role"] == "table"
    roles = {(e.name, e.attrs.get("scope", "")): e.attrs["role"] for e in cards.within()}
    assert roles == {
        ("thead", ""): "rowgroup",
        ("tbody", ""): "rowgroup",
        ("tr", ""): "row",
        ("th", "col"): "columnheader",
        ("th", "row"): "rowheader",
        ("td", ""): "cell",
    }


@pytest.mark.parametrize(
    "odd",
    [
        "<table><tbody><tr><td>1</td><td>2</td><td>3</td><td>4</td></tr></tbody></table>",
        "<table><thead><tr><th colspan='2'>a</th><th>b</th><th>c</th></tr></thead>"
        "<tbody><tr><td>1</td><td>2</td><td>3</td><td>4</td></tr></tbody></table>",
        "<table><thead><tr><th>a</th><th>b</th><th>c</th><th>d</th></tr></thead>"
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
    ],
)
def test_a_table_whose_cells_cannot_be_named_slides(odd: str) -> None:
    assert fitted(odd).classes == [SLIDES]


def test_the_heading_of_a_group_of_rows_names_no_column() -> None:
    group = '<tr><th colspan="4" scope="rowgroup">Group</th></tr>'
    cards = fitted(html("abcd").replace("<tbody>", f"<tbody>{group}"))
    assert cards.classes == [CARDS]
    assert sum("data-label" in e.attrs for e in cards.named("th", "td")) == 6


def test_a_table_of_the_report_with_few_columns_fits() -> None:
    found = fitted(table().html())
    assert found.classes == [FITS]
    assert not [e for e in found.within() if "data-label" in e.attrs]
