"""CSV text and encodings (section B): what other tests of the intake do not show."""

import pytest
from intake_folder import Folder, errors, only, warnings

from workbook.intake.files import container, csv_lines

HEAD = "respondent_id;date;score;reason\n"
ROW = "1;2025-01-01;9;Всё хорошо\n"


def reasons(folder: Folder, **options: str) -> list[str]:
    return folder.read("ru", **options).tables["survey"].frame["reason"].tolist()


@pytest.mark.bad_input("B1")
def test_a_byte_order_mark_is_no_part_of_the_first_heading(folder: Folder) -> None:
    folder.write("survey.csv", (HEAD + ROW).encode("utf-8-sig"))
    intake = folder.read("ru")
    assert intake.problems == ()
    assert intake.tables["survey"].frame["respondent_id"].tolist() == ["1"]


@pytest.mark.bad_input("B2")
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-32"])
def test_wide_encodings_are_read_without_a_mark_too(codec: str, folder: Folder) -> None:
    """UTF-32 without a mark was read as letters and signs of nowhere, with a remark."""
    folder.write("survey.csv", (HEAD + ROW).encode(codec))
    intake = folder.read("ru")
    assert intake.problems == ()
    assert intake.tables["survey"].frame["reason"].tolist() == ["Всё хорошо"]
    assert intake.files[0].encoding == codec


@pytest.mark.bad_input("B3")
@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "cp866", "iso8859_5", "mac_cyrillic"])
def test_the_encoding_of_a_text_file_stands_in_the_log(codec: str, folder: Folder) -> None:
    text = HEAD + "1;2025-01-01;9;Долго ждали ответа, но менеджер всё решил\n"
    folder.write("survey.txt", text.encode(codec))
    intake = folder.read("ru")
    assert intake.files[0].encoding == codec
    assert "Долго ждали" in intake.tables["survey"].frame["reason"].item()


@pytest.mark.bad_input("B4")
@pytest.mark.parametrize("word", ["café", "Müller", "Ñandú"])
def test_a_short_western_text_is_never_guessed_silently(word: str, folder: Folder) -> None:
    data = (HEAD + f"1;2025-01-01;9;{word}\n").encode("cp1252")
    folder.write("survey.csv", data)
    assert only(folder.read("en"), "encoding_guessed").facts["encoding"]
    assert reasons(folder, encoding="cp1252") == [word]


@pytest.mark.bad_input("B5")
@pytest.mark.parametrize("first", ["utf-8", "cp1251"])
def test_two_encodings_in_one_file_are_refused_with_the_line(first: str, folder: Folder) -> None:
    second = {"utf-8": "cp1251", "cp1251": "utf-8"}[first]
    data = HEAD.encode() + ROW.encode(first) + ROW.replace("1;", "2;", 1).encode(second)
    folder.write("survey.csv", data)
    ((code, row, _),) = errors(folder.read("ru"))
    assert (code, row) == ("invalid_bytes", 3 if first == "utf-8" else 2)


@pytest.mark.bad_input("B6")
@pytest.mark.parametrize("sign", ["\x00", "\ufffe", "\x1b", "\x07"])
def test_no_control_character_gets_into_a_table(sign: str, folder: Folder) -> None:
    folder.write("survey.csv", HEAD + ROW.replace("Всё", f"Вс{sign}ё"))
    intake = folder.read("ru")
    assert intake.tables["survey"].frame["reason"].tolist() == ["Всё хорошо"]
    assert only(intake, "control_characters_removed").facts["count"] == 1


@pytest.mark.bad_input("B7", "B12")
@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
def test_a_line_that_names_the_delimiter_is_no_data(
    delimiter: str, end: str, folder: Folder
) -> None:
    text = f"sep={delimiter}\n" + (HEAD + ROW).replace(";", delimiter)
    folder.write("survey.csv", text.replace("\n", end))
    intake = folder.read("ru")
    assert intake.problems == ()
    assert intake.files[0].delimiter == delimiter
    assert intake.tables["survey"].frame.index.tolist() == [3]


@pytest.mark.bad_input("B13")
@pytest.mark.parametrize(
    "heading", ["sco\u200bre", "Score ", "score\u00a0", "\ufeffscore", "SCORE"]
)
def test_headings_that_look_alike_are_two_of_one(heading: str, folder: Folder) -> None:
    folder.write("survey.csv", f"respondent_id;date;score;{heading}\n1;2025-01-01;9;9\n")
    facts = only(folder.read(), "duplicate_heading").facts
    assert (facts["first"], facts["second"]) == (3, 4)


@pytest.mark.bad_input("B14")
def test_a_comment_above_the_header_is_a_title(folder: Folder) -> None:
    folder.write("survey.csv", "# exported 2025-01-01\n" + HEAD + ROW)
    intake = folder.read("ru")
    assert warnings(intake) == ["title_lines"]
    assert intake.tables["survey"].frame.index.tolist() == [3]


@pytest.mark.bad_input("B16")
def test_rows_beyond_the_limit_are_refused_with_it(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_lines, "MOST_ROWS", 100)
    folder.write("survey.csv", HEAD + ROW * 200)
    assert only(folder.read("ru"), "too_many_rows").facts["most"] == 100


@pytest.mark.bad_input("B16")
def test_a_file_beyond_the_limit_is_not_read_into_memory(folder: Folder) -> None:
    with folder.write("survey.csv", HEAD + ROW).open("r+b") as file:
        file.truncate(container.MOST_BYTES + 1)  # a hole, that takes no room on the disk
    most = container.MOST_BYTES // 1_000_000
    assert only(folder.read("ru"), "file_too_large").facts["most"] == most
