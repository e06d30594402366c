"""Headings and values of columns that are not read but say which rows count."""

from workbook.language.nearest import plain


def _words(*words: str) -> frozenset[str]:
    return frozenset(map(plain, words))


STATUS = _words(
    *("status", "response status", "survey status", "response type", "record type", "state"),
    *("distribution channel", "collection status", "completion status", "record status"),
    *("статус", "статус ответа", "статус анкеты", "статус прохождения", "состояние", "тип ответа"),
    *("stav", "stav odpovede", "stav dotazníka", "typ odpovede", "stav vyplnenia"),
)
TEST = _words(
    *("test", "is test", "test response", "test answer", "preview", "is preview", "spam"),
    *("тест", "тестовый", "тестовая", "тестовый ответ", "тестовая анкета", "спам"),
    *("testovacia", "testovacia odpoveď", "testovací", "skúšobná"),
)
PREVIEWS = _words(
    *("survey preview", "survey test", "spam", "survey preview spam", "survey test spam"),
    *("imported spam", "offline survey preview", "offline survey test", "ex spam"),
)
"""Values that can mean nothing else, in whichever column they stand."""
TESTS = PREVIEWS | _words(
    *("preview", "test", "testing", "test response", "тест", "тестовый", "тестовая", "проверка"),
    *("deleted", "удалена", "удален"),
    *("предпросмотр", "предварительный просмотр", "спам", "test data", "тестовые данные"),
    *("náhľad", "skúška", "testovacia", "testovací", "skúšobná"),
)
"""Values of a column of statuses."""
TYPED_TESTS = _words(
    *("test", "testing", "test test", "test response", "test answer", "asdf", "qwerty"),
    *("тест", "тест тест", "тестовый ответ", "тестовая анкета", "это тест", "йцукен", "фыва"),
    *("testovacia odpoveď", "skúšobná odpoveď", "toto je test"),
)
"""What those who try a form out type into its fields."""
QUALTRICS = {"1": "Survey Preview", "2": "Survey Test", "8": "Spam", "9": "Survey Preview Spam",
             "12": "Imported Spam", "17": "Offline Survey Preview"}  # fmt: skip
"""Numeric statuses of Qualtrics."""
FINISHED = _words(
    *("finished", "completed", "complete", "is complete", "is completed", "is finished"),
    *("response complete", "survey completed", "survey finished"),
    *("завершено", "завершен", "завершена", "анкета завершена", "опрос завершен", "закончено"),
    *("dokončené", "dokončený", "dokončená", "dotazník dokončený", "ukončené"),
)
PROGRESS = _words(
    *("progress", "% complete", "percent complete", "completion", "completion rate", "progress %"),
    *("прогресс", "прогресс, %", "процент завершения", "% завершения", "заполнено, %"),
    *("priebeh", "percento vyplnenia", "vyplnené, %", "% vyplnenia"),
)
UNFINISHED = _words(
    *("incomplete", "partial", "partially completed", "partial response", "in progress"),
    *("not finished", "not completed", "unfinished", "started", "abandoned", "disqualified"),
    *("screened out", "screen out", "screenout", "terminated", "over quota", "quota full"),
    *("overquota", "drop out", "dropout", "dropped out", "timed out", "incompleted"),
    *(
        "неполный",
        "неполная",
        "неполное",
        "частично",
        "частичный",
        "частичная",
        "частично заполнена",
    ),
    *("незавершенный", "незавершенная", "незавершен", "незавершена", "незавершено"),
    *("не завершен", "не завершена", "не завершено", "в процессе", "начата", "начат", "прервана"),
    *("прервано", "прерван", "отсеян", "отсеяна", "скринаут", "дисквалифицирован", "брошена"),
    *("дисквалификация", "сверх квоты", "не закончена", "не закончен"),
    *("neúplný", "neúplná", "neúplné", "čiastočný", "čiastočná", "čiastočne", "nedokončené"),
    *("nedokončená", "nedokončený", "rozpracované", "rozpracovaná", "prebieha", "prerušené"),
    *("vyradený", "vyradená", "začaté", "začatý", "nad kvótu"),
)
POSTED = _words(
    *("posted", "is posted", "approved", "confirmed", "active", "valid"),
    *("проведен", "проведён", "проведено", "проведена", "утвержден", "подтвержден", "активен"),
    *("zaúčtované", "zaúčtovaný", "zaúčtovaná", "schválené", "potvrdené", "platné", "aktívny"),
)
"""Yes means that the row counts."""
DELETED = _words(
    *("deleted", "is deleted", "deletion mark", "marked for deletion", "storno", "reversed"),
    *("cancelled", "canceled", "is cancelled", "void", "voided", "internal", "is internal"),
    *("archived", "duplicate", "excluded", "draft", "returned", "reversal"),
    *(
        "пометка удаления",
        "пометка на удаление",
        "удален",
        "удалён",
        "удалено",
        "помечен на удаление",
    ),
    *("сторно", "отменен", "отменён", "отменено", "аннулирован", "аннулировано", "внутренний"),
    *("внутренняя", "внутригрупповой", "архив", "дубль", "черновик", "исключить"),
    *("vymazané", "vymazaný", "zmazané", "zrušené", "zrušený", "stornované", "interné", "interný"),
    *("archív", "duplicita", "koncept", "označené na vymazanie"),
)
"""Yes means that the row does not count."""
TELLING = STATUS | TEST | FINISHED | POSTED | DELETED
YES = _words("yes", "y", "true", "1", "+", "да", "истина", "áno", "ano", "pravda", "x", "✓", "v")
NO = _words("no", "n", "false", "0", "-", "нет", "ложь", "nie", "nepravda", "")
