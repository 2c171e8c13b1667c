# Everything a person or a check types. All of it happens inside .venv and nowhere else.

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Nothing is fetched here: what builds waymark came from the lock, with its hash.
INSTALL_WAYMARK := $(INSTALL) --no-deps --no-build-isolation --editable .
# What is proved and compiled now need not be by a start, while people wait: the first would
# prove, and each would compile where PYTHONDONTWRITEBYTECODE is set.
PREPARE := @$(BIN)/python -m compileall -q bot; $(BIN)/waymark check >/dev/null || true
LOCK := uv pip compile --no-strip-extras --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' --group build
UV := uv==0.13.9
# A worker a processor; whoever has done their share takes over some of the others' tests.
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist worksteal

.DELETE_ON_ERROR:
.PHONY: run test browser fuzz kill soak trouble encoder lint lock clean

# A token in the environment, in a file of its own or in WAYMARK_ENV_FILE means Telegram.
run: $(VENV)/.installed
	@if [ -n "$$WAYMARK_TELEGRAM_TOKEN$$WAYMARK_TELEGRAM_TOKEN_FILE" ] || \
	  { [ -n "$$WAYMARK_ENV_FILE" ] && grep -Eqs \
	    '^[[:space:]]*(export[[:space:]]+)?WAYMARK_TELEGRAM_TOKEN(_FILE)?[[:space:]]*=[[:space:]]*[^[:space:]]' \
	    "$$WAYMARK_ENV_FILE"; }; \
	then exec $(BIN)/waymark run; else exec $(BIN)/waymark chat; fi

test: $(VENV)/.installed-dev $(VENV)/.nginx browser
	$(BIN)/pytest $(SIDE_BY_SIDE)

# Pages are looked at in a real Chromium. Where there is none, root on Debian gets one;
# others install it, or those tests are skipped and say so (with CI=true they fail). Each
# name is asked for by itself: `command -v` of some shells looks at the first alone.
browser:
	@for name in chromium chromium-browser google-chrome; do \
	  if command -v $$name >/dev/null; then exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get -qq update && \
	  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y chromium >/dev/null; \
	then exit 0; fi; \
	echo "There is no Chromium, so tests of pages are skipped (with CI=true they fail)." \
	  "As root on Debian: apt-get install chromium" >&2

# What chance does to the bot in the suite, for as long as CASES last, of each kind: updates,
# files of a flow, requests, flows and ways through one, counts that an attacker has. What
# failed is tried first the next time (.hypothesis); SEED is for the same cases elsewhere, WHAT
# for one kind alone.
FUZZ := tests/web/test_fuzz.py tests/core/checker/test_against_brute_force.py \
	tests/channels/test_telegram_every_configuration.py tests/fuzz \
	tests/core/test_attacker.py tests/core/test_related_measures.py
fuzz: $(VENV)/.installed-dev
	WAYMARK_FUZZ_CASES=$(or $(CASES),100000) $(BIN)/pytest $(SIDE_BY_SIDE) --timeout=0 \
	  $(if $(SEED),--hypothesis-seed=$(SEED)) $(or $(WHAT),$(FUZZ))

# A simulated day of PEOPLE with each store: what an update takes, hour by hour, and what is left.
soak: $(VENV)/.installed-dev
	$(BIN)/python -m tests.soak $(or $(PEOPLE),100000)

# What everyone else waits while a chat floods, others are slowed down, or updates are broken.
trouble: $(VENV)/.installed-dev
	$(BIN)/python -m tests.soak.trouble

# Killed under load, by polling and by webhook, on SQLite and on PostgreSQL: KILLS in each
# mode. `make kill SEED=7` gives the same people and moments as the seed that was printed.
kill: $(VENV)/.installed-dev
	WAYMARK_KILLS=$(or $(KILLS),1000) WAYMARK_KILL_SEED=$(or $(SEED),0) \
	  $(BIN)/pytest -s --timeout=0 --durations=4 tests/kills

# Teaches the encoder anew from all messages (docs/recognition.md), in an environment of its
# own with torch. WITHOUT names files of messages to leave out, and TO another file.
encoder: $(VENV)-encoder/.installed
	$(VENV)-encoder/bin/python -m bot.learning.encoder_training flows/stalking \
	  $(or $(TO),flows/signs/encoder.onnx) $(WITHOUT)

$(VENV)-encoder/.installed: requirements-encoder.lock
	python3 -m venv $(VENV)-encoder
	$(VENV)-encoder/bin/python -m pip install --quiet --disable-pip-version-check \
	  --require-hashes --requirement $<
	@touch $@

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Keeps the versions that still fit. To take newer ones, remove the locks first.
lock: $(VENV)/.made
	$(INSTALL) $(UV)
	$(BIN)/$(LOCK) pyproject.toml --output-file requirements.lock
	$(BIN)/$(LOCK) pyproject.toml --extra dev --constraint requirements.lock \
	  --output-file requirements-dev.lock
	$(BIN)/$(LOCK) pyproject.toml --extra encoder --constraint requirements.lock \
	  --output-file requirements-encoder.lock

clean:
	rm -rf $(VENV) $(VENV)-encoder build waymark.egg-info .coverage .coverage.* \
	  .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find bot tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.installed: requirements.lock pyproject.toml $(VENV)/.made
	$(INSTALL) --require-hashes --requirement requirements.lock
	$(INSTALL_WAYMARK)
	$(PREPARE)
	@touch $@

# The development lock holds the runtime one, so `make run` has nothing left to install.
$(VENV)/.installed-dev: requirements-dev.lock requirements.lock pyproject.toml $(VENV)/.made
	$(INSTALL) --require-hashes --requirement requirements-dev.lock
	$(INSTALL_WAYMARK)
	$(PREPARE)
	@touch $(VENV)/.installed $@

# A real nginx for the tests of several replicas: the machine's own, or Debian's package
# unpacked here. Where there is neither, those tests are left out, and say why.
$(VENV)/.nginx: $(VENV)/.made
	@PATH="$$PATH:/usr/sbin"; command -v nginx >/dev/null || { \
	  mkdir -p $(VENV)/nginx && cd $(VENV)/nginx && \
	  { apt-get -qq download nginx || { apt-get -qq update && apt-get -qq download nginx; }; } && \
	  dpkg-deb --extract nginx_*.deb .; } || \
	  echo "There is no nginx, so the tests of several replicas are left out." >&2
	@touch $@

# The newest Python that is new enough and can make a virtual environment. Each one is
# tried, because a name on PATH may be a version manager's shim with nothing behind it.
$(VENV)/.made:
	@recent=; \
	for python in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  recent=$$python; \
	  "$$python" -c 'import ensurepip, venv' 2>/dev/null || continue; \
	  rm -rf $(VENV); \
	  "$$python" -m venv $(VENV) && touch $@ && exit 0; \
	  exit 1; \
	done; \
	if [ -n "$$recent" ]; \
	then echo "$$recent cannot make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv" >&2; \
	else echo "Waymark needs Python 3.11 or newer, and there is none on PATH." >&2; \
	fi; \
	exit 1
