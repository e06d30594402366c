"""One thing under several spellings, and words for "nothing is known", as clients send them.

The tables are those of a collection of real exports (numbers 13c, 37, 39b, 51, 54, 63b, 65, 75),
written anew here with the same quirks.
"""

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from table_rows import rows_of
from written_remedies import engagement, follow, message, told

from workbook.engagement.data import open_engagement
from workbook.errors import InputError
from workbook.notebook import open_book

LANGUAGES = ("en", "ru", "sk")
SCORES = [10, 9, 6, 5, 10, 9, 9, 9, 10, 8]


def sales(names, *, amounts=range(100, 100_000, 7)) -> str:
    rows = [
        f"2025-{1 + i % 12:02}-{1 + i % 28:02};{name};{amount}\n"
        for i, (name, amount) in enumerate(zip(names, amounts, strict=False))
    ]
    return "date;customer_id;amount\n" + "".join(rows)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def abc(folder: Path) -> list[tuple[str, float, str]]:
    result = open_book("segmentation_matrix", str(folder)).view.result
    return [(one.customer_id, one.total, one.class_) for one in rows_of(result.abc)]


CLIENTS = [f"ООО «Клиент {i}»" for i in range(6)]
KINDS = {
    "51-quote-styles": (
        CLIENTS * 10,
        CLIENTS * 5 + [quoted(f'ООО "Клиент {i}"') for i in range(6)] * 5,
    ),
    "51b-latin-c": (
        [f"С-00{i}" for i in range(6)] * 10,
        [f"С-00{i}" for i in range(6)] * 6 + [f"C-00{i}" for i in range(6)] * 4,
    ),
    "65-pandas-float-ids": (
        [str(1001 + i % 9) for i in range(40)],
        [str(1001 + i % 9) + (".0" if i >= 22 else "") for i in range(40)],
    ),
    "initials": (
        ["ИП Иванова О. П.", "ИП Петров А. А."] * 12,
        ["ИП Иванова О. П.", "ИП Петров А. А."] * 8 + ["ип Иванова О.П", "ИП ПЕТРОВ А.А."] * 4,
    ),
}


