# The library of the Python package for other systems, by cross compilers: clang of ziglang (PyPI), which
# brings the C libraries of Linux and the headers of macOS, and Debian's musl-tools and gcc-mingw-w64-x86-64-posix. Which of
# them was ever run, and which only compiled: docs/install.md.
PLATFORMS := aarch64-linux x86_64-musl aarch64-macos x86_64-windows
COMPILER_aarch64-linux  = $(ZIG) cc -target aarch64-linux-gnu.2.17
COMPILER_x86_64-musl    = musl-gcc
COMPILER_aarch64-macos  = $(ZIG) cc -target aarch64-macos
COMPILER_x86_64-windows = x86_64-w64-mingw32-gcc-posix
FLAGS_x86_64-windows    = -D__USE_MINGW_ANSI_STDIO=1 -Wno-format
OPT_aarch64-linux       = $(OPT)
# (The linkers of the two others refuse what is defined nowhere without being told.)
LINK_aarch64-linux      = $(PYTHON_LINK) -Wl,-z,defs
LINK_x86_64-musl        = $(PYTHON_LINK) -Wl,-z,defs

# libyaml of Debian's source package, as it came from its authors.
LIBYAML  := $(BUILD)/libyaml
LIBYAML_C = $(patsubst %,$(LIBYAML)/src/%.c,api dumper emitter loader parser reader scanner writer)
YAML_VERSION := 0.2.5
YAML_DEFINES  = -DYAML_VERSION_MAJOR=0 -DYAML_VERSION_MINOR=2 -DYAML_VERSION_PATCH=5 -DYAML_VERSION_STRING='"$(YAML_VERSION)"' -DYAML_DECLARE_STATIC
$(LIBYAML)/ready: rules/libyaml.sh
	rules/libyaml.sh $(LIBYAML) $(YAML_VERSION)
	touch $@
$(LIBYAML_C): $(LIBYAML)/ready ;

# What runs processes of a cohort is no part of the engine.
ENGINE_C    := $(filter-out lib/api/run.c lib/base/cleanup.c,$(LIBRARY_C))
PLATFORM_CC  = $(COMPILER_$(1)) -std=c11 $(or $(OPT_$(1)),-O1) -ffp-contract=off -fno-math-errno -ffunction-sections \
               $(if $(findstring windows,$(1)),,-fPIC) -D_GNU_SOURCE -Ilib -I$(BUILD)/gen -isystem $(LIBYAML)/include
platform_library = $(BUILD)/platform/$(1)/libradmill-python.so

define on_platform
$(BUILD)/platform/$(1)/%.o: %.c $(BUILD)/gen/version.h $(LIBYAML)/ready | $(WHEEL_ENV)/ready
	@mkdir -p $$(@D)
	$(call PLATFORM_CC,$(1)) $$(WARN) $$(FLAGS_$(1)) -MMD -MP -c -o $$@ $$<
$(BUILD)/platform/$(1)/libyaml/%.o: $(LIBYAML)/src/%.c | $(WHEEL_ENV)/ready
	@mkdir -p $$(@D)
	$(call PLATFORM_CC,$(1)) $$(YAML_DEFINES) -w -c -o $$@ $$<
$(call platform_library,$(1)): $(ENGINE_C:%.c=$(BUILD)/platform/$(1)/%.o) $(LIBYAML_C:$(LIBYAML)/src/%.c=$(BUILD)/platform/$(1)/libyaml/%.o) $(BUILD)/gen/radmill.map
	$$(COMPILER_$(1)) -s $$(or $$(LINK_$(1)),-shared) -o $$@ $$(filter %.o,$$^) -lm $$(if $$(findstring windows,$(1)),-static-libgcc -lpthread)
-include $(ENGINE_C:%.c=$(BUILD)/platform/$(1)/%.d)
endef
$(foreach p,$(PLATFORMS),$(eval $(call on_platform,$(p))))

.PHONY: platforms $(PLATFORMS:%=platform-%)
platforms: $(PLATFORMS:%=platform-%)
$(foreach p,$(PLATFORMS),$(eval platform-$(p): $(call platform_library,$(p))))

# Both wheels and the sdist. The one for aarch64 is clang's from the first to the last line.
.PHONY: wheels aarch64-check
wheels: wheel platform-aarch64-linux
	RADMILL_WHEEL_LIBRARY=$(abspath $(call platform_library,aarch64-linux)) RADMILL_WHEEL_PLATFORM=manylinux_2_17_aarch64 \
	    PYTHONDONTWRITEBYTECODE=1 $(WHEEL_PYTHON) -m hatchling build -d $(DIST) -t wheel

# The wheel for aarch64 under qemu-user: its self test, and the reference tables beside this machine's values.
aarch64-check: wheels test-programs
	rules/aarch64-check.sh $(BUILD) $(DIST)
