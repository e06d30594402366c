"""What a firm says once holds for every engagement below it, and nothing of a client travels."""

from dataclasses import replace
from pathlib import Path

import pytest
from firm import BRAND, font_bytes
from pictures import png_bytes

from workbook.diagnostics import param_types
from workbook.engagement.engagement_file import load_engagement
from workbook.engagement.fingerprint import hash_files
from workbook.engagement.firm_folders import firm_folders
from workbook.engagement.settings import Engagement
from workbook.errors import InputError, Problem
from workbook.language.languages import LANGUAGES
from workbook.language.problems import line


def load(folder: Path) -> Engagement:
    return load_engagement(folder, param_types())


def told(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(InputError) as refused:
        load(folder)
    problems: tuple[Problem, ...] = refused.value.problems
    for problem in problems:
        for language in LANGUAGES:
            assert "problem " not in line(problem, language)
    return [(p.code, p.place.file, p.place.column) for p in problems]


def say(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(path.read_text("utf-8") + text if path.exists() else text, "utf-8")


def test_the_firms_brand_is_found_above_the_engagement(firm: Path) -> None:
    brand = load(firm / "acme").brand
    assert (brand.name, brand.author) == ("Halden & Partners", "Ingrid Halden")
    assert (brand.primary, brand.secondary) == ("#5b1a3a", "#c98a1b")
    assert brand.logo.startswith("data:image/png")
    assert brand.cover.startswith("data:image/png")
    assert brand.font == "Halden Sans"
    assert [(face.family, face.weight) for face in brand.faces] == [
        ("Halden Sans", 400),
        ("Halden Sans", 700),
    ]
    assert brand.footer == "Registered in England"


def test_the_engagement_wins_key_by_key(firm: Path) -> None:
    say(firm / "acme" / "_brand.yml", 'color:\n  primary: "#111111"\n  secondary: "#222222"\n')
    say(
        firm / "acme" / "engagement.toml",
        '[brand]\nprimary = "#333333"\n[params.loyalty]\nmin_n = 9\n',
    )
    loaded = load(firm / "acme")
    assert (loaded.brand.primary, loaded.brand.secondary) == ("#333333", "#222222")
    assert loaded.brand.name == "Halden & Partners"
    assert loaded.params["loyalty"]["min_n"] == 9


def test_defaults_of_options_are_the_firms(firm: Path) -> None:
    loaded = load(firm / "acme")
    assert loaded.params["loyalty"]["min_n"] == 12
    assert loaded.shapes["loyalty"].hide == ("touchpoints",)


def test_the_consultant_is_told_which_files_were_read(firm: Path) -> None:
    told_of = [p for p in load(firm / "acme").remarks if p.code == "firm_file_used"]
    steps = [(p.code, p.place.file, p.is_step) for p in told_of]
    assert steps == [
        ("firm_file_used", "../workbook.toml", True),
        ("firm_file_used", "../_brand.yml", True),
    ]


@pytest.mark.bad_input("H2", "H4")
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('client = "Other Ltd"\n', ("key_of_one_engagement", "../workbook.toml", "client")),
        ('previous = "../other"\n', ("key_of_one_engagement", "../workbook.toml", "previous")),
        ("[intake.survey]\n", ("key_of_one_engagement", "../workbook.toml", "intake")),
        ("[parms]\n", ("unknown_key", "../workbook.toml", "parms")),
        (
            '[params.churn_reasons]\nmin_n = "x"\n',
            ("", "../workbook.toml", "params.churn_reasons.min_n"),
        ),
        ("[params.loyalti]\n", ("unknown_diagnostic", "../workbook.toml", "params.loyalti")),
        ('[brand]\nprimary = "blue"\n', ("bad_colour", "../workbook.toml", "brand.primary")),
        ('[brand]\nlogo = "../secret.png"\n', ("logo_outside", "../workbook.toml", "brand.logo")),
        ("[brand]\ncolour = 1\n", ("unknown_key", "../workbook.toml", "brand.colour")),
    ],
)
def test_a_fault_is_told_of_the_file_that_has_it(
    firm: Path, text: str, fault: tuple[str, str, str]
) -> None:
    """A value that the firm says is never told of engagement.toml, in any language."""
    path = firm / "workbook.toml"
    path.write_text(text + path.read_text("utf-8"), "utf-8") if "[" not in text else say(path, text)
    [(code, file, column)] = told(firm / "acme")
    assert (code if fault[0] else "", file, column) == fault


