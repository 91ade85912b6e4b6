# make publish   every report of the latest edition, as pages and PDFs, into reports/site
# make test      all tests
# make lab       the notebooks, in JupyterLab
# make serve     the published site, on this machine
# make bench     how long things take
# make clean     remove what the others made (not the virtual environment: rm -r .venv)
#
# Options go through: make publish ARGS="--edition 2023-11 --only overview"
# The virtual environment is made from requirements.lock, once; after that no network is needed.

SHELL := /bin/sh
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
# The name holds the folder's checksum: a virtual environment does not survive being moved.
READY := $(VENV)/.ready-$(shell pwd | cksum | cut -d ' ' -f 1)
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
ARGS ?=

.PHONY: help install publish test lab serve bench clean

help:
	@sed -n 's/^# \{0,1\}//p; /^$$/q' Makefile

install: $(READY)

publish: $(READY)
	$(BIN)/fourpillars publish $(ARGS)

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

lab: $(READY)
	$(BIN)/python -m jupyterlab notebooks $(ARGS)

serve: $(READY)
	$(BIN)/fourpillars serve $(ARGS)

bench: $(READY)
	$(BIN)/python bench/everything.py $(ARGS)

clean:
	rm -rf reports/site build dist bench/*.tmp .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@python=''; for name in $(PYTHON) python3.14 python3.13 python3.12 python3.11 python3; do \
	    if "$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	    then python="$$name"; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	    echo "No Python 3.11 or later with venv was found. Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$("$$python" --version), once ..."; \
	"$$python" -m venv --clear $(VENV)
	@awk '/^[^ ]/ { wanted = /^uv==/ } wanted' requirements.lock > $(VENV)/uv.txt
	$(PIP) install --quiet --no-compile --no-deps --require-hashes --requirement $(VENV)/uv.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes --requirement requirements.lock || \
	    $(PIP) install --quiet --no-compile --no-deps --require-hashes --requirement requirements.lock  # where only pip knows the registry
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib src || true  # on all cores; some packages bring files of other Pythons
	@touch $(READY)
