"""Which workers of a cluster get work."""

from dataclasses import replace
from pathlib import Path

import pytest

from workbook.batch import make_report, office_libraries
from workbook.batch.cluster_members import ClusterMembers
from workbook.batch.tasks import ReportTask
from workbook.engagement.fingerprint import program_hash
from workbook.errors import RunError

from .faulty_work import bare, load, publish_plainly
from .processes import until


class Cluster:
    """Workers by address, each with what it says of itself or raises."""

    def __init__(self, **says):
        self.says = says

    def members(self):
        return ClusterMembers(lambda: dict.fromkeys(self.says, 2), self.ask, "mine")

    def ask(self, address):
        said = self.says[address]
        if isinstance(said, Exception):
            raise said
        return said


MINE = {"program": "mine", "lacks": ()}


def looked(members):
    members.look()
    assert until(lambda: not members.unknown)
    members.look()
    return members


def test_work_goes_to_workers_with_the_same_program():
    cluster = Cluster(
        a=MINE, b={"program": "other", "lacks": ()}, c=ModuleNotFoundError("workbook")
    )
    members = looked(cluster.members())
    assert members.able() == ("a",)
    assert members.threads == 2
    assert members.newly_passed_over() == ("b", "c")
    assert members.newly_passed_over() == ()


def test_a_worker_that_joins_is_asked_and_one_that_leaves_is_forgotten():
    cluster = Cluster(a=MINE)
    members = looked(cluster.members())
    cluster.says = {"b": MINE}
    assert looked(members).able() == ("b",)
    cluster.says = {}
    members.look()
    assert (members.able(), members.threads) == ((), 0)
    assert members.seconds_without() >= 0.0


def test_a_worker_whose_answer_was_lost_on_the_way_is_asked_again():
    cluster = Cluster(a=OSError("broken"))
    members = looked(cluster.members())
    cluster.says = {"a": MINE}
    assert until(lambda: looked(members).able() == ("a",))
    assert members.passed_over == ()


def test_formats_go_to_workers_that_have_their_libraries():
    cluster = Cluster(a=MINE, b=MINE | {"lacks": ("pptx",)})
    members = looked(cluster.members())
    assert members.able(("html", "pptx")) == ("a",)
    assert sorted(members.able(("docx",))) == ["a", "b"]


@pytest.fixture
def task(batch, tmp_path):
    return ReportTask(
        engagement=load(batch.client("acme")), diagnostic="loyalty", notebook=Path("none"),
        folder=tmp_path, formats=("json",), kept_data=None, cell_timeout=1, program=program_hash(),
    )  # fmt: skip


def test_a_format_without_its_library_is_one_sentence_where_the_report_is_made(task, monkeypatch):
    monkeypatch.setattr(office_libraries, "find_spec", lambda name: None)
    asked = replace(task, formats=("json", "docx"))
    with pytest.raises(RunError, match="loyalty: docx cannot be made here: python-docx is not"):
        make_report.make_report(asked, bare, publish_plainly, "bare")


def test_a_private_folder_that_was_removed_is_not_made_again(task, tmp_path):
    def publish(notebook, **how):
        for attempt in tmp_path.glob("try-*"):
            attempt.rename(tmp_path / "removed")
        return publish_plainly(notebook, **how)

    with pytest.raises(FileNotFoundError):
        make_report.make_report(task, bare, publish, "bare")
    assert not list(tmp_path.glob("try-*"))
