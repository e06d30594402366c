"""CSV: encodings, delimiters, quotes, headers, widths (cases A and B)."""

import pytest
from intake_folder import Folder, errors, only, warnings

HEAD = "respondent_id;date;score;reason\n"
RU = "Респондент;Дата ответа;Оценка;Причина\n007;31.12.2025;9;Всё хорошо, спасибо менеджеру\n"
SK = (
    "Respondent;Dátum;Hodnotenie;Dôvod\n"
    "007;31.12.2025;9;Všetko v poriadku, ľudia sú milí aj v ťažkých časoch\n"
)
SCORES = [9, 10]


def scores(intake):
    return intake.tables["survey"].frame["score"].tolist()


@pytest.mark.bad_input("B1", "B2", "B3")
@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1251", "cp1251"),
        ("koi8-r", "koi8-r"),
        ("cp866", "cp866"),
        ("iso8859_5", "iso8859_5"),
        ("mac_cyrillic", "mac_cyrillic"),
    ],
)
def test_russian_text_is_read_in_every_common_encoding_and_the_encoding_is_logged(
    folder: Folder, codec: str, named: str
) -> None:
    folder.write("survey.csv", RU.encode(codec))
    intake = folder.read("ru")
    frame = intake.tables["survey"].frame
    assert frame.loc[2, "reason"] == "Всё хорошо, спасибо менеджеру"
    assert frame.loc[2, "respondent_id"] == "007"
    assert intake.files[0].encoding == named
    assert intake.problems == ()


@pytest.mark.bad_input("B3")
@pytest.mark.parametrize("codec", ["utf-8", "cp1250", "iso8859_2", "cp852", "mac_latin2"])
def test_slovak_text_is_read_in_every_common_encoding(folder: Folder, codec: str) -> None:
    folder.write("survey.csv", SK.encode(codec))
    intake = folder.read("sk")
    assert (
        intake.tables["survey"].frame["reason"].item()
        == "Všetko v poriadku, ľudia sú milí aj v ťažkých časoch"
    )
    assert intake.problems == ()


def test_russian_text_under_ascii_headings_is_recognised_by_its_letters(folder: Folder) -> None:
    text = HEAD + "1;2025-01-01;9;Долго ждали доставку, но менеджер всё решил и извинился\n"
    folder.write("survey.csv", text.encode("koi8-r"))
    intake = folder.read("ru")
    assert intake.files[0].encoding == "koi8-r"
    assert intake.problems == ()


@pytest.mark.bad_input("B4")
def test_a_short_western_text_is_guessed_with_a_warning(folder: Folder) -> None:
    folder.write("survey.csv", (HEAD + "1;2025-01-01;9;café\n").encode("cp1252"))
    intake = folder.read("en")
    assert intake.tables["survey"].frame["reason"].item() == "café"
    assert only(intake, "encoding_guessed").facts["encoding"] == "cp1252"


@pytest.mark.bad_input("B4")
def test_a_declared_encoding_is_taken_without_a_guess(folder: Folder) -> None:
    folder.write("survey.csv", (HEAD + "1;2025-01-01;9;café\n").encode("cp1252"))
    intake = folder.read("en", encoding="cp1252")
    assert warnings(intake) == [] == errors(intake)


@pytest.mark.bad_input("B5")
def test_utf8_with_a_foreign_byte_is_refused_with_its_line(folder: Folder) -> None:
    content = RU.encode("utf-8") + b"2;01.12.2025;3;\xd6\xe5\xed\xe0\n"
    folder.write("survey.csv", content)
    assert errors(folder.read("ru")) == [("invalid_bytes", 3, "D6 E5 ED E0")]


@pytest.mark.bad_input("B5")
def test_bytes_outside_the_declared_encoding_are_refused_with_their_line(folder: Folder) -> None:
    folder.write("survey.csv", (HEAD + "1;2025-01-01;9;café\n").encode("cp1252"))
    assert errors(folder.read("en", encoding="ascii")) == [("invalid_bytes", 2, "E9 0A")]


@pytest.mark.bad_input("B6")
def test_control_characters_are_removed_with_a_warning_and_their_count(folder: Folder) -> None:
    folder.write("survey.csv", HEAD + "1;2025-01-01;9;a\x00b\x07c\ufffe\n")
    intake = folder.read()
    assert intake.tables["survey"].frame["reason"].item() == "abc"
    assert only(intake, "control_characters_removed").facts["count"] == 3


@pytest.mark.bad_input("B7")
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_four_delimiters_are_told_apart(folder: Folder, delimiter: str) -> None:
    text = "respondent_id;date;score\n1;2025-01-01;9\n2;2025-01-02;10\n"
    folder.write("survey.csv", text.replace(";", delimiter))
    intake = folder.read()
    assert scores(intake) == SCORES
    assert intake.files[0].delimiter == delimiter


