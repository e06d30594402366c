"""Planted results of diagnostics, with the fields that the rules across them look at."""

from types import SimpleNamespace as Record

import pandas as pd

from workbook.diagnostics.summary.cross_facts import CrossFacts
from workbook.diagnostics.summary.joined import Joined
from workbook.diagnostics.summary.params import Params
from workbook.diagnostics.summary.sources.links_file import load_links


def facts(inputs, **results):
    """Return what the rules see of an engagement whose diagnostics found this."""
    joined = tuple(Joined(name=name, result=one, params=None) for name, one in results.items())
    return CrossFacts(inputs=inputs, joined=joined, params=Params(), links=load_links())


class Table:
    """A table of a result: its frame, and its columns by name."""

    def __init__(self, **columns):
        self.frame = pd.DataFrame(columns)

    def __getitem__(self, column):
        return self.frame[column]


def segmentation(**fields):
    """Return what the segmentation found: nothing but what is said."""
    given = {
        "board": Table(customer_id=[], overdue=[]),
        "overdue_points": Table(customer_id=[]),
        "white_space": Table(customer_id=[], part=[], value=[]),
        "answer": None,
        "findings": (),
    }
    return Record(**(given | fields))


def churn(**fields):
    """Return what the churn report found, with 40 losses of a register of two years."""
    lost = {"n": 40, "customers": 40, "revenue": 1000.0, "since": pd.Timestamp("2024-01-01").date(),
            "since_known": True}  # fmt: skip
    given = {
        "lost": Record(**(lost | fields.pop("lost", {}))),
        "reasons": (),
        "owners": (),
        "signals": (),
        "watch_list": Table(customer_id=[], signals=[]),
        "by": (),
        "small": False,
    }
    return Record(**(given | fields))


def reason(name, *, label="", owner="", n, revenue, sole, preventable=True):
    """Return a reason of the register."""
    return Record(
        reason=name, label=label or name, owner=owner, any=n, revenue=revenue,
        revenue_sole=sole, preventable=preventable,
    )  # fmt: skip


def marked(questionnaire="controllability", **scores):
    """Return what the questionnaire found: items ``i1_4=0.2`` with their mean marks."""
    items = tuple(
        Record(id=name[1:].replace("_", "."), score=score, label=f"{name[1:]} wording")
        for name, score in scores.items()
    )
    return Record(
        thresholds=Record(
            unmanaged_below=1 / 3, claimed_score=2 / 3, missing_share=0.2, unmended_share=0.8,
            least_records=5,
        ),
        questionnaires=(Record(id=questionnaire, items=items),),
    )  # fmt: skip
