"""--formats pptx,docx: asked for, told where the libraries lack, kept with the other files."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from workbook.batch import office_libraries
from workbook.commands.cli import cli
from workbook.errors import UsageError


@pytest.mark.parametrize(("fmt", "package"), [("pptx", "python-pptx"), ("docx", "python-docx")])
def test_without_the_library_one_sentence_says_what_to_install(fmt, package, monkeypatch, tmp_path):
    monkeypatch.setattr(office_libraries, "find_spec", lambda name: None)
    done = CliRunner().invoke(cli, ["run", str(tmp_path), "--formats", f"html,{fmt}"])
    assert isinstance(done.exception, UsageError)
    assert done.exception.exit_code == 2
    assert str(done.exception) == (
        f"--formats {fmt}: {package} is not installed; "
        'install it: pip install "consulting-workbook[office]"'
    )
    assert list(tmp_path.iterdir()) == []


def test_a_misspelt_format_is_told_with_the_nearest():
    done = CliRunner().invoke(cli, ["run", ".", "--formats", "ppt"])
    assert "did you mean 'pptx'?" in str(done.exception)


def test_nothing_of_the_office_libraries_is_imported_unless_asked_for():
    code = (
        "import sys, workbook.commands.cli, workbook.batch.publish, workbook.batch.run; "
        "print([m for m in ('pptx', 'docx', 'PIL.ImageFont') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
