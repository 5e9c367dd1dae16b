# `make site` builds the portal from the seeds, `make preview` shows it, `make test` runs all checks and tests.
# Nothing has to be installed by hand before any of them: what they need goes into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# Two tests at a time; who is done first takes over what the other has not begun.
SIDE_BY_SIDE := -n 2 --dist worksteal

.PHONY: site preview test test-long check bench bench-lock texts reference lock clean

site: $(VENV)/.runtime
	@$(BIN)/toasoan import seeds
	@$(BIN)/toasoan build
	@echo
	@echo "make preview    to see it at http://127.0.0.1:$(PORT)/"

preview: $(VENV)/.runtime $(VENV)/.editor
	@$(BIN)/toasoan serve --port $(PORT)

test: check
	$(BIN)/pytest $(SIDE_BY_SIDE) -m "not long"

# The slow sweeps as well.
test-long: check
	$(BIN)/pytest $(SIDE_BY_SIDE)

check: $(VENV)/.dev
	@sh scripts/system-packages
	@$(MAKE) -s $(VENV)/.editor $(VENV)/.hosts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m toasoan.reference --check

# Compares with other generators, which go into a folder of their own; see docs/how-to/benchmark.md.
N ?= 10000
bench: $(VENV)/.runtime
	$(BIN)/python benchmarks/run.py --articles $(N) --curve

# Chooses the versions of the other generators anew.
bench-lock: $(VENV)/.dev
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    -o benchmarks/peers.lock benchmarks/peers.in

# Takes the texts of the interface out of the templates; then complete each .po file.
texts: $(VENV)/.dev
	$(BIN)/pybabel -q extract -F babel.cfg -k say -k say_counted:1,2 --no-location --sort-output --omit-header \
	    -o templates/locale/messages.pot .

reference: $(VENV)/.dev
	$(BIN)/python -m toasoan.reference

# Chooses new versions of all libraries within the ranges of pyproject.toml.
lock: $(VENV)/.dev
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    -o requirements/runtime.lock pyproject.toml
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --extra dev -o requirements/dev.lock pyproject.toml

clean:
	rm -rf $(VENV) .benchmarks .toasoan site/public .mypy_cache .ruff_cache .hypothesis

# The desk's text editor; without npm it does without.
$(VENV)/.editor: scripts/editor/package-lock.json scripts/editor/editor.js
	@mkdir -p $(VENV)
	@sh scripts/bundle-editor $(VENV)/editor
	@touch $@

# What hosts of static sites are tried with, for the tests.
$(VENV)/.hosts: tests/hosts/package-lock.json
	@mkdir -p $(VENV)
	@sh scripts/host-programs $(VENV)/hosts
	@touch $@

$(VENV)/.runtime: requirements/runtime.lock pyproject.toml
	@PYTHON="$(PYTHON)" sh scripts/environment $(VENV) requirements/runtime.lock
	@touch $@

$(VENV)/.dev: requirements/dev.lock pyproject.toml
	@PYTHON="$(PYTHON)" sh scripts/environment $(VENV) requirements/dev.lock
	@touch $@ $(VENV)/.runtime
