"""Sample exports of survey programs."""

from datetime import datetime

from exports import Export

LIKELY = "How likely is it that you would recommend us to a friend or colleague?"
EN_WHY, EN_BETTER = "What is the main reason for your score?", "What could we improve?"
RU_LIKELY = "Насколько вероятно, что вы порекомендуете нас коллегам?"
RU_WHY = "Почему вы поставили такую оценку?"
RU_BETTER = "Что нам улучшить, чтобы вы поставили 10?"

_SM_HEAD = [
    *("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address"),
    *("First Name", "Last Name", "Custom Data 1"),
]
_SM_ROWS = [
    [*_SM_HEAD, "Which services do you use?", "", "", LIKELY, EN_WHY, EN_BETTER],
    [*[""] * 9, "Repair", "Training", "Other (please specify)", "", *["Open-Ended Response"] * 2],
    ["114523894000", "4288", "11/13/2025 09:00:11 AM", "11/13/2025 09:00:55 PM", "10.0.0.1", "", "",
     "", "C-7", "Repair", "", "", "Extremely likely - 10", "good service", ""],
    ["114523894001", "4288", "11/02/2025 09:01:11 AM", "11/02/2025 09:01:55 AM", "10.0.0.2", "", "",
     "", "C-8", "", "Training", "", "9", "", "faster"],
    ["114523894002", "4288", "11/03/2025 09:01:11 AM", "11/03/2025 09:01:55 AM", "10.0.0.3", "", "",
     "", "C-9", "", "", "welding", "Not at all likely - 0", "late", ""],
]  # fmt: skip
_SM_FIRST = {
    "respondent_id": "114523894000",
    "date": "2025-11-13",
    "score": 10,
    "reason": "good service",
}
_SM_XLSX = [
    [*_SM_HEAD[:5], LIKELY, "", EN_WHY],
    [*[""] * 5, "", "Group", "Open-Ended Response"],
    [118000000, 4000, "11/13/2025 10:11:12 AM", "11/13/2025 10:15:12 AM", "1.2.3.4", 0,
     "Detractor", "late"],
    [118000001, 4000, "11/14/2025 10:11:12 AM", "11/14/2025 10:15:12 AM", "1.2.3.4", 10,
     "Promoter", "great"],
]  # fmt: skip

_QX_HEAD = [
    *("StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)"),
    *("Finished", "RecordedDate", "ResponseId", "RecipientLastName", "RecipientFirstName"),
    *("RecipientEmail", "ExternalReference", "LocationLatitude", "LocationLongitude"),
    *("DistributionChannel", "UserLanguage"),
]
_QX_TEXT = [
    *("Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)"),
    *("Finished", "Recorded Date", "Response ID", "Recipient Last Name", "Recipient First Name"),
    *("Recipient Email", "External Data Reference", "Location Latitude", "Location Longitude"),
    *("Distribution Channel", "User Language"),
]


def _qx(day: str, status: object, finished: object, response: str, score: object) -> list[object]:
    group = "" if score in ("", None) else "Promoter"
    return [
        *(f"2025-11-{day} 09:00:11", f"2025-11-{day} 09:00:59", status, "10.0.0.1", 100, 48),
        *(finished, f"2025-11-{day} 10:00:00", response, "", "", "", "", "", "", "anonymous", "EN"),
        *(group, score, "fine,\nthanks"),
    ]


def _qualtrics(
    status: tuple[object, object, object], finished: tuple[object, object]
) -> list[list[object]]:
    answer, preview, spam = status
    done, begun = finished
    ids = [
        f'{{"ImportId":"{name}"}}' for name in (*_QX_HEAD, "QID1_NPS_GROUP", "QID1", "QID2_TEXT")
    ]
    return [
        [*_QX_HEAD, "Q1_NPS_GROUP", "Q1", "Q2"],
        [*_QX_TEXT, "How likely are you to recommend us? - Group", "How likely are you to recommend us?",
         "Why did you give\nthat score?"],
        ids,
        _qx("01", preview, done, "R_1", 10),
        _qx("02", answer, done, "R_2", 9),
        _qx("03", answer, begun, "R_3", ""),
        _qx("04", spam, done, "R_4", 0),
        _qx("05", answer, done, "R_5", 6),
    ]  # fmt: skip


_QX_FIRST = {"respondent_id": "R_2", "date": "2025-11-02", "score": 9}

