"""What changed in the accounts of the last year: profit, capital, cash, debt, stock, receivables.

Each is a claim about two columns of one statement; amounts are in the engagement's currency, shares
0-1.  A change below ``Params.material_change`` is none; whether it is below is told in fractions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from workbook.diagnostics.claims import Claim, MoneyKind
from workbook.diagnostics.financial_quartiles.exact_numbers import exact
from workbook.diagnostics.financial_quartiles.organisation_result import Growth, Organisation
from workbook.diagnostics.financial_quartiles.params import Params

OF_ACCOUNTS = frozenset(
    {"loss", "loss_again", "profit_fell", "profit_fell_on_sales", "payouts", "cash_and_debt",
     "cash_fell", "debt_rose", "loans_rose", "stock", "receivables", "revenue_fell"}
)  # fmt: skip
"""Problems that the accounts themselves tell, whoever they are compared with."""
_LOANS = "short_term_borrowings"
_CASH, _DEBT, _PROFIT, _EQUITY = "cash", "current_liabilities", "net_profit", "equity"


_SOON = 14
"""Days until a step is due where payments are at stake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountYear:
    """The last year of an organisation against the year before."""

    row: Organisation
    grown: Mapping[str, Growth]
    material: Fraction
    loans: tuple[float, float] | None
    """Short-term borrowings before and now; None where one of them is not known."""

    @classmethod
    def of(cls, row: Organisation, before: Organisation | None, params: Params) -> "AccountYear":
        """Return the year of an organisation."""
        earlier, now = (None if one is None else _loans(one) for one in (before, row))
        return cls(
            row=row,
            grown={g.line: g for g in row.growth},
            material=exact(params.material_change),
            loans=None if earlier is None or now is None else (earlier, now),
        )

    def change(self, line: str) -> float | None:
        """Return the growth of a line, as a share."""
        found = self.grown.get(line)
        return None if found is None else found.change

    def share(self, line: str) -> Fraction | None:
        """Return the growth of a line exactly: 30 % less 20 % are 10 %, not a little less."""
        found = self.grown.get(line)
        if found is None or found.change is None:
            return None
        return exact(found.now) / exact(found.before) - 1

    def outgrew_sales(self, line: str) -> bool:
        """Return whether a line grew faster than revenue by enough to be told."""
        share, sold = self.share(line), self.share("revenue")
        return share is not None and sold is not None and share - sold >= self.material

    def rose(self, line: str) -> bool:
        """Return whether a line rose by enough to be told."""
        found = self.grown.get(line)
        return found is not None and (
            found.before == 0 < found.now or (self.share(line) or 0) >= self.material
        )

    def fell(self, line: str) -> bool:
        """Return whether a line fell by enough to be told."""
        return (self.share(line) or 0) <= -self.material


def _loans(row: Organisation) -> float | None:
    return next((line.value for line in row.lines if line.line == _LOANS), None)


def account_claims(
    row: Organisation, params: Params, *, before: Organisation | None = None
) -> Iterator[Claim]:
    """Return what the accounts of the year tell.

    Parameters
    ----------
    before
        The year before, where it has a statement of its own.
    """
    year = AccountYear.of(row, before, params)
    yield from _profit(year)
    yield from _payouts(year)
    yield from _liquidity(year)
    yield from _tied_up(year, "inventories", "stock")
    yield from _tied_up(year, "receivables", "receivables")
    yield from _revenue(year)


def _facts(year: AccountYear, line: str) -> dict[str, float | int | str | None]:
    found = year.grown[line]
    return {
        "organisation": year.row.organisation,
        "year": year.row.year,
        "before": found.before,
        "now": found.now,
        "change": found.change,
        "times": found.times,
    }


def _profit(year: AccountYear) -> Iterator[Claim]:
    """Tell of a loss, of a profit that fell and of one that rose."""
    profit = year.grown.get(_PROFIT)
    if profit is None:
        return
    facts = _facts(year, _PROFIT) | {"lost": profit.before - profit.now}
    if profit.now < 0:
        again = profit.before < 0
        yield Claim(
            id="loss_again" if again else "loss",
            figures=facts,
            money=-profit.now if again else profit.before - profit.now,
            money_kind=MoneyKind.LOST,
            evidence="growth",
        )
    elif profit.before < 0:
        yield Claim(id="out_of_loss", figures=facts, problem=False, evidence="growth")
    elif year.fell(_PROFIT):
        sold = year.change("revenue")
        name = "profit_fell" if sold is None or sold < 0 else "profit_fell_on_sales"
        yield Claim(
            id=name,
            figures=facts | {"revenue_change": sold},
            money=profit.before - profit.now,
            money_of=profit.before,
            money_kind=MoneyKind.LOST,
            evidence="growth",
            effect_low=0.0,
            effect_high=profit.before - profit.now,
        )
    elif year.rose(_PROFIT):
        yield Claim(id="profit_rose", figures=facts, problem=False, evidence="growth")