class TestIdentifiers:
    @pytest.mark.bad_input("D2")
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("kind", KINDS)
    def test_spellings_in_one_table_are_one_question_whose_answer_joins_them(
        self, tmp_path, kind, language
    ):
        clean, mixed = KINDS[kind]
        plain = engagement(tmp_path / "clean", {"sales": sales(clean)}, language=language)
        folder = engagement(tmp_path / "mixed", {"sales": sales(mixed)}, language=language)
        assert told(folder, errors=True) == ["ids_spelt_twice"]
        follow(folder, "ids_spelt_twice", language)
        assert told(folder, errors=True) == []
        assert "ids_joined" in told(folder)
        assert abc(folder) == abc(plain)

    def test_the_question_names_both_spellings_and_their_rows(self, tmp_path):
        folder = engagement(tmp_path, {"sales": sales(KINDS["51-quote-styles"][1])})
        (problem,) = [p for p in open_engagement(folder).problems if p.is_error]
        assert (problem.place.row, problem.facts["count"]) == (32, 6)
        assert problem.facts["ids"].startswith('ООО «Клиент 0» (2) = ООО "Клиент 0" (32); ')
        assert problem.facts["ids"].endswith(" …")

    def test_letters_that_look_alike_are_told_by_their_alphabet(self, tmp_path):
        folder = engagement(tmp_path, {"sales": sales(KINDS["51b-latin-c"][1])})
        assert "C-000 [lat. C] (38)" in message(folder, "ids_spelt_twice")

    def test_join_ids_of_all_tables_joins_too(self, tmp_path):
        options = "[intake]\njoin_ids = true\n"
        names = KINDS["65-pandas-float-ids"][1]
        folder = engagement(tmp_path, {"sales": sales(names)}, options=options)
        assert told(folder, errors=True) == []
        assert open_engagement(folder).tables["sales"].frame["customer_id"].nunique() == 9

    def test_identifiers_that_are_different_stay_so_when_told(self, tmp_path):
        """Some programs give identifiers that differ by capitals alone."""
        folder = engagement(tmp_path, {"sales": sales(["0015aB", "0015AB"] * 6)}, language="en")
        follow(folder, "ids_spelt_twice", "en", other="join_ids = false")
        assert "ids_kept_apart" in told(folder)
        assert open_engagement(folder).tables["sales"].frame["customer_id"].nunique() == 2

    def test_51c_leading_zeros_make_another_identifier(self, tmp_path):
        tables = {
            "customers": "customer_id;name\n" + "".join(f"0000{i};К{i}\n" for i in range(1, 7)),
            "sales": sales([str(1 + i % 6) for i in range(24)]),
        }
        folder = engagement(tmp_path, tables)
        assert told(folder, errors=True) == []
        (problem,) = [p for p in open_engagement(folder).problems if p.code == "unknown_customers"]
        assert problem.facts["count"] == 6

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_across_tables_the_table_of_customers_says_the_spelling(self, tmp_path, language):
        tables = {
            "customers": "customer_id;name\n" + "".join(f"{1001 + i};К{i}\n" for i in range(9)),
            "sales": sales([f"{1001 + i % 9}.0" for i in range(36)]),
            "lost_customers": "customer_id;lost_date;reasons\n1001.0;2025-12-20;price\n",
        }
        folder = engagement(tmp_path, tables, language=language)
        assert told(folder, errors=True) == ["ids_spelt_otherwise", "ids_spelt_otherwise"]
        assert "unknown_customers" not in told(folder)
        first = next(p for p in open_engagement(folder).problems if p.is_error)
        assert (
            first.facts["ids"] == "1001.0 (data/lost_customers.csv:2) = 1001 (data/customers.csv:2)"
        )
        for table in ("lost_customers", "sales"):
            text = (folder / "engagement.toml").read_text("utf-8")
            (folder / "engagement.toml").write_text(
                f"{text}\n[intake.{table}]\njoin_ids = true\n", "utf-8"
            )
        assert told(folder, errors=True) == []
        assert told(folder).count("ids_joined") == 2
        sold = open_engagement(folder).tables["sales"].frame["customer_id"]
        assert sorted(sold.unique()) == [str(1001 + i) for i in range(9)]

    def test_each_question_across_tables_is_answered_by_its_own_remedy(self, tmp_path):
        tables = {
            "customers": "customer_id;name\nООО «К»;К\nООО «Л»;Л\n",
            "sales": sales(['"ООО ""К"""', "ООО «Л»"] * 12),
        }
        folder = engagement(tmp_path, tables)
        follow(folder, "ids_spelt_otherwise")
        assert told(folder, errors=True) == []
        assert {name for name, _, _ in abc(folder)} == {"ООО «К»", "ООО «Л»"}

    def test_without_a_table_of_customers_the_commonest_spelling_counts(self, tmp_path):
        survey = "respondent_id;date;score;customer_id\n" + "".join(
            f"{i};2025-11-01;9;c-{i % 3}\n" for i in range(9)
        )
        tables = {"sales": sales([f"C-{i % 3}" for i in range(30)]), "survey": survey}
        folder = engagement(tmp_path, tables, options="[intake]\njoin_ids = true\n")
        assert told(folder, errors=True) == []
        answered = open_engagement(folder).tables["survey"].frame["customer_id"]
        assert set(answered) == {"C-0", "C-1", "C-2"}

    def test_37_mail_addresses_that_differ_by_capitals_are_asked_about_or_joined(self, tmp_path):
        survey = "respondent_id;date;score\n" + "".join(
            f"{name}{i % 20}@x.ru;2025-11-{1 + i % 28:02};{SCORES[i % 10]}\n"
            for i, name in enumerate(["Anna"] * 20 + ["anna"] * 20)
        )
        folder = engagement(tmp_path, {"survey": survey}, language="en")
        assert told(folder, errors=True) == ["ids_spelt_twice"]
        follow(folder, "ids_spelt_twice", "en")
        assert told(folder, errors=True)[0] == "key_twice_different"  # one person answered twice

    def test_a_dot_is_part_of_a_mail_address(self, tmp_path):
        survey = "respondent_id;date;score\nann.a@x.ru;2025-11-01;9\nanna@x.ru;2025-11-01;3\n"
        folder = engagement(tmp_path, {"survey": survey})
        assert told(folder, errors=True) == []

    def test_numbers_of_excel_are_the_texts_of_a_csv_file(self, tmp_path):
        folder = engagement(tmp_path, {"sales": sales([str(1001 + i % 9) for i in range(36)])})
        ids = pd.DataFrame({"customer_id": [1001 + i for i in range(9)], "name": list("абвгдежзи")})
        ids.to_excel(folder / "data" / "customers.xlsx", index=False, engine="xlsxwriter")
        assert "unknown_customers" not in told(folder)
        assert told(folder, errors=True) == []


