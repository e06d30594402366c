"""Building: what is refused, going on after a stop, the same bytes."""

import os
from pathlib import Path

import pytest
from raw_statements import SOUND, Maker, sound

from workbook.diagnostics.financial_quartiles.reference_base import build as building
from workbook.diagnostics.financial_quartiles.reference_base.base_file import read_base
from workbook.errors import RunError


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"inn": ""}, "no_inn"),
        ({"inn": "0000"}, "no_inn"),
        ({"okved": ""}, "no_okved"),
        ({"okved": "04.1"}, "no_okved"),
        ({"year": ""}, "no_year"),
        ({"year": 20240}, "no_year"),
        ({"line_2110": "1O5"}, "not_a_number"),
        ({"line_1250": "nan"}, "not_a_number"),
        ({"line_1250": "1e300"}, "not_a_number"),
        ({"line_1600": -1}, "negative_1600"),
        ({"line_1200": -1}, "negative_1200"),
        ({"line_1500": -1}, "negative_1500"),
        ({"line_2110": -1}, "negative_2110"),
        ({name: "" for name in SOUND if name.startswith("line_")}, "no_figures"),
    ],
)
def test_a_nonsense_row_is_refused_and_counted(maker: Maker, changes, reason) -> None:
    made = maker.of(sound(1), sound(2), sound(3, **changes))
    assert made.facts["refused"] == {reason: 1}
    assert made.facts["used"] == {"2024": 2}


def test_a_negative_equity_or_profit_is_no_nonsense(maker: Maker) -> None:
    made = maker.of(sound(1, line_1300=-50, line_2200=-1, line_2400=-3))
    assert made.facts["refused"] == {}


def test_a_copy_counts_once_and_contradictory_rows_not_at_all(maker: Maker) -> None:
    made = maker.of(sound(1), sound(1), sound(1), sound(2), sound(2, line_2400=1), sound(3))
    assert made.facts["refused"] == {"copy": 2, "contradictory": 2}
    assert made.facts["used"] == {"2024": 2}


def test_every_row_is_used_or_refused(maker: Maker) -> None:
    rows = [sound(n, line_1600=n % 9 - 3, year=2020 + n % 3) for n in range(60)]
    made = maker.of(*rows, *rows[:9], sound(3, year=""))
    assert sum(made.facts["used"].values()) + sum(made.facts["refused"].values()) == 70


def test_csv_parquet_and_a_folder_by_year_give_the_same_rows(maker: Maker, tmp_path: Path) -> None:
    rows = [sound(n, year=2022 + n % 3, line_2400=n) for n in range(1, 31)]
    of_csv = maker.of(*rows)
    of_semicolons = maker.build(maker.csv(rows, "s.csv", ";"))
    of_parquet = maker.build(maker.parquet(rows))
    for year in (2022, 2023, 2024):
        mine = [row for row in rows if row["year"] == year]
        maker.parquet(mine, f"folder/year={year}/part.parquet")
    of_folder = maker.build(tmp_path / "folder")
    wanted = list(of_csv.base.rows())
    for made in (of_semicolons, of_parquet, of_folder):
        assert list(made.base.rows()) == wanted


def test_decimal_commas_are_read_where_they_separate_nothing(maker: Maker) -> None:
    path = maker.csv([sound(1, line_1300="500,5")], "s.csv", ";")
    assert maker.build(path).base.quartiles(
        okved="", year=2024, ratio="autonomy", min_peers=1
    ).median == pytest.approx(0.5005)


def test_the_same_input_gives_the_same_bytes(maker: Maker) -> None:
    rows = [sound(n, okved=f"{10 + n % 20}.{n % 3}1", line_2400=n * 7 % 100) for n in range(1, 400)]
    path = maker.csv(rows)
    first = maker.build(path).path.read_bytes()
    again = maker.build(path, threads=1, memory="300MB", out="again.parquet").path.read_bytes()
    assert again == first


def test_the_date_is_that_of_the_source_and_not_of_the_clock(maker: Maker) -> None:
    path = maker.csv([sound(1)])
    os.utime(path, (1_600_000_000, 1_600_000_000))
    assert maker.build(path).base.built.isoformat() == "2020-09-13"


