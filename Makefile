# You need Python 3.11 or later, with venv, and make. Start with `make timeline` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Some tests need Node.js with npm, or other programs. Those that cannot run here are listed and skipped; CI runs all.
WITHOUT ?= $(shell command -v npm >/dev/null || printf node,; \
	for each in chromium pandoc pdftotext soffice weasyprint; do command -v $$each >/dev/null || printf $$each,; done)

# The seed of random test data and of the order of tests. `make test SEED=$$RANDOM` tries another one.
SEED ?= 1

.PHONY: timeline page test test-lowest test-spark lint types docs golden pictures bench bench-scale fuzz mutants clean

timeline: $(VENV)/installed
	@$(BIN)/korea timeline

# Open the events as a web page.
page: $(VENV)/installed
	@mkdir -p build
	@$(BIN)/korea timeline -o build/chronology.html
	@$(BIN)/python -m webbrowser "file://$(CURDIR)/build/chronology.html" >/dev/null || true

$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "korea needs Python 3.11 or later; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable '.[ics,xlsx,bib,yaml,duckdb]'
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

# The pictures of the web page need Chromium.
pictures: $(VENV)/tools
	$(BIN)/python scripts/pictures.py
	$(if $(findstring chromium,$(WITHOUT)),@echo "skipped the pictures of the web page: chromium is not installed",$(BIN)/python scripts/screenshots.py)

# Update the output in the docs and in golden tests after an intended change. Review the diff before you commit it.
golden: $(VENV)/tools docs pictures
	KOREA_UPDATE=1 $(BIN)/pytest -q tests/docs/test_readme.py tests/contract/test_golden.py tests/reading/test_broken.py

# Compare random queries: the results from the cache, from the files and by brute force must be the same; with ENGINES=1,
# those of SQLite and DuckDB.
QUERIES ?= 100000
ENGINES ?=
FIRST ?= 0
fuzz: $(VENV)/tools
	PYTHONPATH=tests $(BIN)/python -m law.fuzz --queries $(QUERIES) --seed $(SEED) --first $(FIRST) $(if $(ENGINES),--engines)

bench: $(VENV)/tools
	$(BIN)/python benchmarks/bench.py

# Measure what is larger than a data file: exports, for docs/scale.md, and tables of others, which is printed.
bench-scale: $(VENV)/tools
	$(BIN)/python benchmarks/scale.py
	$(BIN)/python benchmarks/foreign.py

# Change the code in small places and count how often tests notice: `make mutants AREA=dates SAMPLE=200 SEED=2`.
AREA ?=
SAMPLE ?= 60
mutants: $(VENV)/tools
	$(PIP) --group mutants
	PYTHONPATH=tests $(BIN)/python scripts/mutants.py $(AREA) --sample $(SAMPLE) --seed $(SEED)

clean:
	rm -rf $(VENV) $(LOWEST) $(SPARK) build dist .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache

OUTSIDE := $(if $(findstring node,$(WITHOUT)),,tests/node_modules/installed)

tests/node_modules/installed: tests/package.json
	npm install --prefix tests --no-package-lock --no-audit --no-fund --ignore-scripts --silent
	@touch $@

test: lint types $(OUTSIDE)
	@$(if $(WITHOUT),echo "Skipping the tests that need what is not installed: $(WITHOUT:,=)")
	$(BIN)/coverage erase
	KOREA_SEED=$(SEED) KOREA_TESTS_WITHOUT=$(WITHOUT) $(BIN)/coverage run -m pytest --durations=20
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# Run the tests of exports on Spark. They start a server on this machine, which needs Java 17: that of SPARK_HOME, else of
# the package `pyspark`, which takes 900 MB.
SPARK := .venv-spark
SPARK_HOME ?= $(shell $(SPARK)/bin/python -c 'import pyspark; print(*pyspark.__path__)' 2>/dev/null)
test-spark: $(VENV)/tools $(if $(shell command -v java),$(if $(SPARK_HOME),,$(SPARK)/installed))
	$(PIP) --editable '.[duckdb,spark]'
	KOREA_TESTS_SPARK=$(SPARK_HOME) KOREA_SEED=$(SEED) $(BIN)/pytest -n0 -rs tests/spark

$(SPARK)/installed:
	$(PYTHON) -m venv $(SPARK)
	$(SPARK)/bin/python -m pip install --quiet --disable-pip-version-check 'pyspark>=4,<5'
	@touch $@

# Run the tests of what uses libraries, with their lowest allowed versions. `make test` uses the latest ones.
LOWEST := .venv-lowest
USES_LIBRARIES := tests/base tests/dates tests/reading tests/drawing tests/formats tests/editing tests/page tests/cache/test_place.py tests/store/test_spark_sql.py \
	$(addprefix tests/ingest/test_,bibliographies.py workbooks.py) \
	$(addprefix tests/contract/test_,add.py chart.py colors.py exit_codes.py golden.py help.py remote_tables.py set.py startup.py terminal.py)
test-lowest:
	$(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check --constraint tests/lowest.txt --editable '.[ics,xlsx,bib,yaml,duckdb]' --group test duckdb-extension-httpfs
	KOREA_SEED=$(SEED) KOREA_TESTS_WITHOUT=node,chromium,pandoc,soffice $(LOWEST)/bin/python -m pytest $(USES_LIBRARIES)
