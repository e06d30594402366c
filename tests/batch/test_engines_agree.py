"""Whatever runs a notebook, its cells and outputs are the same, and no notebook sees another."""

import copy
import json
import os
import warnings
from importlib.metadata import entry_points
from pathlib import Path

import nbformat
import pytest
from papermill.engines import Engine

from workbook.batch.forked_process import ForkedProcesses
from workbook.batch.notebook_engine.run_notebook import run_papermill
from workbook.batch.process_start import CAN_FORK
from workbook.language.package_data import notebooks

from .notebooks import RESULT, SHOW, in_a_fresh_process, job_of, notebook_of, result_of

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="needs processes that fork safely")

SAMPLES = Path(__file__).parent.parent.parent / "data_samples"
EVERY_KIND_OF_OUTPUT = [
    "x = 41\nx + 1",
    "import sys\nprint('out'); print('err', file=sys.stderr); print('more')",
    "from IPython.display import HTML, clear_output, display, update_display\n"
    "display(HTML('<b>bold</b>'), metadata={'k': 1})",
    "handle = display('first', display_id='one')\nhandle.update('second')",
    "print('gone')\nclear_output()\nprint('kept')",
    "print('gone')\nclear_output(wait=True)\nprint('kept')",
    "import pandas as pd\npd.DataFrame({'a': [1.5, None], 'б': ['x', 'ž']})",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "class Both:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    "        data = {'text/plain': 'p', 'image/svg+xml': '<svg/>'}\n"
    "        return data, {'image/svg+xml': {'alt': 'a'}}\n"
    "Both()",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
    "%precision 3\n3.14159265",
    "None",
    "'silent';",
    "!echo shell",
    "_, Out[3], In[2]",
    "__name__, type(get_ipython()).__mro__[-6].__name__",
    RESULT,
]


@pytest.fixture
def run(tmp_path):
    """Return a function that runs a notebook one way."""

    def execute(way, path, **options):
        folder = tmp_path / f"work-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the libraries around the kernel
            return way(job_of(path, folder, **options))

    return execute


@pytest.fixture
def written(tmp_path):
    """Return a function that writes a notebook of cells."""

    def write(*sources):
        path = tmp_path / "tiny.ipynb"
        nbformat.write(notebook_of(*sources), path)
        return path

    return write


def essence(notebook):
    """Return the notebook without times, paths of temporary files and the like."""
    plain = copy.deepcopy(notebook)
    plain.metadata.pop("papermill")
    plain.metadata.pop("kernelspec")
    for cell in plain.cells:
        cell.pop("id", None)  # the injected cell has a new one each time
        times = cell.metadata.pop("papermill")
        cell.metadata["papermill"] = [times["exception"], times["status"]]
        cell.metadata["execution"] = sorted(cell.metadata.get("execution", ()))
    return json.loads(json.dumps(plain))


def test_every_kind_of_output_is_the_same(run, written):
    path = written(*EVERY_KIND_OF_OUTPUT)
    plain = essence(run(run_papermill, path))
    warm = essence(run(in_a_fresh_process, path))
    for number, (one, other) in enumerate(zip(plain["cells"], warm["cells"], strict=True)):
        assert one == other, f"cell {number}"
    assert plain == warm


@pytest.mark.parametrize(
    ("diagnostic", "sample"),
    [("financial_quartiles", "severstroy"), ("loyalty", "ural-tekhnika")],
)
def test_a_report_is_the_same_cell_for_cell(diagnostic, sample, run):
    path = notebooks() / f"{diagnostic}.ipynb"
    engagement = str(SAMPLES / sample)
    plain = essence(run(run_papermill, path, engagement=engagement, timeout=300))
    warm = essence(run(in_a_fresh_process, path, engagement=engagement, timeout=300))
    assert plain == warm


STATE = {
    "a variable": ("leak = 1", "'leak' in globals()", False),
    "a chart style": (
        "import matplotlib as mpl; mpl.rcParams['savefig.dpi'] = 99",
        "__import__('matplotlib').rcParams['savefig.dpi'] == 99",
        False,
    ),
    "a seaborn theme": (
        "import seaborn as sns; sns.set_theme(style='dark')",
        "__import__('matplotlib').rcParams['axes.facecolor'] == '#EAEAF2'",
        False,
    ),
    "an option of pandas": (
        "import pandas as pd; pd.set_option('display.precision', 1)",
        "__import__('pandas').get_option('display.precision')",
        6,
    ),
    "the environment": (
        "import os; os.environ['LEAK'] = '1'",
        "__import__('os').getenv('LEAK')",
        None,
    ),
    "the working folder": ("import os; os.chdir('/')", "__import__('os').getcwd() == '/'", False),
    "a patched function": (
        "import workbook.stats as s; s.leak = 1",
        "hasattr(__import__('workbook.stats').stats, 'leak')",
        False,
    ),
    "a filter of warnings": (
        "import warnings; warnings.simplefilter('error')",
        "__import__('warnings').filters[0][0] == 'error'",
        False,
    ),
    "a builtin": (
        "import builtins; builtins.leak = 1",
        "hasattr(__import__('builtins'), 'leak')",
        False,
    ),
    "the decimal context": (
        "import decimal; decimal.getcontext().prec = 3",
        "__import__('decimal').getcontext().prec",
        28,
    ),
    "a file": (
        "import tempfile; open(tempfile.gettempdir() + '/left.txt', 'w').close()",
        "__import__('os').path.exists(__import__('tempfile').gettempdir() + '/left.txt')",
        False,
    ),
    "the recursion limit": (
        "import sys; sys.setrecursionlimit(99999)",
        "__import__('sys').getrecursionlimit() == 99999",
        False,
    ),
}


def test_nothing_that_one_report_sets_is_seen_by_the_next(run, written):
    setting = [f"{cell}" for cell, _, _ in STATE.values()]
    run(in_a_fresh_process, written(*setting, RESULT))
    looks = ", ".join(f"{name!r}: {look}" for name, (_, look, _) in STATE.items())
    seen = result_of(run(in_a_fresh_process, written(SHOW.format(f"{{{looks}}}"))))
    assert seen == {name: clean for name, (_, _, clean) in STATE.items()}


def test_what_one_report_sets_it_sees_itself(run, written):
    """Else the test above could not fail."""
    looks = ", ".join(f"{name!r}: {look}" for name, (_, look, _) in STATE.items())
    setting = [cell for cell, _, _ in STATE.values()]
    seen = result_of(run(in_a_fresh_process, written(*setting, SHOW.format(f"{{{looks}}}"))))
    assert [name for name, (_, _, clean) in STATE.items() if seen[name] == clean] == []


def test_each_report_draws_its_own_random_numbers(run, written):
    look = "import random, numpy as np\n" + SHOW.format(
        "{'drawn': [random.random(), float(np.random.random())]}"
    )
    path = written(look)
    drawn = [result_of(run(in_a_fresh_process, path))["drawn"] for _ in range(2)]
    assert len({*drawn[0], *drawn[1]}) == 4


def test_a_process_is_used_for_one_notebook():
    processes = ForkedProcesses()
    assert len({processes.call(os.getpid) for _ in range(3)}) == 3


def test_papermill_knows_the_engine_by_name():
    (found,) = entry_points(group="papermill.engine", name="workbook-warm")
    assert issubclass(found.load(), Engine)
