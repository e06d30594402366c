"""How the page looks where it is read: on a phone, on a dark screen, on paper."""

import re
from dataclasses import replace

import pytest
from report_samples import every_block, notebook_of

from workbook.language.package_data import templates
from workbook.report.exporter import to_html
from workbook.report.meta import DARK, DARK_FAINT, ReportMeta, contrast

STYLES = {
    name: (templates() / "report" / name).read_text("utf-8")
    for name in ("html/report.css", "index/style.css")
}
TEXTS = ("ink", "grey", "accent", "recommend", "limit", "alert", "made")
"""Variables that colour words."""
BRANDS = ("#0b5394", "#000000", "#ffffff", "#ffd400", "#7a0019", "#1f5f4a", "#14191f", "#00ff00")


def variables(style: str) -> dict[str, str]:
    """Return the colours that a part of a style sheet sets."""
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", style))


def parts(name: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the colours of a light and of a dark screen."""
    style = STYLES[name]
    light, found, rest = style.partition("@media screen and (prefers-color-scheme:")
    assert found
    return variables(light), variables(rest[: rest.index("@page")])


def six(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * c for c in colour[1:])


@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize("screen", [0, 1])
def test_words_can_be_read_on_a_light_and_a_dark_ground(name: str, screen: int) -> None:
    colours = parts(name)[screen]
    grounds = [six(colours[ground]) for ground in ("paper", "faint")]
    for text in set(TEXTS) & set(colours):
        assert min(contrast(six(colours[text]), ground) for ground in grounds) >= 4.5, text


@pytest.mark.parametrize("name", STYLES)
def test_a_dark_screen_has_the_ground_that_the_brands_colour_is_fitted_to(name: str) -> None:
    colours = parts(name)[1]
    assert (colours["paper"], colours["faint"]) == (DARK, DARK_FAINT)


@pytest.mark.parametrize("primary", BRANDS)
def test_the_brands_colours_stand_out_on_a_dark_screen(primary: str, meta: ReportMeta) -> None:
    branded = replace(meta, brand=replace(meta.brand, primary=primary, secondary=primary))
    for ground in (DARK, DARK_FAINT):
        assert contrast(branded.dark_accent, ground) >= 4.5
    assert contrast(branded.dark_secondary, DARK) >= 3
    html = to_html(notebook_of(*every_block()), branded)
    assert f"--dark-accent:{branded.dark_accent};" in html


def test_a_colour_that_stands_out_already_stays_as_the_brand_has_it(meta: ReportMeta) -> None:
    yellow = replace(meta, brand=replace(meta.brand, primary="#ffd400"))
    assert yellow.dark_accent == "#ffd400"


@pytest.mark.parametrize("name", STYLES)
def test_paper_is_neither_a_phone_nor_a_dark_screen(name: str) -> None:
    """An A4 page is narrower than many a screen: rules for phones would squeeze it."""
    queries = re.findall(r"@media ([^{]+?)\s*\{", STYLES[name])
    assert len(queries) >= 4
    assert all(query == "print" or query.startswith("screen") for query in queries)


def printed() -> str:
    style = STYLES["html/report.css"]
    return style[style.index("@media print") :]


@pytest.mark.parametrize(
    ("what", "rule"),
    [
        ("neither skip link, bar nor footer", r"\.wb-skip,\.wb-bar,\.wb-footer\{display:none\}"),
        ("links in the colour of the text", r" a\{color:inherit!important"),
        ("headings of tables on each page", r"thead\{display:table-header-group\}"),
        ("a heading with what it is of", r"h2,h3,figcaption[^}]*\{break-after:avoid\}"),
        ("a chapter where a third is left", r"h2::after,h3::after\{[^}]*height:83mm"),
        ("three rows before a break", r"tbody tr:nth-child\(-n\+2\)[^}]*\{break-after:avoid\}"),
        ("three rows after a break", r"tbody tr:nth-last-child\(-n\+2\)\{break-before:avoid\}"),
        ("charts whole", r"\.wb-chart,[^}]*\{break-inside:avoid\}"),
        ("no boxes that scroll", r"\.wb-scroll\{overflow:visible;"),
    ],
)
def test_a_browser_prints(what: str, rule: str) -> None:
    assert re.search(rule, printed()), what
