"""Pseudonyms of an engagement: gathered from its tables, put into them, written down for us.

What a column tells of whom is said by its definition (``identifies`` in ``templates/tables/``).
An identifier becomes a code, a name a word with the code: ``K7F2X`` is ``Customer K7F2X``.  The
tables change once they are read and checked, before anything is computed, so that no diagnostic
sees a name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from workbook.engagement.settings import Engagement
from workbook.intake.aliases.alias_file import Aliases
from workbook.intake.anonymity.codes import Codes
from workbook.intake.anonymity.commentary import under_pseudonyms
from workbook.intake.anonymity.key_file import read_key
from workbook.intake.anonymity.own_columns import without_own_columns
from workbook.intake.anonymity.rule_cells import rules_under
from workbook.intake.schema import ColumnSchema, ColumnType
from workbook.intake.table import InputTable
from workbook.language.catalog import Texts, load_texts
from workbook.language.lemmas import bare
from workbook.language.masking import NameMask
from workbook.language.spelling import id_keys

TEXT, WORDS = "text", "words"
"""What ``identifies`` says of free text and of words that may hold a name."""
CUSTOMER, RECOMMENDER, REASON = "customer", "recommender", "reason"
_PERSONS = ("manager", "staff", "rater", "respondent", RECOMMENDER)

Tables = Mapping[str, InputTable]


@dataclass(frozen=True, kw_only=True)
class Anonymity:
    """The pseudonyms of one engagement."""

    texts: Texts
    codes: Mapping[str, Codes]
    """By kind of thing."""
    customers: Mapping[str, str]
    """Identifier of a customer by what a recommender may be called: identifiers and names."""
    called: Mapping[str, str]
    """Name of a customer by identifier, where it has one."""
    names: NameMask

    def tables(self, tables: Tables) -> dict[str, InputTable]:
        """Return tables under pseudonyms; the given ones stay as they are."""
        kept = without_own_columns(tables, self.names)
        return {name: replace(table, frame=self._frame(table)) for name, table in kept.items()}

    def _frame(self, table: InputTable) -> pd.DataFrame:
        frame = table.frame.copy()
        for column in _identifying(table, but=(TEXT,)):
            frame[column.name] = self._column(table.frame, column)
        return frame

    def _column(self, frame: pd.DataFrame, column: ColumnSchema) -> "pd.Series[str]":
        cells = frame[column.name]
        if column.identifies == CUSTOMER and column.kind is ColumnType.TEXT:
            return self._names_of_customers(frame, column.name)
        said = {str(text): self.of(str(text), column) for text in cells.dropna().unique()}
        return cells.map(said).astype("str")

    def _names_of_customers(self, frame: pd.DataFrame, column: str) -> "pd.Series[str]":
        codes = self.codes[CUSTOMER]
        made = [
            None if pd.isna(name) or pd.isna(one) else self._called(CUSTOMER, codes[str(one)])
            for one, name in zip(frame["customer_id"], frame[column], strict=True)
        ]
        return pd.Series(made, index=frame.index, dtype="str")

    def of(self, text: str, column: ColumnSchema) -> str:
        """Return what stands in place of a cell of a column."""
        kind = column.identifies
        if kind == WORDS:
            return self.names.masked(text)
        if kind == RECOMMENDER:
            return self._recommender(text)
        if not column.thing:
            return rules_under(text, lambda name: self._called(kind, self.codes[kind][name]))
        code = self.codes[kind][text]
        return code if column.kind is ColumnType.ID else self._called(kind, code)

    def _recommender(self, text: str) -> str:
        """Return the code of the customer who is meant, where it is one."""
        customer = self.customers.get(text) or self.customers.get(id_keys([text])[0])
        if customer:
            return self.codes[CUSTOMER][customer]
        return self._called(RECOMMENDER, self.codes[RECOMMENDER][text])

    def _called(self, kind: str, code: str) -> str:
        return self.texts(f"pseudonyms.{kind}", code=code)

    def reason(self, words: str) -> str:
        """Return what words of a customer's are called that no list of reasons has."""
        return self._called(REASON, self.codes[REASON][bare(words) or words])

    def form_name(self, file: str) -> str:
        """Return what pages call a filled form, whose file may be named after a person."""
        folder, _, name = file.rpartition("/")
        return f"{folder}/{self.codes['form'][name]}.xlsx"

    def notes(self, text: str) -> str:
        """Return the consultant's own words: whole names as pseudonyms, the rest masked."""
        return under_pseudonyms(text, self._called_so, self.names)

    @cached_property
    def _called_so(self) -> dict[str, str]:
        """Pseudonym by name, and by identifier of a customer."""
        found = dict(self.codes[CUSTOMER].known)
        for one, name in self.called.items():
            found[name] = self._called(CUSTOMER, self.codes[CUSTOMER][one])
        for kind in ("manager", RECOMMENDER):
            found |= {n: self._called(kind, code) for n, code in self.codes[kind].known.items()}
        return found

    def written_down(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield what stands for whom: kind, pseudonym, identifier, name."""
        for kind, codes in self.codes.items():
            for identifier, code in sorted(codes.known.items(), key=lambda one: one[1]):
                name = self.called.get(identifier, "") if kind == CUSTOMER else ""
                yield kind, code, identifier, name


def anonymity_of(
    engagement: Engagement, several: Iterable[Tables], aliases: Iterable[Aliases] = ()
) -> Anonymity:
    """Return the pseudonyms of everything that the tables name.

    Parameters
    ----------
    several
        The tables of now, and those of before: one customer has one pseudonym in both.
    aliases
        Of all periods: who was called otherwise may be called so in free text.

    Raises
    ------
    InputError
        When the engagement's key cannot be used.
    """
    key = read_key(engagement.folder)
    named: dict[str, set[str]] = {kind: set() for kind in (CUSTOMER, *_PERSONS, "form", REASON)}
    called: dict[str, str] = {}
    for table in (table for tables in several for table in tables.values()):
        for column in _identifying(table, but=(TEXT, WORDS)):
            if column.thing:
                texts = table.frame[column.name].dropna().astype("str").unique()
                named.setdefault(column.identifies, set()).update(texts)
        called = _called(table) | called
    customers = _customers(named[CUSTOMER], called)
    named[RECOMMENDER] -= {name for name in named[RECOMMENDER] if _is_customer(name, customers)}
    lines = [line for said in aliases for line in said.lines]
    persons = {name for kind in _PERSONS for name in named[kind]}
    persons |= {name for one in lines if one.kind in _PERSONS for name in (one.old, one.new)}
    firms = {name for one in lines if one.kind == CUSTOMER for name in (one.old, one.new)}
    return Anonymity(
        texts=load_texts("common", engagement.language),
        codes={kind: Codes.of(names, kind=kind, key=key) for kind, names in named.items()},
        customers=customers,
        called=called,
        names=NameMask(
            persons=tuple(sorted(persons)),
            organisations=tuple(sorted(set(called.values()) | (firms - named[CUSTOMER]))),
            language=engagement.language,
        ),
    )


def _identifying(table: InputTable, *, but: tuple[str, ...]) -> Iterator[ColumnSchema]:
    """Yield the columns of a table that identify somebody."""
    for column in table.schema.columns:
        if column.identifies and column.identifies not in but and column.name in table.frame:
            yield column


def _called(table: InputTable) -> dict[str, str]:
    """Return the names of customers by identifier."""
    if table.name != "customers" or "name" not in table.frame:
        return {}
    known = table.frame[["customer_id", "name"]].dropna().astype("str")
    return dict(zip(known["customer_id"], known["name"], strict=True))


def _customers(identifiers: set[str], called: Mapping[str, str]) -> dict[str, str]:
    """Return customers by identifier, by the key of its spellings, and by names of one only."""
    ids, names = sorted(identifiers), list(called.items())
    keys = id_keys([name for _, name in names])
    shared = Counter(keys)
    by_name = {key: one for key, (one, _) in zip(keys, names, strict=True) if shared[key] == 1}
    return by_name | dict(zip(id_keys(ids), ids, strict=True)) | {one: one for one in ids}


def _is_customer(name: str, customers: Mapping[str, str]) -> bool:
    return name in customers or id_keys([name])[0] in customers
