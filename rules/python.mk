# The Python package (python/): the library of rules/library.mk with libyaml inside and without what runs
# cohorts, since a wheel may ask a system for its C library only.
PYTHON_LIBRARY  := $(BUILD)/python/libradmill-python.so
PYTHON_STRIPPED := $(BUILD)/python/stripped/libradmill-python.so
PYTHON_PORTABLE := $(BUILD)/python/portable/libradmill-python.so
PYTHON_OBJECTS  := $(filter-out $(BUILD)/lib/api/run.o,$(LIBRARY_OBJECTS))
YAML_ARCHIVE     = $(shell $(CC) -print-file-name=libyaml.a)
PYTHON_LINK      = -shared -Wl,-soname,libradmill-python.so -Wl,--gc-sections -Wl,--as-needed \
                   -Wl,--version-script=$(BUILD)/gen/radmill.map

.PHONY: python-library
python-library: $(PYTHON_LIBRARY)
test-programs: $(PYTHON_LIBRARY)

$(PYTHON_LIBRARY): $(PYTHON_OBJECTS) $(BUILD)/gen/radmill.map
	@mkdir -p $(@D)
	$(CC) $(PYTHON_LINK) $(SANITIZE) $(LDFLAGS) $(if $(SANITIZE),,-Wl,--no-undefined) \
	    -o $@ $(PYTHON_OBJECTS) $(YAML_ARCHIVE) -lm

$(PYTHON_STRIPPED): $(PYTHON_LIBRARY)
	@mkdir -p $(@D)
	strip -o $@ $<

# A wheel for C libraries as old as 2.17: gcc's objects, linked by zig, which knows what each release has.
# libgcc.a comes first: zig's own runtime has an empty __cpu_indicator_init, and every function with
# several instruction sets would fall to the baseline without a word (make wheel-check measures it).
WHEEL_ENV      := $(BUILD)/python/env
WHEEL_PYTHON    = $(WHEEL_ENV)/bin/python
WHEEL_PLATFORM := manylinux_2_17_x86_64
BUILD_PYTHON   ?= python3
ZIG             = env ZIG_GLOBAL_CACHE_DIR=$(abspath $(BUILD))/python/zig ZIG_LOCAL_CACHE_DIR=$(abspath $(BUILD))/python/zig \
                  $(WHEEL_PYTHON) -m ziglang

# What building needs from PyPI.
.PHONY: wheel-env
wheel-env: $(WHEEL_ENV)/ready

$(WHEEL_ENV)/ready: python/requirements-build.txt
	rm -rf $(WHEEL_ENV)
	$(BUILD_PYTHON) -m venv $(WHEEL_ENV)
	$(WHEEL_PYTHON) -m pip install --quiet --disable-pip-version-check -r $<
	touch $@

$(PYTHON_PORTABLE): $(PYTHON_OBJECTS) $(BUILD)/gen/radmill.map $(WHEEL_ENV)/ready
	@mkdir -p $(@D)
	$(ZIG) cc -target x86_64-linux-gnu.2.17 -s $(PYTHON_LINK) -Wl,-z,defs -o $@ $(PYTHON_OBJECTS) \
	    $(shell $(CC) -print-libgcc-file-name) $(YAML_ARCHIVE) -lm

# dist/: the wheel for this machine's architecture and the sdist; the same bytes from the same sources.
DIST ?= dist
.PHONY: wheel wheel-check
wheel: $(PYTHON_PORTABLE)
	@[ "$$(uname -m)" = x86_64 ] || { echo "make wheel: x86_64 only; elsewhere: pip install ." >&2; exit 1; }
	rm -rf $(DIST)
	RADMILL_WHEEL_LIBRARY=$(abspath $(PYTHON_PORTABLE)) RADMILL_WHEEL_PLATFORM=$(WHEEL_PLATFORM) PYTHONDONTWRITEBYTECODE=1 \
	    $(WHEEL_PYTHON) -m hatchling build -d $(DIST) -t wheel -t sdist

wheel-check: wheel $(PYTHON_STRIPPED)
	rules/wheel-check.sh $(BUILD) $(DIST)
