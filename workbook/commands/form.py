"""What ``workbook form`` does: write a form to fill in into a file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.commands.intake_workbook import INTAKE, client_workbook
from workbook.diagnostics import param_types
from workbook.engagement.engagement_file import load_earlier
from workbook.errors import UsageError
from workbook.forms.asked import asked_questionnaire
from workbook.forms.known_names import KnownNames, known_names
from workbook.forms.table_form import TableForm, table_forms
from workbook.forms.table_form_writing import MOST_ROWS, form_lines, table_form_book
from workbook.forms.writing import form_book
from workbook.intake.tables import read_tables
from workbook.report.whole_file import write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOptions:
    """What the command line says of a form."""

    language: str
    respondents: int
    """How many sheets."""
    optional: Collection[str] = ()
    """Items of a questionnaire that are off by default and asked here."""
    engagement: Path | None = None
    """Whose customers, products and managers the form of a table lists."""
    products: Sequence[str] = ()
    """Those that are asked about; empty: the engagement's."""


def make_form(
    name: str, options: FormOptions, *, out: Path | None = None, force: bool = False
) -> Path:
    """Write a form and return its path.

    Parameters
    ----------
    name
        Id of a questionnaire that comes with the program, or path of a questionnaire file; id of
        the form of a table (``nps``); ``intake``: the workbook of all tables.
    out
        The file; by default ``<name>.<language>.xlsx`` in the working folder.
    force
        Replace a file that is there: it may hold answers.

    Raises
    ------
    UsageError
        When there is no such form or item, an option does not belong to it, or the file is there
        already.
    InputError
        When the questionnaire file or engagement.toml cannot be used.
    """
    content, stem = _content(name, options)
    path = out or Path(f"{stem}.{options.language}.xlsx")
    if path.suffix.casefold() != ".xlsx":
        raise UsageError(f"--out: {path} must end in .xlsx")
    if path.exists() and not force:
        raise UsageError(f"--out: {path} is there and may hold answers; --force replaces it")
    write_whole(path, content)
    return path


def _content(name: str, options: FormOptions) -> tuple[bytes, str]:
    """Return the form and what its file is called."""
    form = table_forms().get(name)
    if form is not None:
        return _of_table(form, options), name
    if options.engagement is not None or options.products:
        listed = ", ".join(table_forms())
        raise UsageError(f"--engagement and --products belong to the forms {listed}, not to {name}")
    if name == INTAKE:
        return client_workbook(options.language), INTAKE
    asked = asked_questionnaire(name, options.optional)
    made = form_book(asked, language=options.language, respondents=options.respondents)
    return made, asked.id


def _of_table(form: TableForm, options: FormOptions) -> bytes:
    if options.optional:
        raise UsageError(f"--optional-items: {form.id} has no items that are off")
    if options.products and not form.parameters:
        raise UsageError(f"--products: {form.id} does not ask about products one by one")
    names = _known(options.engagement)
    language, products = options.language, options.products
    lines = form_lines(form, language=language, names=names, products=products)
    if form.parameters and not lines:
        raise UsageError(
            f"{form.id} asks about the client's products: name them by --products NAME,..., "
            "or the engagement whose tables name them by --engagement DIR"
        )
    if len(lines) > MOST_ROWS:
        raise UsageError(
            f"{form.id} would have {len(lines)} lines to mark: choose fewer products by --products"
        )
    return table_form_book(
        form, language=language, sheets=options.respondents, names=names, products=products
    )


def _known(folder: Path | None) -> KnownNames:
    """Return what the tables of an engagement name; nothing without one."""
    if folder is None:
        return KnownNames()
    return known_names(read_tables(load_earlier(folder, param_types())).tables)
