# Two commands are all a newcomer needs: `make demo` and `make test`. The rest is for developers (CONTRIBUTING.md).
PYTHON ?= python3
VENV   ?= .venv
JOBS   ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
SOURCES := $(shell find src/searchlib/core -name '*.cpp' -o -name '*.hpp')
NATIVE := $(SOURCES) CMakeLists.txt tools/unicode_tables.py src/searchlib/_core.pyi

# pyproject's build-system, with CMake and Ninja from PyPI: installed once, so that rebuilding compiles only what changed.
BUILD_TOOLS := 'scikit-build-core>=0.10' 'nanobind>=2.4' 'unicodedata2==18.0.0' 'cmake>=3.21' ninja

# What the installed searchlib's metadata says that an extra needs, one requirement a line.
EXTRA = $(BIN)/python -c 'import sys; from importlib.metadata import requires; \
	print(*(r.split(";")[0] for r in requires("searchlib") if sys.argv[1] in r.partition(";")[2]), sep="\n")'
INSTALL_EXTRA = $(EXTRA) $(1) >$(VENV)/$(1).txt && $(PIP) install --requirement $(VENV)/$(1).txt

export CMAKE_BUILD_PARALLEL_LEVEL ?= $(JOBS)

.PHONY: demo test check explore torture lint format docs sanitize bench bench-full ranking core clean help FORCE
.DEFAULT_GOAL := help

demo: $(VENV)/.installed  ## install, index corpus/, search it
	@$(BIN)/searchlib index corpus --index indexes/demo --prune
	@$(BIN)/searchlib query "Tashkent CSTO" --index indexes/demo
	@printf '\nSearch on:  %s\nYour files: %s\nMore:       %s\n' \
		'$(BIN)/searchlib президент --index indexes/demo' \
		'$(BIN)/searchlib index FOLDER, then $(BIN)/searchlib your words' \
		'$(BIN)/searchlib, docs/command-line.md, docs/query-language.md; from any folder: pipx install .'
	@$(EXTRA) serve >$(VENV)/serve.txt
	@printf 'A page:     %s\n            %s\n' '$(BIN)/pip install -r $(VENV)/serve.txt' '$(BIN)/searchlib serve --index indexes/demo'

# A file's tests stay together in one process, for what they share; PYTEST=-n0 runs all in one.
test: $(VENV)/.installed-test  ## run the test suite; a skip that tests/skips.txt does not list is an error
	$(BIN)/python -m pytest -q --strict-skips --numprocesses $(JOBS) --dist loadfile --max-worker-restart 2 $(PYTEST)

check: $(VENV)/.installed-test  ## the quick part of it, in less than 30 s, for daily work
	$(BIN)/python -m pytest -q --strict-skips --quick $(PYTEST)

# The tests that draw their examples, with ROUNDS seeds from SEED on (the clock's, if none is named).
DRAWING = $(shell grep -rlE 'hypothesis|SEARCHLIB_SEED' tests --include='test_*.py')
ROUNDS ?= 1
explore: $(VENV)/.installed-test  ## the random tests with new seeds: ROUNDS=10, SEED=7 to repeat one, PYTEST=tests/query
	@first=$${SEED:-$$(date +%s)}; \
	for seed in $$(seq $$first $$((first + $(ROUNDS) - 1))); do \
		echo "seed $$seed"; \
		$(BIN)/python -m pytest -q --hypothesis-seed=$$seed $(or $(PYTEST),$(DRAWING)) \
		|| { echo "Repeat it: make explore SEED=$$seed$(if $(PYTEST), PYTEST='$(PYTEST)')"; exit 1; }; \
	done

# ---- the environment

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "searchlib needs Python 3.10 or newer; choose one: make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.build-tools: pyproject.toml | $(BIN)/python
	@$(PIP) install $(BUILD_TOOLS)
	@touch $@

# The names of the Python files: an editable install knows those that were there when it was made.
$(VENV)/.modules: FORCE | $(BIN)/python
	@find src/searchlib -name '*.py' | LC_ALL=C sort >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

$(VENV)/.installed: pyproject.toml $(NATIVE) $(VENV)/.modules $(VENV)/.build-tools
	@echo "Installing searchlib into $(VENV) (compiling its core takes some minutes) …"
	@PATH="$(abspath $(BIN)):$$PATH" $(PIP) install --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@$(call INSTALL_EXTRA,test)
	@touch $@

$(VENV)/.installed-lint: $(VENV)/.installed-test
	@$(call INSTALL_EXTRA,lint)
	@touch $@

$(VENV)/.installed-docs: $(VENV)/.installed
	@$(call INSTALL_EXTRA,docs)
	@touch $@

$(VENV)/.installed-bench: $(VENV)/.installed-test
	@$(call INSTALL_EXTRA,bench)
	@touch $@

torture: $(VENV)/.installed-test  ## workers, machines and routers of a cluster killed at random: ten minutes
	$(BIN)/python tests/cluster/torture.py --seconds 200

# ---- quality

# Functions of the core that nobody calls, by their names; a file that it cannot read is an error, too. What it says
# of pointers is nanobind's way to give an argument a default.
CPPCHECK = $(BIN)/cppcheck --quiet --std=c++20 --enable=unusedFunction --suppress=assignBoolToPointer --error-exitcode=1

