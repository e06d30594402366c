"""What a user is told: which file, which row, which column, how to mend it; never a traceback."""

import re
import subprocess
import sys

import pytest
from raw_statements import Maker, sound

from workbook.commands.cli import cli, guarded
from workbook.diagnostics.financial_quartiles.reference_base.base_file import read_base


@pytest.fixture
def command(capfd):
    """Return a function that runs the command."""

    def run(*arguments):
        code = guarded(lambda: cli([str(a) for a in arguments], standalone_mode=False))
        captured = capfd.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return run


def written(maker: Maker, name: str, content: bytes):
    path = maker.folder / name
    path.write_bytes(content)
    return path


HEADER = ",".join(sound(1)).encode()
ROW = ",".join(map(str, sound(1).values())).encode()


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("a.csv", b"", "file_empty", "a.csv"),
        ("a.csv", b" \n\n", "file_empty", "a.csv"),
        ("a.csv", HEADER + b"\n", "base_no_statements", "no statements"),
        ("a.csv", HEADER + b"\n" + ROW + b",7\n", "wrong_width", "line 2"),
        ("a.csv", HEADER + b'\n"' + ROW + b"\n", "quote_not_closed", "line 2"),
        ("a.csv", HEADER + b"\n" + ROW + "я\n".encode("cp1251"), "base_not_utf8", "line 2"),
        ("a.csv", HEADER + b",inn\n", "base_column_twice", "line 1"),
        ("a.csv", b"PK\x03\x04" + b"x" * 50, "base_not_statements", "neither CSV nor Parquet"),
        ("a.parquet", b"PAR1" + b"x" * 50, "base_parquet_broken", "damaged"),
    ],
)
def test_a_bad_file_is_refused_in_words(maker, refused, command, name, content, code, words):
    path = written(maker, name, content)
    assert refused(maker.build, path) == (code,)
    status, shown, told = command("base", "build", path, "--out", maker.folder / "b.parquet")
    assert (status, shown) == (3, "")
    assert words in told


def test_no_file_at_all(maker, command) -> None:
    status, _, told = command("base", "build", "nothing.csv", "--out", maker.folder / "b.parquet")
    assert status == 3
    assert "there is no such file" in told


def test_every_missing_column_is_named_with_what_it_may_be_called(maker, command) -> None:
    row = {("lines_1600" if k == "line_1600" else k): v for k, v in sound(1).items()}
    del row["okved"]
    status, _, told = command(
        "base", "build", maker.csv([row]), "--out", maker.folder / "b.parquet"
    )
    assert status == 3
    assert "column okved is missing" in told
    assert 'Is it "lines_1600"? Rename it to line_1600.' in told


def test_a_delimiter_that_is_not_known_is_told_by_the_single_column(maker, command) -> None:
    path = maker.csv([sound(1)], delimiter="~")
    status, _, told = command("base", "build", path, "--out", maker.folder / "b.parquet")
    assert status == 3
    assert "the column inn is missing; the columns are: inn~okved~year" in told
    assert "separate them by comma, semicolon or tab" in told


def test_industry_codes_as_numbers_are_refused(maker, refused) -> None:
    import duckdb

    made = maker.parquet([sound(1, okved="68.20")])
    path = maker.folder / "numbers.parquet"
    duckdb.execute(
        f"COPY (SELECT * REPLACE (okved::DOUBLE AS okved) FROM '{made}') "
        f"TO '{path}' (FORMAT parquet)"
    )
    assert refused(maker.build, path) == ("base_okved_number",)


def test_a_folder_without_parquet_is_told(maker, refused) -> None:
    (maker.folder / "empty").mkdir()
    assert refused(maker.build, maker.folder / "empty") == ("base_no_parquet_in_folder",)


def test_no_group_with_enough_companies_is_no_base(maker, command) -> None:
    path = maker.csv([sound(1), sound(2, inn="")])
    status, _, told = command("base", "build", path, "--out", maker.folder / "b.parquet")
    assert status == 3
    assert "rows used: 1, refused: 1" in told
    assert sorted(p.name for p in maker.folder.iterdir()) == ["statements.csv"]


@pytest.mark.parametrize(
    "wrong",
    [
        ("--sizes", "1,2"),
        ("--sizes", "3,2,1"),
        ("--memory", "lots"),
        ("--unit", "7"),
        ("--fewest", "0"),
        ("--years", "24"),
        ("--built", "31.12.2025"),
        ("--ratios", "nowhere.yaml"),
    ],
)
def test_wrong_usage_is_code_2(maker, command, wrong) -> None:
    out = maker.folder / "b.parquet"
    status, _, told = command("base", "build", maker.csv([sound(1)]), "--out", out, *wrong)
    assert status == 2
    assert wrong[0].strip("-") in told


OWN_RATIO = """\
ratios:
  - id: own
    group: liquidity
    direction: higher
    formula: cash / {line}
    label: {{en: Own, ru: Свой, sk: Vlastný}}
    meaning: {{en: own, ru: свой, sk: vlastný}}
"""


