# What is deployed, and what it is made of; included by the Makefile.
.PHONY: lock licences sbom
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
