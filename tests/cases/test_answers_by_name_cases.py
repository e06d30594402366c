"""A survey whose answers may be told by name (``anonymity_threshold = 1``), and one that is not."""

import json
import shutil
from pathlib import Path

import pytest

from workbook.notebook import open_book
from workbook.report.plain_data import plain_data
from workbook.report.table import Table

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"
OF_THE_REGISTER = {"waiting", "retention"}
"""Findings of what the company itself knows of a customer, whatever it answered."""
KNOWN_TO_ALL = {"largest", "waiting", "gone", "group"}
"""Likewise: who is large, complained, stopped buying, or belongs to a group."""
LISTS = {"complaint_list", "silent_named", "nps_contributions"}


def book_of(folder, *, threshold):
    """Return Northbridge's book of loyalty under another threshold."""
    shutil.copytree(SAMPLES / "northbridge", folder / "northbridge")
    shutil.copytree(SAMPLES / "previous", folder / "previous")
    path = folder / "northbridge" / "engagement.toml"
    said = path.read_text("utf-8")
    assert "anonymity_threshold = 5" in said
    path.write_text(
        said.replace("anonymity_threshold = 5", f"anonymity_threshold = {threshold}"), "utf-8"
    )
    return open_book("loyalty", str(folder / "northbridge"))


def blocks_of(book):
    report = book.diagnostic.report()
    chapters = [block for make in report.chapters.values() for block in make(book.view)]
    return [*report.summary(book.view), *chapters, *report.actions(book.view)]


@pytest.mark.parametrize("threshold", [1, 5])
def test_names_stand_beside_answers_only_where_they_may(tmp_path, threshold):
    book = book_of(tmp_path, threshold=threshold)
    result, blocks = book.view.result, blocks_of(book)
    tables = {b.name for b in blocks if isinstance(b, Table)}
    assert tables & LISTS == (LISTS if threshold == 1 else set())
    data = plain_data(result)
    said = {name: data[name] for name in data if name not in ("findings", "stakes")}
    assert ("Harrogate Provisions" in json.dumps(said)) == (threshold == 1)
    if threshold == 5:
        of_answers = [f for f in data["findings"] if f["id"] not in OF_THE_REGISTER]
        stakes = {k: v for k, v in data["stakes"].items() if k not in KNOWN_TO_ALL}
        for told in (of_answers, stakes):
            assert "Harrogate Provisions" not in json.dumps(told)
            assert "NB029" not in json.dumps(told)
    if threshold == 1:
        assert len(result.complaint_list) == result.low_marks
        assert len(result.silent_named) == result.complaints.silent_unhappy
        revenue = next(w for w in result.weighted if w.by == "revenue")
        assert result.contributions["points"].sum() == pytest.approx(revenue.value)


def test_what_to_do_does_not_ask_for_what_nobody_may_know(tmp_path):
    plans = {}
    for threshold in (1, 5):
        book = book_of(tmp_path / str(threshold), threshold=threshold)
        (plan,) = [b for b in book.diagnostic.report().actions(book.view) if isinstance(b, Table)]
        plans[threshold] = {row["what"] for row in plan.rows}
    call = "Call the customers on the list “Unhappy and silent”"
    assert any(action.startswith(call) for action in plans[1])
    assert not any("Unhappy and silent" in action for action in plans[5])
    assert any("Invite customers who have not complained" in action for action in plans[5])
