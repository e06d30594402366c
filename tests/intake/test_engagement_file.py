"""engagement.toml: everything at once, nearest names, plain ids (cases G1, G2, G4, H1-H7)."""

import base64
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from pictures import STYLES, jpeg_bytes, png_bytes, repeated

from workbook.engagement.engagement_file import build_params, load_engagement
from workbook.engagement.settings import Brand, ColumnSource
from workbook.errors import InputError, Problem
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

GOOD = {
    "schema_version": "1",
    "id": '"acme"',
    "client": '"ООО «Акме»"',
    "language": '"ru"',
    "currency": '"RUB"',
    "period": '"2025-Q4"',
    "as_of": "2025-12-31",
}
PNG = png_bytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    scale: Literal["0-10", "1-10"] = "0-10"
    min_n: int = 10
    population: int | None = None
    confidence: float = 0.95
    bounds: tuple[float, float] = (50, 80)

    def __post_init__(self) -> None:
        if self.bounds[0] > self.bounds[1]:
            raise ValueError("bounds fall")


TYPES = {"loyalty": Params, "churn_reasons": Params}


def write(folder: Path, more: str = "", **changed: str | None) -> Path:
    keys = {**GOOD, **changed}
    text = "".join(f"{key} = {value}\n" for key, value in keys.items() if value is not None)
    (folder / "engagement.toml").write_text(text + more, "utf-8")
    return folder


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        load_engagement(folder, TYPES)
    for problem in caught.value.problems:
        assert problem.place.file == "engagement.toml"
        for language in LANGUAGES:
            line(problem, language)
    return list(caught.value.problems)


def found(folder: Path) -> list[tuple[str, str]]:
    return [(p.code, p.place.column) for p in problems(folder)]


def test_a_minimal_file_has_the_documented_defaults(tmp_path: Path) -> None:
    loaded = load_engagement(write(tmp_path), TYPES)
    assert (loaded.id, loaded.client, loaded.period) == ("acme", "ООО «Акме»", "2025-Q4")
    assert loaded.as_of == date(2025, 12, 31)
    assert loaded.draft
    assert (loaded.diagnostics, loaded.anonymity_threshold) == ((), 5)
    assert (loaded.previous, loaded.brand) == (None, Brand())


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    text = (write(tmp_path) / "engagement.toml").read_text("utf-8")
    (tmp_path / "engagement.toml").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_engagement(tmp_path, TYPES).id == "acme"


def test_every_problem_is_reported_at_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        '[intake]\nencodng = "x"\n[params.loyalti]\na = 1\n',
        id='"../x"',
        language='"de"',
        currency=None,
        as_of='"2025-12-31"',
        curency='"EUR"',
    )
    assert set(found(tmp_path)) == {
        ("bad_id", "id"),
        ("not_in_list", "language"),
        ("missing_key", "currency"),
        ("not_a_day", "as_of"),
        ("unknown_key", "curency"),
        ("unknown_key", "intake.encodng"),
        ("unknown_diagnostic", "params.loyalti"),
    }


@pytest.mark.bad_input("H4", "H5", "H10")
@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("schema_version", "2", "schema_version"),
        ("schema_version", '"1"', "not_whole_number"),
        ("client", '"  "', "empty_value"),
        ("client", '"a\\u202eb"', "control_characters"),
        ("client", '"a\\nb"', "control_characters"),
        ("client", f'"{"x" * 201}"', "text_too_long"),
        ("language", '"RU"', "not_in_list"),
        ("currency", '"RUR2"', "unknown_currency"),
        ("as_of", "2025-12-31T00:00:00", "not_a_day"),
        ("status", '"done"', "not_in_list"),
        ("anonymity_threshold", "0", "option_out_of_range"),
        ("anonymity_threshold", "true", "not_whole_number"),
        ("anonymity_threshold", "nan", "number_unusable"),
        ("anonymity_threshold", "-inf", "number_unusable"),
        ("anonymity_threshold", "1e400", "number_unusable"),
        ("anonymity_threshold", "9" * 400, "number_unusable"),
        ("diagnostics", '"loyalty"', "not_a_list"),
        ("diagnostics", '["loyalty", "loyalty"]', "named_twice"),
        ("diagnostics", '["loyaltee"]', "unknown_diagnostic"),
        ("diagnostics", "[1]", "not_text"),
        ("previous", '"../nowhere"', "previous_missing"),
        ("previous", '"."', "previous_is_itself"),
        ("previous", "1", "not_text"),
        ("intake", "1", "not_a_table"),
        ("params", '"x"', "not_a_table"),
    ],
)
def test_a_bad_value_is_refused_at_its_key(tmp_path: Path, key: str, value: str, code: str) -> None:
    write(tmp_path, **{key: value})
    [problem] = problems(tmp_path)
    assert problem.code == code
    assert problem.place.column.startswith(key)


