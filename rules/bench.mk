# Side by side with pyradiomics where a Python with it is named (bench/README.md).
BENCH_PYTHON ?=
BENCH_OUT    ?= build/bench
BENCH_FLAGS  ?=
.PHONY: bench
bench: tools $(BENCH_OUT)/made
	@$(or $(BENCH_PYTHON),python3) bench/compare.py $(BIN)/radfeat $(BENCH_OUT) --python "$(BENCH_PYTHON)" $(BENCH_FLAGS)
$(BENCH_OUT)/made: bench/cases.py bench/by_size.py | tools
	@$(or $(BENCH_PYTHON),python3) bench/cases.py $(RADMILL_TEST_DATA) $(BIN) $(BENCH_OUT)
	@touch $@

# The texture kernels alone (bench/matrices.c), and IBSI's families and filters beside pyradiomics' (bench/kin.c):
# nanoseconds a voxel.
.PHONY: bench-matrices bench-kin
bench-matrices: $(BUILD)/bench/matrices
	$(BUILD)/bench/matrices
bench-kin: $(BUILD)/bench/kin
	$(BENCH_UNDER) $(BUILD)/bench/kin
$(BUILD)/bench/matrices $(BUILD)/bench/kin: $(BUILD)/bench/%: $(BUILD)/bench/%.o $(BUILD)/bench/scene.o $(ARCHIVE)
	$(CC) $(SANITIZE) $(LDFLAGS) -Wl,--gc-sections -Wl,--as-needed -o $@ $^ $(LIBS_ALL)
-include $(BUILD)/bench/matrices.d $(BUILD)/bench/kin.d $(BUILD)/bench/scene.d

# Maps, microseconds a ROI voxel and class (bench/maps.c), as this processor runs them and as lesser ones would.
.PHONY: bench-maps
BENCH_BRAIN = $(RADMILL_TEST_DATA)/pyradiomics/brain1_image.nrrd $(RADMILL_TEST_DATA)/pyradiomics/brain1_label.nrrd
bench-maps: $(BUILD)/bench/maps $(PROCESSORS:%=$(BUILD)/bench/maps-%)
	@for program in $^; do echo "$$program"; $$program $(BENCH_BRAIN) || exit 1; done
$(BUILD)/bench/maps: $(BUILD)/bench/maps.o $(ARCHIVE)
	$(CC) $(SANITIZE) $(LDFLAGS) -Wl,--gc-sections -Wl,--as-needed -o $@ $^ $(LIBS_ALL)
$(BUILD)/bench/maps-%: $(BUILD)/bench/maps.o $(BUILD)/tests/values/processor-%.o $(ARCHIVE)
	$(CC) $(SANITIZE) $(LDFLAGS) -Wl,--gc-sections -Wl,--as-needed -Wl,--wrap=__cpu_indicator_init -o $@ $^ $(LIBS_ALL)
-include $(BUILD)/bench/maps.d

# DICOM, masks, margins and the scan beside dcm2niix, plastimatch and ITK, in one run (bench/dicom.py).
.PHONY: bench-dicom
bench-dicom: tools test-programs $(BUILD)/bench/itk
	@python3 bench/dicom.py $(BIN) $(BUILD) $(RADMILL_TEST_DATA) $(BENCH_OUT)/dicom
$(BUILD)/bench/itk.o: bench/itk.cc
	@mkdir -p $(@D)
	$(CXX) $(CXXFLAGS_ALL) -isystem $(ITK_INCLUDE) -MMD -MP -c -o $@ $<
$(BUILD)/bench/itk: $(BUILD)/bench/itk.o $(ARCHIVE)
	$(CXX) $(SANITIZE) $(LDFLAGS) -Wl,--as-needed -o $@ $^ $(patsubst %,-l%$(ITK_SUFFIX),ITKSpatialObjects ITKTransform itkvnl_algo) $(ITK_LIBS) $(LIBS_ALL)
-include $(BUILD)/bench/itk.d

# Cohorts up to 12,500 patients with 100,000 regions (bench/cohort.py): COHORTS="1000 4000" for others.
COHORTS ?= 1000 4000 12500
.PHONY: bench-cohort
bench-cohort: tools test-programs $(BUILD)/bench/stand_in
	@python3 bench/cohort.py $(BIN) $(BUILD) $(BENCH_OUT)/cohort $(COHORTS)
$(BUILD)/bench/stand_in: bench/stand_in.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -o $@ $<

# One region by several threads (bench/threads.py): BENCH_THREADS="1 2 4", BENCH_UNDER="chrt -f 1" in front of each run.
BENCH_THREADS ?= 1 2
BENCH_UNDER   ?=
.PHONY: bench-threads
bench-threads: tools $(BENCH_OUT)/made
	@python3 bench/threads.py $(BIN)/radfeat $(BENCH_OUT) --data "$(RADMILL_TEST_DATA)" --threads "$(BENCH_THREADS)" --under "$(BENCH_UNDER)"

# A call from Python beside the engine alone (bench/python_call.py); BENCH_UNDER as above.
.PHONY: bench-python
bench-python: $(PYTHON_LIBRARY) $(BUILD)/bench/python_call.so
	@PYTHONPATH=python RADMILL_LIBRARY=$(abspath $(PYTHON_LIBRARY)) PYTHONDONTWRITEBYTECODE=1 \
	    $(BENCH_UNDER) $(or $(BENCH_PYTHON),python3) bench/python_call.py $(BUILD)/bench/python_call.so
$(BUILD)/bench/python_call.so: bench/python_call.c lib/api/radmill.h
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -shared -o $@ $<

# Benchmarks are compiled with the tests, so that they go on compiling.
test-programs: $(BUILD)/bench/matrices $(BUILD)/bench/kin $(BUILD)/bench/maps $(BUILD)/bench/python_call.so
