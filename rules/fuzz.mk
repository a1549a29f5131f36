# Fuzzing of every reader (tests/fuzz/README.md). `make fuzz` runs each target FUZZ_RUNS times under
# libFuzzer with sanitizers and ends with a line for each; `make check` replays tests/fuzz/corpus
# (tests/house/sanitize.sh). FUZZ_ONLY="seg nii" runs some of them.
FUZZ_C       := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_TARGETS := $(FUZZ_C:tests/fuzz/fuzz_%.c=%)
FUZZ_RUNS    ?= 1000000
FUZZ_SECONDS ?= 0
FUZZ_ONLY    ?= $(FUZZ_TARGETS)
FUZZ_BUILD   ?= build/fuzz
FUZZ_FLAGS   := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all

# The plugin is built without sanitizers, because Debian's ITK headers refuse clang. Its memory is checked
# all the same, since it uses the program's allocator and string functions.
FUZZ_MAKE = $(MAKE) --no-print-directory CC="$(FUZZ_CC)" CXX="$(FUZZ_CXX)" BUILD=$(FUZZ_BUILD) \
            BIN=$(FUZZ_BUILD)/bin OPT=-O1 SANITIZE='$(FUZZ_FLAGS)'
FUZZ_CC  ?= clang
FUZZ_CXX ?= clang++

.PHONY: fuzz fuzz-programs replay-programs
fuzz:
	@$(FUZZ_MAKE) fuzz-programs
	@$(MAKE) --no-print-directory BUILD=$(FUZZ_BUILD) plugins
	@rules/fuzz.sh $(FUZZ_BUILD) $(FUZZ_RUNS) $(FUZZ_SECONDS) $(FUZZ_ONLY)

# Programs lie three folders below the build's, which is where they look for the plugin.
FUZZ_RUN    := $(BUILD)/tests/fuzz/run
FUZZ_REPLAY := $(BUILD)/tests/fuzz/replay
FUZZ_COMMON := $(BUILD)/tests/fuzz/file.o $(BUILD)/tests/fuzz/series.o $(BUILD)/tests/fuzz/leaks.o
fuzz-programs: $(FUZZ_TARGETS:%=$(FUZZ_RUN)/%)
replay-programs: $(FUZZ_TARGETS:%=$(FUZZ_REPLAY)/%) $(PLUGINS) $(DCMTK_PLUGINS)

$(FUZZ_REPLAY)/%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/replay.o $(FUZZ_COMMON) $(ARCHIVE)
	@mkdir -p $(@D)
	$(CXX) $(SANITIZE) $(LDFLAGS) -Wl,--as-needed -o $@ $^ $(LIBS_ALL)

$(FUZZ_RUN)/%: $(BUILD)/tests/fuzz/fuzz_%.o $(FUZZ_COMMON) $(ARCHIVE)
	@mkdir -p $(@D)
	$(CXX) $(SANITIZE) -fsanitize=fuzzer $(LDFLAGS) -Wl,--as-needed -o $@ $^ $(LIBS_ALL)

-include $(FUZZ_C:%.c=$(BUILD)/%.d) $(FUZZ_COMMON:.o=.d)