BAD_NAMES = [
    *("../../x", "..", "/abs", "C:\\x", "\\\\host\\x", "a/b", "a\\b", "", " a", "a ", "a."),
    *("-rf", "~", "$HOME", "%PATH%", "a\nb", "a\n", "a\0", "a\u202eb", "a\u200b", "Ёж", "ACME"),
    *("{client}", "%s", "nul.tar.gz", "x" * 65),
]
RESERVED = ["con", "prn", "aux", "nul", "com1", "lpt9"]


@pytest.mark.bad_input("G1", "G2", "G3", "G4")
@pytest.mark.parametrize("name", BAD_NAMES)
def test_an_id_that_is_no_plain_name_is_refused(tmp_path: Path, name: str) -> None:
    quoted = '"' + "".join(f"\\u{ord(c):04x}" for c in name) + '"'
    write(tmp_path, id=quoted)
    assert found(tmp_path)[0][0] in ("bad_id", "control_characters")


@pytest.mark.bad_input("G2")
@pytest.mark.parametrize("name", [*RESERVED, *(name.upper() for name in RESERVED)])
def test_names_that_windows_reserves_are_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, period=f'"{name}"')
    assert found(tmp_path) == [("reserved_name", "period")]


@pytest.mark.parametrize("name", ["acme", "a", "acme-2025_q3", "7", "com10", "console"])
def test_plain_names_are_accepted(tmp_path: Path, name: str) -> None:
    assert load_engagement(write(tmp_path, id=f'"{name}"'), TYPES).id == name


@pytest.mark.bad_input("H1")
def test_unknown_keys_name_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, "[intake]\ndate_ordr = 'dmy'\n", perod='"2025"')
    assert [p.facts["nearest"] for p in problems(tmp_path)] == ["date_order", "period"]


@pytest.mark.bad_input("H2")
@pytest.mark.parametrize("key", ['"a b"', '"x=1;import os"', '"a\\nb"', '"class"'])
def test_odd_keys_are_refused_never_run(tmp_path: Path, key: str) -> None:
    write(tmp_path, f"[params.loyalty]\n{key} = 1\n")
    [problem] = problems(tmp_path)
    assert problem.code == "unknown_key"
    assert "\n" not in problem.place.column


@pytest.mark.bad_input("H1")
@pytest.mark.parametrize(
    ("text", "row"),
    [('id = "a"\nid = "b"\n', 2), ("id = \n", 1), ('a = "x\n', 1), ("= 1", 1)],
)
def test_broken_toml_is_refused_with_its_line(tmp_path: Path, text: str, row: int) -> None:
    (tmp_path / "engagement.toml").write_text(text, "utf-8")
    [problem] = problems(tmp_path)
    assert (problem.code, problem.place.row) == ("toml_syntax", row)


def test_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "engagement.toml").write_bytes('id = "a"\nclient = "Ё"\n'.encode("cp1251"))
    [problem] = problems(tmp_path)
    assert (problem.code, problem.place.row) == ("toml_not_utf8", 2)


def test_a_folder_without_the_file_is_refused(tmp_path: Path) -> None:
    assert found(tmp_path) == [("no_engagement_file", "")]


@pytest.mark.bad_input("H7")
def test_previous_is_resolved_against_the_engagement_not_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("now", "before"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, previous='"../before"' if name == "now" else None)
    monkeypatch.chdir("/")
    loaded = load_engagement(tmp_path / "now", TYPES)
    assert loaded.previous == (tmp_path / "before").resolve()


# [intake]


