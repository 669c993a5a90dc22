# Everything runs in .venv; only Python 3.11 or newer and make are needed. No file is fetched but packages.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PORT ?= 8501
# setuptools warns of every editable install whose packages lie at the top; that is how it is here.
PIP := PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --constraint constraints.txt

.PHONY: chat build test engines lint format quality speed rivals performance picture clean

chat: build            ## everything, then the page at a printed address; PORT=8640 chooses its port
	$(BIN)/quotewell chat --port $(PORT)

build: .venv/installed ## environment and index, without the page
	$(BIN)/quotewell build

test: .venv/tested     ## lint, types, all tests
	$(MAKE) --no-print-directory lint
	$(BIN)/pytest -m "not slow"
	$(BIN)/pytest -m slow

# A Milvus each: what conflicts with the others' packages stays in an environment of its own.
ENGINES := lite3 lite2 server
engines: $(ENGINES:%=.venv-milvus-%/installed) ## the tests of engines, with each Milvus that runs on one machine
	@failed=0; for one in $(ENGINES); do \
		.venv-milvus-$$one/bin/python -m pytest -q -rN -p no:cacheprovider --confcutdir=tests/index/engines \
			tests/index/engines > .venv-milvus-$$one/log 2>&1 || failed=1; \
		echo "$$(paste -sd' ' tests/index/engines/requirements/$$one.txt): $$(tail -1 .venv-milvus-$$one/log)"; \
	done; exit $$failed

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

performance: build .venv/tested .venv-rivals/installed   ## docs/performance.md, for hours (needs Chromium); MEDQUAD=FILE ARTICLES=FILE PASSAGES=N,N …
	$(BIN)/python -m benchmarks.performance --peers .venv-rivals/bin/python $(if $(MEDQUAD),--medquad "$(MEDQUAD)") \
		$(if $(ARTICLES),--articles "$(ARTICLES)") $(if $(DOCUMENTS),--documents $(DOCUMENTS)) \
		$(if $(PASSAGES),--passages $(PASSAGES)) $(if $(KILLS),--kills $(KILLS)) $(if $(FUZZ),--fuzz $(FUZZ)) \
		$(if $(WORK),--work "$(WORK)")

picture: build .venv/tested ## the README's pictures in docs (needs Chromium)
	$(BIN)/python -m benchmarks.picture

clean:                 ## what make has made here; what people keep (index, feedback) stays
	rm -rf .venv .venv-milvus-* .venv-rivals build *.egg-info

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or give PYTHON=…"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

.venv-milvus-%/installed: tests/index/engines/requirements/%.txt tests/index/engines/requirements/all.txt constraints.txt
	@echo "Installing a Milvus into .venv-milvus-$*: about a minute without a word."
	$(PYTHON) -m venv .venv-milvus-$*
	.venv-milvus-$*/bin/pip install --quiet --constraint constraints.txt --requirement $(dir $<)all.txt
	.venv-milvus-$*/bin/pip install --quiet --requirement $<
	@touch $@

.venv/installed: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing the packages into .venv: about two minutes without a word."
	$(PIP) --editable ".[build]"
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