def test_commas_in_unquoted_text_do_not_fool_the_delimiter(folder: Folder) -> None:
    folder.write("survey.csv", HEAD + "1;2025-01-01;9;a, b, c, d\n2;2025-01-02;10;e, f, g, h\n")
    assert scores(folder.read()) == SCORES


@pytest.mark.bad_input("B7")
def test_a_sep_line_names_the_delimiter_and_counts_as_a_line(folder: Folder) -> None:
    folder.write(
        "survey.csv", "sep=|\nrespondent_id|date|score\n1|2025-01-01|9\n2|2025-01-02|ten\n"
    )
    intake = folder.read()
    assert errors(intake) == [("not_a_number", 4, "ten")]
    assert intake.files[0].delimiter == "|"


@pytest.mark.bad_input("B8")
def test_a_decimal_comma_with_semicolons_is_a_number(folder: Folder) -> None:
    folder.write("sales.csv", "customer_id;date;amount\nA;01.02.2025;1234,5\n")
    assert folder.read("sk").tables["sales"].frame["amount"].item() == 1234.5


@pytest.mark.bad_input("B9")
def test_one_field_more_in_every_row_is_refused_never_shifted(folder: Folder) -> None:
    folder.write("survey.csv", "respondent_id,date,score\n1,2025-01-01,9,x\n2,2025-01-02,10,y\n")
    intake = folder.read()
    assert errors(intake) == [("header_width", 1, "")]
    assert intake.problems[0].facts == {"fields": 4, "expected": 3, "count": 2}
    assert "survey" not in intake.tables


def test_headings_with_the_delimiter_are_told_and_read_once_quoted(folder: Folder) -> None:
    """An export that does not quote "Yes, by post": no row is to be dropped for it."""
    head, rows = "respondent_id,date,score,{}\n", "1,2025-01-01,9,x\n2,2025-01-02,10,y\n"
    folder.write("survey.csv", head.format("Yes, by post") + rows)
    assert errors(folder.read()) == [("header_width", 1, "")]
    folder.write("survey.csv", head.format('"Yes, by post"') + rows)
    assert folder.read().tables["survey"].frame["score"].tolist() == [9, 10]


@pytest.mark.bad_input("B10")
def test_a_wrong_width_names_the_physical_line_below_a_quoted_newline(folder: Folder) -> None:
    folder.write("survey.csv", HEAD + '1;2025-01-01;9;"two\nlines"\n2;2025-01-02\n')
    assert errors(folder.read()) == [("wrong_width", 4, "")]


def test_blank_fields_beyond_the_header_are_nothing(folder: Folder) -> None:
    folder.write("survey.csv", "respondent_id;date;score\n1;2025-01-01;9;;\n2;2025-01-02;10;\n")
    assert scores(folder.read()) == SCORES


@pytest.mark.bad_input("B11")
@pytest.mark.parametrize(
    ("row", "code", "line"),
    [
        ('3;2025-01-01;9;"never closed\n4;2025-01-01;9;x\n', "quote_not_closed", 3),
        ('3;2025-01-01;9;"a "quoted" word"\n', "quote_inside_quotes", 3),
    ],
)
def test_broken_quotes_are_refused_where_they_begin(
    folder: Folder, row: str, code: str, line: int
) -> None:
    folder.write("survey.csv", HEAD + "1;2025-01-01;9;x\n" + row)
    assert errors(folder.read()) == [(code, line, "")]


@pytest.mark.bad_input("B12")
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_blank_lines_and_spaces_are_clean(folder: Folder, end: str) -> None:
    lines = ["respondent_id;date;score", "", " 1 ;2025-01-01 ;9 ", ";;", "2; 2025-01-02;10"]
    folder.write("survey.csv", end.join(lines))
    intake = folder.read()
    assert scores(intake) == SCORES
    assert intake.tables["survey"].frame.index.tolist() == [3, 5]
    assert intake.problems == ()


@pytest.mark.bad_input("B12")
def test_mixed_line_ends_keep_their_numbers(folder: Folder) -> None:
    folder.write("survey.csv", b"respondent_id;date;score\r\n1;2025-01-01;9\n2;2025-01-02;x\r")
    assert errors(folder.read()) == [("not_a_number", 3, "x")]


@pytest.mark.bad_input("B13")
@pytest.mark.parametrize("twin", ["score", "Score", " SCORE ", "sco\u200bre", "s_core\u00a0"])
def test_headings_equal_but_for_case_and_spaces_are_refused_with_both_positions(
    folder: Folder, twin: str
) -> None:
    folder.write("survey.csv", f"respondent_id;date;score;{twin}\n1;2025-01-01;9;9\n")
    problem = only(folder.read(), "duplicate_heading")
    assert (problem.facts["first"], problem.facts["second"], problem.place.row) == (3, 4, 1)


