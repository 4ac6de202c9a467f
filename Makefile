# make site, make test: a fresh machine needs Python 3.11 or later and make, and nothing else.
# Each step of the set-up runs once, and again only when what it rests on has changed.

PYTHON ?= python3
OUT ?= _site
PORT ?= 8000
# The exact packages, with their checksums.  LOCK= takes the newest that pyproject.toml admits.
# The lists are whole, so pip resolves nothing: for an extra (coverage[toml]) older ones would take the newest
# version there is, and refuse it for lack of a checksum.
LOCK ?= yes
# More for pytest:  make test ARGS='-k search'
ARGS ?=
# The suite runs on all processors.  Each begins with its share of the tests in their order, so that the tests of
# a file share a browser; one that is done takes tests over from another.
PARALLEL ?= -n auto --dist worksteal
# CI measures which lines and branches the tests run, and fails under the floor in pyproject.toml.  Measuring adds
# half to the time, so elsewhere it runs when asked for:  make test COVER=yes
COVER ?= $(CI)
COVERAGE = $(if $(filter-out 0 false no,$(COVER)),--cov=site_builder --cov-report=term:skip-covered)

# For make fuzz: how many times the examples of the suite, and where they start.  The seed of a run that finds
# something gives the same examples again:  make fuzz SEED=…
FUZZ_FACTOR ?= 20
SEED ?= $(shell date +%s)

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet
COMPILE := $(PY) -m uv pip compile pyproject.toml requirements/build.in --quiet --universal --python-version 3.11 --generate-hashes --no-header
MADE := $(VENV)/.made
SITE := $(VENV)/.site
DEV := $(VENV)/.dev
TOOLS := .tools/.complete

.DELETE_ON_ERROR:
.PHONY: help site serve check format test fuzz setup lock clean distclean

help: ## say what there is to make
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name what; do printf '  make %-10s %s\n' "$$name" "$$what"; done

site: $(SITE) ## set up, check the data, and write the site to _site/
	$(PY) -m site_builder build . --out "$(OUT)"

serve: $(SITE) ## show the site on this machine, rebuilt when a file changes
	$(PY) -m site_builder serve . --port $(PORT)

check: $(DEV) ## format, lint, types, and the data
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m site_builder check .

format: $(DEV) ## put the code in its format, and mend what the linter can
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

test: $(DEV) $(TOOLS) ## set up and run the whole suite
	$(PY) -m pytest $(PARALLEL) $(COVERAGE) $(ARGS)

fuzz: $(DEV) $(TOOLS) ## try the laws of the suite with fresh examples, FUZZ_FACTOR times as many
	FUZZ_FACTOR=$(FUZZ_FACTOR) $(PY) -m pytest -n auto -m hypothesis --hypothesis-profile=fuzz --hypothesis-seed=$(SEED) $(ARGS)

setup: $(SITE) $(DEV) $(TOOLS) ## all the set-up and nothing else

lock: $(DEV) ## pin the newest packages that pyproject.toml admits
	$(PIP) uv
	$(COMPILE) --upgrade --extra test --extra check -o requirements/dev.txt
	$(COMPILE) --constraint requirements/dev.txt -o requirements/site.txt
	$(PY) -m uv pip compile requirements/cff.in --upgrade --quiet --universal --python-version 3.11 --generate-hashes --no-header -o requirements/cff.txt

clean: ## remove what was built and what the checks left behind
	rm -rf "$(OUT)" build .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache

distclean: clean ## remove the set-up too
	rm -rf $(VENV) .tools *.egg-info

$(MADE):
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, not %d.%d; name one: make PYTHON=python3.11" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV) || { .ci/venv && $(PYTHON) -m venv --clear $(VENV); }
	@touch $@

$(SITE): $(MADE) pyproject.toml requirements/site.txt
ifeq ($(LOCK),yes)
	$(PIP) --require-hashes --no-deps -r requirements/site.txt
	$(PIP) --no-deps --no-build-isolation --editable .
else
	$(PIP) --upgrade --upgrade-strategy eager --editable .
endif
	@touch $@

# After the site's own, never beside it: one pip at a time.
$(DEV): $(SITE) pyproject.toml requirements/dev.txt
ifeq ($(LOCK),yes)
	$(PIP) --require-hashes --no-deps -r requirements/dev.txt
else
	$(PIP) --upgrade --upgrade-strategy eager --editable '.[test,check]'
endif
	@touch $@

# Made only when nothing is lacking: else the next run tries again.
$(TOOLS): $(DEV) .ci/tools .ci/package.json .ci/package-lock.json requirements/cff.txt
	bash .ci/tools
