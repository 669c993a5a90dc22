# Everything runs in .venv; only Python 3.11 or newer and make are needed. No file is fetched but packages.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PORT ?= 8501
# setuptools warns of every editable install whose packages lie at the top; that is how it is here.
PIP := PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --constraint constraints.txt

.PHONY: chat build test lint format quality speed rivals picture clean

chat: build            ## everything, then the page at a printed address; PORT=8640 chooses its port
	$(BIN)/quotewell chat --port $(PORT)

build: .venv/installed ## environment and index, without the page
	$(BIN)/quotewell build

test: .venv/tested     ## lint, types, all tests
	$(MAKE) --no-print-directory lint
	$(BIN)/pytest -m "not slow"
	$(BIN)/pytest -m slow

lint: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/tested
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

quality: build         ## the figures of docs/quality.md and of the About page; LITERATURE=DIR measures that corpus too
	$(BIN)/python -m benchmarks.quality $(if $(LITERATURE),--literature "$(LITERATURE)")

speed: build .venv/tested   ## how fast it is served, and how much a visit loads (needs Chromium)
	$(BIN)/python -m benchmarks.speed

rivals: build .venv-rivals/installed   ## retrieval beside txtai and LangChain; MEDQUAD=FILE names the questions
	$(BIN)/python -m benchmarks.rivals $(MEDQUAD) --peers .venv-rivals/bin/python

picture: build .venv/tested ## the README's pictures in docs (needs Chromium)
	$(BIN)/python -m benchmarks.picture

clean:                 ## what make has made here; what people keep (index, feedback) stays
	rm -rf .venv .venv-rivals build *.egg-info

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or give PYTHON=…"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

.venv/installed: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing the packages into .venv: about two minutes without a word."
	$(PIP) --editable .
	@touch $@

.venv/tested: .venv/installed
	@echo "Installing what the tests need into .venv: about a minute without a word."
	$(PIP) --editable ".[test]"
	@touch $@

.venv-rivals/installed: .venv/installed benchmarks/rivals/requirements.txt
	@echo "Installing other libraries into .venv-rivals, to compare with: about three minutes without a word."
	$(PYTHON) -m venv .venv-rivals
	.venv-rivals/bin/python -m pip install --quiet --constraint constraints.txt \
		--requirement benchmarks/rivals/requirements.txt
	@touch $@
