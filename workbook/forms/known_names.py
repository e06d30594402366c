"""What an engagement's tables name: customers, products and managers that a form can list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from workbook.diagnostics.cells import texts
from workbook.intake.table import InputTable

_FIRST: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "customer": ("customers",),
        "product": ("satisfaction", "targets", "offers", "sales"),
        "parameter": ("satisfaction",),
    }
)
"""Where the names of a thing are looked for first: the first table that has any tells them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A customer of the list of lost ones that has not been interviewed."""

    customer_id: str
    lost_date: str
    """As ISO."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNames:
    """What a form can list; empty without an engagement."""

    by_thing: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """What a column stands for (``customer``, ``product``) -> names in order."""
    called: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Names of customers by identifier."""
    losses: tuple[Loss, ...] = ()

    def of(self, thing: str) -> tuple[str, ...]:
        """Return the names of a thing."""
        return self.by_thing.get(thing, ())


def known_names(tables: Mapping[str, InputTable]) -> KnownNames:
    """Return what the tables of an engagement name."""
    things = {c.thing for t in tables.values() for c in t.schema.columns if c.thing}
    things |= {table.schema.open_thing for table in tables.values()} - {""}
    found = {thing: _names(thing, tables) for thing in sorted(things)}
    return KnownNames(
        by_thing=found,
        called=_called(tables.get("customers")),
        losses=tuple(_losses(tables.get("lost_customers"))),
    )


def _called(table: InputTable | None) -> dict[str, str]:
    if table is None or "name" not in table.frame:
        return {}
    return dict(zip(texts(table.frame, "customer_id"), texts(table.frame, "name"), strict=True))


def _names(thing: str, tables: Mapping[str, InputTable]) -> tuple[str, ...]:
    first = _FIRST.get(thing, ())
    order = [*(n for n in first if n in tables), *(n for n in tables if n not in first)]
    for name in order:
        names = set(_of_table(thing, tables[name]))
        if names:
            return tuple(sorted(names, key=lambda text: (text.casefold(), text)))
    return ()


def _of_table(thing: str, table: InputTable) -> Iterator[str]:
    named = [c.name for c in table.schema.columns if c.thing == thing and c.name in table.frame]
    for name in named:
        yield from table.frame[name].dropna().astype("str").unique()
    if table.schema.open_thing == thing:
        known = {column.name for column in table.schema.columns}
        yield from (str(name) for name in table.frame if name not in known)


def _losses(table: InputTable | None) -> Iterator[Loss]:
    if table is None:
        return
    frame = table.frame
    if "exit_interview" in frame:
        frame = frame[~frame["exit_interview"].fillna(value=False).astype(bool)]
    for customer, day in zip(texts(frame, "customer_id"), frame["lost_date"], strict=True):
        if customer and day == day:  # a day that could not be read is not one
            yield Loss(customer_id=customer, lost_date=day.date().isoformat())
