"""What the notebooks call: one engagement opened as a book whose parts are shown in turn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeAlias

from workbook.charts.palette import Palette
from workbook.diagnostics import all_diagnostics, diagnostic_named
from workbook.diagnostics.compared import changes_of
from workbook.diagnostics.diagnostic import (
    AnyDiagnostic,
    Computed,
    Diagnostic,
    LoadedSources,
    P,
    R,
    S,
)
from workbook.diagnostics.periods.changes import Changes
from workbook.engagement.data import EngagementData, open_engagement, read_engagement
from workbook.engagement.kept_data import hand_on, handed_on, kept_result_of
from workbook.engagement.settings import Engagement, ReportShape
from workbook.errors import InputError, Problem
from workbook.intake.param_tables import build_params
from workbook.intake.table import InputTable
from workbook.language.catalog import load_texts
from workbook.language.problems import line, page_line
from workbook.report import frame
from workbook.report.blocks import Block, FileData, Heading, NotStudied, ResultData
from workbook.report.figures_by_name import Figures
from workbook.report.large_tables import without_large
from workbook.report.meta import meta_of
from workbook.report.method_box import changed_options
from workbook.report.notes_doubts import Doubts
from workbook.report.own_chapters import arranged, title_problems, titled
from workbook.report.own_words import OwnWords, own_words
from workbook.report.page_two import PageTwo, action_plan, page_two_blocks
from workbook.report.plain_data import plain_data
from workbook.report.shown_page import figures_of, shown_page
from workbook.report.table import Table
from workbook.report.tested import tested
from workbook.report.view import View
from workbook.report.worded_result import changes_in_words, with_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Book(Generic[P, R, S]):
    """One diagnostic of one engagement, computed and ready to be shown part by part.

    Every method shows its blocks as outputs of the cell that calls it.
    """

    diagnostic: Diagnostic[P, R, S]
    data: EngagementData
    view: View[R, P]
    loaded: LoadedSources[S]
    quality: frame.DataQuality
    draft: PageTwo
    """Page 2 as the program drafts it."""
    page: PageTwo
    """Page 2 as it is shown: what the consultant wrote comes before the draft."""
    words: OwnWords
    """What the consultant wrote."""
    figures: Figures
    """What it may name."""
    changed: Changes
    """What changed since the last period."""
    details: list[Block] = field(default_factory=list)
    """What stands behind the chapters shown so far, for the appendix to show."""
    not_studied: list[str] = field(default_factory=list)
    """Chapters shown so far that have no data, for the appendix to name."""

    def cover(self) -> None:
        """Show the title page."""
        _show([frame.cover(self._engagement, self.view.texts)])

    def summary(self) -> None:
        """Show page 2: the answer, findings and first steps."""
        _show(page_two_blocks(self.view, self.page))

    def chapter(self, *names: str) -> None:
        """Show chapters by name, or what [report] puts in their places."""
        chapters, shape = self.diagnostic.report().chapters, self._shape
        places = arranged(chapters, shape)
        for name in filter(None, (places[name] for name in names)):
            blocks = titled(chapters[name](self.view), shape.titles.get(name), self.figures)
            absent = (b.name for b in blocks if isinstance(b, NotStudied))
            self.not_studied.extend(n for n in absent if n not in self.not_studied)
            self.details.extend(b for b in blocks if b.detail)
            _show(b for b in blocks if not b.detail)

    def commentary(self) -> None:
        """Show the consultant's commentary from ``notes/``, where there is one."""
        notes = self.words.commentary(self.figures, self.figures.shown)
        _show(frame.commentary(self.view.texts, notes, self._engagement.brand.author))

    def doubts(self) -> tuple[Problem, ...]:
        """Return what the consultant may want to look at again in the notes: questions only."""
        doubts = Doubts(
            data=self.figures.data,
            tiles=self.draft.tiles,
            texts=self.view.texts,
            year=self._engagement.as_of.year,
        )
        return self.words.doubts(doubts, self.figures.shown)

    def changes(self) -> None:
        """Show what changed since the last period, where there is one."""
        from workbook.report.changes_chapter import changes_chapter  # draws

        _show(changes_chapter(self.view, self.changed))

    def actions(self) -> None:
        """Show the action plan."""
        _show(action_plan(self.view, self.page))

    def appendix(self) -> None:
        """Show method, details of chapters, data quality and glossary.

        What joins other reports leaves their tables and tests to them.
        """
        texts = self.view.texts
        method = self.diagnostic.report().method(self.view)
        if self.diagnostic.joins:
            _show(method)
        else:
            _show([frame.appendix_heading(texts), *method])
            _show(frame.details(texts, self.details))
            _show(tested(self.view, self.changed.families))
            _show(frame.not_studied(texts, self.not_studied))
            _show(frame.data_quality(texts, self.quality))
        _show([frame.made_by(self._engagement, texts, self.quality)])
        _show(frame.glossary(texts, self.diagnostic.glossary))

    def check(self) -> str:
        """Return the key figures as one line of text, rounded, for checks of the notebook."""
        return "; ".join(map(str, self.diagnostic.key_figures(self.view.result)))

    def finish(self) -> None:
        """Hand over the result for the result file; without it no report is made."""
        name = self.diagnostic.name
        sheets = [FileData(name=n, content=c) for n, c in self.loaded.sheets.items()]
        log = [*changed_options(self.view.params), *self.quality.log]
        if log:
            content = "\n".join((*log, "")).encode("utf-8")
            sheets.append(FileData(name=f"{name}_remarks.txt", content=content))
        result, tables = without_large(name, self.view.result)
        data = with_words(name, plain_data(result), draft=self.draft, shown=self.page)
        data |= self.diagnostic.report().in_file(self.view, self.draft, self.page)
        if self.changed.against:
            data["period_changes"] = changes_in_words(self.view, self.changed)
        _show([*sheets, *tables, ResultData(diagnostic=name, data=data)])

    @property
    def _engagement(self) -> Engagement:
        return self.data.engagement

    @property
    def _shape(self) -> ReportShape:
        """What the consultant has otherwise: chapters hidden, moved, under own headings."""
        return self._engagement.shapes.get(self.diagnostic.name, ReportShape())


