"""What the people of the Slovak car service say of their work with customers.

Planted: management sees experience turned into rules and further sales where the branches see
nothing; complaints and tasks are marked high although the register and the control points say
otherwise.
"""

from data_samples.generate.answers_spec import Answers, Respondent, Round
from data_samples.generate.spec import Layout

PEOPLE = (
    Respondent(name="V1", role="Riaditeľka prevádzky", department="Vedenie", level="management"),
    Respondent(name="V2", role="Vedúci marketingu", department="Marketing", level="management"),
    Respondent(
        name="P1", role="Prijímací technik", department="Bratislava – Ružinov", level="line"
    ),
    Respondent(name="P2", role="Prijímací technik", department="Nitra", level="line"),
    Respondent(name="P3", role="Asistentka pobočky", department="Žilina", level="line"),
)

MARKS = {
    "1.1": "+ + ± + ±",
    "1.2": "± ± ± - ±",
    "1.3": "± ± - - ±",
    "1.4": "± + ? - ?",
    "1.5": "+ + ± ± +",
    "1.6": "± ± - ± ±",
    "1.7": "+ ± ± + ±",
    "1.8": "± - - - ?",
    "1.9": "+ + ± ± ±",
    "1.10": "± + - ± ±",
    "1.11": "± ± - ± +",
    "1.12": "+ + ± + +",
    "1.13": "+ + - - -",
    "1.14": "± ± - - ?",
    "2.1": "± + - - ?",
    "2.2": "- ± ? x ?",
    "2.4": "- ± ? - ?",
    "2.5": "- ± x - -",
    "3.1": "+ + ± ± +",
    "3.2": "+ + ± + ±",
    "3.3": "± + - - -",
    "3.4": "+ + - - -",
    "4.1": "± ± ? - ±",
    "4.2": "+ + ± + +",
    "4.3": "+ + + ± +",
    "4.4": "± ± - - ?",
    "4.5": "+ + ± + +",
    "4.6": "± ± - - ±",
    "4.7": "± ± x - ?",
    "4.8": "+ + ± ± +",
}

PLAN = Answers(
    rounds=(
        Round(
            questionnaire="controllability",
            people=PEOPLE,
            marks=MARKS,
            evidence={
                ("1.13", "P2"): "O príručke viem, na pobočke ju nemáme",
                ("1.13", "V1"): "Príručka prijímacieho technika, vydanie 2025",
                ("3.1", "V1"): "Register reklamácií",
                ("3.2", "V2"): "Tri vlny prieskumu",
                ("3.4", "P1"): "Keď je plno, nikto nič neponúka",
                ("4.8", "P3"): "Zoznam kontrolných bodov, kontrolujem ho v pondelok",
            },
        ),
    ),
    spellings={
        "+": {"+": 0.92, "plus": 0.08},
        "+/-": {"+/-": 0.75, "+-": 0.15, "čiastočne": 0.1},
        "-": {"-": 0.9, "mínus": 0.1},
        "don't know": {"neviem": 0.8, "?": 0.2},
    },
)

LAYOUT = Layout(
    table="answers",
    file="intake.xlsx",
    sheet="Odpovede",
    columns=(
        *("questionnaire", "respondent", "role", "department", "level", "item", "mark"),
        "evidence",
    ),
    title="Riadenosť – odpovede z rozhovorov 2. – 5. decembra 2025",
    blank_rows=2,
    untidy=0.03,
)
