# Everything a fresh machine with Python (3.11 or later, with venv) and make needs: `make timeline`, `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: timeline test test-lowest lint types docs golden pictures bench clean

timeline: $(VENV)/installed
	@$(BIN)/korea timeline

$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "korea needs Python 3.11 or later; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	@touch $@

$(VENV)/tools: $(VENV)/installed
	$(PIP) --upgrade 'pip>=25.1'
	$(PIP) --group dev
	@touch $@

lint: $(VENV)/tools
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/tools
	$(BIN)/mypy

docs: $(VENV)/installed
	$(BIN)/python scripts/document.py

pictures: $(VENV)/installed
	$(BIN)/python scripts/pictures.py

# Write anew what tests compare with, after a change that is meant: read the difference before committing it.
golden: $(VENV)/tools docs pictures
	KOREA_UPDATE=1 $(BIN)/pytest -q tests/docs/test_readme.py tests/contract/test_golden.py tests/reading/test_broken.py

bench: $(VENV)/tools
	$(BIN)/python benchmarks/bench.py

clean:
	rm -rf $(VENV) $(LOWEST) build dist .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache

test: lint types
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# The same tests with the lowest versions of what the program needs; `make test` has the highest.
LOWEST := .venv-lowest
test-lowest:
	$(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check --constraint tests/lowest.txt --editable . --group test
	$(LOWEST)/bin/python -m pytest
