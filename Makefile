# Two commands on a fresh machine: `make reports` and `make test`.
# All they need is Python 3.11 or newer (PYTHON=... to choose one) and the network once.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check
UV     ?= uv

export PYTHONUTF8 := 1

.PHONY: reports test test-corpora calibration bench lab lint format lock clean
.DEFAULT_GOAL := reports

## reports: render every sample engagement to reports/
reports: $(VENV)/.run
	@$(BIN)/workbook run data_samples --out reports

## test: run the whole test suite
test: $(VENV)/.test
	-@$(BIN)/python -m compileall -q workbook tests
	@$(BIN)/python -m pytest -q -n auto --dist loadfile --nbval-lax --nbval-current-env tests notebooks

## test-corpora: public collections of hostile texts and tables, PATHS="FOLDER ..." (not shipped)
test-corpora: $(VENV)/.test
	@$(BIN)/python -m benchmarks.corpora $(PATHS)

## calibration: how often reports name what is not there, in full (an hour); its table and picture
calibration: $(VENV)/.test
	@$(BIN)/python -m benchmarks.calibration

## bench: what has to stay fast, as ratios to the plain tools (three minutes, idle machine)
bench: $(VENV)/.test
	@$(BIN)/python -m benchmarks.ratios

## lab: open the notebooks in JupyterLab
lab: $(VENV)/.lab
	@$(BIN)/jupyter lab notebooks

# --keep-count: nbval compares a saved output only where the cell has its number
## lint: style, types, stripped notebooks
lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/nbstripout --verify --keep-id --keep-count notebooks/*.ipynb

## format: let ruff and nbstripout mend what they can
format: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/nbstripout --keep-id --keep-count notebooks/*.ipynb

## lock: resolve the dependencies anew for every platform (needs uv)
lock:
	@UV="$(UV)" sh requirements/lock.sh

## clean: remove the environment and what was rendered
clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find reports -mindepth 1 ! -name .gitkeep -delete

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "$(PYTHON) cannot make environments (on Debian: apt install python3-venv)"; exit 1; }

# --no-build-isolation: what builds the package is in the lock too; compileall: every process of a
# run would compile the package anew where Python may not keep what it compiled
$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "installing what a run needs into $(VENV)"
	@$(PIP) install --quiet --require-hashes -r requirements/run.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	-@$(BIN)/python -m compileall -q workbook
	@touch $@

$(VENV)/.%: requirements/%.txt $(VENV)/.run
	@echo "installing what $* needs into $(VENV)"
	@$(PIP) install --quiet --require-hashes -r requirements/$*.txt
	@touch $@
