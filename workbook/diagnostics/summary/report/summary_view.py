"""What the summary's views share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from workbook.diagnostics import diagnostic_named
from workbook.diagnostics.summary.joined import Joined
from workbook.diagnostics.summary.params import Params
from workbook.diagnostics.summary.result import Result
from workbook.language.catalog import load_texts
from workbook.report.diagnostic_report import AnyReport
from workbook.report.finding import Step
from workbook.report.page_two import PageTwo
from workbook.report.shown_page import page_of
from workbook.report.view import AnyView, View

SummaryView: TypeAlias = View[Result, Params]


def view_of(view: SummaryView, one: Joined) -> AnyView:
    """Return a joined diagnostic's result as its own report sees it."""
    engagement = view.engagement
    return View(
        result=one.result,
        params=one.params,
        texts=load_texts(
            one.name, engagement.language, engagement.currency, engagement.sentences(one.name)
        ),
        palette=view.palette,
        engagement=engagement,
        against=view.against,
        changed=one.changed,
        masked=view.masked,
    )


def report_of(one: Joined) -> AnyReport:
    """Return the report of a joined diagnostic."""
    return diagnostic_named(one.name).report()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sister:
    """A joined diagnostic with page 2 of its own report."""

    one: Joined
    view: AnyView
    draft: PageTwo
    shown: PageTwo
    """With what the consultant wrote."""

    @property
    def own_answer(self) -> bool:
        """Whether the consultant wrote the answer."""
        return self.shown.answer != self.draft.answer

    @property
    def own_steps(self) -> Sequence[Step]:
        """What the consultant recommends; nothing where the steps are the program's."""
        return [step for step in self.shown.plan if not step.source]


def sisters(view: SummaryView) -> list[Sister]:
    """Return the joined diagnostics in the order of their reports."""
    found = []
    for one in view.result.joined:
        seen = view_of(view, one)
        draft = report_of(one).page_two(seen)
        found.append(Sister(one=one, view=seen, draft=draft, shown=page_of(seen, one.name, draft)))
    return found


def title_of(view: SummaryView, name: str) -> str:
    """Return the title of a diagnostic's report."""
    engagement = view.engagement
    return load_texts(name, engagement.language, own=engagement.sentences(name))("title")