def test_a_stopped_build_leaves_no_base_and_goes_on_where_it_was(maker: Maker, monkeypatch) -> None:
    path = maker.csv([sound(n, year=2020 + n % 4) for n in range(1, 41)])
    whole = maker.build(path, out="whole.parquet").path.read_bytes()
    out, true, cut = maker.folder / "base.parquet", building.cut_year, []

    def stopping(connection, year, options):
        if year == 2022 and not cut.count(0):
            cut.append(0)
            raise KeyboardInterrupt
        cut.append(year)
        return true(connection, year, options)

    monkeypatch.setattr(building, "cut_year", stopping)
    with pytest.raises(KeyboardInterrupt):
        maker.build(path)
    assert not out.exists()
    assert cut == [2020, 2021, 0]
    made = maker.build(path)
    assert cut == [2020, 2021, 0, 2022, 2023]
    assert out.read_bytes() == whole
    assert len(made.said) == 4
    assert not list(maker.folder.glob(".*"))


def test_ctrl_c_inside_a_query_stops_the_build(maker: Maker, monkeypatch) -> None:
    """DuckDB tells of it by a RuntimeError of its own."""

    def interrupted(*arguments):
        raise RuntimeError("Query interrupted")

    monkeypatch.setattr(building, "cut_year", interrupted)
    with pytest.raises(KeyboardInterrupt):
        maker.of(sound(1))


def test_too_little_memory_is_told_in_one_line(maker: Maker) -> None:
    rows = [sound(n, okved=f"{10 + n % 20}.{n % 9}1") for n in range(1, 3000)]
    with pytest.raises(RunError, match="the base cannot be built"):
        maker.of(*rows, memory="1MB")


def stopped(*arguments, **named):
    raise KeyboardInterrupt


def test_parts_of_other_options_or_another_source_are_not_used(maker: Maker, monkeypatch) -> None:
    path = maker.csv([sound(1), sound(2)])
    with monkeypatch.context() as patched:
        patched.setattr(building, "write_base", stopped)
        with pytest.raises(KeyboardInterrupt):
            maker.build(path)
    assert list(maker.folder.glob(".base.parquet.parts/2024.parquet"))
    maker.csv([sound(1), sound(2), sound(3)])
    assert maker.build(path).facts["used"] == {"2024": 3}


def test_a_source_that_changes_meanwhile_is_refused(maker: Maker, monkeypatch, refused) -> None:
    path = maker.csv([sound(1)])
    true = building.cut_year

    def changing(*arguments):
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
        return true(*arguments)

    monkeypatch.setattr(building, "cut_year", changing)
    assert refused(maker.build, path) == ("file_changed",)
    assert not (maker.folder / "base.parquet").exists()


def test_an_earlier_base_stays_when_the_new_one_cannot_be_written(
    maker: Maker, monkeypatch
) -> None:
    path = maker.csv([sound(1)])
    before = maker.build(path).path.read_bytes()

    true = os.replace

    def full(source, target):
        if str(target).endswith("base.parquet"):
            raise OSError(28, "No space left on device")
        true(source, target)

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(RunError, match="No space left"):
        maker.build(path, fewest=1)
    monkeypatch.undo()
    assert (maker.folder / "base.parquet").read_bytes() == before
    assert not list(maker.folder.glob(".*.tmp"))


def test_names_with_patterns_and_quotes_are_plain_names(maker: Maker) -> None:
    folder = maker.folder / "d'Or [1] *"
    folder.mkdir()
    inside = Maker(folder)
    inside.csv([sound(9)], "statements2.csv")
    made = inside.build(inside.csv([sound(1)], "state[m]ents?.csv"), out="b'[ase].parquet")
    assert len(read_base(made.path)) == len(made.base) > 0


def test_one_year_can_be_cut_with_the_year_before_at_hand(maker: Maker) -> None:
    made = maker.of(sound(1, year=2022), sound(1, year=2023), sound(1), years=(2024,))
    assert made.base.years == (2024,)
    assert "roa" in made.base.ratios
