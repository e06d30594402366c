"""What the summary's views share."""

from typing import TypeAlias

from workbook.diagnostics import diagnostic_named
from workbook.diagnostics.summary.joined import Joined
from workbook.diagnostics.summary.params import Params
from workbook.diagnostics.summary.result import Result
from workbook.language.catalog import load_texts
from workbook.report.diagnostic_report import AnyReport
from workbook.report.view import AnyView, View

SummaryView: TypeAlias = View[Result, Params]


def view_of(view: SummaryView, one: Joined) -> AnyView:
    """Return a joined diagnostic's result as its own report sees it."""
    engagement = view.engagement
    return View(
        result=one.result,
        params=one.params,
        texts=load_texts(one.name, engagement.language, engagement.currency),
        palette=view.palette,
        engagement=engagement,
        against=view.against,
    )


def report_of(one: Joined) -> AnyReport:
    """Return the report of a joined diagnostic."""
    return diagnostic_named(one.name).report()


def title_of(view: SummaryView, name: str) -> str:
    """Return the title of a diagnostic's report."""
    return load_texts(name, view.engagement.language)("title")