def survey(**columns) -> str:
    """Return forty answers; each column repeats its cells."""
    rows = [
        [str(i + 1), f"2025-11-{1 + i % 28:02}", str(SCORES[i % 10])]
        + [cells[i % len(cells)] for cells in columns.values()]
        for i in range(40)
    ]
    head = ["respondent_id", "date", "score", *columns]
    return "\n".join(";".join(row) for row in [head, *rows]) + "\n"


def groups(folder: Path) -> list[tuple[str, str, int, float]]:
    result = open_book("loyalty", str(folder)).view.result
    return [(g.by, g.group, g.n, g.value) for g in result.groups]


class TestGroups:
    def test_75_hand_typed_groups_are_one_segment_and_one_manager(self, tmp_path):
        mixed = survey(
            segment=["Опт", "опт", "Опт ", "ОПТ", "Oпт"],
            manager=["Иванова О. П.", "Иванова О.П.", "Иванова О. П", "Ивaнова О. П."],
        )
        folder = engagement(tmp_path / "mixed", {"survey": mixed})
        clean = survey(segment=["Опт"], manager=["Иванова О. П."])
        plain = engagement(tmp_path / "clean", {"survey": clean})
        assert groups(folder) == groups(plain)
        assert told(folder) == ["groups_joined", "groups_joined"]
        first, second = open_engagement(folder).problems
        assert first.facts["names"] == "Опт: опт (8), ОПТ (8), Oпт [lat. O] (8)"
        assert (first.facts["count"], first.facts["rows"]) == (1, 24)
        assert second.facts["rows"] == 30

    def test_the_commonest_spelling_counts_and_of_equals_the_first(self, tmp_path):
        columns = {"segment": ["розница", "Розница", "Розница"], "manager": ["А. Б.", "А.Б."]}
        frame = (
            open_engagement(engagement(tmp_path, {"survey": survey(**columns)}))
            .tables["survey"]
            .frame
        )
        assert set(frame["segment"]) == {"Розница"}
        assert set(frame["manager"]) == {"А. Б."}

    def test_13c_one_manager_and_product_have_one_spelling_in_all_tables(self, tmp_path):
        """Deals of a CRM, a survey and the customers, each typed by somebody else."""
        offers = "customer_id;product;stage;status;date;manager\n" + "".join(
            f"C{i};{product};Договор;won;2025-10-0{1 + i};{manager}\n"
            for i, (product, manager) in enumerate(
                [("GTX «Pro»", "петров а.а.")] * 2 + [('"GTX ""Pro"""', "ПЕТРОВ А. А.")] * 3
            )
        )
        customers = "customer_id;name;segment;manager\n" + "".join(
            f"C{i};К{i};опт;Петров А. А.\n" for i in range(9)
        )
        tables = {
            "offers": offers,
            "customers": customers,
            "survey": survey(segment=["Опт"], manager=["Петров А.А."]),
            "sales": "customer_id;date;amount;product\n"
            + "".join(f"C{i};2025-0{1 + i}-03;100;GTX Pro\n" for i in range(9)),
            "targets": "segment;GTX “Pro”\nОпт;target\n",
        }
        folder = engagement(tmp_path, tables)
        found = open_engagement(folder).tables
        managers = Counter(
            name for t in ("offers", "customers", "survey") for name in found[t].frame["manager"]
        )
        assert managers == {"Петров А.А.": 54}
        assert set(found["customers"].frame["segment"]) == {"Опт"}
        assert set(found["offers"].frame["product"]) == {"GTX Pro"}
        assert list(found["targets"].frame) == ["segment", "GTX Pro"]
        assert told(folder, errors=True) == []
        assert told(folder).count("groups_joined") == 5  # offers twice, customers twice, targets

    def test_what_differs_by_more_stays_apart(self, tmp_path):
        folder = engagement(
            tmp_path, {"survey": survey(segment=["Север-1", "Север 1", "Север 11", "Север 1 1"])}
        )
        assert told(folder) == []
        assert open_engagement(folder).tables["survey"].frame["segment"].nunique() == 4

    def test_answers_in_words_are_left_as_they_are(self, tmp_path):
        folder = engagement(tmp_path, {"survey": survey(reason=["Долго", "долго", "-"])})
        assert told(folder) == []
        assert open_engagement(folder).tables["survey"].frame["reason"].nunique() == 3

    def test_merged_rows_that_say_different_things_are_refused(self, tmp_path):
        marks = "respondent_id;date;product;parameter;mark\n" + "".join(
            f"1;2025-11-01;Сервис;{name};{mark}\n" for name, mark in [("Сроки", 5), ("сроки", 2)]
        )
        folder = engagement(tmp_path, {"satisfaction": marks})
        assert told(folder, errors=True) == ["key_twice_different"]