_GF_RU = [
    ["Отметка времени", "Адрес электронной почты", RU_LIKELY, RU_WHY, RU_BETTER, "Ваш город",
     "Оцените нашу работу [Качество]", "Оцените нашу работу [Сроки поставки]"],
    ["13.11.2025 9:00:17", "a@x.ru", "10", "всё хорошо", "", "Пермь", "5", "4"],
    ["14.11.2025 19:30:05", "b@x.ru", "6", "долго ждать", "сроки", "Уфа", "4", ""],
    ["15.11.2025 8:00:00", "a@x.ru", "9", "", "", "Пермь", "5", "3"],
]  # fmt: skip
_GF_EN = [
    ["Timestamp", LIKELY, "Why?", "Rate us [Quality]", "Rate us [Delivery]"],
    ["2025/11/13 11:07:29 AM AST", "10", "ok", "Very satisfied", "Neutral"],
    ["2025/11/14 11:07:29 PM GMT+3", "0", "", "Dissatisfied", "Very dissatisfied"],
]

_LS_ROWS = [
    ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started",
     "NPS. How likely are you to recommend us?", "WHY. Why?"],
    ["1", "", "1", "en", "123456", "2025-11-01 10:00:00", "", ""],
    ["2", "2025-11-02 10:10:00", "3", "en", "123457", "2025-11-02 10:00:00", "9", "ok"],
    ["3", "2025-11-03 10:10:00", "3", "sk", "123458", "2025-11-03 10:00:00", "6", "slow"],
]  # fmt: skip
_LS_CODES = [["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "NPS", "WHY"]]

EXPORTS = (
    Export(
        name="surveymonkey-csv",
        preset="surveymonkey",
        table="survey",
        rows=_SM_ROWS,
        count=3,
        first=_SM_FIRST,
        totals={"score": 19},
        told=("rows_left_by_where",),
    ),
    Export(
        name="surveymonkey-xlsx",
        preset="surveymonkey",
        table="survey",
        rows=_SM_XLSX,
        file="survey.xlsx",
        count=2,
        first={"respondent_id": "118000000", "date": "2025-11-13", "score": 0, "reason": "late"},
        told=("rows_left_by_where",),
    ),
    Export(
        name="surveymonkey-ru",
        preset="surveymonkey",
        table="survey",
        language="ru",
        currency="RUB",
        rows=[
            ["ID респондента", "ID коллектора", "Дата начала", "Дата окончания", "IP-адрес", RU_LIKELY, RU_WHY],
            ["", "", "", "", "", "", "Открытый ответ"],
            ["1145", "42", "11/13/2025 09:00:11 AM", "11/13/2025 09:01:11 AM", "10.0.0.1", "8", "нормально"],
            ["1146", "42", "11/14/2025 09:00:11 AM", "11/14/2025 09:01:11 AM", "10.0.0.1", "10", ""],
        ],
        count=2,
        first={"respondent_id": "1145", "date": "2025-11-13", "score": 8, "reason": "нормально"},
        told=("rows_left_by_where",),
    ),
    Export(
        name="qualtrics-text",
        preset="qualtrics",
        table="survey",
        rows=_qualtrics(("IP Address", "Survey Preview", "Spam"), ("True", "False")),
        heads=(1, 2),
        count=2,
        first=_QX_FIRST,
        totals={"score": 15},
        told=("rows_left_by_where",),
    ),
    Export(
        name="qualtrics-numbers-xlsx",
        preset="qualtrics",
        table="survey",
        rows=_qualtrics((0, 1, 8), (1, 0)),
        heads=(1, 2),
        file="survey.xlsx",
        count=2,
        first=_QX_FIRST,
        told=("rows_left_by_where",),
    ),
    Export(
        name="qualtrics-one-heading-row",
        preset="qualtrics",
        table="survey",
        rows=[row for n, row in enumerate(_qualtrics(("IP Address", "Survey Preview", "Spam"), ("True", "False"))) if n not in (1, 2)],
        lines='header_row = 1\ncolumns = {score = "Q1"}\n',
        count=2,
        first=_QX_FIRST,
        told=("rows_left_by_where",),
    ),
    Export(
        name="google_forms-ru",
        preset="google_forms",
        table="survey",
        language="ru",
        currency="RUB",
        rows=_GF_RU,
        count=3,
        first={"respondent_id": "2", "date": "2025-11-13", "score": 10, "reason": "всё хорошо"},
        totals={"score": 25},
    ),
    Export(
        name="google_forms-grid-ru",
        preset="google_forms",
        table="satisfaction",
        language="ru",
        currency="RUB",
        rows=_GF_RU,
        lines='columns = {product = {value = "Ремонт"}}\n',
        count=5,
        first={"respondent_id": "2", "date": "2025-11-13", "parameter": "Качество", "mark": 5, "product": "Ремонт"},
        totals={"mark": 21},
    ),
    Export(
        name="google_forms-en",
        preset="google_forms",
        table="survey",
        rows=_GF_EN,
        count=2,
        first={"respondent_id": "2", "date": "2025-11-13", "score": 10, "reason": "ok"},
    ),
    Export(
        name="google_forms-words-en",
        preset="google_forms",
        table="satisfaction",
        rows=_GF_EN,
        lines='columns = {product = {value = "Service"}}\n',
        count=4,
        first={"respondent_id": "2", "date": "2025-11-13", "parameter": "Quality", "mark": 5},
        totals={"mark": 11},
    ),
    Export(
        name="google_forms-xlsx",
        preset="google_forms",
        table="survey",
        file="survey.xlsx",
        rows={
            "Form Responses 1": [
                ["Timestamp", "Email Address", LIKELY, "Why?"],
                [datetime(2025, 11, 13, 10, 0), "a@x", 0, "ok"],
                [datetime(2025, 11, 14, 10, 0), "a@x", 10, ""],
            ]
        },
        count=2,
        first={"respondent_id": "2", "date": "2025-11-13", "score": 0},
    ),
    Export(
        name="yandex_forms",
        preset="yandex_forms",
        table="survey",
        language="ru",
        currency="RUB",
        file="survey.xlsx",
        rows=[
            ["ID", "Время создания", "Время изменения", RU_LIKELY, RU_WHY],
            [1890001, "2025-11-13 10:20:30", "2025-11-13 10:20:30", 9, "удобно"],
            [1890002, "2025-11-14 10:20:30", "2025-11-14 10:20:30", 4, ""],
        ],
        count=2,
        first={"respondent_id": "1890001", "date": "2025-11-13", "score": 9, "reason": "удобно"},
    ),
    Export(
        name="typeform",
        preset="typeform",
        table="survey",
        rows=[
            ["#", "How likely are you to recommend *us*?", "Why that score?", "Response Type",
             "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags", "Ending"],
            ["q8z0", "", "ok", "partial", "2025-11-01 09:00:11", "", "", "00", "", ""],
            ["q8z1", "9", "ok", "completed", "2025-11-02 09:00:11", "", "2025-11-02 09:01:11", "01", "", ""],
            ["q8z2", "6", "", "completed", "2025-11-03 09:00:11", "", "2025-11-03 09:01:11", "02", "", ""],
        ],
        count=2,
        first={"respondent_id": "q8z1", "date": "2025-11-02", "score": 9, "reason": "ok"},
        told=("rows_left_by_where",),
    ),
    Export(
        name="typeform-old",
        preset="typeform",
        table="survey",
        rows=[
            ["#", "1. How likely are you to recommend us?", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"],
            ["f01", "10", "2025-11-02 09:00:11", "2025-11-02 09:01:11", "01"],
        ],
        count=1,
        first={"respondent_id": "f01", "date": "2025-11-02", "score": 10},
    ),
    Export(
        name="limesurvey",
        preset="limesurvey",
        table="survey",
        rows=_LS_ROWS,
        count=2,
        first={"respondent_id": "2", "date": "2025-11-02", "score": 9, "reason": "ok"},
        told=("rows_left_by_where",),
    ),
    Export(
        name="limesurvey-codes",
        preset="limesurvey",
        table="survey",
        rows=[*_LS_CODES, *_LS_ROWS[1:]],
        file="survey.xlsx",
        count=2,
        first={"respondent_id": "2", "date": "2025-11-02", "score": 9},
        told=("rows_left_by_where",),
    ),
    Export(
        name="limesurvey-anonymous",
        preset="limesurvey",
        table="survey",
        rows=[
            _LS_ROWS[0],
            ["1", "", "1", "en", "123456", "1980-01-01 00:00:00", "", ""],
            ["2", "1980-01-01 00:00:00", "3", "en", "123457", "1980-01-01 00:00:00", "9", "ok"],
            ["3", "1980-01-01 00:00:00", "3", "en", "123458", "1980-01-01 00:00:00", "7", ""],
        ],
        lines='columns = {date = {value = "2025-11-30"}}\n',
        count=2,
        first={"respondent_id": "2", "date": "2025-11-30", "score": 9},
        told=("rows_left_by_where",),
    ),
    Export(
        name="delighted",
        preset="delighted",
        table="survey",
        rows=[
            ["Survey response ID", "Person ID", "Email", "Name", "Score", "Comment", "Created at",
             "Updated at", "Permalink", "Locale"],
            ["100200", "5000", "p0@example.com", "P 0", "10", "nice", "2025-10-01 10:00:00", "", "https://x", "en"],
            ["100201", "5001", "p1@example.com", "P 1", "9", "", "2025-10-02 10:01:00", "", "https://x", "en"],
            ["100202", "5000", "p0@example.com", "P 0", "4", "worse", "2025-12-03 10:02:00", "", "https://x", "en"],
        ],
        count=2,
        first={"respondent_id": "5001", "date": "2025-10-02", "score": 9},
        totals={"score": 13},
    ),
)  # fmt: skip
