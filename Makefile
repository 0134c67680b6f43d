# Every target sets up what it needs; README, CI and people use the same ones.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help run test check format golden locale docs bench clean
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kfl needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python lacks venv; on Debian: apt install python3-venv"; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@$(BIN)/python -m compileall -q kfl_cli  # once, also where Python may not keep what it compiles
	@touch $@

$(VENV)/.developer: $(VENV)/.installed
	@$(BIN)/pip install --quiet --disable-pip-version-check --group dev
	@touch $@

# Other tools, to be measured beside kfl; one that cannot be installed is said to be missing.
$(VENV)/peers/.installed: pyproject.toml
	@$(PYTHON) -m venv $(VENV)/peers
	@$(VENV)/peers/bin/pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	-@$(VENV)/peers/bin/pip install --quiet --disable-pip-version-check --group peers
	@touch $@

## make run      set up kfl, check plan.yaml and print Hedmarken's calendar
run: $(VENV)/.installed
	$(BIN)/kfl validate
	$(BIN)/kfl export --region hedmarken --ics

## make test     set up, then lint, type-check and run all tests with their coverage
test: $(VENV)/.developer check
	@rm -f .coverage*
	$(BIN)/coverage run -m pytest --numprocesses auto
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

check: $(VENV)/.developer
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

## make format   put the code in its one form
format: $(VENV)/.developer
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

## make golden   write the golden files anew; read the difference before you commit it
golden: $(VENV)/.developer
	$(BIN)/pytest -q --golden

## make locale   collect the texts and compile the catalogues
locale: $(VENV)/.developer
	$(BIN)/python -m tests.catalogues

## make docs     write docs/rules.md from the rules
docs: $(VENV)/.developer
	$(BIN)/python -c "from kfl_cli.catalogue import RULES; from kfl_cli.report import rules_page; print(rules_page(list(RULES.values())), end='')" > docs/rules.md

## make bench    measure kfl beside other tools, what judging costs beside reading, and what a national site costs
bench: $(VENV)/.developer $(VENV)/peers/.installed
	$(BIN)/python -m bench.compare
	$(BIN)/python -m bench.checks
	$(BIN)/python -m bench.site

clean:
	rm -rf $(VENV) build dist .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
