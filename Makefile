# Openhall. `make demo` to see it, `make test` to check it; `make help` lists the rest.
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
OPENHALL_SHARED ?= ../shared
export PORT OPENHALL_SHARED

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --disable-pip-version-check --quiet --require-hashes --only-binary :all:
FOLDERS := config core accounts notices spaces checks tariffs bookings api demo tests bench manage.py
# What the production checks are run with; nothing here is a real secret or a real server.
PRODUCTION := DATABASE_URL=postgresql://openhall@127.0.0.1/openhall OPENHALL_HOSTS=openhall.example \
	OPENHALL_SECRET_KEY=for-the-deployment-check-only-0123456789-abcdefghijklmnopqrstuvwxyz \
	OPENHALL_HTTPS=1 OPENHALL_DEMO=0 OPENHALL_DEBUG=0
SOAK_SECONDS ?= 600

.PHONY: help demo serve test check soak contracts bench backup restore clean lock messages audit

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo: $(VENV)/.base ## Two fictional boroughs at 127.0.0.1:PORT (8000); Ctrl-C stops
	@$(PY) -m config.runner demo

serve: $(VENV)/.base ## The same without the demo's data and log-ins
	@$(PY) -m config.runner serve

test: $(VENV)/.test ## All tests but the long ones, under ten minutes
	$(PY) -m pytest -n 2 --dist loadfile -m "not soak and not bench and not race and not browser and not machine"
	$(PY) -m pytest -m "(race or machine) and not browser and not soak and not bench"
	$(PY) -m pytest -m "browser and not soak and not bench"

check: $(VENV)/.test ## Style, types, layers, templates, migrations, deployment
	$(VENV)/bin/ruff check $(wildcard $(FOLDERS))
	$(VENV)/bin/ruff format --check $(wildcard $(FOLDERS))
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint templates --lint --quiet
	git ls-files -z -- 'templates/*.html' | xargs -0 -r $(VENV)/bin/djade --check --target-version 5.2
	$(PRODUCTION) $(PY) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

audit: $(VENV)/.test ## Look for unsafe code
	$(VENV)/bin/bandit --quiet --recursive --severity-level medium \
	  $(filter-out tests bench manage.py,$(wildcard $(FOLDERS)))

soak: $(VENV)/.test ## Long races, kills and random histories (SOAK_SECONDS=600)
	OPENHALL_SOAK_SECONDS=$(SOAK_SECONDS) $(PY) -m pytest -m soak $(if $(SOAK_ONLY),-k "$(SOAK_ONLY)")

contracts: $(VENV)/.test ## Real files and real calendar clients; installs Node packages below tests/contracts
	@if [ -f tests/contracts/package-lock.json ]; then \
	  command -v npm >/dev/null || { echo "make contracts needs Node and npm: apt-get install nodejs npm"; exit 1; }; \
	  echo "Installing the Node clients of tests/contracts/package-lock.json"; \
	  npm --prefix tests/contracts ci --no-fund --no-audit --ignore-scripts; fi
	$(PY) -m pytest -m contract tests/contracts

bench: $(VENV)/.test ## Measure; figures go to bench/results.jsonl (CLAIMS=400000 for a quick run)
	$(PY) -m bench

backup: $(VENV)/.base ## Write the whole database to FILE=openhall.dump
	@test -n "$(FILE)" || { echo "Say where to: make backup FILE=openhall.dump"; exit 1; }
	@$(PY) manage.py backup "$(FILE)"

restore: $(VENV)/.base ## Replace the database by what FILE=openhall.dump holds
	@test -n "$(FILE)" || { echo "Say what from: make restore FILE=openhall.dump"; exit 1; }
	@$(PY) manage.py restore "$(FILE)"
	@$(PY) manage.py migrate --no-input --verbosity 0

clean: ## Stop the embedded database, then remove it, its data and the environment
	@if [ -x $(PY) ] && [ -f $(VENV)/.base ]; then $(PY) -m config.runner clean; fi
	rm -rf var $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

lock: ## Write the lock files again from requirements/*.in (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 1; }
	for set in base test; do uv pip compile --universal --generate-hashes --python-version 3.11 \
	  --no-emit-index-url --no-emit-find-links --no-header --quiet \
	  requirements/$$set.in --output-file requirements/$$set.txt || exit 1; done

messages: $(VENV)/.base ## Collect the words to translate into locale/, and compile them (needs gettext)
	@command -v xgettext >/dev/null || { echo "make messages needs gettext: apt-get install gettext"; exit 1; }
	$(PY) manage.py makemessages --locale cy --no-obsolete --no-wrap --ignore '.venv/*' --ignore 'var/*'
	$(PY) manage.py compilemessages --locale cy --ignore '.venv/*'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Openhall needs Python 3.11 or later; '$(PYTHON)' is not. Try PYTHON=python3.12 make demo"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.txt | $(VENV)/bin/python
	@echo "Installing what Openhall runs on (about half a minute) ..."
	@$(PIP) -r requirements/base.txt
	@touch $@

$(VENV)/.test: requirements/base.txt requirements/test.txt | $(VENV)/bin/python
	@echo "Installing what Openhall runs on and is tested with (about a minute) ..."
	@$(PIP) -r requirements/base.txt -r requirements/test.txt
	@touch $@ $(VENV)/.base
