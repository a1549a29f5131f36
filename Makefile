# radmill: GNU Make builds the code, Ninja runs the data (pipeline.mk).
#
#   make                      build the tools into bin/
#   make demo | check         install what is missing, then show it | test it
#   make -jN DICOM_ROOT=D OUTDIR=O     build what is stale, then run a cohort
#
# Rooms in dependency order: reading order, link order, and the rule that a room includes only rooms
# before it (rules/layering.sh).
ROOMS := base pool cli vol shim io names course contour masks boolmask \
         engine/settings engine/load engine/signal engine/preprocess engine/responses engine/filters \
         engine/discretise engine/matrices engine/features engine/packed engine/params engine/result engine engine/voxel \
         engine/rows engine/files table guard batch report report/methods graph api

TOOLS := $(basename $(notdir $(wildcard tools/*.c)))

BUILD ?= build
BIN   ?= bin

include rules/flags.mk
include rules/objects.mk
include rules/library.mk
include rules/python.mk
include rules/platforms.mk
include rules/test.mk
include rules/fuzz.mk
include rules/bench.mk
include rules/install.mk
include rules/deb.mk
include rules/oci.mk
include rules/conda.mk
include rules/demo.mk
-include pipeline.mk

# Whoever gives a setting, or something that looks like one, wants a run.
.DEFAULT_GOAL := $(if $(DICOM_ROOT)$(OUTDIR)$(pipeline_given),pipeline,all)

.PHONY: all tools deps deps-test deps-long deps-platforms deps-list clean
all: tools
tools: $(TOOL_BINARIES) $(PLUGINS) $(DCMTK_PLUGINS)

deps:
	@rules/install-dependencies.sh rules/dependencies.txt
deps-test:
	@rules/install-dependencies.sh rules/dependencies.txt rules/dependencies-test.txt
deps-platforms:
	@rules/install-dependencies.sh rules/dependencies-platforms.txt
# What is missing, list by list, and the command for an administrator; installs nothing.
deps-list:
	@rules/install-dependencies.sh --list rules/dependencies.txt || true
	@rules/install-dependencies.sh --list rules/dependencies-test.txt || true
deps-long: deps-test
	@rules/install-dependencies.sh rules/dependencies-long.txt

clean:
	rm -rf build bin demo

.PHONY: print-rooms format
print-rooms:
	@echo $(ROOMS)
format:
	clang-format -i $$(git ls-files '*.c' '*.h' '*.cc')

# What radfeat says that there is.
LISTS := features filters settings presets
.PHONY: docs print-tools print-lists
print-lists:
	@echo $(LISTS)
print-tools:
	@echo $(TOOLS)
docs: tools
	@mkdir -p docs/cli
	@for t in $(TOOLS); do $(BIN)/$$t --help=md > docs/cli/$$t.md; done
	@tests/odd/page > docs/odd.md
	@mkdir -p docs/lists
	@for l in $(LISTS); do $(BIN)/radfeat --list $$l > docs/lists/$$l.csv; done
	@$(BIN)/radrun --settings md > docs/settings.md
	@$(BIN)/radrun --settings text > docs/settings.txt
