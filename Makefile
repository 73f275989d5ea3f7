# `make help` lists what can be done here. Everything runs in .venv, which is made from uv.lock when it is needed.

PYTHON ?= python3
BIN := .venv/bin
# A uv that is installed is used; else one is put into .uv/ with pip, and nothing else on the machine changes.
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
# The environment gets the Python that somebody names; else uv finds one.
ifneq ($(origin PYTHON),file)
export UV_PYTHON ?= $(PYTHON)
endif
ARGS ?=
# What Python compiled is kept, whatever the machine says: without it every process that a test starts compiles Django and
# Wagtail anew, three seconds of the processor each.
unexport PYTHONDONTWRITEBYTECODE
# Tests are shared out between processes, a file's tests to one of them; as many as there are cores (four at most).
# PROCESSES=0: no other process.
PROCESSES ?= $(shell $(PYTHON) -c 'import os; print(min(4, os.cpu_count() or 1))')
PYTEST = $(BIN)/python -m pytest
MOST = tests/unit tests/db tests/browser
SHARED = $(PYTEST) -n $(PROCESSES) --dist loadfile
# What takes its time is not ended as if it hung.
PATIENT = -o faulthandler_timeout=0

.DEFAULT_GOAL := help
.PHONY: help demo drill dictionaries test test-quick test-most test-services test-long coverage lint work bench bench-documents bench-review bench-search bench-office bench-public bench-trust catalogues services sbom vulnerabilities wheel docs clean

help: ## List these targets
	@echo "Kodeks:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | while IFS='|' read -r name text; do printf '%-22s %s\n' "$$name" "$$text"; done

# Debian's bilingual dictionaries: free data under the GPL, 7 MB. They are read there and are no part of Kodeks.
DICTIONARIES := apertium-hbs-eng apertium-hbs-mkd apertium-mkd-eng dict-freedict-hrv-eng

dictionaries: var/dictionaries ## Fetch Debian's bilingual dictionaries for search across languages

var/dictionaries:
	@mkdir -p $@.new && cd $@.new && timeout 120 apt-get download -qq $(DICTIONARIES) 2>/dev/null \
		&& for package in *.deb; do dpkg -x $$package . && rm $$package; done && mv ../$(notdir $@).new ../$(notdir $@) \
		|| { rm -rf ../$(notdir $@).new; echo "Debian's bilingual dictionaries could not be fetched: search across languages knows fewer words."; false; }

demo: .venv/.run ## Run the demonstration: site and worker on this machine, with content and sign-ins
	@$(MAKE) --no-print-directory dictionaries || true
	@exec $(BIN)/python manage.py demo $(ARGS)

drill: .venv/.dev ## Back up a site with documents, damage it, restore it elsewhere and compare every row and file
	$(PYTEST) -n 0 tests/db/backup -k drill

work: .venv/.run ## Run the background worker alone
	@exec $(BIN)/python manage.py work $(ARGS)

# Beside each other: while tests wait for a service, the other core is free.
test: services catalogues ## Check and test everything, with the real services (ARGS="-k word" picks tests)
	@mkdir -p var; $(MAKE) --no-print-directory -j3 --output-sync=target test-most test-services lint

test-quick: .venv/.dev ## Test what needs the database at most, and no other service
	$(SHARED) tests/unit tests/db $(ARGS)

# What fails is tried once more, alone, and the output says so: on a busy machine a page may be too slow for its test.
test-most: .venv/.dev
	$(SHARED) $(MOST) $(ARGS) || { echo "Again, what failed:"; $(PYTEST) $(MOST) --last-failed --last-failed-no-failures none $(ARGS); }

test-services: .venv/.dev ## Test what needs LibreOffice, Elasticsearch, S3 or whole servers
	$(PYTEST) tests/services -o cache_dir=.pytest_cache/services $(ARGS)$(if $(ARGS), || [ $$? -eq 5 ])

test-long: .venv/.dev ## Test everything, each property with all its examples
	KODEKS_LONG=1 $(SHARED) $(PATIENT) $(ARGS)

coverage: .venv/.dev ## Measure which branches the tests reach; the floor is in pyproject.toml
	$(SHARED) --cov --cov-report=term $(ARGS)

services: .venv/.dev
	$(BIN)/python -m tests.support.services

lint: .venv/.dev catalogues ## Style, types, templates, imports, migrations, catalogues
	$(UV) lock --check --quiet
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djhtml --check --tabwidth 2 documents search workflows site
	$(BIN)/lint-imports
	$(BIN)/deptry --no-ansi documents search workflows site deploy
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m tests.support.lint_migrations
	$(BIN)/python -m config.catalogues check

