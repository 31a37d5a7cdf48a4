# What is measured; included by the Makefile.
.PHONY: year bench bench-serving chaos
$(VENV)/installed-bench: requirements-bench.lock $(VENV)/installed
	$(RUN) pip install --quiet --require-hashes -r requirements-bench.lock
	touch $@
year: install ## Play a year of the loop, in which the market turns: train, serve, outcomes, drift, retrain, a refusal, rollback
	@$(RUN) benchmarks.year
bench: $(VENV)/installed-bench ## Measure what the README quotes: BENCH=accuracy|audit|features|train|serving|scoring|promotion|year
	@for bench in $(or $(BENCH),accuracy audit features train serving scoring promotion year); do $(RUN) benchmarks.$$bench || exit $$?; done
bench-serving: $(VENV)/installed-bench ## Measure a request beside a bare echo and MLflow's own service
	@$(RUN) benchmarks.serving
chaos: install ## Break things while leads are scored: FAULT= for one of them
	@$(RUN) benchmarks.chaos $(if $(FAULT),--fault "$(FAULT)")
