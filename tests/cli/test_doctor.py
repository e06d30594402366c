"""The doctor names what is missing and how to get it."""

import pytest

from workbook.commands import doctor


def test_this_machine_is_ready(tmp_path):
    findings = doctor.examine(tmp_path / "reports")
    assert [f.subject for f in findings if not f.good and f.subject != "notebooks"] == []
    assert {"Python", "papermill", "fonts", "kernel", "PDF", "output"} <= {
        f.subject for f in findings
    }


@pytest.mark.parametrize(("installed", "found"), [("0.1", "0.1"), ("", "not installed")])
def test_a_package_that_is_missing_or_too_old_is_named(installed, found, monkeypatch):
    monkeypatch.setattr(doctor, "_version_of", lambda name: installed)
    finding = next(f for f in doctor._packages() if f.subject == "papermill")
    assert (finding.good, finding.found) == (False, found)
    assert "make reports" in finding.remedy


def test_a_folder_that_cannot_be_written_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "_is_writable", lambda folder: False)
    assert all("cannot be written" in f.remedy for f in doctor._folders(tmp_path) if not f.good)
