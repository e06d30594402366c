"""What the people of the English engineering firm say of their work with customers, twice.

Planted: contacts and deals are recorded since the new CRM, timeliness and complaints slipped;
management sees cross-selling that the others do not; two items are marked high although deals
and control points are overdue; one item was left out.
"""

from data_samples.generate.answers_spec import Answers, Respondent, Round
from data_samples.generate.spec import Layout

BEFORE = (
    Respondent(
        name="Alan Mercer", role="Managing director", department="Board", level="management"
    ),
    Respondent(name="Ruth Kessler", role="Head of sales", department="Sales", level="management"),
    Respondent(name="Priya Nair", role="Account manager", department="Sales", level="line"),
    Respondent(name="Owen Pryce", role="Service engineer", department="Service", level="line"),
)
NOW = (
    *BEFORE,
    Respondent(name="Jodie Marr", role="Sales coordinator", department="Sales", level="line"),
)

MARKS_BEFORE = {
    "1.1": "+ + ± ±",
    "1.2": "± ± ± -",
    "1.3": "± ± - -",
    "1.4": "± ± - ?",
    "1.5": "+ + + ±",
    "1.6": "± ± ± -",
    "1.7": "± ± ± -",
    "1.8": "- ± - -",
    "1.9": "± ± ± ±",
    "1.10": "± + - -",
    "1.11": "± ± - -",
    "1.12": "+ + + ±",
    "1.13": "± - - -",
    "1.14": "- ± - -",
    "2.1": "± - - ?",
    "2.2": "± ± - ?",
    "2.4": "- ± - ?",
    "2.5": "- - - x",
    "3.1": "+ + ± ±",
    "3.2": "± + ± -",
    "3.3": "+ ± - -",
    "3.4": "+ ± - -",
    "4.1": "- ± - ?",
    "4.2": "+ + + +",
    "4.3": "+ + + ±",
    "4.4": "- ± - x",
    "4.5": "± ± ± ±",
    "4.6": "± - ± -",
    "4.7": "- - - x",
    "4.8": "- ± - -",
}
MARKS_NOW = {
    "1.1": "+ + + ± +",
    "1.2": "+ ± ± ± ±",
    "1.3": "± + + - ±",
    "1.4": "± ± - ? -",
    "1.5": "+ ± ± ± ±",
    "1.6": "± ± ± - -",
    "1.7": "+ + ± ± -",
    "1.8": "± ± - - ?",
    "1.9": "+ ± ± ± ?",
    "1.10": "+ + ± - -",
    "1.11": "+ + + ± +",
    "1.12": "+ + + ± +",
    "1.13": "± ± - - -",
    "1.14": "+ + ± ± +",
    "2.1": "± ± - ? -",
    "2.2": "+ + ± x ±",
    "2.4": "± + - ? ±",
    "2.5": "± ± - x -",
    "3.1": "+ ± ± ± -",
    "3.2": "+ + + ± ?",
    "3.3": "+ + - - -",
    "3.4": "+ ± - - -",
    "4.1": "± ± ± ? -",
    "4.2": "+ + + + +",
    "4.3": "+ + + + +",
    "4.4": "+ + ± x ±",
    "4.5": "± + ± ± .",
    "4.6": "± ± ± - ±",
    "4.7": "- ± - x -",
    "4.8": "+ + ± ± +",
}

PLAN = Answers(
    rounds=(
        Round(questionnaire="controllability", wave="2024", people=BEFORE, marks=MARKS_BEFORE),
        Round(
            questionnaire="controllability",
            wave="2025",
            people=NOW,
            marks=MARKS_NOW,
            evidence={
                ("1.5", "Owen Pryce"): "Two engineers short since June",
                ("1.11", "Jodie Marr"): "Calls and visits are in the CRM",
                ("1.14", "Ruth Kessler"): "Monthly pipeline review",
                ("3.1", "Jodie Marr"): "Tickets get closed without anybody asking why",
                ("3.3", "Alan Mercer"): "Target matrix",
                ("3.3", "Priya Nair"): "Never seen one",
                ("4.8", "Alan Mercer"): "CRM task list",
            },
        ),
    ),
    spellings={
        "+": {"+": 0.85, "plus": 0.1, "Plus": 0.05},
        "+/-": {"+/-": 0.65, "+ / -": 0.2, "partly": 0.1, "plus/minus": 0.05},
        "-": {"-": 0.8, "−": 0.1, "minus": 0.1},
        "don't know": {"don't know": 0.6, "Don’t know": 0.2, "?": 0.2},
        "not applicable": {"n/a": 0.7, "N/A": 0.3},
    },
)

LAYOUT = Layout(
    table="answers",
    file="answers.xlsx",
    sheet="Answers",
    columns=("wave", "respondent", "role", "department", "level", "item", "mark", "evidence"),
    untidy=0.05,
    blank_rows=1,
)