catalogues: .venv/.run
	@$(BIN)/python -m config.catalogues compile

bench: .venv/.dev ## Measure what must be fast, and print the figures
	$(PYTEST) $(PATIENT) bench -s $(ARGS)

bench-documents: .venv/.dev ## Measure reading, comparing, redlines, tracked changes and the aligning of languages (WORD=folder of Word files)
	$(if $(WORD),KODEKS_WORD_FILES=$(WORD)) $(PYTEST) $(PATIENT) bench/test_reading.py bench/test_hostile.py bench/test_documents.py bench/test_own_file.py bench/test_comparison_speed.py bench/test_comparison_scores.py bench/test_recognition.py bench/test_aligning.py bench/test_tracked_in_libreoffice.py -s -n 0 $(ARGS)

bench-review: .venv/.dev ## Measure a review of a large text 
	$(PYTEST) $(PATIENT) bench/test_review.py -s $(ARGS)

bench-search: .venv/.dev ## Measure search on 50,000 sections (SECTIONS=1000000 for a million)
	KODEKS_BENCH_SECTIONS=$(or $(SECTIONS),50000) $(PYTEST) $(PATIENT) bench/test_search_speed.py bench/test_search_quality.py bench/test_search_questions.py bench/test_across_languages.py bench/test_search_slips.py -s $(ARGS)

bench-office: .venv/.dev ## Measure every page of the office, for each role, with twenty times the demonstration
	$(PYTEST) $(PATIENT) bench/test_office_pages.py -s -n 0 $(ARGS)

bench-public: .venv/.dev ## Measure the public site in Chromium: first view, traces, leaving, axe, HTML, load, leaks (KODEKS_CHROMIUM=a whole browser)
	$(PYTEST) $(PATIENT) bench/test_public_*.py -s -n 0 $(ARGS)

bench-trust: .venv/.dev ## Measure trust: every route for every reader, advisories, hostile inputs, kills, load (ARGS="-k access" picks one)
	$(PYTEST) $(PATIENT) bench/test_trust_*.py -s -n 0 $(ARGS)

sbom: .venv/.run ## List every package with its hashes and licence in build/sbom.json; an unknown licence fails
	@mkdir -p build
	$(UV) export --format cyclonedx1.5 --frozen --no-dev --quiet --output-file build/sbom.json
	$(BIN)/python deploy/supply.py build/sbom.json

vulnerabilities: sbom .venv/.dev ## Name the packages that OSV knows a weakness of (OSV="PyPI.zip npm.zip": its files, downloaded before)
	$(BIN)/python -m tests.support.vulnerabilities build/sbom.json $(OSV)

wheel: catalogues | $(filter .uv/%,$(UV)) ## Build the wheel twice; another byte in the second fails
	@rm -rf build/wheels
	for time in first second; do SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(UV) build --wheel --quiet --out-dir build/wheels/$$time || exit 1; done
	@cd build/wheels && for file in first/*.whl; do cmp $$file second/$$(basename $$file) && sha256sum $$file; done

docs: .venv/.dev ## Build the documentation as a site in build/docs; a broken link fails
	$(UV) sync --frozen --inexact --quiet --group docs
	$(BIN)/sphinx-build -q -W --keep-going -b html docs build/docs

clean: ## Remove the environment, caches and compiled catalogues (what the demonstration keeps in var/ stays)
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find documents search workflows site tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
	find site/config/locale -name '*.mo' -delete

.uv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Kodeks needs Python 3.11 or newer as '$(PYTHON)' (or: make PYTHON=python3.12 ...)"; exit 1; }
	@echo "uv is not installed: putting it into .uv/"
	@$(PYTHON) -m venv .uv && .uv/bin/python -m pip install --quiet uv \
		|| { rm -rf .uv; echo "Could not install uv. Install it (pip install uv; Debian needs the package python3-venv first) and try again."; exit 1; }

# Two stamps: the demonstration needs no tools for testing. --inexact, so that neither target removes what the other put in.
.venv/.run: pyproject.toml uv.lock | $(filter .uv/%,$(UV))
	$(UV) sync --frozen --no-dev --inexact
	@touch $@

.venv/.dev: pyproject.toml uv.lock | $(filter .uv/%,$(UV))
	$(UV) sync --frozen --inexact
	@touch $@ .venv/.run
