"""Ratios of templates/ratios.yaml as SQL, so that a formula is written once.

Lines that must be what they are get filled in as for a client's statement: the one unknown of a
balance, and nil for the details of a section that adds up without them.  Only identities of lines
that the ratios read are used, so that not all columns of the statements need reading.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from workbook.diagnostics.financial_quartiles.formula import (
    Expression,
    Line,
    Mean,
    Number,
    parts,
)
from workbook.diagnostics.financial_quartiles.lines import (
    FULL,
    NEVER_NEGATIVE,
    Identity,
    LineMap,
)
from workbook.diagnostics.financial_quartiles.ratios import Ratio, RatioSet
from workbook.diagnostics.financial_quartiles.reference_base.cut import Formulas, RatioSql
from workbook.errors import UsageError

_TOLERANCE = 4000
"""Roubles by which the details of a section may miss its total (as articulation checks allow)."""
_YEAR = 2024
"""The full form has had the same codes in every year."""
_PASSES = 2
"""How often identities are gone through: a line found by the last may be what the first needs."""


def sql_formulas(ratios: RatioSet, lines: LineMap, *, unit: int) -> Formulas:
    """Return ratios as SQL.

    Parameters
    ----------
    ratios
        What is to be computed.
    lines
        All lines.
    unit
        Roubles per unit of the statements.

    Raises
    ------
    UsageError
        When a ratio reads a line that statements of the full form do not have.
    """
    for ratio in ratios.ratios:
        for line in ratio.lines:
            if not lines.code(line, FULL, _YEAR):
                raise UsageError(f"ratio {ratio.id}: the full form has no line {line}")
    return _Translator(lines, ratios, unit).formulas()


class _Translator:
    """Turns formulas into expressions over ``line_`` and ``prior_`` columns.

    Simplified statements have fewer lines, and none of them under a code that means another line
    in the full form together with all else that a ratio needs: one mapping serves both.
    """

    def __init__(self, line_map: LineMap, found: RatioSet, unit: int) -> None:
        self.line_map = line_map
        self.ratios = found.ratios
        self.tolerance = _TOLERANCE / unit
        self.named = {line for ratio in found.ratios for line in ratio.lines}

    def formulas(self) -> Formulas:
        """Return everything that a cut needs."""
        means = [p.name for r in self.ratios for p in parts(r.tree) if isinstance(p, Mean)]
        balances, sections = list(self._balances()), list(self._sections())
        read = {line for i in (*balances, *sections) for line in _members(i)}
        steps = [*map(self._balance, balances), *map(self._section, sections)] * _PASSES
        return Formulas(
            ratios=tuple(map(self._ratio, self.ratios)),
            needed=self._codes(self.named),
            optional=self._codes(read - self.named),
            prior=self._codes(means),
            steps=tuple(steps),
        )

    def _ratio(self, ratio: Ratio) -> RatioSql:
        return RatioSql(id=ratio.id, formula=ratio.formula, sql=self._sql(ratio.tree))

    def _sql(self, tree: Expression) -> str:
        """Return a formula; a division by zero is NULL."""
        if isinstance(tree, Number):
            return f"{float(tree.value)!r}::DOUBLE"
        if isinstance(tree, Line):
            return self._line(tree.name)
        if isinstance(tree, Mean):
            code = self._code(tree.name)
            return f"((line_{code} + prior_{code}) / 2)"
        left, right = self._sql(tree.left), self._sql(tree.right)
        return f"({left} {tree.sign} {f'nullif({right}, 0)' if tree.sign == '/' else right})"

    def _balances(self) -> Iterator[Identity]:
        """Return the identities of lines that ratios read, and of lines equal to these."""
        every = [i for i in self.line_map.identities if not i.exhaustive]
        equal = {i.parts[0] for i in every if len(i.parts) == 1 and i.total in self.named}
        return (i for i in every if _members(i) <= self.named | equal)

    def _sections(self) -> Iterator[Identity]:
        """Return the sections of which ratios read a detail."""
        every = self.line_map.identities
        return (i for i in every if i.exhaustive and not self.named.isdisjoint(i.parts))

    def _balance(self, identity: Identity) -> Mapping[str, str]:
        """Return what each line of a balance is when it is the only one not given."""
        parts_ = [self._line(part) for part in identity.parts]
        found = {identity.total: " + ".join(parts_)}
        for part in identity.parts:
            others = [self._line(other) for other in identity.parts if other != part]
            found[part] = " - ".join([self._line(identity.total), *others])
        return {self._code(line): self._possible(line, sql) for line, sql in found.items()}

    def _possible(self, line: str, sql: str) -> str:
        if self.line_map.lines[line].sign != NEVER_NEGATIVE:
            return sql
        return f"CASE WHEN ({sql}) >= 0 THEN {sql} END"

    def _section(self, section: Identity) -> Mapping[str, str]:
        """Return nil for each detail of a section that adds up without those not given, and the
        section's total where every detail is given.
        """
        columns = [self._line(part) for part in section.parts]
        closes = f"abs({self._line(section.total)} - ({_sum(columns)})) <= {self.tolerance!r}"
        given = f"coalesce({', '.join(columns)}) IS NOT NULL"
        nil = f"CASE WHEN {given} AND {closes} THEN 0 END"
        found = dict.fromkeys(section.parts, nil) | {section.total: " + ".join(columns)}
        return {self._code(line): self._possible(line, sql) for line, sql in found.items()}

    def _line(self, name: str) -> str:
        return f"line_{self._code(name)}"

    def _code(self, name: str) -> str:
        return self.line_map.code(name, FULL, _YEAR)

    def _codes(self, lines: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({self._code(line) for line in lines}))


def _members(identity: Identity) -> set[str]:
    return {identity.total, *identity.parts}


def _sum(columns: Sequence[str]) -> str:
    return " + ".join(f"coalesce({column}, 0)" for column in columns)
