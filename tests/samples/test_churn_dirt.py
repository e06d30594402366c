"""The lists of lost customers are as untidy as the samples promise."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from workbook.language.package_data import templates

LANGUAGES = {"ural-tekhnika": "ru", "tatra-servis": "sk", "northbridge": "en"}
each = pytest.mark.parametrize("engagement", list(LANGUAGES))


def _cells(lines: Any, rows: Any, engagement: str, column: str) -> list[str]:
    """Return the cells of a column as the file has them."""
    every = lines(engagement, "lost_customers")
    at = list(rows(engagement, "lost_customers")[0]).index(column)
    head = next(i for i, line in enumerate(every) if all(line))
    return [line[at] for line in every[head + 1 :] if any(line)]


def test_the_russian_list_is_cp1251_with_russian_numbers(samples: Path, lines: Any) -> None:
    content = (samples / "ural-tekhnika" / "data" / "lost_customers.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    money = [line[14] for line in lines("ural-tekhnika", "lost_customers")[1:] if any(line)]
    assert all(re.fullmatch(r"(\d{1,3}(\u00a0\d{3})*,\d\d)?", cell) for cell in money)
    assert any("\u00a0" in cell for cell in money)


@pytest.mark.parametrize("engagement", ["tatra-servis", "northbridge"])
def test_a_title_stands_above_the_other_two_lists(engagement: str, lines: Any) -> None:
    first, second = lines(engagement, "lost_customers")[:2]
    assert first[0]
    assert not any(first[1:] + second)


@pytest.mark.parametrize("engagement", ["ural-tekhnika", "tatra-servis"])
def test_lists_of_reasons_have_empty_parts_and_mixed_case(
    engagement: str, lines: Any, rows: Any
) -> None:
    cells = _cells(lines, rows, engagement, "reasons")
    assert any(re.search(r";\s*;", cell) for cell in cells)
    assert any(cell.strip().endswith(";") for cell in cells)
    parts = [part.strip() for cell in cells for part in cell.split(";") if part.strip()]
    assert any(part.isupper() for part in parts)
    assert any(part[0].islower() for part in parts)
    assert sum(";" in cell.strip(" ;") for cell in cells) > 0.2 * len(cells)


@each
def test_some_cells_have_outer_spaces_and_some_are_blank(
    engagement: str, lines: Any, rows: Any
) -> None:
    every = lines(engagement, "lost_customers")
    assert any(cell != cell.strip() for line in every for cell in line)
    assert any(not any(line) for line in every[3:])
    assert all(row["reasons"] for row in rows(engagement, "lost_customers"))
    assert any(not row["returned_date"] for row in rows(engagement, "lost_customers"))


@each
def test_each_misspelt_reason_is_there_once(
    engagement: str, clean: Any, truth: dict[str, Any]
) -> None:
    cells = [row["reasons"].casefold() for row in clean(engagement, "lost_customers")]
    for slip in truth[engagement]["churn"]["misspelt"]:
        assert sum(slip["typed"].casefold() in cell for cell in cells) == 1
        assert slip["typed"] != slip["meant"]


@each
def test_every_wording_is_known_to_the_list_of_reasons(engagement: str, samples: Path) -> None:
    language = LANGUAGES[engagement]
    own = yaml.safe_load((samples / "generate" / "reasons.yaml").read_text("utf-8"))
    frame = yaml.safe_load((templates() / "reasons.yaml").read_text("utf-8"))
    known: dict[str, str] = {}
    can: dict[str, str] = {}
    for group in frame["groups"]:
        for reason in (group, *group["reasons"]):
            words = (reason["label"][language], *reason.get("aliases", ()))
            known |= {word.casefold(): reason["id"] for word in words}
            can[reason["id"]] = reason.get("preventable", group["preventable"])
    for reason, wording in own[language].items():
        assert known[wording.casefold()] == reason
        assert own["preventable"][reason] == (can[reason] == "yes")
