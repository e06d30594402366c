"""What is proposed for one table: lines of a recipe, each with an example or a doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from workbook.intake.guess.assignment import Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the engagement says that matters for a recipe."""

    language: str
    currency: str
    as_of: date
    client: str
    dotted_days: bool
    """Days with dots can only mean day, month, year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line."""

    key: str
    value: object
    """As TOML could have read it."""
    example: str = ""
    """A value from the file."""
    doubt: Doubt | None = None
    """Why it is not sure."""
    off: bool = False
    """A choice that has to be made: the line stands as a comment until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A recipe for one table."""

    table: str
    sources: tuple[tuple[str, str], ...]
    """File and sheet."""
    options: tuple[Entry, ...] = ()
    columns: tuple[Entry, ...] = ()
    values: tuple[Entry, ...] = ()
    """Our column, and our word -> the client's words."""
    where: tuple[Entry, ...] = ()
    """The client's heading, and which rows are kept."""
    unused: tuple[str, ...] = ()
    """Headings that nothing is made of."""
    by_preset: tuple[Entry, ...] = ()
    """Columns that the preset finds in the file: nothing is to be written for them."""
    doubts: tuple[Doubt, ...] = field(default=())
    """What is to be looked at that is no line."""

    @property
    def unsure(self) -> int:
        """Number of lines to look at."""
        groups = (self.options, self.columns, self.values, self.where)
        return sum(e.doubt is not None for group in groups for e in group) + len(self.doubts)

    def tree(self) -> Mapping[str, object]:
        """Return the recipe as TOML would read it, without what stands as a comment."""
        made: dict[str, object] = {e.key: e.value for e in self.options if not e.off}
        for name, group in (
            ("columns", self.columns), ("values", self.values), ("where", self.where)
        ):  # fmt: skip
            if found := {e.key: e.value for e in group if not e.off}:
                made[name] = found
        return made
