# The Python package (python/): the library of rules/library.mk with libyaml inside, since a wheel may ask a
# system for its C library only.
PYTHON          ?= python3
PYTHON_LIBRARY  := $(BUILD)/python/libradmill-python.so
YAML_ARCHIVE    ?= $(shell $(CC) -print-file-name=libyaml.a)

.PHONY: python-library
python-library: $(PYTHON_LIBRARY)

$(PYTHON_LIBRARY): $(LIBRARY_OBJECTS) $(BUILD)/gen/radmill.map
	@mkdir -p $(@D)
	$(CC) -shared $(SANITIZE) $(LDFLAGS) -Wl,-soname,$(@F) -Wl,--gc-sections -Wl,--as-needed \
	    $(if $(SANITIZE),,-Wl,--no-undefined) -Wl,--version-script=$(BUILD)/gen/radmill.map \
	    -o $@ $(LIBRARY_OBJECTS) $(YAML_ARCHIVE) -lm

test-programs: $(PYTHON_LIBRARY)
