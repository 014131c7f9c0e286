# `make help` lists what can be done here.

.DEFAULT_GOAL := help
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: help setup run test lint format test-sqlite test-postgres test-browser screenshots prove bench lock upgrade clean

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make ready to run: virtual environment, packages, libraries of the system
	@bin/setup

run: ## Start the sample office on http://127.0.0.1:8000 (PORT=8001 make run: another port)
	@bin/run

test: ## Check everything: lint, SQLite, PostgreSQL, Chromium; installs what that needs
	@bin/setup --tests
	@.venv/bin/python bin/check

lint: ## Check rules, formatting, imports, migrations and production settings
	@bin/setup --tests
	@.venv/bin/python bin/check lint format imports migrations deploy

format: ## Put right what a machine can: formatting of Python and templates, order of imports
	@bin/setup --tests
	@.venv/bin/ruff check --quiet --fix-only
	@.venv/bin/ruff format --quiet
	@find templates -name '*.html' -exec .venv/bin/djade {} + >/dev/null 2>&1 || true

test-sqlite: ## Run the suite on SQLite
	@bin/setup --tests
	@.venv/bin/python bin/check sqlite

test-postgres: ## Run the suite on a PostgreSQL of its own
	@bin/setup --tests
	@.venv/bin/python bin/check postgres

test-browser: ## Run the tests of pages in Chromium
	@bin/setup --tests
	@.venv/bin/python bin/check browser

screenshots: ## Take the pictures of README.md anew, from a fresh sample office
	@bin/setup --tests
	@bin/screenshots

prove: ## Prove at length that nothing is lost and actions keep their rules: 500 interleavings, 200 kills, 20 of the browser, 300 offices
	@bin/setup --tests
	@bin/prove

bench: ## Measure what benchmarks/README.md records
	@bin/setup --tests
	@benchmarks/measure

lock: ## Lock the packages that pyproject.toml asks for, keeping versions that still fit
	@bin/setup --tests
	@$(LOCK) pyproject.toml -o requirements.lock
	@$(LOCK) --group dev -c requirements.lock -o requirements-dev.lock

upgrade: ## Lock the newest versions that pyproject.toml allows
	@$(MAKE) --no-print-directory lock LOCK="$(LOCK) --upgrade"

clean: ## Remove what was made here, but for the data in var/
	@rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
