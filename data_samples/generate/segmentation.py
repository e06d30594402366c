"""The four tables of a segmentation, from the customers and sales that are there."""

from datetime import date

from data_samples.generate import control_points, offers, segments
from data_samples.generate.chance import stream
from data_samples.generate.rows import Row
from data_samples.generate.segmentation_spec import Segmentation

Tables = dict[str, list[Row]]
IN_OWN_WORDS = ("customers", "segments", "targets")


def build(plan: Segmentation, rows: Tables, *, name: str, as_of: date) -> Tables:
    """Return the clean tables; yes, no, target and optional are words of ours still."""
    return {
        "segments": segments.rules(plan),
        "targets": segments.needs(plan),
        "offers": offers.build(plan, rows, name=name, as_of=as_of),
        "control_points": control_points.build(plan, rows, name=name, as_of=as_of),
    }


def as_typed(rows: Tables, *, name: str, language: str) -> Tables:
    """Return the tables with those words as the client's people type them."""
    return rows | {
        table: segments.in_own_words(
            rows[table], language=language, chance=stream(name, "dirt", "words", table)
        )
        for table in IN_OWN_WORDS
        if table in rows
    }
