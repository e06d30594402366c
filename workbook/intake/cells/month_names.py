"""Months."""


def month_in(text: str) -> tuple[int, int] | None:
    return None


def quarter_in(text: str) -> tuple[int, int] | None:
    return None


def year_in(text: str) -> int | None:
    return None