def test_intake_options_are_taken_over(tmp_path: Path) -> None:
    write(
        tmp_path,
        "[intake]\nencoding='cp1251'\ndelimiter='\t'\ndecimal='.'\ndate_order='mdy'\nskip_rows=2\n"
        "[intake.columns.survey]\nrespondent_id='id'\n",
    )
    said = load_engagement(tmp_path, TYPES).intake
    intake = said.of("sales")
    assert (intake.encoding, intake.delimiter, intake.decimal) == ("cp1251", "\t", ".")
    assert (intake.date_order, intake.skip_rows) == ("mdy", 2)
    assert intake.columns == {}
    assert said.of("survey") == replace(
        intake, columns={"respondent_id": ColumnSource(headings=("id",))}
    )


def test_spellings_and_words_are_told_for_all_tables_or_for_one(tmp_path: Path) -> None:
    text = (
        "[intake]\njoin_ids=true\nmissing=['н/з']\n"
        "[intake.sales]\njoin_ids=false\n[intake.lost_customers]\nsplit=','\nmissing=['x', 'y']\n"
    )
    intake = load_engagement(write(tmp_path, text), TYPES).intake
    assert [intake.of(t).join_ids for t in ("sales", "survey")] == [False, True]
    assert [intake.of(t).missing for t in ("sales", "lost_customers")] == [("н/з",), ("x", "y")]
    assert [intake.of(t).split for t in ("sales", "lost_customers")] == ["", ","]


def test_a_table_says_otherwise_than_the_others(tmp_path: Path) -> None:
    write(
        tmp_path,
        "[intake]\ndecimal='.'\ndate_order='mdy'\n"
        "[intake.sales]\ndate_order='dmy'\ncolumns={amount='Sum', date='Day'}\n"
        "[intake.columns.sales]\namount='Total'\nproduct='Item'\n",
    )
    said = load_engagement(tmp_path, TYPES).intake
    sales = said.of("sales")
    assert (sales.decimal, sales.date_order, said.of("survey").date_order) == (".", "dmy", "mdy")
    headings = {name: source.headings for name, source in sales.columns.items()}
    assert headings == {"amount": ("Sum",), "date": ("Day",), "product": ("Item",)}


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("encoding='klingon'", "unknown_encoding", "intake.encoding"),
        ("encoding='zip'", "unknown_encoding", "intake.encoding"),
        ("delimiter='::'", "not_in_list", "intake.delimiter"),
        ("skip_rows=-1", "option_out_of_range", "intake.skip_rows"),
        ("[intake.columns.survy]\nscore='x'", "unknown_key", "intake.columns.survy"),
        ("[intake.columns.survey]\nscor='x'", "unknown_key", "intake.columns.survey.scor"),
        ("[intake.columns.survey]\nscore=1", "not_text", "intake.columns.survey.score"),
        ("[intake.survy]\ndecimal='.'", "unknown_key", "intake.survy"),
        ("[intake.survey]\ndecimals='.'", "unknown_key", "intake.survey.decimals"),
        ("[intake.survey]\ndecimal=';'", "not_in_list", "intake.survey.decimal"),
        ("[intake.survey]\ncolumns={scor='x'}", "unknown_key", "intake.survey.columns.scor"),
        ("survey='x'", "not_a_table", "intake.survey"),
        ("join_ids=1", "not_true_or_false", "intake.join_ids"),
        ("missing='x'", "not_a_list", "intake.missing"),
        ("missing=['']", "empty_value", "intake.missing.0"),
        ("[intake.lost_customers]\nsplit=' '", "empty_value", "intake.lost_customers.split"),
        ("[intake.survey]\nsplit=','", "split_without_lists", "intake.survey.split"),
    ],
)
def test_bad_intake_options_are_refused(tmp_path: Path, text: str, code: str, key: str) -> None:
    write(tmp_path, f"[intake]\n{text}\n")
    assert found(tmp_path) == [(code, key)]


# [params]


def test_params_change_the_defaults_of_the_dataclass(tmp_path: Path) -> None:
    write(tmp_path, "[params.loyalty]\nmin_n = 5\nconfidence = 1\nbounds = [40, 60]\n")
    loaded = load_engagement(tmp_path, TYPES)
    assert build_params(loaded, "loyalty", Params) == Params(
        min_n=5, confidence=1.0, bounds=(40, 60)
    )
    assert build_params(loaded, "churn_reasons", Params) == Params()


