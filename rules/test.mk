# Three levels: cmocka units by room, bats by tool, bats for the pipeline (tests/run counts them all).
# `make check-long` runs what takes longer than `make check` may: the level "long" of tests/run. `make check-ci-long`
# runs the part of it that .ci/run runs, too. Where packages cannot be installed, its tests that need them are skipped.
UNIT_C        := $(sort $(wildcard tests/unit/*/test_*.c))
UNIT_BINARIES := $(UNIT_C:%.c=$(BUILD)/%)
GEN_C         := $(sort $(wildcard tests/gen/*.c))
GEN_CC        := $(sort $(wildcard tests/gen/*.cc))
GEN_BINARIES  := $(GEN_C:%.c=$(BUILD)/%) $(GEN_CC:%.cc=$(BUILD)/%)
# What the generators share: folders below tests/gen, in one archive.
GEN_PARTS_CC  := $(sort $(wildcard tests/gen/*/*.cc))
GEN_PARTS     := $(if $(GEN_PARTS_CC),$(BUILD)/libgen.a)

RADMILL_TEST_DATA ?= $(CURDIR)/../shared/data
export RADMILL_TEST_DATA

.PHONY: check check-now check-long check-ci-long units format-check
check: deps-test
	@$(MAKE) --no-print-directory check-now

check-now: tools test-programs
	@tests/run "$(BUILD)" "$(BIN)"

check-long: deps-long
	@$(MAKE) --no-print-directory tools test-programs
	@tests/run "$(BUILD)" "$(BIN)" long

check-ci-long:
	@$(MAKE) --no-print-directory deps-long || echo "radmill: without these packages what needs them is skipped"
	@$(MAKE) --no-print-directory tools test-programs
	@tests/run "$(BUILD)" "$(BIN)" ci

test-programs: $(UNIT_BINARIES) $(GEN_BINARIES)

# The library's tests are linked from the same objects as the library; one of them makes allocations fail.
API_WRAPPED := malloc calloc realloc aligned_alloc strdup
$(BUILD)/tests/unit/api/test_memory: WRAP = $(API_WRAPPED:%=-Wl,--wrap=%)
$(BUILD)/tests/unit/api/%: $(BUILD)/tests/unit/api/%.o $(LIBRARY_OBJECTS)
	$(CC) $(SANITIZE) $(LDFLAGS) $(WRAP) -Wl,--as-needed -o $@ $^ -lcmocka $(LIBRARY_LIBS) -lpthread

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(ARCHIVE)
	$(CC) $(SANITIZE) $(LDFLAGS) -Wl,--as-needed -o $@ $^ -lcmocka $(LIBS_ALL)

$(GEN_PARTS): $(GEN_PARTS_CC:%.cc=$(BUILD)/%.o)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/tests/gen/%: $(BUILD)/tests/gen/%.o $(GEN_PARTS) $(ARCHIVE)
	$(CXX) $(SANITIZE) $(LDFLAGS) -Wl,--as-needed -o $@ $^ $(LIBS_CODECS) $(LIBS_ALL)

-include $(UNIT_C:%.c=$(BUILD)/%.d) $(GEN_C:%.c=$(BUILD)/%.d) $(GEN_CC:%.cc=$(BUILD)/%.d) \
         $(GEN_PARTS_CC:%.cc=$(BUILD)/%.d)

# The same sources by another compiler and under sanitizers: make clang-build GOALS="tools test-programs"
# (tests/house). clang without the ITK plugin: Debian's ITK headers refuse every compiler but the one that
# ITK was built with.
CLANG   ?= clang
CLANGXX ?= clang++
GOALS   ?= tools
CLANG_SWITCHES = CC="$(CLANG)" CXX="$(CLANGXX)" PLUGINS=
ASAN_SWITCHES  = OPT=-O0 SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all'
.PHONY: clang-build asan-build clang-asan-build
clang-build:
	+@$(MAKE) --no-print-directory $(CLANG_SWITCHES) BUILD=build/clang BIN=build/clang/bin $(GOALS)
asan-build:
	+@$(MAKE) --no-print-directory $(ASAN_SWITCHES) BUILD=build/asan BIN=build/asan/bin $(GOALS)
clang-asan-build:
	+@$(MAKE) --no-print-directory $(CLANG_SWITCHES) $(ASAN_SWITCHES) BUILD=build/clang-asan BIN=build/clang-asan/bin $(GOALS)

# radfeat as it runs on processors with fewer instruction sets: the same objects, with the detection of the
# processor replaced (tests/values/processor.c).
PROCESSORS := baseline avx2
.PHONY: lesser-processors print-processors
lesser-processors: $(PROCESSORS:%=$(BUILD)/tests/values/radfeat-%)
print-processors:
	@echo $(PROCESSORS)
$(BUILD)/tests/values/processor-%.o: tests/values/processor.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -DPROCESSOR_$* -c -o $@ $<
$(BUILD)/tests/values/radfeat-%: $(BUILD)/tools/radfeat.main.o $(BUILD)/tools/radfeat.o $(BUILD)/tools/radguard.o \
                                 $(BUILD)/tests/values/processor-%.o $(ARCHIVE)
	$(CC) $(SANITIZE) $(LDFLAGS) -Wl,--gc-sections -Wl,--as-needed -Wl,--wrap=__cpu_indicator_init -o $@ $^ $(LIBS_ALL)

# Against pyradiomics, by hand (tests/oracle/README.md).
ORACLE_PYTHON ?= python3
ORACLE_CASES  ?= 2000
.PHONY: oracle
oracle: tools
	$(ORACLE_PYTHON) tests/oracle/oracle.py --radfeat $(BIN)/radfeat --cases $(ORACLE_CASES) --jobs 2

# A system call that fails, for tests to preload (tests/faults/fault.c).
test-programs: $(BUILD)/tests/faults/fault.so
$(BUILD)/tests/faults/fault.so: tests/faults/fault.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -O1 -g -fPIC -shared $(WARN) -Wno-missing-prototypes -o $@ $< -ldl

# IBSI's published values by the presets of profile ibsi, a line for each configuration (tests/ibsi).
.PHONY: ibsi
ibsi: tools $(GEN_BINARIES)
	@RADMILL_BIN="$(abspath $(BIN))" RADMILL_BUILD="$(abspath $(BUILD))" tests/ibsi/run
# The validation cohort against the values of IBSI's teams; minutes.
.PHONY: ibsi-teams
ibsi-teams: tools
	@RADMILL_BIN="$(abspath $(BIN))" tests/ibsi/teams
