# Everything runs in .venv, made from requirements.lock; nothing outside this folder is touched.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help report test lint lab check lock bench clean

help: ## show this list
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

report: $(STAMP) ## run every notebook and write reports/
	$(BIN)/briefing report

test: $(STAMP) ## run all tests, the notebooks included
	$(BIN)/pytest -n auto

lint: $(STAMP) ## ruff on code and notebooks, mypy on the package
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lab: $(STAMP) ## open JupyterLab on the notebooks
	$(BIN)/jupyter lab --notebook-dir=notebooks

check: $(STAMP) ## check data/ against its schema and rules
	$(BIN)/briefing check

bench: $(STAMP) ## print the benchmarks' ratios (an hour)
	$(BIN)/python tests/benchmarks/bench_checks.py
	$(BIN)/python tests/benchmarks/bench_reports.py

lock: ## renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --quiet --output-file requirements.lock

clean: ## remove .venv, reports/ and caches
	rm -rf .venv reports .pytest_cache .ruff_cache .mypy_cache .hypothesis

# uv where present (faster), else pip; both refuse a file whose hash is not in the lock.
# The package itself goes in without dependencies: a hashed lock cannot hold a local folder.
$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv --clear .venv
	if command -v uv >/dev/null 2>&1; then \
		uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && \
		uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	fi
	touch $(STAMP)
