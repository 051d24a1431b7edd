# One command each: `make demo` runs a whole operation in the browser, `make test` proves the hub.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
WEB    := src/tripoint/web/room.html
NODE   := PATH="$(CURDIR)/$(BIN):$$PATH"
UV     := VIRTUAL_ENV="$(CURDIR)/$(VENV)" $(BIN)/uv
ORACLE := .venv-oracle
LOCK   := $(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate

.PHONY: help demo test check bench bench-names bench-ballistics sbom fuzz faults lock wheel clean
help: ## Show the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

demo: $(VENV)/warmed $(WEB) ## Run a demonstration operation in the browser, until stopped
	$(BIN)/tripoint demo

test: $(VENV)/tested $(VENV)/warmed $(WEB) ## Run every test
	$(BIN)/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder

check: $(VENV)/tested $(WEB) ## Style, types, architecture, dependencies
	$(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache && $(BIN)/deptry src
	$(BIN)/bandit -q -r src -ll --skip B108,B608 # the two that ruff asks of each line by itself
	$(BIN)/python -m tests.supply.audit
	cd web && $(NODE) npm run --silent check

sbom: $(VENV)/tested ## Write the bill of materials (CycloneDX) to dist/sbom.json
	$(BIN)/python -m tests.supply.sbom

fuzz: $(VENV)/tested ## Try every parser (FUZZ="--seconds 60") and the whole API (FUZZ_API="--minutes 5") with damaged inputs
	$(BIN)/python -m tests.fuzz.long $(FUZZ)
	$(BIN)/python -m tests.fuzz.api $(FUZZ_API)

bench: $(VENV)/warmed $(WEB) ## Measure checks a second on this machine
	$(BIN)/tripoint bench checks --json

bench-names: $(VENV)/tested ## Measure how well names are matched, next to others; writes docs/quality/names.md
	@$(MAKE) -s $(ORACLE)/ready || echo "The others' scorers could not be installed: the page will say so."
	$(BIN)/python -m tests.quality.names $(BENCH_NAMES)

bench-ballistics: $(VENV)/tested ## Measure how marks on cartridge cases and bullets are compared; writes docs/quality/ballistics.md
	$(BIN)/python -m tests.bench_ballistics $(BENCH_BALLISTICS)

faults: $(VENV)/tested ## Prove that nothing is lost: 500 kills, full disk, cut lines, wrong clocks, restores (an hour; FAULTS="--only disk")
	$(BIN)/python -m tests.faults.every $(FAULTS)

lock: $(VENV)/ready ## Pin every dependency again
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) --group build pyproject.toml -o requirements/build.txt
	$(LOCK) --group build --group dev pyproject.toml -o requirements/dev.txt
	$(LOCK) --extra spark --group build --group dev pyproject.toml -o requirements/spark.txt
	$(LOCK) --python-version 3.11 requirements/oracle.in -o requirements/oracle.txt

wheel: $(VENV)/ready $(WEB) ## Build the wheel, web inside, into dist/
	$(UV) build -q --wheel --no-build-isolation -o dist

$(VENV)/ready: requirements/build.txt requirements/uv.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || sh tools/need-venv.sh
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/build.txt
	$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# What was compiled is kept under the sum of these sources: where one is new, all is compiled again.
$(VENV)/warmed: $(VENV)/ready $(shell find src/tripoint/engines -name '*.py')
	$(BIN)/tripoint index warm
	@touch $@

$(VENV)/tested: requirements/dev.txt $(VENV)/ready
	$(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/dev.txt
	@touch $@

$(ORACLE)/ready: requirements/oracle.txt | $(VENV)/ready
	$(PYTHON) -m venv $(ORACLE)
	VIRTUAL_ENV="$(CURDIR)/$(ORACLE)" $(BIN)/uv pip install --quiet --require-hashes -r requirements/oracle.txt
	@touch $@

$(VENV)/spark: requirements/spark.txt $(VENV)/tested
	$(UV) pip install --quiet --require-hashes -r requirements/spark.txt
	@touch $@

web/node_modules/.package-lock.json: web/package-lock.json | $(VENV)/ready
	cd web && $(NODE) npm ci --silent
	@touch $@

$(WEB): web/node_modules/.package-lock.json $(shell find web -type f -not -path 'web/node_modules/*') | $(VENV)/ready
	cd web && $(NODE) npm run --silent build
	@touch $@

clean: ## Remove everything that can be made again
	rm -rf $(VENV) $(ORACLE) web/node_modules src/tripoint/web dist var .mypy_cache .ruff_cache .pytest_cache .hypothesis