@pytest.mark.bad_input("B13")
def test_a_blank_heading_over_data_is_told_and_blocks_nothing(folder: Folder) -> None:
    folder.write("survey.csv", "respondent_id;date;;score\n1;2025-01-01;x;9\n")
    intake = folder.read()
    assert scores(intake) == [9]
    problem = only(intake, "blank_headings")
    assert (problem.facts["columns"], problem.is_error) == ("C", False)


def test_a_blank_column_without_heading_is_nothing(folder: Folder) -> None:
    folder.write("survey.csv", "respondent_id;date;score;\n1;2025-01-01;9;\n")
    assert folder.read().problems == ()


@pytest.mark.bad_input("B14")
def test_title_lines_above_the_header_are_passed_over_with_a_warning(folder: Folder) -> None:
    folder.write("survey.csv", "# exported 2025\n\nrespondent_id;date;score\n1;2025-01-01;9\n")
    intake = folder.read()
    assert scores(intake) == [9]
    problem = only(intake, "title_lines")
    assert (problem.place.row, problem.facts["lines"]) == (3, 1)


def test_skip_rows_says_where_the_header_is_without_a_warning(folder: Folder) -> None:
    folder.write("survey.csv", "score;date;x\n\nrespondent_id;date;score\n1;2025-01-01;9\n")
    intake = folder.read(skip_rows=2)
    assert scores(intake) == [9]
    assert intake.problems == ()


@pytest.mark.bad_input("B14")
def test_a_second_header_row_is_refused(folder: Folder) -> None:
    folder.write(
        "survey.csv", "respondent_id;date;score\nrespondent_id;date;score\n1;2025-01-01;9\n"
    )
    assert errors(folder.read()) == [("repeated_header", 2, "")]


@pytest.mark.bad_input("B14")
@pytest.mark.parametrize("word", ["Total", "Итого:", "ВСЕГО", "Spolu", "Celkom"])
def test_a_labelled_total_row_is_left_out_with_a_warning(folder: Folder, word: str) -> None:
    folder.write(
        "sales.csv", f"customer_id;date;amount\nA;2025-01-01;1\nB;2025-01-02;2\n{word};;3\n"
    )
    intake = folder.read()
    assert intake.tables["sales"].frame["customer_id"].tolist() == ["A", "B"]
    assert only(intake, "total_row").place.row == 4


@pytest.mark.bad_input("B14")
def test_an_unlabelled_row_that_sums_up_the_others_is_left_out(folder: Folder) -> None:
    folder.write("sales.csv", "customer_id;date;amount\nA;2025-01-01;1,5\nB;2025-01-02;2\n;;3,5\n")
    intake = folder.read("ru")
    assert warnings(intake) == ["total_row"]


def test_an_unlabelled_row_that_sums_up_nothing_is_an_error(folder: Folder) -> None:
    folder.write("sales.csv", "customer_id;date;amount\nA;2025-01-01;1\nB;2025-01-02;2\n;;4\n")
    assert errors(folder.read()) == [("total_differs", 4, "4")]


def test_a_customer_called_total_is_refused_until_its_whole_name_is_there(folder: Folder) -> None:
    rows = "customer_id;date;amount\nA;2025-01-01;1\n{};2025-01-02;2\n"
    folder.write("sales.csv", rows.format("Total"))
    assert errors(folder.read()) == [("total_differs", 3, "Total")]
    folder.write("sales.csv", rows.format("Total Energies"))
    intake = folder.read()
    assert intake.tables["sales"].frame["customer_id"].tolist() == ["A", "Total Energies"]
    assert warnings(intake) == ["total_word_kept"]


@pytest.mark.bad_input("B15")
@pytest.mark.parametrize("text", ["respondent_id;date;score\n", "respondent_id;date;score\n\n;;\n"])
def test_a_header_without_rows_is_refused(folder: Folder, text: str) -> None:
    folder.write("survey.csv", text)
    assert errors(folder.read()) == [("no_rows", 1, "")]


@pytest.mark.bad_input("D11")
def test_a_cell_longer_than_the_limit_is_refused(folder: Folder) -> None:
    folder.write("survey.csv", HEAD + f"1;2025-01-01;9;{'x' * 40_000}\n")
    assert errors(folder.read())[0][:2] == ("cell_too_long", 2)


@pytest.mark.parametrize("word", ["NA", "None", "null", "nan"])
def test_words_that_readers_take_for_missing_stay_text(folder: Folder, word: str) -> None:
    """A program's word for "nothing" is no identifier and refused by name; it may be an answer."""
    folder.write("survey.csv", HEAD + f"{word};2025-01-01;9;{word}\n")
    intake = folder.read()
    assert intake.tables["survey"].frame["reason"].item() == word
    assert [p.code for p in intake.problems] == (
        [] if word == "NA" else ["missing_word_in_required"]
    )
