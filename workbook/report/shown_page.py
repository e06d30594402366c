"""Page 2 as a report shows it: what the consultant wrote before what the program drafts."""

from workbook.report.figures_by_name import Figures
from workbook.report.large_tables import without_large
from workbook.report.own_words import OwnWords, own_words
from workbook.report.page_two import PageTwo
from workbook.report.plain_data import plain_data
from workbook.report.view import P, R, View


def figures_of(view: View[R, P], name: str) -> Figures:
    """Return the figures that notes on a diagnostic may name: what is in the result file itself."""
    return Figures(
        load=lambda: plain_data(without_large(name, view.result)[0]),
        texts=view.texts,
        shown=view.masked,
    )


def shown_page(view: View[R, P], draft: PageTwo, words: OwnWords, figures: Figures) -> PageTwo:
    """Return page 2 with the consultant's words, marked as theirs."""
    author = view.engagement.brand.author or view.text("notes.consultant")
    return words.page(draft, figures, author=author, shown=view.masked)


def page_of(view: View[R, P], name: str, draft: PageTwo) -> PageTwo:
    """Return page 2 of a diagnostic as its own report shows it.

    Raises
    ------
    InputError
        When its notes cannot be read, or name figures that cannot be written.
    """
    words = own_words(view.engagement.folder, name, view.engagement.earlier_folders)
    return shown_page(view, draft, words, figures_of(view, name))