def test_a_ratio_of_ones_own_is_in_the_base(maker, command) -> None:
    path = written(maker, "ratios.yaml", OWN_RATIO.format(line="assets").encode())
    out = maker.folder / "b.parquet"
    asked = ("--ratios", path, "--fewest", 1)
    assert command("base", "build", maker.csv([sound(1)]), "--out", out, *asked)[0] == 0
    assert read_base(out).quartiles(okved="", year=2024, ratio="own", min_peers=1).median == 0.08


def test_a_ratio_over_a_line_of_the_simplified_form_only_is_refused(maker, command) -> None:
    path = written(maker, "ratios.yaml", OWN_RATIO.format(line="ordinary_costs").encode())
    out = maker.folder / "b.parquet"
    status, _, told = command(
        "base", "build", maker.csv([sound(1)]), "--out", out, "--ratios", path
    )
    assert status == 2
    assert "ordinary_costs" in told


@pytest.mark.parametrize("out", ["", "nowhere/b.parquet", "statements.csv"])
def test_a_base_has_a_place_of_its_own(maker, command, out) -> None:
    path = maker.csv([sound(1)])
    before = path.read_bytes()
    assert command("base", "build", path, "--out", maker.folder / out)[0] == 2
    assert path.read_bytes() == before


def test_a_build_ends_on_the_path_and_info_says_what_it_is(maker, command) -> None:
    rows = [sound(n, year=2023 + n % 2) for n in range(1, 31)]
    path, out = maker.csv([*rows, sound(99, inn="")]), maker.folder / "b.parquet"
    told = ("--source", "Test [of] *all*", "--built", "2025-06-01", "--synthetic")
    status, shown, said = command("base", "build", path, "--out", out, *told)
    assert (status, shown) == (0, f"{out}\n")
    assert "2023: 15 used, 0 refused" in said
    assert "refused, no_inn: 1" in said
    status, shown, _ = command("base", "info", out)
    assert status == 0
    hash_ = read_base(out).hash
    for words in ("Test [of] *all*", "2025-06-01", "invented", hash_, "2023, 2024", "no_inn 1"):
        assert words in shown
    assert re.search(r"2024\s+15\s+1\s+1\s+1\s+1\s+1\s+1\s", shown)
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"year,level\n", "not a reference base"),
        (b"PAR1" + b"x" * 40 + b"PAR1", "not a reference base"),
    ],
)
def test_what_is_no_base_is_told(maker, command, content, words) -> None:
    status, _, told = command("base", "info", written(maker, "b.parquet", content))
    assert status == 3
    assert words in told


def test_statements_are_no_base_nor_is_a_base_of_another_format(maker, refused, command) -> None:
    assert refused(read_base, maker.parquet([sound(1)])) == ("base_not_a_base",)
    assert command("base", "info", maker.folder / "no.parquet")[0] == 3


def test_a_base_without_rows_is_empty(maker, refused) -> None:
    import duckdb

    made = maker.of(sound(1)).path
    facts = duckdb.execute(
        f"SELECT decode(value) FROM parquet_kv_metadata('{made}') "
        "WHERE decode(key) = 'workbook_base'"
    ).fetchall()[0][0]
    for name, text, code in (
        ("empty", facts, "base_empty"),
        ("other", facts.replace('"format": 1', '"format": 2'), "base_format"),
        ("bad", "{", "base_not_a_base"),
    ):
        path = maker.folder / f"{name}.parquet"
        told = text.replace("'", "''")
        duckdb.execute(
            f"COPY (SELECT * FROM '{made}' WHERE false) TO '{path}' "
            f"(FORMAT parquet, KV_METADATA {{workbook_base: '{told}'}})"
        )
        assert refused(read_base, path) == (code,)


def test_help_loads_no_database() -> None:
    look = (
        "import sys, workbook.commands.cli; "
        "print([m for m in ('duckdb', 'pandas') if m in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, check=True
    ).stdout
    assert shown.strip() == "[]"


@pytest.mark.parametrize("sign", [",", "."])
def test_thousands_in_raw_statements_are_asked_about(maker, refused, sign):
    """12.500 would be twelve and a half; with a number that has decimals the sign is told."""
    path = maker.csv([sound(1, line_1600=f"12{sign}500", line_1300=f"1{sign}500")], "s.csv", ";")
    assert refused(maker.build, path) == ("base_numbers_unclear",)
    decimals = [sound(1, line_1300=f"1{sign}500"), sound(2, line_1300=f"0{sign}5")]
    assert sum(maker.build(maker.csv(decimals, "s.csv", ";")).facts["used"].values()) == 2
    mended = maker.csv([sound(1, line_1600="12500", line_1300="1500")], "s.csv", ";")
    assert sum(maker.build(mended).facts["used"].values()) == 1