@pytest.mark.bad_input("H4", "H5")
@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("min_n = 5.5", "not_whole_number", "params.loyalty.min_n"),
        ("min_n = '5'", "not_whole_number", "params.loyalty.min_n"),
        ("min_n = true", "not_whole_number", "params.loyalty.min_n"),
        ("confidence = nan", "number_unusable", "params.loyalty.confidence"),
        ("confidence = 'x'", "must_be_number", "params.loyalty.confidence"),
        ("scale = '0-9'", "not_in_list", "params.loyalty.scale"),
        ("min_m = 5", "unknown_key", "params.loyalty.min_m"),
        ("bounds = [80, 50]", "params_refused", "params.loyalty"),
    ],
)
def test_bad_params_are_refused_at_their_key(
    tmp_path: Path, text: str, code: str, key: str
) -> None:
    write(tmp_path, f"[params.loyalty]\n{text}\n")
    assert found(tmp_path) == [(code, key)]


@pytest.mark.bad_input("H3")
@pytest.mark.parametrize("text", ['it\'s \\"quoted\\"', "{braces} %s", "emoji 🙂", "a\\\\b"])
def test_texts_come_through_as_written(tmp_path: Path, text: str) -> None:
    loaded = load_engagement(write(tmp_path, client=f'"{text}"'), TYPES)
    assert loaded.client == text.replace('\\"', '"').replace("\\\\", "\\")


# [brand]


def test_a_brand_is_read_flat_or_by_quartos_names(tmp_path: Path) -> None:
    flat = '[brand]\nname="N"\nprimary="#112233"\nsecondary="#abcdef"\nfont="DejaVu Sans"\n'
    nested = (
        '[brand.meta]\nname="N"\n[brand.color]\nprimary="#112233"\nsecondary="#abcdef"\n'
        '[brand.typography]\nbase="DejaVu Sans"\n'
    )
    brands = [load_engagement(write(tmp_path, text), TYPES).brand for text in (flat, nested)]
    assert brands[0] == brands[1]
    assert brands[0] == Brand(name="N", primary="#112233", secondary="#abcdef", font="DejaVu Sans")


@pytest.mark.bad_input("E10")
@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ('primary="red;}body{"', "bad_colour", "brand.primary"),
        ('primary="#12345"', "bad_colour", "brand.primary"),
        ('primary="#112233\\n"', "bad_colour", "brand.primary"),
        ('font="Comic Sans"', "unknown_font", "brand.font"),
        ('colour="#112233"', "unknown_key", "brand.colour"),
        ("name=1", "not_text", "brand.name"),
        ('name="a\\u202eb"', "control_characters", "brand.name"),
        ('primary="#112233"\n[brand.color]\nprimary="#112233"', "key_twice", "brand.color.primary"),
        ('logo="nothing.png"', "logo_missing", "brand.logo"),
        ('logo="../../etc/passwd"', "logo_outside", "brand.logo"),
        ('logo="/etc/passwd"', "logo_outside", "brand.logo"),
        ('logo="https://example.org/logo.png"', "logo_missing", "brand.logo"),
    ],
)
def test_bad_brands_are_refused(tmp_path: Path, text: str, code: str, key: str) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    write(folder, f"[brand]\n{text}\n")
    assert found(folder) == [(code, key)]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (png_bytes(interlaced=True), "image/png"),
        (jpeg_bytes(), "image/jpeg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>', "image/svg+xml"),
    ],
)
def test_a_logo_becomes_a_data_uri_by_what_it_is(tmp_path: Path, content: bytes, kind: str) -> None:
    (tmp_path / "logo.bin").write_bytes(content)
    logo = load_engagement(write(tmp_path, '[brand]\nlogo="logo.bin"\n'), TYPES).brand.logo
    assert logo == f"data:{kind};base64,{base64.b64encode(content).decode()}"


