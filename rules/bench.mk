# Side by side with pyradiomics where a Python with it is named (bench/README.md).
BENCH_PYTHON ?=
BENCH_OUT    ?= build/bench
BENCH_FLAGS  ?=
.PHONY: bench
bench: tools
	@test -e $(BENCH_OUT)/syn.nii || $(or $(BENCH_PYTHON),python3) bench/cases.py $(RADMILL_TEST_DATA) $(BIN) $(BENCH_OUT)
	@$(or $(BENCH_PYTHON),python3) bench/compare.py $(BIN)/radfeat $(BENCH_OUT) --python "$(BENCH_PYTHON)" $(BENCH_FLAGS)

# The texture kernels alone: nanoseconds a voxel (bench/matrices.c).
.PHONY: bench-matrices
bench-matrices: $(BUILD)/bench/matrices
	$(BUILD)/bench/matrices
$(BUILD)/bench/matrices: $(BUILD)/bench/matrices.o $(ARCHIVE)
	$(CC) $(SANITIZE) $(LDFLAGS) -Wl,--gc-sections -Wl,--as-needed -o $@ $^ $(LIBS_ALL)
-include $(BUILD)/bench/matrices.d
