# make report [CORPUS=DIR] [OUT=DIR]   the main job: a folder of pages to OUT/report.html (more with OPTIONS="--force")
# make test                            lint, tests, and every notebook against its stored outputs
# make lab                             JupyterLab in notebooks/
# make bench                           speed and accuracy, measured
# For whoever changes the suite: make refresh (stored outputs), make lock (versions), make format,
# make kills (a run killed fifty times is completed each time), make stance-model (trains the classifier).
# All but lock first do what setup does, and setup does nothing when nothing has changed.

.DEFAULT_GOAL := help
.PHONY: help setup report test kills lab bench stance-model refresh format lock

CORPUS ?= corpus
OUT ?= build
BENCH ?= ../shared/bench
OPTIONS ?=
LAB_OPTIONS ?=
PYTHONS = python3.13 python3.12 python3.11 python3

# An active conda environment made from environment.yml serves in place of .venv.
IN_CONDA := $(if $(CONDA_PREFIX),$(shell cd / && "$(CONDA_PREFIX)/bin/python" -c \
  'import cuttings, pathlib; print(pathlib.Path(cuttings.__file__).resolve().parents[2])' 2>/dev/null))
BIN := $(if $(filter $(CURDIR),$(IN_CONDA)),$(CONDA_PREFIX)/bin,.venv/bin)

help:
	@sed -n '1,/^$$/s/^# \{0,1\}//p' Makefile

setup:
ifeq ($(BIN),.venv/bin)
	@if cmp -s requirements.lock .venv/requirements.lock && cmp -s pyproject.toml .venv/pyproject.toml; then exit 0; fi; \
	stop() { echo "$$1" >&2; exit 1; }; \
	for name in $(PYTHONS); do \
	  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; \
	[ -n "$$python" ] || stop 'Python 3.11 or later is missing: install it from python.org, or with apt install python3 python3-venv'; \
	$$python -c 'import venv, ensurepip' 2>/dev/null || \
	  stop "$$python has no venv module: install it, on Debian and Ubuntu with apt install python3-venv"; \
	if ! cmp -s requirements.lock .venv/requirements.lock; then \
	  echo "setting up .venv with $$($$python --version) from requirements.lock: about two minutes, once"; \
	  rm -rf .venv; \
	  $$python -m venv .venv && \
	  .venv/bin/python -m pip --disable-pip-version-check install --quiet --compile --require-hashes -r requirements.lock || exit 1; \
	fi; \
	.venv/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation -e . && \
	cp requirements.lock pyproject.toml .venv/
endif

report: setup
	@$(BIN)/python -m cuttings report --corpus "$(CORPUS)" --out "$(OUT)" $(OPTIONS)

test: setup
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check
	rm -rf build/test
	CUTTINGS_QUIET=1 $(BIN)/python -m pytest -n 2 --dist loadfile tests notebooks \
	  --nbval --nbval-current-env --nbval-sanitize-with tests/nbval-sanitise.cfg --nbval-cell-timeout 300

lab: setup
	@$(BIN)/python -m jupyter trust notebooks/*.ipynb
	@$(BIN)/python -m jupyter lab notebooks --LabApp.app_settings_dir=notebooks/.jupyterlab \
	  --LabApp.default_url=/lab/workspaces/cuttings/tree/README.md $(LAB_OPTIONS)

kills: setup
	CUTTINGS_KILLS=50 CUTTINGS_QUIET=1 $(BIN)/python -m pytest -q tests/test_interrupted.py

bench: setup
	@for script in benchmarks/*.py; do $(BIN)/python "$$script" || exit 1; done

stance-model: setup build/training/venv/done
	$(BIN)/python training/pairs.py $(BENCH) build/training/pairs.json
	for fold in 0 1 2 3; do \
	  PYTHONPATH=lib build/training/venv/bin/python training/teacher.py $(BENCH) build/training/pairs.json build/training $$fold || exit 1; \
	done
	PYTHONPATH=lib build/training/venv/bin/python training/student.py $(BENCH) build/training/pairs.json build/training
	PYTHONPATH=lib build/training/venv/bin/python training/again.py $(BENCH) build/training/pairs.json build/training
	$(BIN)/python training/example.py

build/training/venv/done: training/requirements.txt
	@for name in $(PYTHONS); do \
	  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; $${python:-python3} -m venv build/training/venv
	@build/training/venv/bin/python -m pip --disable-pip-version-check install --quiet torch==2.13.0
	@build/training/venv/bin/python -m pip --disable-pip-version-check install --quiet -r training/requirements.txt
	@touch $@

refresh: setup
	@$(BIN)/python -m cuttings refresh

format: setup
	$(BIN)/python -m ruff check --fix
	$(BIN)/python -m ruff format

lock: build/lock/bin/uv
	build/lock/bin/uv pip compile pyproject.toml --quiet --extra test --universal --python-version 3.11 \
	  --generate-hashes --custom-compile-command "make lock" -o requirements.lock
	build/lock/bin/python lib/cuttings/environment.py

build/lock/bin/uv:
	@for name in $(PYTHONS); do \
	  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; $${python:-python3} -m venv build/lock
	@build/lock/bin/python -m pip --disable-pip-version-check install --quiet uv
