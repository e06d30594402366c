"""Exports of survey programs and forms are mapped without an edit of the client's file."""

from files import answers, csv, engagement
from proposals import errors, mapped, read, recipe

QUESTION = "How likely are you to recommend us to a colleague?"


def test_a_form_without_ids_gets_row_numbers(tmp_path):
    rows = [
        [f"2025/11/{1 + i % 28:02d} 9:15:00", score, why]
        for i, (_, _, score, why) in enumerate(answers())
    ]
    folder = engagement(
        tmp_path / "e", {"Form (Responses).csv": csv(["When", QUESTION, "Why?"], rows)}
    )
    said = recipe(folder, "survey")
    assert said["generate"] == ["respondent_id"]
    assert said["files"] == "Form (Responses).csv"
    assert said["columns"] == {"date": "When", "score": QUESTION, "reason": "Why?"}
    assert errors(folder) == []
    assert len(read(folder).tables["survey"].frame) == 30


def test_codes_above_questions_are_one_heading_and_what_follows_is_dropped(tmp_path):
    head = ["EndDate", "ResponseId", "Q7", "Q8"]
    texts = ["End date", "Response ID", QUESTION, "Why?"]
    ids = ['{"ImportId":"a"}'] * 4
    rows = [[day, number, score, why] for number, day, score, why in answers()]
    folder = engagement(tmp_path / "e", {"survey.csv": csv(head, [texts, ids, *rows])})
    said = recipe(folder, "survey")
    assert (said["header_row"], said["drop_rows"]) == ([1, 2], [3])
    assert said["columns"]["score"] == f"Q7 / {QUESTION}"
    assert errors(folder) == []
    assert len(read(folder).tables["survey"].frame) == 30


def test_a_matrix_below_its_question_is_two_rows_joined_and_a_second_table(tmp_path):
    rows = [
        ["Answer no", "Date of answer", QUESTION, "Please rate:", None],
        [None, None, None, "Delivery", "Price"],
        *(
            [f"r{i}", f"2025-11-{1 + i % 28:02d}", (10, 9, 6)[i % 3], 1 + i % 5, 1 + i % 3]
            for i in range(24)
        ),
    ]
    folder = engagement(tmp_path / "e", {"survey.xlsx": rows})
    assert recipe(folder, "survey")["header_row"] == [1, 2]
    second = recipe(folder, "satisfaction")
    assert second["melt"] == {"columns": "Please rate: / *", "into": ["parameter", "mark"]}
    assert second["columns"]["product"] == {"value": "All products"}
    assert errors(folder) == []
    assert set(read(folder).tables["satisfaction"].frame["parameter"]) == {"Delivery", "Price"}


def test_unfinished_and_test_answers_are_left_out(tmp_path):
    states = ["complete", "complete", "partial", "test"]
    rows = [[*row, states[i % 4]] for i, row in enumerate(answers(40))]
    head = ["Respondent no", "Answered on date", QUESTION, "Why?", "Response status"]
    folder = engagement(tmp_path / "e", {"survey.csv": csv(head, rows)})
    said = recipe(folder, "survey")
    assert said["where"] == {"Response status": {"not": ["partial", "test"]}}
    assert len(read(folder).tables["survey"].frame) == 20


def test_answers_without_a_date_and_a_score_are_left_out(tmp_path):
    rows = [row if i % 5 else [row[0], "", "", ""] for i, row in enumerate(answers(40))]
    folder = engagement(
        tmp_path / "e", {"survey.csv": csv(["#", "Submitted", QUESTION, "Why?"], rows)}
    )
    assert recipe(folder, "survey")["where"] == {"Submitted": {"not": ""}}
    assert len(read(folder).tables["survey"].frame) == 32


def test_labels_with_the_score_in_them_are_sorted(tmp_path):
    rows = [
        [i, f"2025-11-{1 + i % 28:02d}", ("Certainly - 10", "8", "3")[i % 3]] for i in range(30)
    ]
    folder = engagement(tmp_path / "e", {"survey.csv": csv(["Id", "Date", QUESTION], rows)})
    assert recipe(folder, "survey")["values"]["score"] == {"10": ["Certainly - 10"]}
    assert read(folder).tables["survey"].frame["score"].value_counts()[10] == 10


def test_who_answers_again_counts_with_the_newest_answer(tmp_path):
    rows = [[i % 20, f"2025-1{1 + i // 20}-0{1 + i % 9}", 10 if i < 20 else 5] for i in range(40)]
    folder = engagement(
        tmp_path / "e", {"survey.csv": csv(["Person ID", "Created at", QUESTION], rows)}
    )
    assert recipe(folder, "survey")["latest"] == ["respondent_id"]
    scores = read(folder).tables["survey"].frame["score"]
    assert (len(scores), set(scores)) == (20, {5})


def test_the_order_of_days_is_written_when_a_day_shows_it(tmp_path):
    rows = [[i, f"11/{1 + i % 28}/2025", 9] for i in range(30)]
    folder = engagement(
        tmp_path / "e", {"survey.csv": csv(["Id", "Answered date", QUESTION], rows)}
    )
    assert recipe(folder, "survey")["date_order"] == "mdy"


def test_the_order_of_days_is_never_guessed(tmp_path):
    """The choice stands there as a comment, and counts as unsure."""
    rows = [[i, f"0{1 + i % 9}/0{1 + i % 7}/2025", 9] for i in range(30)]
    folder = engagement(
        tmp_path / "e", {"survey.csv": csv(["Id", "Answered date", QUESTION], rows)}
    )
    made = mapped(folder)
    text = (folder / "engagement.toml").read_text("utf-8")
    assert '# ? date_order = "dmy"  # choose dmy or mdy' in text
    assert made.unsure == 1
    assert "date_order_unknown" in errors(folder)


def test_marks_of_at_most_five_are_no_score(tmp_path):
    rows = [[i, f"2025-11-{1 + i % 28:02d}", 3 + i % 3] for i in range(30)]
    folder = engagement(tmp_path / "e", {"survey.csv": csv(["Id", "Date", "Оценка"], rows)})
    mapped(folder)
    text = (folder / "engagement.toml").read_text("utf-8")
    assert "marks of at most 5" in text
    assert "score_scale" in " ".join(errors(folder)) or errors(folder)


def test_a_long_code_is_an_identifier_and_the_better_named_one_is_taken(tmp_path):
    head = ["response_id", "appointment_id", "submitted_at", "nps"]
    rows = [
        [f"{number:032x}"[::-1], f"7000000GyM{number:03d}", day, score]
        for number, (day, _, score, _) in enumerate(answers())
    ]
    said = recipe(engagement(tmp_path / "e", {"export 1.csv": csv(head, rows)}), "survey")
    assert said["columns"]["respondent_id"] == "response_id"
