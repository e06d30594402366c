"""How well the contents of a column fit what one of our columns holds: contents have a veto."""

from workbook.intake.guess.heading_words import begins, says, tokens
from workbook.intake.guess.profile import Profile
from workbook.intake.schema import ColumnSchema, ColumnType
from workbook.language.languages import all_languages

_MOST_GROUPS = 60
_FEW = 12


def fits(table: str, column: ColumnSchema, profile: Profile, heading: str) -> float:
    """Return from 0 (it cannot be) to 1 whether a column holds what ours does.

    A column without any value may still be the one, at a third.
    """
    if not profile.filled:
        return 0.0 if column.required else 0.62 if column.kind is ColumnType.TEXT else 0.34
    kind = column.kind
    if column.scores:
        return _scores(profile)
    if kind is ColumnType.DATE:
        return _days(profile)
    if kind is ColumnType.MARK:
        return _marks(profile)
    if kind in (ColumnType.NUMBER, ColumnType.INTEGER, ColumnType.SHARE, ColumnType.DECIMAL):
        return _numbers(column, profile, heading)
    if kind is ColumnType.PERIOD:
        return 0.0 if profile.long > 0.2 or profile.distinct > 200 else 0.9
    if kind in (ColumnType.CHOICE, ColumnType.YES_NO):
        return _choices(kind, profile)
    if kind is ColumnType.ID:
        return _ids(table, column, profile)
    return _texts(column, profile, heading)


def _scores(profile: Profile) -> float:
    good = max(profile.scores, profile.labels, profile.scores + profile.labels)
    return min(1.0, good) if good >= 0.8 and profile.days < 0.2 else 0.0


def _days(profile: Profile) -> float:
    if profile.serials >= 0.9:
        return 0.5
    return profile.days if profile.days >= 0.6 else 0.0


def _marks(profile: Profile) -> float:
    if profile.percent >= 0.8 or profile.fives >= 0.9:
        return 1.0
    if profile.scores >= 0.9 or profile.labels >= 0.8:
        return 0.9
    return 0.8 if _worded(profile) else 0.0


def _worded(profile: Profile) -> bool:
    """Return whether a column holds marks in words."""
    worded = sum(bool(mark_of(text)) for text in profile.values[:_FEW])
    return 1 < profile.distinct <= _FEW and worded * 2 >= profile.distinct


def mark_of(text: str) -> str:
    """Return the mark 1-5 that words stand for, or an empty text.

    >>> mark_of("Скорее удовлетворён"), mark_of("Very satisfied"), mark_of("Не удовлетворён")
    ('4', '5', '1')
    """
    if len(text) > 60:
        return ""
    words = tokens(text)
    said = [
        (len(tokens(one)), -int(mark in "24"), mark)
        for known in all_languages()
        for mark, listed in known.mapping.marks.items()
        for one in listed
        if begins(tokens(one), words)
    ]
    return max(said, default=(0, 0, ""))[2]


def _numbers(column: ColumnSchema, profile: Profile, heading: str) -> float:
    if profile.numbers < 0.8 or profile.days > 0.2 or profile.percent > 0.5:
        return 0.0
    if column.money and (says(heading, "counts") or "%" in heading):
        return 0.0
    if column.low is not None and column.high is not None:
        return 1.0 if column.low <= profile.highest <= column.high else 0.0
    return profile.numbers


def _choices(kind: ColumnType, profile: Profile) -> float:
    if kind is ColumnType.YES_NO:
        return 1.0 if profile.yes_no >= 0.8 else 0.0
    if profile.days > 0.3 or profile.numbers > 0.6:
        return 0.0
    if profile.long > 0.7 and profile.distinct > _FEW:
        return 0.0
    return 1.0 if profile.distinct <= max(_FEW, 0.3 * profile.filled) else 0.4


def _ids(table: str, column: ColumnSchema, profile: Profile) -> float:
    if profile.days > 0.5 or profile.mails > 0.9:
        return 0.0
    if column.thing in ("respondent", "complaint"):
        if profile.long > 0.5:
            return 0.0
        return 1.0 if profile.unique > 0.4 else 0.3
    if table == "customers" and column.name == "customer_id":
        return 1.0 if profile.unique > 0.98 else 0.0
    if profile.numbers > 0.9 and column.thing == "customer" and profile.whole < 0.9:
        return 0.0
    return 0.9


def _texts(column: ColumnSchema, profile: Profile, heading: str) -> float:
    if profile.days > 0.5:
        return 0.0
    if column.thing in ("product", "parameter") and _worded(profile):
        return 0.0
    if column.name == "line":
        return 1.0 if profile.numbers > 0.8 else 0.8  # codes say more than names
    if column.name in ("reason", "improvement", "reasons", "stated_reasons", "comment"):
        return 0.0 if profile.numbers > 0.5 else 1.0
    if column.thing in ("segment", "manager", "region", "stage", "channel", "industry"):
        if profile.numbers > 0.5 or profile.mails > 0.5:
            return 0.0
        return 1.0 if profile.distinct <= max(_MOST_GROUPS, 0.3 * profile.filled) else 0.4
    if column.thing == "product" and profile.unique > 0.9 and profile.filled > 10:
        return 0.75  # a name of its own in every row is no product
    return 0.9 if profile.numbers < 0.9 else 0.5
