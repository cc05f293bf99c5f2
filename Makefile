# Everything lives in .venv; nothing outside this folder is touched.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PYTEST_ARGS ?=

.PHONY: demo test install lint bench synthetic year mutate kills letters compare calibrate docs charts lock clean

demo: .venv/run.stamp ## crawl, read, publish and browse the built-in stand-in site
	$(BIN)/wdtk demo

test: .venv/dev.stamp ## the whole suite, on all processors
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

install: .venv/run.stamp ## what running needs; wdtk is then .venv/bin/wdtk

lint: .venv/dev.stamp ## style, types, spelling
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/codespell

bench: .venv/dev.stamp ## everything beside a reference in the same run (SIZES="10000 100000", PARTS="site search", DIR=archives, RECORD=1 for data/BENCH.md)
	$(BIN)/python -m tests.bench $(SIZES:%=--size %) $(PARTS:%=--part %) $(if $(DIR),--folder $(DIR)) $(if $(WORK),--work $(WORK)) $(if $(RECORD),--record)

synthetic: .venv/dev.stamp ## an archive of any size to measure with, in DIR/archive (REQUESTS=, DIR=, SEED=, FEW_FILES=1)
	$(BIN)/python -m tests.synthetic $(if $(REQUESTS),--requests $(REQUESTS)) $(if $(SEED),--seed $(SEED)) $(if $(FEW_FILES),--few-files) $(if $(DIR),$(DIR),data/synthetic)

year: .venv/dev.stamp ## live through a year of a site that changes, night by night (DAYS=, EVERY=, REQUESTS=, RECENT=, SEED=, KEEP=folder); needs libfaketime
	nice $(BIN)/python -m tests.year $(if $(DAYS),--days $(DAYS)) $(if $(EVERY),--every $(EVERY)) $(if $(REQUESTS),--requests $(REQUESTS)) $(if $(RECENT),--recent $(RECENT)) $(if $(SEED),--seed $(SEED)) $(if $(KEEP),--folder $(KEEP))

mutate: .venv/dev.stamp ## read 20,000 damaged files (FILES=, SEED=, KEEP=folder for those that crash a reader)
	nice $(BIN)/python -m tests.mutate $(if $(FILES),--files $(FILES)) $(if $(SEED),--seed $(SEED)) $(if $(KEEP),--keep $(KEEP))

kills: .venv/dev.stamp ## kill crawl, read, publish and update at 50 moments and more and fill their disk up; nothing may be lost (MOMENTS=, REQUESTS=, SEED=)
	nice $(BIN)/python -m tests.kills $(if $(MOMENTS),--moments $(MOMENTS)) $(if $(REQUESTS),--requests $(REQUESTS)) $(if $(SEED),--seed $(SEED))

letters: .venv/dev.stamp ## what the letter reader gains and loses since the recorded run (RECORD=1 keeps this one, and its figures in the documents)
	$(BIN)/python -m tests.measure letters $(if $(RECORD),--record) $(LETTERS)
	$(if $(RECORD),$(BIN)/python -m scraper.publishing.metadata)

compare: .venv/dev.stamp ## the reader beside plainer methods, into the documents
	$(BIN)/python -m tests.measure compare
	$(BIN)/python -m scraper.publishing.metadata

calibrate: .venv/dev.stamp ## count anew how often each rule is right on labelled letters (LETTERS="a.jsonl b.jsonl")
	$(BIN)/python -m tests.measure calibrate $(LETTERS)
	$(BIN)/python -m scraper.publishing.metadata

docs: .venv/dev.stamp ## write the generated parts of the documents
	$(BIN)/python -m scraper.commands.reference
	$(BIN)/python -m scraper.publishing.metadata

charts: .venv/dev.stamp ## draw the charts of the README anew, from the demo
	$(BIN)/python -m tests.notebooks.gallery

lock: .venv/dev.stamp ## renew the pinned, hashed requirements (needs uv)
	uv pip compile pyproject.toml --extra standin --extra site --group build \
	  --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q --upgrade -o requirements/run.txt
	uv pip compile pyproject.toml --all-extras --group build --group test --group lint -c requirements/run.txt \
	  --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q --upgrade -o requirements/dev.txt

clean: ## remove the demo and what tools left behind; archives stay
	rm -rf data/demo .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "wdtk-archive needs Python 3.11 or later; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.txt pyproject.toml | .venv/bin/python
	$(PIP) install -q --require-hashes -r requirements/run.txt
	$(PIP) install -q --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	$(PIP) install -q --require-hashes -r requirements/dev.txt
	@touch $@
