# make site, make test: a fresh machine needs only Python 3.11 or later and make.
# Each step of the set-up runs once, and again only if its inputs have changed.

PYTHON ?= python3
OUT ?= _site
PORT ?= 8000
# The exact packages, with their checksums.  LOCK= takes the newest versions that pyproject.toml allows.
# The lists are complete, so pip does not resolve dependencies.  For an extra (coverage[toml]) an older pip
# would choose the newest version and refuse it, since it has no checksum.
LOCK ?= yes
# More for pytest:  make test ARGS='-k search'
ARGS ?=
# The suite runs on all processors.  Each worker begins with a block of the tests in order, so that the tests of a
# file share a browser; a worker that has finished takes tests from another.
PARALLEL ?= -n auto --dist worksteal
# Measuring the coverage of lines and branches takes half as much time again, so it is optional.  It fails below
# the limit in pyproject.toml:  make test COVER=yes
COVER ?= no
COVERAGE = $(if $(filter-out 0 false no,$(COVER)),--cov=site_builder --cov-report=term:skip-covered)

# For make looks: the folder of the pictures.
LOOKS ?= looks

# For make fuzz: the multiple of the suite's examples, and their seed.  The seed of a failed run gives the same
# examples again:  make fuzz SEED=…
FUZZ_FACTOR ?= 20
SEED ?= $(shell date +%s)

# For make bench: the numbers of works, and the runs of each step.
N ?= 1 10
ROUNDS ?= 5

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet
COMPILE := $(PY) -m uv pip compile pyproject.toml requirements/build.in --quiet --universal --python-version 3.11 --generate-hashes --no-header
MADE := $(VENV)/.made
SITE := $(VENV)/.site
DEV := $(VENV)/.dev
TOOLS := .tools/.complete
PEERS := .tools/bench

.DELETE_ON_ERROR:
.PHONY: help site serve catalogues check format test looks fuzz bench setup lock clean distclean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name what; do printf '  make %-10s %s\n' "$$name" "$$what"; done

site: $(SITE) ## set up, check the data, and write the site to _site/
	$(PY) -m site_builder build . --out "$(OUT)"

serve: $(SITE) ## show the site on this machine, rebuilt when a file changes
	$(PY) -m site_builder serve . --port $(PORT)

catalogues: $(DEV) ## add new messages to the catalogues, and compile them
	$(PY) .ci/catalogues.py --write

check: $(DEV) ## format, lint, types, wording, and the data
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) .ci/plain_english.py
	$(PY) .ci/catalogues.py
	$(PY) -m site_builder check .

format: $(DEV) ## format the code, and fix what the linter can fix
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

test: $(DEV) $(TOOLS) ## set up and run the whole suite
	$(PY) -m pytest $(PARALLEL) $(COVERAGE) $(ARGS)

looks: $(DEV) $(TOOLS) ## make pictures of every kind of page in LOOKS, for eyes
	LOOKS="$(abspath $(LOOKS))" $(PY) -m pytest $(PARALLEL) -q tests/tool/test_looks.py -k pictures $(ARGS)

fuzz: $(DEV) $(TOOLS) ## run the property tests with fresh examples, FUZZ_FACTOR times as many
	FUZZ_FACTOR=$(FUZZ_FACTOR) $(PY) -m pytest -n auto -m hypothesis --hypothesis-profile=fuzz --hypothesis-seed=$(SEED) $(ARGS)

bench: $(SITE) $(PEERS)/.made ## measure the speed, N="1 10" works, beside other site generators
	$(PY) -m benchmarks --works $(N) --rounds $(ROUNDS) --peers $(PEERS) $(ARGS)

setup: $(SITE) $(DEV) $(TOOLS) ## only the set-up, for site, check and test

lock: $(DEV) ## pin the newest packages that pyproject.toml allows
	$(PIP) uv
	$(COMPILE) --upgrade --extra test --extra check -o requirements/dev.txt
	$(COMPILE) --constraint requirements/dev.txt -o requirements/site.txt
	$(PY) -m uv pip compile requirements/cff.in --upgrade --quiet --universal --python-version 3.11 --generate-hashes --no-header -o requirements/cff.txt
	$(PY) -m uv pip compile requirements/bench.in --upgrade --quiet --universal --python-version 3.11 --generate-hashes --no-header -o requirements/bench.txt
	$(PY) -m uv pip compile requirements/csl.in --no-deps --upgrade --quiet --universal --python-version 3.11 --generate-hashes --no-header -o requirements/csl.txt

clean: ## remove the site and the caches
	rm -rf "$(OUT)" build .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache

distclean: clean ## remove the set-up as well
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

# After $(SITE), never in parallel: one pip at a time.
$(DEV): $(SITE) pyproject.toml requirements/dev.txt
ifeq ($(LOCK),yes)
	$(PIP) --require-hashes --no-deps -r requirements/dev.txt
else
	$(PIP) --upgrade --upgrade-strategy eager --editable '.[test,check]'
endif
	@touch $@

# Made only if nothing is missing; otherwise the next run tries again.
$(TOOLS): $(DEV) .ci/tools .ci/package.json .ci/package-lock.json requirements/cff.txt
	bash .ci/tools

# Only for make bench.  A machine that cannot install them measures the tool alone.
$(PEERS)/.made: $(SITE) requirements/bench.txt
	$(PYTHON) -m venv $(PEERS)
	-$(PEERS)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --no-deps -r requirements/bench.txt
	@touch $@
