# Joinder 合证. `make` alone lists the targets. ARGS goes to the command behind a target: make demo ARGS=--no-serve

# The first of these that is Python 3.11 or later makes the environments; name another with `make PYTHON=... setup`.
PYTHON ?= $(or $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,\
  $(shell $(p) -c 'import sys; print("$(p)" if sys.version_info >= (3, 11) else "")' 2>/dev/null))),python3)
ARGS ?=
.DEFAULT_GOAL := help
.PHONY: help setup demo serve test test-full check format lock bench screenshots clean

help: ## Lists the targets, with a sentence each.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do \
	  printf '  make %-12s %s\n' "$$name" "$$text"; done

setup: ## Makes this clone ready: system packages, .venv, browser assets, translations (skips what is current).
	@$(PYTHON) scripts/setup.py run

demo: setup ## Runs the main job on a synthetic market, prints a summary and serves the site (ARGS=--no-serve stops there).
	@.venv/bin/joinder demo $(ARGS)

serve: setup ## Serves the site of the node that JOINDER_HOME names, else of the demo's node.
	@JOINDER_HOME="$${JOINDER_HOME:-demo/node}" .venv/bin/joinder serve $(ARGS)

test: ## Runs every check and every test but the large corpora; pytest's summary is the last line.
	@$(PYTHON) scripts/setup.py test
	@.venv/bin/python scripts/check.py test $(ARGS)

test-full: ## Runs `make test` and the tests on large corpora as well.
	@$(PYTHON) scripts/setup.py test
	@.venv/bin/python scripts/check.py test-full $(ARGS)

check: ## Runs the static checks alone: ruff, formatting, mypy, import-linter.
	@$(PYTHON) scripts/setup.py test
	@.venv/bin/python scripts/check.py static

format: ## Formats the Python files and mends what ruff can mend.
	@$(PYTHON) scripts/setup.py test
	@.venv/bin/ruff check --quiet --fix . ; .venv/bin/ruff format --quiet .

lock: ## Compiles requirements/*.in to lock files (ARGS=--upgrade takes the newest versions).
	@$(PYTHON) scripts/setup.py lock
	@$(PYTHON) scripts/lock.py $(ARGS)

bench: ## Runs the benchmarks that are there, each beside its peer, and writes their table.
	@$(PYTHON) scripts/setup.py test
	@.venv/bin/python scripts/bench.py $(ARGS)

screenshots: ## Takes the pictures in docs/images anew, from the tests that walk the pages in a real browser.
	@$(PYTHON) scripts/setup.py test
	@.venv/bin/python scripts/screenshots.py

clean: ## Removes everything that set-up, the demo and the checks made.
	@rm -rf .venv .venv-tools .venv-node .venv-lock .setup .cache node_modules demo build dist \
	  .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache src/joinder/office/ui/static
	@find src tests scripts verifier benchmarks \( -name '*.mo' -o -name __pycache__ \) -prune -exec rm -rf {} +