@pytest.mark.bad_input("H2", "H4", "H5")
@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("primary: plum", "primry: plum", "unknown_key", "color.primry"),
        ("primary: plum", "primary: plumm", "bad_colour", "color.primary"),
        ("primary: plum", "primary: [1]", "not_text", "color.primary"),
        ("look/Bold.ttf", "look/Bald.ttf", "font_missing", "typography.fonts"),
        ("look/Bold.ttf", "../Bold.ttf", "font_outside", "typography.fonts"),
        ("look/Bold.ttf", "look/logo.png", "font_type", "typography.fonts"),
        ("weight: bold", "weight: fat", "font_weight", "typography.fonts"),
        ("weight: bold", "weight: 400", "font_faces_missing", "typography.fonts"),
        (
            *("base:\n    family: Halden Sans", "base:\n    family: Halden Serf"),
            *("unknown_font", "typography.base.family"),
        ),
        ("typography:", "typografy:", "unknown_key", "typografy"),
        ("meta:\n", "meta: Halden\nmeto:\n", "not_a_table", "meta"),
        ("color:\n", "color:\n  primary: plum\n", "key_twice", "color.primary"),
        ("color:\n", "color: {\n", "brand_unreadable", ""),
    ],
)  # fmt: skip
def test_a_fault_of_the_brand_file_has_its_line_and_key(
    firm: Path, old: str, new: str, code: str, column: str
) -> None:
    path = firm / "_brand.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError) as refused:
        load(firm / "acme")
    found = {(p.code, p.place.column): p for p in refused.value.problems}
    assert (code, column) in found
    problem = found[code, column]
    assert problem.place.file == "../_brand.yml"
    assert problem.place.row
    for language in LANGUAGES:
        assert line(problem, language)


def test_what_quarto_knows_and_we_do_not_use_is_passed_over(firm: Path) -> None:
    say(
        firm / "_brand.yml",
        "  quarto:\n    format: {html: {theme: x}}\n",
    )
    path = firm / "_brand.yml"
    text = path.read_text("utf-8").replace("  base:\n", "  headings: {family: X}\n  base:\n")
    path.write_text(text.replace("color:\n", "color:\n  success: plum\n"), "utf-8")
    assert load(firm / "acme").brand.name == "Halden & Partners"


def test_a_font_from_the_web_is_not_fetched_and_that_is_said(firm: Path) -> None:
    path = firm / "_brand.yml"
    text = path.read_text("utf-8")
    begin, end = text.index("    - family"), text.index("  base:")
    path.write_text(f"{text[:begin]}    - {{family: Halden Sans, source: google}}\n{text[end:]}")
    loaded = load(firm / "acme")
    assert (loaded.brand.font, loaded.brand.faces) == ("Inter", ())
    assert "font_not_here" in [p.code for p in loaded.remarks]


@pytest.mark.bad_input("H7")
def test_a_brand_file_that_is_a_link_is_refused(firm: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere.yml"
    (firm / "_brand.yml").rename(other)
    (firm / "_brand.yml").symlink_to(other)
    assert told(firm / "acme") == [("file_is_link", "../_brand.yml", "")]


def test_a_file_for_all_inside_one_engagement_is_refused(firm: Path) -> None:
    say(firm / "acme" / "workbook.toml", 'currency = "EUR"\n')
    assert told(firm / "acme") == [("firm_file_inside", "workbook.toml", "")]


def test_the_way_up_ends_with_a_repository(firm: Path) -> None:
    assert firm in firm_folders(firm / "acme")
    (firm / "acme" / ".git").mkdir()
    assert firm_folders(firm / "acme") == (firm / "acme",)
    assert load(firm / "acme").brand.name == ""


def test_a_folder_of_everybody_ends_the_way_up(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    (shared / "own" / "acme").mkdir(parents=True)
    shared.chmod(0o1777)
    assert firm_folders(shared / "own" / "acme") == (shared / "own" / "acme", shared / "own")


@pytest.mark.parametrize(
    "file",
    ["_brand.yml", "workbook.toml", "texts/loyalty.en.yaml", "look/logo.png", "look/Bold.ttf"],
)
def test_whatever_of_the_firm_changes_makes_reports_stale(firm: Path, file: str) -> None:
    say(firm / "texts" / "loyalty.en.yaml", 'title: "Loyalty review"\n')
    before = hash_files(load(firm / "acme")).digest()
    assert hash_files(load(firm / "acme")).digest() == before
    new = {
        "_brand.yml": lambda p: p.write_text(BRAND.replace("Ingrid", "Astrid"), "utf-8"),
        "workbook.toml": lambda p: p.write_text(p.read_text("utf-8") + "\n# new\n", "utf-8"),
        "texts/loyalty.en.yaml": lambda p: p.write_text('title: "Loyalty"\n', "utf-8"),
        "look/logo.png": lambda p: p.write_bytes(png_bytes(rows=9)),
        "look/Bold.ttf": lambda p: p.write_bytes(font_bytes("SemiBold")),
    }  # fmt: skip
    new[file](firm / file)
    assert hash_files(load(firm / "acme")).digest() != before


def test_a_text_by_language_is_the_engagements(firm: Path) -> None:
    path = firm / "acme" / "engagement.toml"
    path.write_text(path.read_text("utf-8").replace('"en"', '"sk"'), "utf-8")
    assert load(firm / "acme").brand.footer == "IČO 1"
    say(path, '[report]\nfooter = {en = "England"}\n')
    assert told(firm / "acme") == [("no_words_in_language", "engagement.toml", "report.footer")]


def test_two_engagements_have_the_same_look_and_nothing_else_in_common(firm: Path) -> None:
    (firm / "beta").mkdir()
    text = (firm / "acme" / "engagement.toml").read_text("utf-8")
    (firm / "beta" / "engagement.toml").write_text(text.replace("cme", "eta"), "utf-8")
    acme, beta = load(firm / "acme"), load(firm / "beta")
    assert acme.brand == beta.brand
    assert replace(beta, folder=acme.folder, id=acme.id, client=acme.client) == acme
