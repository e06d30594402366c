"""A firm's own sentences have our keys, name our values and are text."""

from pathlib import Path

import pytest

from workbook.diagnostics import param_types
from workbook.engagement.engagement_file import load_engagement
from workbook.engagement.own_texts import own_texts
from workbook.language.catalog import entries_of, load_texts


def write(firm: Path, text: str, name: str = "loyalty.en.yaml") -> Path:
    (firm / "texts").mkdir(exist_ok=True)
    (firm / "texts" / name).write_text(text, "utf-8")
    return firm / "acme"


def faults(firm: Path, text: str) -> list[tuple[str, str, int | None]]:
    _, problems, _ = own_texts(write(firm, text), "en")
    assert all(p.place.file == "../texts/loyalty.en.yaml" for p in problems)
    return [(p.code, p.place.column, p.place.row) for p in problems]


def forms() -> tuple[str, dict[str, str]]:
    """Return a sentence of ours with forms of a number."""
    every = entries_of("loyalty", "en")
    return next((key, dict(ours)) for key, ours in every.items() if not isinstance(ours, str))


def test_an_own_sentence_stands_in_place_of_ours(firm: Path) -> None:
    folder = write(firm, 'title: "Loyalty <b>review</b> {{x}}"\n')
    loaded = load_engagement(folder, param_types())
    texts = load_texts("loyalty", "en", own=loaded.sentences("loyalty"))
    assert texts("title") == "Loyalty <b>review</b> {x}"
    assert load_texts("loyalty", "en")("title") != texts("title")


def test_the_nearest_file_wins_key_by_key(firm: Path) -> None:
    folder = write(firm, 'title: "Of the firm"\ncover: {period: "Months"}\n')
    (folder / "texts").mkdir()
    (folder / "texts" / "loyalty.en.yaml").write_text('title: "Of Acme"\n', "utf-8")
    found, problems, _ = own_texts(folder, "en")
    assert [p.code for p in problems] == ["unknown_key"]  # cover is of common
    assert found["loyalty"] == {"title": "Of Acme"}


@pytest.mark.bad_input("E1", "H4")
@pytest.mark.parametrize(
    ("text", "code", "column", "row"),
    [
        ('\ntitel: "x"\n', "unknown_key", "titel", 2),
        ('title: "{nps}"\n', "text_unknown_value", "title", 1),
        ('title: "{nps"\n', "text_braces", "title", 1),
        ('title: ""\n', "empty_value", "title", 1),
        ("title: [a]\n", "not_text", "title", 1),
        ("title: {one: a, other: b}\n", "text_no_forms", "title", 1),
        ('title: "a\\u202eb"\n', "control_characters", "title", 1),
        ("title: a\ntitle: b\n", "key_twice", "title", 2),
        ("title: 'a\n", "texts_unreadable", "", 1),
    ],
)
def test_a_faulty_sentence_is_told_with_its_line(
    firm: Path, text: str, code: str, column: str, row: int
) -> None:
    assert [(c, k) for c, k, _ in faults(firm, text)] == [(code, column)]
    if code != "texts_unreadable":
        assert faults(firm, text)[0][2] == row


def test_an_unknown_key_is_told_with_the_nearest(firm: Path) -> None:
    _, [problem], _ = own_texts(write(firm, 'titel: "x"\n'), "en")
    assert problem.facts["nearest"] == "title"


def test_forms_of_a_number_are_complete(firm: Path) -> None:
    key, ours = forms()
    given = {form: "x" for form in ours if form not in ("by", "other")}
    lines = [f"{part}: " for part in key.split(".")]
    tree = "".join(f"{'  ' * at}{line}\n" for at, line in enumerate(lines))
    inside = "  " * len(lines)
    whole = tree + "".join(f"{inside}{form}: x\n" for form in [*given, "other"])
    assert faults(firm, whole) == []
    short = tree + f"{inside}other: x\n"
    assert [(c, k) for c, k, _ in faults(firm, short)] == [("text_forms", key)]


def test_a_file_of_another_language_is_left_alone_and_one_of_no_subject_is_told(firm: Path) -> None:
    write(firm, 'titel: "x"\n', "loyalty.sk.yaml")
    found, problems, remarks = own_texts(write(firm, 'title: "x"\n', "loyalti.en.yaml"), "en")
    assert (found, problems) == ({}, [])
    assert [(p.code, p.facts["nearest"]) for p in remarks] == [
        ("own_file_misnamed", "loyalty.en.yaml")
    ]


def test_a_folder_of_another_program_above_stops_nothing(firm: Path, tmp_path: Path) -> None:
    """A link called texts somewhere above is remarked on; inside the engagement it is refused."""
    (tmp_path / "other").mkdir()
    (firm / "texts").symlink_to(tmp_path / "other", target_is_directory=True)
    found, problems, remarks = own_texts(firm / "acme", "en")
    assert (found, problems) == ({}, [])
    assert [(p.code, p.place.file) for p in remarks] == [("folder_is_link", "../texts")]
    (firm / "acme" / "texts").symlink_to(tmp_path / "other", target_is_directory=True)
    assert [p.code for p in own_texts(firm / "acme", "en")[1]] == ["folder_is_link"]
