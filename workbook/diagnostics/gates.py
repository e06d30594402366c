"""Gates: small questions that a claim must pass before a report may tell it.

Each returns None where the claim passes and its own name where it does not.  A gate knows numbers
only, never a sentence or a table; :func:`workbook.diagnostics.claims.judge` puts them together.
"""

from enum import StrEnum

_ROUNDING = 1e-9
"""Relative slack for sums of money in floating point."""


class Gate(StrEnum):
    """What a claim failed."""

    POPULATION = "population"
    MONEY = "money"
    DEFINITION = "definition"
    FIT = "fit"
    PORTFOLIO = "portfolio"
    TESTED = "tested"
    ASSUMPTION = "assumption"
    HISTORY = "history"
    CHANCE = "chance"
    JUDGED = "judged"
    RECORD = "record"
    ROUNDED = "rounded"


def within_population(count: int | None, population: int | None) -> Gate | None:
    """Pass a count of something that is not above what there is of it.

    Examples
    --------
    >>> within_population(30, 10)
    <Gate.POPULATION: 'population'>
    """
    if count is None or population is None:
        return None
    return None if 0 <= count <= population else Gate.POPULATION


def within_money(part: float | None, whole: float | None) -> Gate | None:
    """Pass money that is not above the revenue it is a part of."""
    if part is None or whole is None:
        return None
    return None if part <= whole + abs(whole) * _ROUNDING else Gate.MONEY


def says_something(*, by_definition: bool) -> Gate | None:
    """Pass what the data could have denied.

    That class A brings half of the turnover, or that regular customers came back, is how these
    words are defined.
    """
    return Gate.DEFINITION if by_definition else None


def fits(fit: bool | None) -> Gate | None:
    """Pass a figure whose window, base or scale fits the data; None: fit is not known."""
    return Gate.FIT if fit is False else None


def knows_portfolio(known: int, of: int, *, least: float) -> Gate | None:
    """Pass a comparison by an attribute that is known for at least this share of those at risk.

    Examples
    --------
    >>> knows_portfolio(14, 194, least=0.95)
    <Gate.PORTFOLIO: 'portfolio'>
    """
    return None if of and known / of >= least else Gate.PORTFOLIO


def is_tested(passed: bool | None) -> Gate | None:
    """Pass a difference that its test (in its family) calls one; None: it was not tested."""
    return None if passed else Gate.TESTED


def assumption_holds(implied: float, known: float) -> Gate | None:
    """Pass an assumption whose consequence is not above what there is.

    Examples
    --------
    >>> assumption_holds(30, 10)  # a tenth complains: 3 complained, so 30 of 10 are unhappy
    <Gate.ASSUMPTION: 'assumption'>
    """
    return None if implied <= known else Gate.ASSUMPTION


def has_history(n: int, *, least: int) -> Gate | None:
    """Pass what rests on at least so many intervals, events or periods."""
    return None if n >= least else Gate.HISTORY


def beats_chance(
    hit_rate: float | None,
    false_alarm_rate: float | None,
    *,
    p_value: float | None,
    alpha: float,
    least_ratio: float,
) -> Gate | None:
    """Pass a warning that rings more often before a loss than without one.

    Parameters
    ----------
    least_ratio
        The hit rate is at least so many times the rate of false alarms: with many customers a
        signal that rings for nearly everybody passes a test as well.
    """
    if hit_rate is None or false_alarm_rate is None or p_value is None:
        return Gate.CHANCE
    told = p_value < alpha and hit_rate >= least_ratio * false_alarm_rate and hit_rate > 0
    return None if told else Gate.CHANCE


def mostly_judged(judged: int, of: int, *, least: float) -> Gate | None:
    """Pass a share over what was judged when at least this part was.

    Examples
    --------
    >>> mostly_judged(0, 20, least=0.8)
    <Gate.JUDGED: 'judged'>
    """
    return None if of and judged / of >= least else Gate.JUDGED


def has_record(record: bool) -> Gate | None:
    """Pass what is measured on its own record, never on a substitute."""
    return None if record else Gate.RECORD


def outlasts_rounding(same: bool) -> Gate | None:
    """Pass what is the same anywhere within the rounding of the figures it is made of."""
    return None if same else Gate.ROUNDED