class TestWordsForNothing:
    def test_63b_placeholders_are_no_groups(self, tmp_path):
        mixed = survey(segment=["(пусто)", "Не указано", "#Н/Д", "Опт", "Розница"], manager=["-"])
        clean = survey(segment=["", "", "", "Опт", "Розница"], manager=[""])
        folder = engagement(tmp_path / "mixed", {"survey": mixed})
        plain = engagement(tmp_path / "clean", {"survey": clean})
        assert groups(folder) == groups(plain)
        assert told(folder) == ["missing_words", "missing_words"]
        first = open_engagement(folder).problems[0]
        assert first.facts["words"] == '"(пусто)" (8), "Не указано" (8), "#Н/Д" (8)'
        assert first.facts["count"] == 24

    @pytest.mark.parametrize(
        "word",
        [
            *("#N/A", "n/a", "None", "nan", "NULL", "(blank)", "neuvedené", "bez údajov", "—"),
            *("?", "Нет данных", "не  указана", "<NA>", "Unknown"),
        ],
    )
    def test_each_such_word_is_blank(self, tmp_path, word):
        folder = engagement(tmp_path, {"survey": survey(segment=[word, "Опт"])})
        assert open_engagement(folder).tables["survey"].frame["segment"].isna().sum() == 20

    @pytest.mark.parametrize("word", ["Нет", "Other", "Прочее", "NA", "0", "No", "Nie", "н", "N"])
    def test_words_that_may_be_values_stay_values(self, tmp_path, word):
        folder = engagement(tmp_path, {"survey": survey(segment=[word, "Опт"])})
        assert told(folder) == []
        assert open_engagement(folder).tables["survey"].frame["segment"].notna().all()

    def test_an_error_of_excel_in_a_group_is_blank(self, tmp_path):
        folder = engagement(tmp_path, {})
        rows = pd.DataFrame(
            {"respondent_id": range(4), "date": "2025-11-01", "score": 9, "segment": "Опт"}
        )
        with pd.ExcelWriter(folder / "data" / "survey.xlsx", engine="xlsxwriter") as book:
            rows.to_excel(book, sheet_name="survey", index=False)
            book.sheets["survey"].write_formula("D3", "=NA()", value="#N/A")
        assert "missing_words" in told(folder)
        assert told(folder, errors=True) == []

    def test_in_a_column_that_must_be_filled_they_are_refused_and_told(self, tmp_path):
        tables = {"sales": sales(["A", "#N/A", "B", "nan", "nan"])}
        folder = engagement(tmp_path, tables)
        assert told(folder, errors=True) == ["missing_word_in_required"]
        (problem,) = [p for p in open_engagement(folder).problems if p.is_error]
        assert (problem.place.row, problem.found, problem.facts["count"]) == (3, "#N/A", 3)
        follow(folder, "missing_word_in_required")
        assert told(folder, errors=True) == []
        assert open_engagement(folder).tables["sales"].frame["customer_id"].tolist() == ["A", "B"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_39b_words_among_marks_are_one_question_whose_answer_makes_them_blank(
        self, tmp_path, language
    ):
        def marks(word):
            return "respondent_id;date;product;parameter;mark\n" + "".join(
                f"{i};2025-11-{1 + i % 9:02d};Сервис;Качество;{word if i % 8 == 0 else 1 + i % 5}\n"
                for i in range(40)
            )

        tables = {"satisfaction": marks("Затрудняюсь ответить")}
        folder = engagement(tmp_path / "mixed", tables, language=language)
        plain = engagement(tmp_path / "clean", {"satisfaction": marks("")}, language=language)
        assert told(folder, errors=True) == ["words_among_values"]
        follow(folder, "words_among_values", language)
        assert sorted(told(folder)) == ["marks_scale_found", "missing_words"]
        one, two = (open_book("loyalty", str(f)).view.result for f in (folder, plain))
        assert one.satisfaction == two.satisfaction

    def test_words_in_two_columns_have_one_remedy(self, tmp_path):
        rows = ["1;2025-11-01;9;5", "2;2025-11-02;не знаю;5", "3;2025-11-03;8;н/д"]
        rows += [f"{i};2025-11-{i:02};7;{i}" for i in range(4, 12)]
        text = "respondent_id;date;score;weight\n" + "\n".join(rows) + "\n"
        folder = engagement(tmp_path, {"survey": text}, options='[intake]\nmissing = ["x"]\n')
        assert told(folder, errors=True) == ["words_among_values", "words_among_values"]
        words = [p.facts["words"] for p in open_engagement(folder).problems if p.is_error]
        assert words == ['"x", "не знаю", "н/д"'] * 2
        (folder / "engagement.toml").write_text(
            (folder / "engagement.toml").read_text("utf-8")
            + f"[intake.survey]\nmissing = [{words[0]}]\n",
            "utf-8",
        )
        assert told(folder) == ["missing_words", "missing_words"]

    def test_a_column_that_must_be_filled_is_never_told_to_have_missing_words(self, tmp_path):
        """A remedy that is refused in its turn is none."""
        days = ["2025-11-01", "н/д", "2025-11-03", "не закрыта", ""]
        text = "respondent_id;date;score\n" + "".join(f"{i};{d};9\n" for i, d in enumerate(days))
        folder = engagement(tmp_path / "a", {"survey": text})
        assert sorted(told(folder, errors=True)) == [
            "blank_cell", "missing_word_in_required", "not_a_date",
        ]  # fmt: skip
        options = '[intake.survey]\nmissing = ["не закрыта"]\n'
        folder = engagement(tmp_path / "b", {"survey": text}, options=options)
        (problem,) = [
            p for p in open_engagement(folder).problems if p.code == "missing_word_in_required"
        ]
        assert problem.facts["count"] == 2

    def test_a_column_of_words_is_not_told_to_be_blank(self, tmp_path):
        words = ["Не удовлетворён", "Нейтрально", "Скорее да", "Полностью"]
        text = "respondent_id;date;product;parameter;mark\n" + "".join(
            f"{i};2025-11-{1 + i % 9:02d};Сервис;Качество;{words[i % 4]}\n" for i in range(20)
        )
        folder = engagement(tmp_path, {"satisfaction": text})
        assert "words_among_values" not in told(folder)
        assert told(folder, errors=True)

    def test_own_words_count_in_columns_of_the_client_too(self, tmp_path):
        tables = {"customers": "customer_id;segment;floor\nA;Опт;нет сведений\nB;Опт;2\n"}
        options = '[intake.customers]\nmissing = ["Нет сведений"]\n'
        folder = engagement(tmp_path, tables, options=options)
        assert told(folder) == ["missing_words"]
        assert open_engagement(folder).tables["customers"].frame["floor"].isna().tolist() == [
            True,
            False,
        ]

    def test_a_dash_that_means_no_stays_no(self, tmp_path):
        """The remedy for one column does not change what another one says."""
        rows = ["A;2025-01-01;100;-", "B;2025-01-02;-;да", "C;2025-01-03;300;да"]
        text = "customer_id;lost_date;annual_revenue;verified;reasons\n"
        text += "".join(f"{row};Цена\n" for row in rows)
        folder = engagement(tmp_path, {"lost_customers": text})
        follow(folder, "words_among_values")
        assert told(folder) == ["missing_words"]
        frame = open_engagement(folder).tables["lost_customers"].frame
        assert frame["verified"].tolist() == [False, True, True]
        assert frame["annual_revenue"].isna().tolist() == [False, True, False]

    def test_a_number_may_be_a_word_for_nothing(self, tmp_path):
        """Programs of statistics write 99."""
        scores = (9, 99, 8, 10, 7, 9)
        lines = "".join(f"{n};2025-11-0{n};{score}\n" for n, score in enumerate(scores, 1))
        text = "respondent_id;date;score\n" + lines
        options = '[intake.survey]\nmissing = ["99"]\n'
        folder = engagement(tmp_path, {"survey": text}, options=options)
        assert told(folder) == ["missing_words"]

    @pytest.mark.parametrize("word", ["-", "нет", "No", "0", "nikto"])
    def test_a_word_for_nobody_recommends_nobody(self, tmp_path, word):
        rows = [f"C{i};2025-03-0{1 + i};100;{word if i else 'C7'}\n" for i in range(8)]
        text = "customer_id;date;amount;recommended_by\n" + "".join(rows)
        folder = engagement(tmp_path, {"sales": text, "survey": survey()})
        assert open_engagement(folder).tables["sales"].frame["recommended_by"].notna().sum() == 1
        assert open_book("loyalty", str(folder)).view.result.recommended.n == 1

    def test_a_dash_in_a_table_of_rules_is_what_it_was(self, tmp_path):
        tables = {
            "customers": "customer_id;segment;industry;region\nA;Опт;IT;-\nB;Опт;-;Юг\n",
            "segments": "order;segment;industry;region\n1;Опт;IT;-\n2;Прочие;;\n",
        }
        rules = open_engagement(engagement(tmp_path, tables)).tables["segments"].frame
        assert rules["region"].tolist()[0] == "-"

    def test_an_option_of_lists_belongs_to_tables_with_lists(self, tmp_path):
        folder = engagement(
            tmp_path, {"survey": survey()}, options='[intake.survey]\nsplit = ","\n'
        )
        with pytest.raises(InputError) as failure:
            open_engagement(folder)
        (problem,) = failure.value.problems
        assert (problem.code, problem.place.column) == (
            "split_without_lists",
            "intake.survey.split",
        )
        assert problem.facts["tables"] == "lost_customers"


class TestGlyphs:
    def test_54_a_group_that_no_font_has_is_told_and_drawn_as_boxes(self, tmp_path):
        folder = engagement(tmp_path, {"survey": survey(segment=["客户", "Малый", "Опт"])})
        assert told(folder) == ["no_glyph"]
        (problem,) = open_engagement(folder).problems
        assert (problem.facts["names"], problem.facts["count"]) == ("客户", 14)
        book = open_book("loyalty", str(folder))
        assert "客户" in {g.group for g in book.view.result.groups}
        assert any("客户" in w for w in book.quality.log)
