# Thin on purpose: what happens is in `samhandling start` (src/samhandling/cli) and in pyproject.toml.
VENV := .venv
BIN  := $(VENV)/bin
PIP  := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock"
DEMO_DAY ?= 2020-11-30

export PORT ?= 8000

.PHONY: setup run demo test coverage check bench soak release-check docs messages lock clean

## Install everything that developing needs (repeating it is instant)
setup: $(VENV)/.dev

## Open the workspace with the demo county on http://127.0.0.1:$(PORT)
run: $(VENV)/.base
	SAMHANDLING_DEMO_DAY=$(DEMO_DAY) $(BIN)/samhandling start

## Everything that `make run` does, but serving
demo: $(VENV)/.base
	SAMHANDLING_DEMO_DAY=$(DEMO_DAY) $(BIN)/samhandling start --no-serve

test: $(VENV)/.dev
	$(BIN)/python tests/run.py

## Which lines and branches the fast tests never reach
coverage: $(VENV)/.dev
	$(BIN)/pytest -q -n 2 --dist loadfile --cov --cov-report=term -m "not postgres" tests/unit tests/spec tests/integration

check: $(VENV)/.dev
	$(BIN)/python tests/check.py

## Drills: kill -9 under writing, full disk, database restart
soak: $(VENV)/.dev
	$(BIN)/python -m tests.soak

## Before a release: the drills, and the installation guide run as it stands.
## The guide changes the machine: on a throw-away Debian 12, as root, with THROWAWAY=1
release-check: soak
	python3 tests/deploy/run_page.py $(if $(THROWAWAY),--really)

bench: $(VENV)/.dev
	$(BIN)/python -m bench

## Generate docs/reference from the code
docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py

## Update the message catalogue from code and templates
messages: $(VENV)/.dev
	$(BIN)/samhandling messages update

## Renew the locked requirements
lock: $(VENV)/.dev
	$(BIN)/$(LOCK) --group build pyproject.toml --output-file requirements/base.txt
	$(BIN)/$(LOCK) --group build --group dev --constraints requirements/base.txt pyproject.toml --output-file requirements/dev.txt

clean:
	rm -rf $(VENV) out

$(VENV)/.base: requirements/base.txt pyproject.toml
	test -x $(BIN)/python || python3 -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/base.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	$(PIP) install --require-hashes -r requirements/dev.txt
	touch $@
