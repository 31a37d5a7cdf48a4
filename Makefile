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
.PHONY: help install train promote rollback models audit import-check score outcomes forget monitor serve test lint format notebooks year lab bench bench-serving chaos lock licences sbom clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-13s %s\n", $$1, $$2}'

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN) pip install --quiet --require-hashes -r requirements.lock
	$(RUN) pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/installed-bench: requirements-bench.lock $(VENV)/installed
	$(RUN) pip install --quiet --require-hashes -r requirements-bench.lock
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
	$(VENV)/bin/lint-imports
	$(VENV)/bin/hadolint deploy/Dockerfile
format: install ## Write the style that lint checks
	$(RUN) ruff check --fix
	$(RUN) ruff format
notebooks: install ## Execute the notebooks on DATA or the sample of `make train`, as pages in reports/: LANGUAGE=en|ja
	@$(HERE) $(RUN) training.review
year: install ## Play a year of the loop, in which the market turns: train, serve, outcomes, drift, retrain, a refusal, rollback
	@$(RUN) benchmarks.year
lab: install ## Open the notebooks in JupyterLab: DATA= LANGUAGE=
	@$(HERE) $(RUN) jupyter lab notebooks

bench: $(VENV)/installed-bench ## Measure what the README quotes: BENCH=accuracy|audit|features|train|serving|scoring|promotion|year
	@for bench in $(or $(BENCH),accuracy audit features train serving scoring promotion year); do $(RUN) benchmarks.$$bench || exit $$?; done
bench-serving: $(VENV)/installed-bench ## Measure a request beside a bare echo and MLflow's own service
	@$(RUN) benchmarks.serving
chaos: install ## Break things while leads are scored: FAULT= for one of them
	@$(RUN) benchmarks.chaos $(if $(FAULT),--fault "$(FAULT)")

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade --quiet
lock: install ## Resolve the dependencies anew
	$(RUN) $(LOCK) --extra dev --extra bench --output-file requirements-bench.lock
	$(RUN) $(LOCK) --extra dev --constraint requirements-bench.lock --output-file requirements.lock
	$(RUN) $(LOCK) --constraint requirements.lock --output-file requirements-serving.lock
licences: install ## List the licences of what serving is deployed with; fails where one is not known
	$(RUN) tests.deploy.licences > deploy/LICENCES.md
sbom: install ## Write what serving is deployed with as CycloneDX JSON, to reports/sbom.json
	mkdir -p reports
	$(RUN) uv tool run --quiet --from cyclonedx-bom==7.5.0 cyclonedx-py requirements requirements-serving.lock --output-reproducible --output-file reports/sbom.json
clean: ## Remove what the targets made, but for models and data
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
