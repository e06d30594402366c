"""What the measures of a questionnaire are called, by its own report and from period to period."""

from workbook.diagnostics.controllability.questionnaire import MAIN_QUESTIONNAIRE


def compared_as(questionnaire: str, title: str, name: str, label: str = "") -> tuple[str, str]:
    """Return name and label of a measure: other questionnaires than the main one are named in it.

    >>> compared_as("controllability", "Control", "item", "3.4")
    ('item', '3.4')
    >>> compared_as("promise", "The promise", "index")
    ('other_index', 'The promise')
    """
    if questionnaire == MAIN_QUESTIONNAIRE:
        return name, label
    return f"other_{name}", ": ".join(part for part in (title, label) if part)
