"""Our column for a heading: in three languages, by aliases, as the consultant has mapped it."""

from collections.abc import Mapping, Sequence

from workbook.engagement.settings import ColumnSource
from workbook.intake.heading_units import heading_unit
from workbook.intake.recipe.patterns import has_star, matches
from workbook.intake.schema import ColumnSchema, TableSchema
from workbook.language.nearest import plain


class HeadingLookup:
    """Finds our column for a heading of the client's.

    Parameters
    ----------
    schema
        The table.
    own
        Our column name -> where engagement.toml says that it comes from; wins over the rest.
    language
        Of the messages: a column that is missing is told by its heading in it.
    """

    def __init__(
        self, schema: TableSchema, own: Mapping[str, ColumnSource], language: str = "en"
    ) -> None:
        self.schema = schema
        self.own = own
        self.language = language
        self._names: dict[str, str] = {}
        for column in schema.columns:
            if column.name not in own or not own[column.name].expected:
                self._names |= dict.fromkeys(map(plain, accepted(column)), column.name)
        said = [(head, name) for name, source in own.items() for head in reversed(source.headings)]
        self._names |= {plain(head): name for head, name in said if not has_star(head)}
        self._patterns = [(head, name) for head, name in said if has_star(head)]
        self._known: dict[str, str | None] = {}

    def __call__(self, heading: str) -> str | None:
        """Return our name of the column, or None.

        A column of amounts is also known by its heading with a unit: "Сумма, тыс. руб.".
        """
        if heading not in self._known:
            self._known[heading] = (
                self._names.get(plain(heading)) or self._alike(heading) or self._money(heading)
            )
        return self._known[heading]

    def is_exact(self, heading: str) -> bool:
        """Return whether a heading names its column as it stands, with no unit to take off."""
        return plain(heading) in self._names

    def _alike(self, heading: str) -> str | None:
        return next((name for head, name in self._patterns if matches(head, heading)), None)

    def _money(self, heading: str) -> str | None:
        name = self._names.get(plain(heading_unit(heading).name))
        column = self.schema.column(name) if name else None
        return name if column and (column.money or column.unit_as_option) else None

    def count(self, cells: Sequence[str]) -> int:
        """Return how many different columns a line names."""
        return len({name for cell in cells if cell and (name := self(cell))})

    def forms(self, name: str) -> tuple[str, ...]:
        """Return the headings accepted for a column."""
        if name in self.own and self.own[name].headings:
            return self.own[name].headings
        return accepted(self.schema.column(name))

    def heading(self, name: str) -> str:
        """Return the heading that a column should have, in the language of the messages."""
        column = self.schema.column(name)
        said = self.own[name].headings if name in self.own else ()
        return said[0] if said else column.headings.get(self.language) or column.name


def accepted(column: ColumnSchema) -> tuple[str, ...]:
    """Return every heading that names the column."""
    return (column.name, *column.headings.values(), *column.aliases)
