.DEFAULT_GOAL := help
PORT ?= 8000
PYTHON := .venv/bin/python
UV := .venv/bin/uv
UV_VERSION := 0.13.9
COMPILE := $(UV) pip compile --universal --generate-hashes --python-version 3.11

.PHONY: help
help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

.PHONY: run
run: .venv/.runtime ## Start Muster on http://127.0.0.1:8000/ (another port: make run PORT=8001)
	@$(PYTHON) -m deploy.run $(PORT)

.PHONY: test
test: .venv/.installed ## Run every test: on SQLite, on PostgreSQL, and in a browser
	@sh deploy/find_chromium.sh
	@exec $(PYTHON) -m deploy.test

.PHONY: chaos
chaos: .venv/.installed ## Kill workers in the middle of jobs, 50 times and 20 times; print what came of it
	@$(PYTHON) -m pytest tests/chaos --chaos -rP

.PHONY: lighthouse
lighthouse: .venv/.installed ## Score four pages with Lighthouse: 95 or better (needs Node; ten minutes)
	@sh deploy/find_chromium.sh
	@$(PYTHON) bench/lighthouse.py

.PHONY: coverage
coverage: .venv/.installed ## Say which lines no test reaches, beside those in the browser
	@$(PYTHON) -m pytest -m "not browser" --cov

# What mypy, import-linter and manage.py need to read the settings.
check: export SECRET_KEY := only for checks
check: export POSTGRES_PASSWORD := only for checks
check: export ALLOWED_HOSTS := localhost
check: export DATABASE_URL := sqlite://:memory:
.PHONY: check
check: .venv/.installed ## Run what CI checks beside the tests: lint, types, layers, migrations, images
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	find templates -name '*.html' -print0 | xargs -0 -r .venv/bin/djade --target-version 5.2 --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PYTHON) manage.py makemigrations --check
	.venv/bin/docker-compose --env-file .env.example config --quiet
	.venv/bin/hadolint Dockerfile

.PHONY: fixtures
fixtures: export SECRET_KEY := only for fixtures
fixtures: export ALLOWED_HOSTS := localhost
fixtures: .venv/.runtime ## Write fixtures/ anew from researched rows: make fixtures DATA=DIR
	@test -d "$(DATA)" || { echo "Say where the rows are: make fixtures DATA=DIR"; exit 1; }
	@scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; \
	export DATABASE_URL="sqlite:///$$scratch/record.sqlite3"; \
	$(PYTHON) manage.py migrate --verbosity 0 && \
	$(PYTHON) manage.py import_dataset "$(DATA)" && \
	$(PYTHON) manage.py build_fixtures

.PHONY: openapi
openapi: export SECRET_KEY := only for the document
openapi: export ALLOWED_HOSTS := localhost
openapi: .venv/.runtime ## Write the API's OpenAPI document anew, with examples from fixtures/
	@scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; \
	export DATABASE_URL="sqlite:///$$scratch/record.sqlite3"; \
	$(PYTHON) manage.py migrate --verbosity 0 && \
	$(PYTHON) manage.py load_fixtures --verbosity 0 && \
	$(PYTHON) manage.py build_openapi tests/recruitment/api/openapi.yaml

.PHONY: lock
lock: $(UV) ## Compile requirements*.txt from pyproject.toml
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) -c requirements.txt --group dev pyproject.toml -o requirements-dev.txt

# Two stamps, so that `make run` installs little; the larger set holds the smaller one.
.venv/.runtime: requirements.txt | $(UV)
	@$(UV) pip install --quiet --python $(PYTHON) --require-hashes -r $<
	@touch $@

.venv/.installed: requirements-dev.txt | $(UV)
	@$(UV) pip sync --quiet --python $(PYTHON) --require-hashes $<
	@touch $@ .venv/.runtime

# Each Python is tried out: pyenv has commands for versions that are not switched on.
$(UV):
	@for python in python3.13 python3.12 python3.11 python3; do \
		$$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
			2>/dev/null || continue; \
		$$python -m venv --clear .venv && exec $(PYTHON) -m pip install --quiet uv==$(UV_VERSION); \
		exit 1; \
	done; \
	echo "Muster needs Python 3.11 or newer with its venv module (Debian: apt-get install python3-venv)."; \
	exit 1
