# Two commands are all a newcomer needs: `make demo` and `make test`. The rest is for developers (CONTRIBUTING.md).
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
CORE   := $(shell find src/searchlib/core -name '*.cpp' -o -name '*.hpp') CMakeLists.txt tools/unicode_tables.py

.PHONY: demo test lint sanitize bench bench-full core clean help

demo: $(VENV)/.installed  ## install, index corpus/, search it
	@$(BIN)/searchlib index corpus --index indexes/demo --prune
	@$(BIN)/searchlib query "Tashkent CSTO" --index indexes/demo

test: $(VENV)/.installed-test  ## run the test suite
	$(BIN)/python -m pytest -q

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml $(CORE) | $(VENV)/bin/python
	@echo "Installing searchlib into $(VENV) (compiling its core; about a minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

$(VENV)/.installed-lint: $(VENV)/.installed-test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check '.[lint]' cmake ninja nanobind unicodedata2
	@touch $@

# An incremental build in place, for PYTHONPATH=src: `make core PYTHON=…` needs cmake, ninja, nanobind, unicodedata2.
core:
	@cmake -S . -B build/dev -G Ninja -DCMAKE_BUILD_TYPE=Release -DPython_EXECUTABLE="$$($(PYTHON) -c 'import sys; print(sys.executable)')" >/dev/null
	@cmake --build build/dev

clean:
	rm -rf build .venv src/searchlib/_core*.so

help:
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'
