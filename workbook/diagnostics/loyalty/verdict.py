"""What a difference allows to say."""

from workbook.diagnostics.loyalty.result import Verdict


def verdict(value: float, p_value: float | None, *, confidence: float) -> Verdict:
    """Return up or down when the test at 1 - confidence tells, else that it cannot."""
    if p_value is None or p_value >= 1 - confidence or value == 0:
        return Verdict.CANNOT_TELL
    return Verdict.UP if value > 0 else Verdict.DOWN
