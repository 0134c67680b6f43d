# Every target sets up what it needs; README, CI and people use the same ones.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check
FUZZ := 60
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --upgrade
MUTANTS := 12
TESTS := $(BIN)/python -m pytest --numprocesses auto --dist worksteal
# Tests that say nothing of other versions of Python or of libraries: browsers, faults, documentation, the package.
QUICK := $(filter-out $(foreach name,page faults docs package,tests/test_$(name).py),$(wildcard tests/test_*.py))

.PHONY: help run test coverage check format golden locale docs bench fuzz mutants pythons lowest audit lock clean
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

# What is installed is pinned with hashes: requirements/*.txt, written by make lock.
$(VENV)/.installed: pyproject.toml requirements/run.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kfl needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python lacks venv; on Debian: apt install python3-venv"; exit 1; }
	@$(PIP) install --require-hashes --requirement requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q kfl_cli  # once, also where Python may not keep what it compiles
	@touch $@

$(VENV)/.developer: $(VENV)/.installed requirements/dev.txt
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
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

# What checks HTML, for the tests of pages; without npm they are skipped, and say so.
VALIDATORS := tests/validators/node_modules/.installed
$(VALIDATORS): tests/validators/package-lock.json
	@if command -v npm > /dev/null; then \
		npm ci --prefix tests/validators --ignore-scripts --no-audit --no-fund --silent && touch $@; \
	fi || echo "the validators of HTML cannot be installed: npm ci failed"

## make test     set up, then run all tests, and beside them lint and type-check; shows why a test is skipped
test: $(VENV)/.developer $(VALIDATORS)
	@$(MAKE) --no-print-directory check > $(VENV)/check.txt 2>&1 & checked=$$!; \
	$(TESTS); code=$$?; \
	wait $$checked || code=1; cat $(VENV)/check.txt; exit $$code

## make coverage run all tests, each kfl in a start of its own, and measure which branches they reach
coverage: $(VENV)/.developer $(VALIDATORS)
	@rm -f .coverage*
	$(BIN)/coverage run -m pytest --numprocesses auto --dist worksteal --hypothesis-profile ci
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

## make check    lint and type-check
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
	$(TESTS) --quiet --golden

## make locale   collect the texts and compile the catalogues
locale: $(VENV)/.developer
	$(BIN)/python -m tests.catalogues

## make docs     write docs/rules.md from the rules
docs: $(VENV)/.developer
	$(BIN)/python -c "from kfl_cli.findings.rules.catalogue import RULES; from kfl_cli.findings.explain import rules_page; print(rules_page(list(RULES.values())), end='')" > docs/rules.md

## make bench    measure kfl beside other tools, what judging costs beside reading, and what a national site costs
bench: $(VENV)/.developer $(VENV)/peers/.installed
	$(BIN)/python -m compileall -q kfl_cli
	$(BIN)/python -m bench.compare
	$(BIN)/python -m bench.checks
	$(BIN)/python -m bench.site

## make fuzz     look for what breaks kfl, FUZZ=60 seconds for each target
fuzz: $(VENV)/.developer
	$(BIN)/python -m tests.fuzz $(FUZZ)

## make mutants  change the code in MUTANTS=12 places of each module of a table, and print what no test notices
mutants: $(VENV)/.developer
	$(BIN)/python -m tests.mutants $(MUTANTS)

## make pythons  run the quick tests with each Python of 3.11 to 3.14 that is on this machine
pythons: $(VENV)/.developer
	$(BIN)/python -m tests.pythons $(QUICK)

## make lowest   run the quick tests with the lowest versions that pyproject.toml allows
lowest: $(VENV)/.developer
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)/lowest
	@$(BIN)/uv pip install --quiet --python $(VENV)/lowest/bin/python --resolution lowest-direct \
		--editable '.[holidays,pdf,serve]' --group test
	@$(BIN)/uv pip list --quiet --python $(VENV)/lowest/bin/python
	$(VENV)/lowest/bin/python -m pytest --numprocesses auto --dist worksteal -p no:cacheprovider $(QUICK)

## make audit    ask whether a version that is pinned has a known fault
audit: $(VENV)/.developer
	$(BIN)/python -m tests.audit

## make lock     pin the versions anew, with hashes
lock: $(VENV)/.developer
	$(UV_COMPILE) --all-extras --group dev --group fuzz --group supply pyproject.toml --output-file requirements/dev.txt
	$(UV_COMPILE) --group build --constraint requirements/dev.txt pyproject.toml --output-file requirements/run.txt

clean:
	rm -rf $(VENV) build dist .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