AnyBook: TypeAlias = Book[Any, Any, Any]
"""Of a diagnostic that is only known by its name."""


def open_book(name: str, engagement: str) -> AnyBook:
    """Read, check and compute one diagnostic of the engagement in a folder.

    Parameters
    ----------
    name
        Name of the diagnostic (``loyalty``).
    engagement
        Path of the engagement folder, absolute or relative to the working directory.

    Raises
    ------
    InputError
        When the files cannot be used; every problem is shown first.
    """
    found = diagnostic_named(name)
    data = open_engagement(Path(engagement), (name,))
    try:
        if data.errors:
            raise InputError(data.errors)
        if found.joins:
            others = [d.name for d in all_diagnostics() if not d.joins]
            kept = {other: handed_on(data.engagement, other) for other in others}
            data.inputs.hand_on({other: made for other, made in kept.items() if made is not None})
        book = book_of(found, data)
        if not found.joins:
            bare = replace(_computed(book), loaded=LoadedSources(sources=None))
            hand_on(bare, name, data.engagement)
        return book
    except InputError as failure:
        lines = [line(p, data.engagement.language) for p in failure.problems]
        _show([Heading(text=text, level=3) for text in lines])
        raise


def book_of(found: Diagnostic[P, R, S], data: EngagementData) -> Book[P, R, S]:
    """Compute one diagnostic of an engagement that was read without errors.

    Raises
    ------
    InputError
        When its notes name figures that cannot be written.
    """
    name = found.name
    computed: Computed[P, R, S] = kept_result_of(data.engagement, name) or compute(found, data)
    params, loaded, result = computed.params, computed.loaded, computed.result
    changed = computed.changed
    brand = data.engagement.brand
    if brand.faces:
        from workbook.charts.text_outlines import know_faces

        know_faces(brand.faces)
    view = View(
        result=result,
        params=params,
        texts=load_texts(
            name,
            data.engagement.language,
            data.engagement.currency,
            data.engagement.sentences(name),
        ),
        palette=Palette(
            primary=brand.primary,
            secondary=brand.secondary,
            tertiary=brand.tertiary,
            font=brand.font,
        ),
        engagement=data.engagement,
        against=data.against,
        changed=changed,
        masked=data.anonymity.notes if data.anonymity else str,
    )
    draft = found.report().page_two(view)
    words = own_words(data.engagement.folder, name, data.engagement.earlier_folders)
    figures = figures_of(view, name)
    shape = data.engagement.shapes.get(name, ReportShape())
    problems = (*words.problems(figures), *title_problems(shape, name, figures))
    if problems:
        raise InputError(problems)
    return Book(
        diagnostic=found,
        data=data,
        view=view,
        loaded=loaded,
        quality=_quality(found, data),
        draft=draft,
        page=shown_page(view, draft, words, figures),
        words=words,
        figures=figures,
        changed=changed,
    )


