# Every target makes what it needs: the environment (.venv), then its own result. `make help` lists them.
PYTHON ?= python3.11
VENV := .venv
RUN := $(VENV)/bin/python -m
DATA ?=
# Who trains what is nobody else's business.
export MLFLOW_DISABLE_TELEMETRY := true
.DEFAULT_GOAL := help
.PHONY: help install train score serve test lint format notebooks bench lock clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-10s %s\n", $$1, $$2}'

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN) pip install --quiet --require-hashes -r requirements.lock
	$(RUN) pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/installed-bench: requirements-bench.lock $(VENV)/installed
	$(RUN) pip install --quiet --require-hashes -r requirements-bench.lock
	touch $@

install: $(VENV)/installed ## Make the environment from the lock file
train: install ## Train, evaluate, register and report: DATA=folder-or-URL LANGUAGE=en|ja HORIZON_DAYS= DATA_END=
	@$(RUN) training train $(if $(DATA),"$(DATA)")
score: install ## Score open leads, or the rows of SNAPSHOTS, by the champion: DATA= OUT=file-or-url#table
	@$(RUN) serving score "$(or $(DATA),data/sample)" "$(or $(OUT),reports/scores.csv)"
serve: install ## Answer POST /score by the champion; settings are LEADS_*
	@$(RUN) serving serve

test: install ## Run every test; no server needs to be running
	$(RUN) pytest
lint: install ## Check style, types, and who may import whom
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/hadolint deploy/Dockerfile
format: install ## Write the style that lint checks
	$(RUN) ruff check --fix
	$(RUN) ruff format
notebooks: install ## Execute the notebooks on DATA or the sample of `make train`, as HTML in reports/
	DATA="$(if $(findstring ://,$(DATA)),$(DATA),$(if $(DATA),$(abspath $(DATA))))" \
	$(RUN) jupyter nbconvert --log-level WARN --to html --execute --output-dir reports notebooks/*.ipynb

bench: $(VENV)/installed-bench ## Measure accuracy, feature speed and training growth: BENCH=accuracy|features|train|serving|scoring
	@for bench in $(or $(BENCH),accuracy features train serving scoring); do $(RUN) benchmarks.$$bench || exit $$?; done

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade --quiet
lock: install ## Resolve the dependencies anew
	$(RUN) $(LOCK) --extra dev --extra bench --output-file requirements-bench.lock
	$(RUN) $(LOCK) --extra dev --constraint requirements-bench.lock --output-file requirements.lock
	$(RUN) $(LOCK) --constraint requirements.lock --output-file requirements-serving.lock
clean: ## Remove what the targets made, but for models and data
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
