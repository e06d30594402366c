"""Values of engagement.toml stand for themselves: nothing is looked up, computed or converted."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from workbook.diagnostics import all_diagnostics, param_types
from workbook.engagement.engagement_file import load_engagement
from workbook.errors import InputError
from workbook.intake.param_tables import checked_params
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

CONFIGURATION = """\
schema_version = {version}
id = "acme"
client = "{client}"
language = "en"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
"""
REFERENCES = ("$HOME", "${HOME}", "%PATH%", "{{ env.HOME }}", "{HOME}", "!ENV HOME", "~", "@file")


def write(folder: Path, *, client: str = "Acme", version: int = 1, more: str = "") -> Path:
    text = CONFIGURATION.format(client=client, version=version) + more
    (folder / "engagement.toml").write_text(text, "utf-8")
    return folder


def codes(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as refused:
        load_engagement(folder, param_types())
    return [(p.code, p.place.column) for p in refused.value.problems]


@pytest.mark.bad_input("H8")
@pytest.mark.parametrize("text", REFERENCES)
def test_a_name_of_the_environment_is_text(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No value is a secret and none comes from the environment: nothing can be missing there."""
    monkeypatch.setenv("HOME", "/secret")
    assert load_engagement(write(tmp_path, client=text), param_types()).client == text


@pytest.mark.bad_input("H10")
@pytest.mark.parametrize("version", [0, 2, 99])
def test_a_file_of_another_version_is_refused_as_that(version: int, tmp_path: Path) -> None:
    assert codes(write(tmp_path, version=version)) == [("schema_version", "schema_version")]


@pytest.mark.bad_input("H6")
@pytest.mark.parametrize("text", ["NO", "010", "12:30:45", "on", "1_000", "~", "!!python/none"])
def test_words_are_not_turned_into_truth_or_numbers(text: str, tmp_path: Path) -> None:
    assert load_engagement(write(tmp_path, client=text), param_types()).client == text


@pytest.mark.bad_input("H1")
@pytest.mark.parametrize("more", ['client = "B"\n', "[brand]\n[brand]\n", "a.b = 1\na.b = 2\n"])
def test_a_key_given_twice_is_refused(more: str, tmp_path: Path) -> None:
    assert codes(write(tmp_path, more=more)) == [("toml_syntax", "")]


@pytest.mark.bad_input("H2")
@pytest.mark.parametrize("key", ["\\u0000", "\\n", "\\u202e", "a\\u200bb"])
@pytest.mark.parametrize("section", ["columns", "values", "where"])
def test_a_key_of_what_cannot_be_seen_is_told_without_it(
    section: str, key: str, tmp_path: Path
) -> None:
    more = f'[intake.survey]\n{section} = {{"{key}" = {{"{key}" = 1}}}}\n'
    with pytest.raises(InputError) as refused:
        load_engagement(write(tmp_path, more=more), param_types())
    for problem in refused.value.problems:
        for language in LANGUAGES:
            said = line(problem, language)
            assert said == said.translate(dict.fromkeys(map(ord, "\0\n\u202e\u200b")))


ODD: tuple[Any, ...] = (
    *(np.float64(1), np.array([1]), pd.NA, pd.Timestamp("2025-01-01"), pd.Series([1])),
    *(Decimal(1), date(2025, 1, 1), Path("a"), {1}, object(), b"1", 1j, float("nan")),
)


def options() -> Iterator[tuple[str, str]]:
    for diagnostic in all_diagnostics():
        for name in diagnostic.params.__dataclass_fields__:
            yield diagnostic.name, name


@pytest.mark.bad_input("H4", "H5")
@pytest.mark.parametrize(("diagnostic", "option"), list(options()))
def test_an_option_is_of_its_kind_or_a_problem(diagnostic: str, option: str) -> None:
    """What no TOML file can say is refused as well, and nothing raises."""
    kind = param_types()[diagnostic]
    for value in ODD:
        made, problems = checked_params({option: value}, diagnostic, kind)
        assert (made is None) == bool(problems)
        for problem in problems:
            assert problem.place.column.startswith(f"params.{diagnostic}")