def _computed(book: Book[P, R, S]) -> Computed[P, R, S]:
    return Computed(
        params=book.view.params, loaded=book.loaded, result=book.view.result, changed=book.changed
    )


def compute(found: Diagnostic[P, R, S], data: EngagementData) -> Computed[P, R, S]:
    """Return what a diagnostic finds in an engagement that was read without errors."""
    params = build_params(data.engagement, found.name, found.params)
    loaded = found.sources(data.engagement, data.inputs, params)
    result = found.compute(data.inputs, params, loaded.sources)
    changed = changes_of(
        found, data.engagement, data.inputs, params=params, sources=loaded.sources, result=result
    )
    return Computed(params=params, loaded=loaded, result=result, changed=changed)


def plan_to_mark(engagement: Engagement) -> bytes:
    """Return the action plan of an engagement's summary as a workbook; empty without a step.

    Raises
    ------
    InputError
        When its files cannot be used.
    """
    from workbook.report.appendix import to_xlsx

    found = next(one for one in all_diagnostics() if one.joins)
    if engagement.diagnostics and found.name not in engagement.diagnostics:
        return b""
    data = read_engagement(engagement, (found.name,))
    if data.errors:
        raise InputError(data.errors)
    book: AnyBook = book_of(found, data)
    blocks = action_plan(book.view, book.page)
    plans = [block.sheet() for block in blocks if isinstance(block, Table)]
    return to_xlsx(plans, meta_of(engagement, book.view.text("title"))) if plans else b""


def notes_of_result(
    found: Diagnostic[P, R, S], data: EngagementData
) -> tuple[tuple[Problem, ...], Computed[P, R, S] | None]:
    """Return what is wrong with notes that name figures, doubts of them, and what was computed.

    Where the arithmetic itself fails, the report that is made of it says so.
    """
    try:
        book = book_of(found, data)
        return book.doubts(), _computed(book)
    except InputError as failure:
        return failure.problems, None
    except Exception:
        return (), None


def _quality(found: AnyDiagnostic, data: EngagementData) -> frame.DataQuality:
    used = [data.intake.tables[t] for t in found.tables if t in data.intake.tables]
    language = data.engagement.language
    told = data.problems_of(found)
    return frame.DataQuality(
        tables=[
            frame.TableUse(table=t.name, rows_in=t.rows_in, rows_used=t.rows_used) for t in used
        ],
        remarks=_remarks([(_table_of(p, used), p) for p in told], language),
        log=[line(p, language) for p in told],
        data_hash=data.data_hash,
    )


def _remarks(told: Iterable[tuple[str, Problem]], language: str) -> list[frame.Remark]:
    """Return what the client reads: once of a table, with what is counted in all its files."""
    together: dict[tuple[str, str], Problem] = {}
    for table, problem in told:
        counts = {name: problem.facts[name] for name in ("count", "of") if name in problem.facts}
        bare = replace(problem, facts={**problem.facts, **dict.fromkeys(counts, 0)})
        if not (told_of_any := page_line(bare, language)):
            continue
        place = (table, told_of_any)
        before = together.get(place, bare).facts
        total = {name: before[name] + counts[name] for name in counts}  # type: ignore[operator]
        together[place] = replace(problem, facts={**problem.facts, **total})
    return [
        frame.Remark(table=table, text=page_line(problem, language))
        for (table, _), problem in together.items()
    ]


def _table_of(problem: Problem, tables: Sequence[InputTable]) -> str:
    """Return the table that a problem is about; empty for none."""
    place = (problem.place.file, problem.place.sheet)
    return next((t.name for t in tables if place in t.places), "")


def _show(blocks: Iterable[Block]) -> None:
    from IPython.display import display

    for block in blocks:
        display(block)  # type: ignore[no-untyped-call]