@pytest.mark.bad_input("E8")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"GIF89a", "logo_type"),
        (b"<html></html>", "logo_type"),
        (PNG + b"0" * 300 * 1024, "logo_too_large"),
        (b"<svg><script>1</script></svg>", "logo_unsafe"),
        (b'<svg xmlns:s="x"><s:script/></svg>', "logo_unsafe"),
        (b"<svg><foreignObject/></svg>", "logo_unsafe"),
        (b'<svg onload="x()"/>', "logo_unsafe"),
        (b'<svg><a href="javascript:x"/></svg>', "logo_unsafe"),
        (b'<svg xmlns:l="x"><image l:href="http://example.org/x"/></svg>', "logo_unsafe"),
        (b'<svg><rect style="fill:url(http://example.org/)"/></svg>', "logo_unsafe"),
        (b"<svg><style>@import 'x'</style></svg>", "logo_unsafe"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "logo_unsafe"),
        (b"<svg><rect></svg>", "logo_unsafe"),
        ("<svg><text>é</text></svg>".encode("latin-1"), "logo_unsafe"),
        (PNG[:8] + b"x" * 100, "logo_damaged"),
        (PNG[:-1], "logo_damaged"),
        (PNG[:40] + b"\0" + PNG[41:], "logo_damaged"),
        (png_bytes(rows=1, told=(4, 4)), "logo_damaged"),
        (png_bytes(filter_type=9), "logo_damaged"),
        (png_bytes(rows=1, told=(60_000, 60_000)), "logo_too_many_pixels"),
        (jpeg_bytes()[:-2], "logo_damaged"),
        (jpeg_bytes(width=60_000, height=60_000), "logo_too_many_pixels"),
        (jpeg_bytes(scans=100), "logo_damaged"),
        (b"<svg>" + b"<g/>" * 6_000 + b"</svg>", "logo_too_complex"),
        (b"<svg>" + b"<g>" * 100 + b"</g>" * 100 + b"</svg>", "logo_too_complex"),
        (repeated(lambda n: f'<use href="#a{n}"/>'), "logo_too_complex"),
        (repeated(lambda n: f'<rect fill="url(#a{n})"/>'), "logo_too_complex"),
        (repeated(lambda n: f'<rect class="c{n}"/>', STYLES), "logo_too_complex"),
        (b'<svg><g id="a"><use href="#a"/></g></svg>', "logo_too_complex"),
        (b"<svg><filter/></svg>", "logo_too_complex"),
    ],
)
def test_a_logo_that_is_no_picture_or_runs_something_is_refused(
    tmp_path: Path, content: bytes, code: str
) -> None:
    (tmp_path / "logo.svg").write_bytes(content)
    write(tmp_path, '[brand]\nlogo="logo.svg"\n')
    assert found(tmp_path) == [(code, "brand.logo")]


@pytest.mark.bad_input("E10")
def test_a_logo_behind_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "engagement"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(PNG)
    (folder / "logo.png").symlink_to(tmp_path / "secret.png")
    write(folder, '[brand]\nlogo="logo.png"\n')
    assert found(folder) == [("file_is_link", "brand.logo")]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("[intake]\ndrop_rows = [2]\n", [("of_one_table", "intake.drop_rows")]),
        ('[intake]\nwhere = {Status = "x"}\n', [("of_one_table", "intake.where")]),
        ('[intake.survey]\nwhere = {a = {nott = "x"}}\n', [("bad_where", "intake.survey.where")]),
        ("[intake.survey]\nwhere = {a = []}\n", [("bad_where", "intake.survey.where")]),
        (
            "[intake.survey]\ndrop_rows = [0]\n",
            [("bad_drop_rows", "intake.survey.drop_rows")],
        ),
    ],
)
def test_rows_are_left_out_of_one_table_by_plain_rules(
    tmp_path: Path, more: str, expected: list[tuple[str, str]]
) -> None:
    assert found(write(tmp_path, more)) == expected


def test_where_and_drop_rows_reach_their_table(tmp_path: Path) -> None:
    more = '[intake.survey]\nwhere = {Finished = true, "№" = {not = [1, 2]}}\ndrop_rows = [2, 3]\n'
    said = load_engagement(write(tmp_path, more), TYPES).intake
    assert said.of("survey").where == {"Finished": True, "№": {"not": [1, 2]}}
    assert list(said.of("survey").drop_rows) == [2, 3]
    assert (said.of("sales").where, list(said.of("sales").drop_rows)) == ({}, [])


def test_headings_without_a_table_are_one_message_with_the_whole_line(tmp_path: Path) -> None:
    more = '[intake.columns]\nscore = "Q1"\nrespondent_id = "ResponseId"\n'
    (problem,) = problems(write(tmp_path, more))
    assert problem.code == "columns_without_table"
    assert problem.facts["line"] == 'columns = {score = "Q1", respondent_id = "ResponseId"}'
