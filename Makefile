# Every target makes what it needs: the environment (.venv), then its own result. `make help` lists them.
PYTHON ?= python3.11
VENV := .venv
RUN := $(VENV)/bin/python -m
DATA ?=
# For commands that may run in another folder.
HERE = DATA="$(if $(findstring ://,$(DATA)),$(DATA),$(if $(DATA),$(abspath $(DATA))))"
# Who trains what is nobody else's business.
export MLFLOW_DISABLE_TELEMETRY := true
.DEFAULT_GOAL := help
.PHONY: help install train promote rollback models audit import-check score outcomes forget monitor serve test lint format notebooks lab clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-13s %s\n", $$1, $$2}'

$(VENV)/locked: requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(RUN) pip install --quiet --require-hashes -r requirements.lock
	touch $@
$(VENV)/installed: $(VENV)/locked pyproject.toml hatch_build.py $(shell find features models serving -name '*.py[xd]')
	$(RUN) pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
install: $(VENV)/installed ## Make the environment from the lock file
train: install ## Train, evaluate, register and report: DATA=folder-or-URL LANGUAGE=en|ja CRM=name-or-file HORIZON_DAYS= DATA_END= CAPACITY=15%|200 GRADES=reset|keep
	@$(RUN) training train $(if $(DATA),"$(DATA)")
promote: install ## Make a version the champion: VERSION= REASON=
	@$(RUN) training promote "$(VERSION)"
rollback: install ## Return to the champion before the present one: REASON=
	@$(RUN) training rollback
models: install ## List the versions of the model, how good and how old they are, and what was decided on them
	@$(RUN) training models
import-check: install ## Tell what becomes of a CRM's export: DATA=folder-or-URL CRM=salesforce|hubspot|dynamics365|generic|own.toml
	@$(RUN) training import-check $(if $(DATA),"$(DATA)")
audit: install ## Tell which columns give the outcome away, and how good the data are: DATA= AUDIT=overrides.toml LANGUAGE=
	@$(RUN) training audit $(if $(DATA),"$(DATA)")
score: install ## Score open leads, or the rows of SNAPSHOTS, by the champion: DATA= OUT=file-or-url#table
	@$(RUN) serving score "$(or $(DATA),data/sample)" "$(or $(OUT),reports/scores.csv)"
outcomes: install ## Store how the leads of a CRM ended, to be compared with their scores: DATA= CRM= REPLACE=1 where the CRM is right
	@$(RUN) serving outcomes "$(or $(DATA),data/sample)" $(if $(REPLACE),--replace)
forget: install ## Remove the scores and outcomes of a lead: LEAD=
	@$(RUN) serving forget "$(LEAD)"
monitor: install ## Watch the champion: drift, scores against outcomes, alarms; a page in OUT, SINCE= UNTIL= LANGUAGE=
	@$(RUN) serving monitor $(if $(SINCE),--since "$(SINCE)") $(if $(UNTIL),--until "$(UNTIL)") $(if $(OUT),--out "$(OUT)")
serve: install ## Answer POST /score by the champion; settings are LEADS_*
	@$(RUN) serving serve

test: install ## Run every test; no server needs to be running
	$(RUN) pytest
lint: install ## Check style, types, and who may import whom
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	PATH="$(abspath $(VENV))/bin:$$PATH" cython-lint features models serving
	$(VENV)/bin/lint-imports
	$(VENV)/bin/hadolint deploy/Dockerfile
format: install ## Write the style that lint checks
	$(RUN) ruff check --fix
	$(RUN) ruff format
notebooks: install ## Execute the notebooks on DATA or the sample of `make train`, as pages in reports/: LANGUAGE=en|ja
	@$(HERE) $(RUN) training.review
lab: install ## Open the notebooks in JupyterLab: DATA= LANGUAGE=
	@$(HERE) $(RUN) jupyter lab notebooks
clean: ## Remove what the targets made, but for models and data
	rm -rf $(VENV) build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
include benchmarks/benchmarks.mk deploy/packaging.mk
