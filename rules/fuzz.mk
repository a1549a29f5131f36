# Fuzzing of every reader. `make fuzz` runs each target FUZZ_RUNS times under libFuzzer with sanitizers;
# `make check` replays tests/fuzz/corpus (tests/house/sanitize.sh).
FUZZ_C       := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_TARGETS := $(FUZZ_C:tests/fuzz/fuzz_%.c=%)
FUZZ_RUNS    ?= 1000000
FUZZ_SECONDS ?= 0
# 5000 MB for one allocation: of a deflated file DCMTK takes a length of 32 bits at its word, asks for
# that much without touching it, and refuses the file when the bytes do not come.
FUZZ_CHECKS  := address,undefined

.PHONY: fuzz fuzz-programs replay-programs
fuzz:
	@$(MAKE) --no-print-directory CC=clang CXX=clang++ BUILD=build/fuzz BIN=build/fuzz/bin OPT=-O1 \
	    SANITIZE='-fsanitize=fuzzer-no-link,$(FUZZ_CHECKS) -fno-sanitize-recover=all' fuzz-programs
	@for t in $(FUZZ_TARGETS); do \
	    mkdir -p build/fuzz/found/$$t; \
	    echo "fuzzing $$t"; \
	    build/fuzz/tests/fuzz/$$t -runs=$(FUZZ_RUNS) -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=3000 -malloc_limit_mb=5000 \
	        -timeout=20 -artifact_prefix=build/fuzz/$$t- build/fuzz/found/$$t tests/fuzz/corpus/$$t || exit 1; \
	done

fuzz-programs: $(FUZZ_TARGETS:%=$(BUILD)/tests/fuzz/%)
replay-programs: $(FUZZ_TARGETS:%=$(BUILD)/tests/fuzz/replay_%)

FUZZ_COMMON := $(BUILD)/tests/fuzz/file.o
$(BUILD)/tests/fuzz/replay_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/replay.o $(FUZZ_COMMON) $(ARCHIVE)
	$(CXX) $(SANITIZE) $(LDFLAGS) -Wl,--as-needed -o $@ $^ $(LIBS_ALL)

$(FUZZ_TARGETS:%=$(BUILD)/tests/fuzz/%): $(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/fuzz_%.o $(FUZZ_COMMON) $(ARCHIVE)
	$(CXX) $(SANITIZE) -fsanitize=fuzzer $(LDFLAGS) -Wl,--as-needed -o $@ $^ $(LIBS_ALL)

-include $(FUZZ_C:%.c=$(BUILD)/%.d)