def _payouts(year: AccountYear) -> Iterator[Claim]:
    """Tell when more left the company than it earned: equity fell in a year of profit."""
    equity, profit = year.grown.get(_EQUITY), year.grown.get(_PROFIT)
    if equity is None or profit is None or profit.now <= 0:
        return
    # What was earned and is not in the equity has left the company: dividends, buy-backs, gifts.
    left = exact(profit.now) - (exact(equity.now) - exact(equity.before))
    if left < exact(profit.now) * (1 + year.material):
        return
    facts = _facts(year, _EQUITY)
    yield Claim(
        id="payouts",
        figures=facts
        | {"left": float(left), "profit": profit.now, "fall": equity.before - equity.now},
        money=float(left),
        money_kind=MoneyKind.COST,
        evidence="growth",
        effect_low=0.0,
        effect_high=max(float(left) - profit.now, 0.0),
    )


def _liquidity(year: AccountYear) -> Iterator[Claim]:
    """Tell of cash that fell and short-term debt that rose."""
    cash, debt = year.grown.get(_CASH), year.grown.get(_DEBT)
    if cash is not None and debt is not None and year.fell(_CASH) and year.rose(_DEBT):
        facts = _facts(year, _CASH)
        yield Claim(
            id="cash_and_debt",
            figures=facts
            | {
                "debt": debt.now,
                "debt_before": debt.before,
                "debt_change": debt.change,
                "cover": cash.now / debt.now,
                "cover_before": cash.before / debt.before if debt.before > 0 else None,
            },
            money=cash.before - cash.now,
            money_of=cash.before,
            money_kind=MoneyKind.AT_RISK,
            evidence="growth",
            due_days=_SOON,
        )
    elif cash is not None and year.fell(_CASH):
        yield Claim(
            id="cash_fell",
            figures=_facts(year, _CASH),
            money=cash.before - cash.now,
            money_of=cash.before,
            money_kind=MoneyKind.AT_RISK,
            evidence="growth",
            due_days=_SOON,
        )
    elif debt is not None and year.rose(_DEBT) and year.outgrew_sales(_DEBT):
        yield _debt(year, debt)


def _debt(year: AccountYear, debt: Growth) -> Claim:
    """Tell of short-term debt beyond sales, of its loans where these grew faster still."""
    sold, loans = year.change("revenue") or 0.0, year.loans
    facts = _facts(year, _DEBT) | {"revenue_change": sold}
    beyond = debt.now - debt.before * (1 + max(sold, 0.0))
    kind = "debt_rose"
    if loans is not None and loans[0] > 0 and loans[1] / loans[0] >= debt.now / debt.before:
        kind = "loans_rose"
        facts |= {"loans_before": loans[0], "loans": loans[1],
                  "loans_change": loans[1] / loans[0] - 1}  # fmt: skip
        beyond = loans[1] - loans[0] * (1 + max(sold, 0.0))
    return Claim(
        id=kind,
        figures=facts,
        money=beyond,
        money_of=debt.now,
        money_kind=MoneyKind.AT_RISK,
        evidence="growth",
    )


def _tied_up(year: AccountYear, line: str, name: str) -> Iterator[Claim]:
    """Tell when a line of the current assets grew faster than revenue."""
    found, sold = year.grown.get(line), year.change("revenue")
    if found is None or sold is None or not (year.rose(line) and year.outgrew_sales(line)):
        return
    # Where sales fell the line is asked to stay, not to fall: stock and debtors follow later.
    with_sales = found.before * (1 + max(sold, 0.0))
    yield Claim(
        id=name,
        figures=_facts(year, line) | {"revenue_change": sold, "excess": found.now - with_sales},
        money=found.now - with_sales,
        money_of=found.now,
        money_kind=MoneyKind.POTENTIAL,
        evidence="growth",
    )


def _revenue(year: AccountYear) -> Iterator[Claim]:
    sold = year.grown.get("revenue")
    if sold is None or sold.change is None:
        return
    if year.fell("revenue"):
        yield Claim(
            id="revenue_fell",
            figures=_facts(year, "revenue") | {"lost": sold.before - sold.now},
            money=sold.before - sold.now,
            money_of=sold.before,
            money_kind=MoneyKind.LOST,
            evidence="growth",
        )
    elif year.rose("revenue"):
        yield Claim(
            id="revenue_rose", figures=_facts(year, "revenue"), problem=False, evidence="growth"
        )
