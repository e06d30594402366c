"""Whether the logo can be set: the same code as the cover of the PDF, on a page of its own."""

import typst

from workbook.engagement.settings import Engagement
from workbook.errors import Location, Problem
from workbook.intake.problems import error
from workbook.report.pdf import fonts
from workbook.report.tree import parse
from workbook.report.typst_markup import picture

_PAGE = "#set page(width: 60mm, height: 20mm, margin: 0mm)\n"


def logo_problems(engagement: Engagement) -> tuple[Problem, ...]:
    """Return the problem of a logo that would stop every report when its PDF is set."""
    if not engagement.brand.logo:
        return ()
    html = f'<img class="wb-logo" src="{engagement.brand.logo}" alt="">'
    logo = picture(next(parse(html).named("img")))
    source = f"{_PAGE}#let logo = {logo}\n#image(logo.at(0), format: logo.at(1), height: 12mm)\n"
    try:
        typst.Compiler(source.encode("utf-8"), font_paths=fonts()).compile(format="pdf")
    except typst.TypstError as failure:
        place = Location(file="engagement.toml", column="brand.logo")
        return (error("logo_damaged", place, failure.message),)
    return ()
