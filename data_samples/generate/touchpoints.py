"""The table ``touchpoints``: every rater marks every point."""

from data_samples.generate.chance import stream
from data_samples.generate.rows import Row
from data_samples.generate.spec import Audit


def build(engagement: str, audit: Audit) -> list[Row]:
    chance = stream(engagement, "touchpoints")
    rows: list[Row] = []
    for category, point, lean, comment in audit.points:
        speaker = chance.choice(audit.raters)
        for rater in audit.raters:
            mark = _mark(chance.gauss(lean, 0.38))
            row: Row = {"category": category, "touchpoint": point, "mark": mark}
            row |= {"rater": rater, "date": audit.day}
            rows.append(row | {"comment": comment if comment and rater == speaker else None})
    return rows


def _mark(value: float) -> str:
    return "poor" if value < -0.4 else "wow" if value > 0.55 else "normal"
