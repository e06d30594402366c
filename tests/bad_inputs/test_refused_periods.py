"""The engagement that is compared with: earlier, of this client, and as far as it can be read."""

import shutil
from pathlib import Path

import pytest
from period_chain import SALES, Chain, compared, read

from workbook.diagnostics import param_types
from workbook.engagement.engagement_file import earlier_folders, load_engagement
from workbook.engagement.fingerprint import hash_files


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    return Chain(tmp_path)


@pytest.mark.bad_input("D8", "D10")
def test_a_chain_of_engagements_is_read_to_its_end(chain: Chain) -> None:
    chain.write(2023)
    chain.write(2024, 2023)
    now = chain.write(2025, 2024)
    assert compared(now) == {}
    assert [p.label for p in read(now).inputs.periods] == ["2023", "2024", "2025"]
    assert list(earlier_folders(load_engagement(now, param_types()))) == [
        now.parent / "2024",
        now.parent / "2023",
    ]


@pytest.mark.bad_input("D8", "D10")
@pytest.mark.parametrize("as_of", ["2025-12-31", "2026-01-31"])
def test_an_engagement_that_is_not_earlier_is_refused(chain: Chain, as_of: str) -> None:
    chain.write(2024, key_as_of=as_of)
    assert compared(chain.write(2025, 2024)) == {"previous_not_earlier": True}


def test_a_circle_is_refused_wherever_it_closes(chain: Chain) -> None:
    chain.write(2024, 2025)
    assert compared(chain.write(2025, 2024)) == {"previous_in_circle": True}
    chain.write(2023, 2024)
    chain.write(2024, 2023)
    assert compared(chain.write(2025, 2024)) == {"previous_in_circle": True}


def test_another_client_is_refused_unless_it_is_said_to_be_meant(chain: Chain) -> None:
    chain.write(2024, key_id='"other"', key_client='"Other Ltd"')
    assert compared(chain.write(2025, 2024)) == {"previous_other_client": True}
    now = chain.write(2025, 2024, key_previous_of_other_client="true")
    assert compared(now) == {}


@pytest.mark.parametrize("key", ["key_id", "key_client"])
def test_one_client_has_one_id_or_one_name(chain: Chain, key: str) -> None:
    chain.write(2024, **{key: '"another"'})
    assert compared(chain.write(2025, 2024)) == {}


def test_what_lies_before_a_usable_one_is_left_out_with_a_remark(chain: Chain) -> None:
    chain.write(2023, key_id='"other"', key_client='"Other Ltd"')
    chain.write(2024, 2023)
    now = chain.write(2025, 2024)
    assert compared(now) == {"previous_chain_ends": False}
    assert [p.label for p in read(now).inputs.periods] == ["2024", "2025"]


def test_another_scale_takes_out_the_answers_only(chain: Chain) -> None:
    sales = {"sales": SALES + "C1,2024-03-01,100\n"}
    chain.write(2024, section='[params.loyalty]\nscale = "1-10"\n', **sales)
    now = chain.write(2025, 2024, sales=SALES + "C1,2025-03-01,100\n")
    assert compared(now) == {"previous_scale": False}
    before = read(now).inputs.previous
    assert before is not None
    assert set(before.tables) == {"sales"}


def test_another_currency_takes_out_the_money_and_a_rate_brings_it_back(chain: Chain) -> None:
    chain.write(2024, key_currency='"CZK"', sales=SALES + "C1,2024-03-01,100\n")
    sales = SALES + "C1,2025-03-01,100\n"
    now = chain.write(2025, 2024, sales=sales)
    assert compared(now) == {"previous_currency": False}
    before = read(now).inputs.previous
    assert before is not None
    assert before.tables["survey"].shape[0] == 6
    assert "sales" not in before.tables or before.tables["sales"].empty
    now = chain.write(2025, 2024, sales=sales, key_previous_rate="0.04")
    assert compared(now) == {"previous_rate_used": False}
    before = read(now).inputs.previous
    assert before is not None
    assert before.tables["sales"]["amount"].tolist() == [4.0]


@pytest.mark.bad_input("D10")
def test_a_broken_table_takes_out_only_itself(chain: Chain) -> None:
    chain.write(2024, sales=SALES + "C1,yesterday,100\n")
    now = chain.write(2025, 2024, sales=SALES + "C1,2025-03-01,100\n")
    assert compared(now) == {"previous_table_unusable": False}
    before = read(now).inputs.previous
    assert before is not None
    assert "survey" in before.tables


@pytest.mark.parametrize(
    ("key", "code"),
    [('"2025-H2"', "previous_gap"), ('"2024-H2"', "previous_overlap"), ('"wave 3"', "")],
)
def test_gaps_and_overlaps_are_told_where_the_label_says_when_it_begins(
    chain: Chain, key: str, code: str
) -> None:
    chain.write(2024)
    if " " in key:
        key = '"wave3"'
    found = compared(chain.write(2025, 2024, key_period=key))
    assert found == ({code: False} if code else {})


def test_every_period_of_the_chain_is_part_of_the_fingerprint(chain: Chain) -> None:
    """Data, settings, aliases, taxonomies, questionnaires, coding and presets of each."""
    first = chain.write(2023)
    chain.write(2024, 2023)
    now = chain.write(2025, 2024)

    def digest() -> str:
        return hash_files(load_engagement(now, param_types())).digest()

    known = {digest()}
    for folder in (first, now.parent / "2024"):
        for name in (
            "data/survey.csv", "aliases.csv", "reasons.yaml", "coding/loyalty.csv",
            "questionnaires/own.yaml", "presets/own.toml", "engagement.toml",
        ):  # fmt: skip
            file = folder / name
            file.parent.mkdir(exist_ok=True)
            file.write_text((file.read_text("utf-8") if file.exists() else "") + "\n", "utf-8")
            known.add(digest())
    (now / "aliases.csv").write_text("kind,old,new\n", "utf-8")
    known.add(digest())
    assert len(known) == 16
    shutil.rmtree(first)
    assert digest() not in known


def test_a_circle_does_not_keep_the_fingerprint_from_ending(chain: Chain) -> None:
    chain.write(2023, 2025)
    chain.write(2024, 2023)
    now = chain.write(2025, 2024)
    folders = list(earlier_folders(load_engagement(now, param_types())))
    assert [folder.name for folder in folders] == ["2024", "2023"]