# What it installs has every warning an error already: on a clean checkout the core is compiled once, not twice.
lint: export SKBUILD_BUILD_DIR = build/strict
lint: export SKBUILD_CMAKE_DEFINE = SEARCHLIB_STRICT=ON
lint: $(VENV)/.installed-lint  ## formats, types, layers, stubs and compiler warnings
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/clang-format --dry-run -Werror $(SOURCES)
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	$(BIN)/vulture src/searchlib tools/vulture_allowlist.py --exclude '*.pyi'
	$(CPPCHECK) -I src/searchlib/core src/searchlib/core
	$(BIN)/python -m mypy.stubtest --mypy-config-file pyproject.toml \
		--allowlist tools/stubtest_allowlist.txt --ignore-unused-allowlist searchlib._core
	@$(MAKE) --no-print-directory strict

docs: $(VENV)/.installed-docs  ## the site of docs/, in build/docs; a warning is an error
	$(BIN)/sphinx-build -q -W --keep-going -d build/docs-trees docs build/docs
	@echo 'Look at build/docs/index.html'

.PHONY: strict
strict: $(VENV)/.build-tools  # the core with every warning an error; what is installed may be of another build
	@test -e build/strict/build.ninja || PATH="$(abspath $(BIN)):$$PATH" cmake -S . -B build/strict -G Ninja \
		-DCMAKE_BUILD_TYPE=Release -DSEARCHLIB_STRICT=ON -DSEARCHLIB_OUTPUT=$(abspath build/strict) \
		-DPython_EXECUTABLE=$(abspath $(BIN)/python) >/dev/null
	PATH="$(abspath $(BIN)):$$PATH" cmake --build build/strict -- --quiet

format: $(VENV)/.installed-lint  ## rewrite Python and C++ in the project's format
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format --quiet
	$(BIN)/clang-format -i $(SOURCES)

# The core under ASan and UBSan, installed as a package into an environment of its own. The interpreter itself is not
# instrumented: the runtime is preloaded, with libstdc++ so that C++ exceptions are intercepted, and leaks, which
# Python has at exit by design, are not counted. Reports go to files, since pytest would swallow them.
SANITIZED := build/sanitize/venv
REPORT    := log_path=$(abspath build/sanitize/report)
ASAN       = $(shell $${CXX:-g++} -print-file-name=libasan.so):$(shell $${CXX:-g++} -print-file-name=libstdc++.so.6)

sanitize: $(SANITIZED)/.installed  ## the test suite over a core built with AddressSanitizer and UBSan (Linux)
	@rm -f build/sanitize/report.*
	@LD_PRELOAD=$(ASAN) SEARCHLIB_SANITIZED=1 \
		ASAN_OPTIONS=$(REPORT):detect_leaks=0:detect_stack_use_after_return=1:strict_string_checks=1 \
		UBSAN_OPTIONS=$(REPORT):print_stacktrace=1:halt_on_error=1 \
		$(SANITIZED)/bin/python -m pytest -q --strict-skips --numprocesses $(JOBS) --dist loadfile -p no:cacheprovider -o faulthandler_timeout=0 $(PYTEST) \
		|| { cat build/sanitize/report.* 2>/dev/null; false; }

$(SANITIZED)/.installed: $(BIN)/python pyproject.toml $(NATIVE) $(shell find src/searchlib -name '*.py')
	@echo "Building a sanitized core into build/sanitize …"
	@test -e $(SANITIZED)/bin/python || $(BIN)/python -m venv $(SANITIZED)
	@$(SANITIZED)/bin/python -m pip --disable-pip-version-check --quiet install $(BUILD_TOOLS)
	@PATH="$(abspath $(SANITIZED)/bin):$$PATH" SKBUILD_BUILD_DIR=build/sanitize/core SKBUILD_INSTALL_STRIP=false \
		SKBUILD_CMAKE_BUILD_TYPE=RelWithDebInfo SKBUILD_CMAKE_DEFINE=SEARCHLIB_SANITIZE=ON \
		$(SANITIZED)/bin/python -m pip --disable-pip-version-check --quiet install --no-build-isolation '.[test]'
	@touch $@

# ---- speed

bench: $(VENV)/.installed-bench  ## searchlib beside its peers on 20,000 documents: minutes
	$(BIN)/python -m benchmarks run --size 20k --repeats 3
	$(BIN)/python -m benchmarks report

bench-full: $(VENV)/.installed-bench  ## the same on 10,000 to 1,000,000 documents: about an hour
	-$(BIN)/python -m benchmarks environments
	$(BIN)/python -m benchmarks run --size 10k,20k,100k,1m --repeats 3
	$(BIN)/python -m benchmarks report

ranking: $(VENV)/.installed-bench  ## how good the ranking is on $SEARCHLIB_DATA's collections, into the READMEs: minutes
	$(BIN)/python -m benchmarks ranking --readme

# ---- the rest

# An incremental build in place, for PYTHONPATH=src: `make core PYTHON=…` needs cmake, ninja, nanobind, unicodedata2.
core:  ## compile the core into src/, for PYTHONPATH=src with an environment of your own
	@cmake -S . -B build/dev -G Ninja -DCMAKE_BUILD_TYPE=Release -DPython_EXECUTABLE="$$($(PYTHON) -c 'import sys; print(sys.executable)')" >/dev/null
	@cmake --build build/dev

clean:  ## remove what was built, the environment too; indexes stay
	rm -rf build dist $(VENV) src/searchlib/_core*.so

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */\1	/' | expand -t 12
