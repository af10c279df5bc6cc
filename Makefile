# What a developer does all day. `make` alone lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python
ROOMS := records ingest extract archive search api
NPM := $(shell command -v npm 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help install dev assets demo test check lint types bench eval-events train-suggester eval-papers fuzz snapshots lock clean

help:  ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(BIN)/uv: locks/tools.txt
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/tools.txt
	@touch $@

# pip understands every package index a bank may have configured; uv is many times faster. Fast first, sure second.
# Both compile what they install: machines that may not write bytecode later would compile all of it at every start.
define install_lock
$(BIN)/uv pip install --quiet --compile-bytecode --python $(RUN) --require-hashes -r $(1) 2>/dev/null || \
  $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
endef

$(VENV)/.runtime: locks/runtime.txt pyproject.toml $(BIN)/uv
	@echo "installing what postloan needs ..."
	@$(call install_lock,locks/runtime.txt)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@$(RUN) -m compileall -q $(ROOMS)
	@$(RUN) -c "from extract.lexicon import keep; keep()"
	@touch $@

$(VENV)/.dev: locks/dev.txt $(VENV)/.runtime
	@echo "installing the tools of development and of the demo ..."
	@$(call install_lock,locks/dev.txt)
	@touch $@

node_modules/.installed: package.json package-lock.json
	@echo "fetching the libraries and fonts of the pages ..."
ifeq ($(NPM),)
	@$(MAKE) --no-print-directory --silent $(BIN)/uv
	@$(call install_lock,locks/node.txt)
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --silent
else
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --silent
endif
	@touch $@

$(VENV)/.assets: node_modules/.installed api/assets.py $(BIN)/uv
	@$(RUN) api/assets.py
	@touch $@

install: $(VENV)/.runtime $(VENV)/.assets  ## a working .venv/bin/postloan, nothing more

dev: $(VENV)/.dev $(VENV)/.assets  ## everything that tests and the demo need

demo: dev  ## a made-up bank, read through the front door (ONCE=1 ends afterwards)
	@$(RUN) -m demo $(if $(ONCE),--once)

test: dev lint types  ## every check: linter, types, all tests (real OCR, real processes killed, a real browser)
	@$(RUN) -m pytest -q -n 2 -m "not slow"
	@$(RUN) -m pytest -q -m slow

check: dev  ## the fast tests only, under a minute
	@$(RUN) -m pytest -q -n 2 -m "not slow"

lint: dev  ## ruff
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .

types: dev  ## mypy, strict
	@$(BIN)/mypy

bench: dev  ## the figures of the README, as ratios in one run
	@$(RUN) -m benchmarks

eval-events: dev  ## how well notes are read: own gold (open and blind), development cases, FewFC where it is
	@$(RUN) -m benchmarks.eval_events $(if $(WRONG),--wrong)

train-suggester: dev  ## teach the notes reader's suggester anew and write its weights (FOLDS=1 tries it first)
	@nice $(RUN) -m benchmarks.train_suggester $(if $(FOLDS),--folds)

eval-papers: dev  ## every type and layout drawn, read and held against the truth (SEEDS=… SCANS=… DAMAGED=… TYPES=… WRONG=1 tells more)
	@nice $(RUN) -m benchmarks.eval_papers --seeds $(or $(SEEDS),2) --scans $(or $(SCANS),1) --damaged $(or $(DAMAGED),0) $(if $(WRONG),--wrong) $(TYPES)

fuzz: dev  ## real files of every kind, spoilt in ten thousand ways (CASES=… for more): a document or a refusal, nothing else
	@FUZZ_CASES=$(or $(CASES),10000) nice $(RUN) -m pytest -q tests/test_fuzz_readers.py

snapshots: dev  ## rewrite the expected readings beside the samples; the diff is the review
	@$(RUN) -m tests.snapshots

lock: $(BIN)/uv  ## renew locks/ (names, versions and hashes only)
	@for extra in runtime dev; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url $$( [ $$extra = dev ] && echo --extra dev -c locks/runtime.txt ) pyproject.toml -o locks/$$extra.txt; done
	@npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --silent

clean:  ## forget the environment and everything built
	@rm -rf $(VENV) node_modules build dist *.egg-info demo/out data api/static/lib ingest/fonts/*.ttf
