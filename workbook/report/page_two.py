"""Page 2: the answer in one sentence, tiles, three findings, their steps, one limitation."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.diagnostics.claims import on_page_two
from workbook.report.blocks import Block, Bullets, Heading, Text, Tile, Tiles
from workbook.report.finding import Finding, Step, earlier_of, step_cells
from workbook.report.table import Table
from workbook.report.view import P, R, View

TILES = 4
"""Tiles that fit beside each other."""
STEPS = 6
"""Steps of a plan on a page: more is no plan; the XLSX has all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTwo:
    """What page 2 says, in words."""

    answer: str
    """One sentence: the decision."""
    lead: Sequence[str] = ()
    """What the answer rests on: definitions, base, interval."""
    tiles: Sequence[Tile] = ()
    findings: Sequence[Finding] = ()
    """All of them, most important first: page 2 tells the first ones."""
    limitation: str = ""
    """The one limitation that could change the decision."""
    steps: Sequence[Step] | None = None
    """The consultant's own; None: those that follow from the findings."""
    author: str = ""
    """Who wrote what is not the program's draft; empty where all of it is."""

    @property
    def plan(self) -> Sequence[Step]:
        """The steps of the action plan, most important first."""
        if self.steps is not None:
            return self.steps
        return [found.step for found in self.findings if found.step is not None]


def page_two_blocks(view: View[R, P], page: PageTwo) -> list[Block]:
    """Return page 2 as blocks."""
    blocks: list[Block] = [
        Heading(text=page.answer, short=view.text("short.summary"), new_page=True, alone=True)
    ]
    lead = tuple(filter(None, page.lead))
    if lead:
        blocks.append(Text(lead, lead=True))
    answered = earlier_of(view, getattr(view.result, "answer", None))
    if answered is not None:
        blocks.append(Text((answered.text,), small=True))
    if page.tiles:
        blocks.append(Tiles(tuple(page.tiles[:TILES])))
    told = on_page_two(page.findings)
    if told:
        title = view.text("summary.findings")
        said = answered.text if answered else ""
        blocks += [Heading(text=title, level=3), _findings(told, said)]
    blocks += _steps(view, page)
    if page.author:
        blocks.append(Text((view.text("summary.author", author=page.author),)))
    return blocks + view.limitation(page.limitation)


def _findings(told: Sequence[Finding], said: str) -> Bullets:
    """Return findings, each with what its figure was in the period before, where not yet said."""
    under: list[str] = []
    for found in told:
        text = found.earlier.text if found.earlier else ""
        under.append("" if text in (said, *under) else text)
    return Bullets(tuple(f.text for f in told), ordered=True, under=tuple(under))


def _steps(view: View[R, P], page: PageTwo) -> list[Block]:
    """Return the first steps of the plan with role, date and effect."""
    steps = on_page_two(page.plan)
    if not steps:
        return []
    columns = ("what", "who", "by_when", "effect")
    table = Table(
        name="first_steps",
        title=view.text("summary.steps"),
        columns=step_cells(view, columns),
        rows=[step.row for step in steps],
        texts=view.texts,
        page_only=True,
        over="what",
    )
    return [table]


def action_plan(view: View[R, P], page: PageTwo) -> list[Block]:
    """Return the action plan: every step, open for change in the XLSX; nothing without a step."""
    if not page.plan:
        return []
    heading = Heading(
        text=view.text("actions.heading", n=min(len(page.plan), STEPS)),
        short=view.text("short.actions"),
        caption=view.text("actions.caption"),
    )
    columns = ("what", "who", "by_when", "effect", "metric", "done")
    table = Table(
        name="actions",
        title=view.text("actions.title"),
        columns=step_cells(view, columns),
        rows=[step.row for step in page.plan],
        texts=view.texts,
        note=view.text("actions.note"),
        shown=STEPS,
        over="what",
    )
    return [heading, table]
