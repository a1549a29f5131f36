# Runs cohorts: `make -jN DICOM_ROOT=D OUTDIR=O`, from the sources' folder or, installed, by
# `make -f PREFIX/share/radmill/pipeline.mk` from any folder. Settings and what they mean: `make help`,
# docs/settings.md.
#
# Only what stands on make's command line is a setting; a variable of the same name in the
# environment is not. radrun gets the names and finds the values in the environment, so they may hold
# blanks and quotes (a dollar is $$, as always for make). radrun knows the names: it refuses an unknown one,
# and names the most similar one.
#
# radrun starts one scheduler with N workers, N from MAKEFLAGS. The recipe's line has neither + nor
# $(MAKE): `make -n` runs nothing.

# (make's own functions would split a path with blanks: give PIPELINE_BIN for such a place.)
PIPELINE_HOME := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
PIPELINE_BIN  ?= $(if $(BIN),$(abspath $(BIN)),$(firstword $(wildcard $(addprefix $(PIPELINE_HOME),bin ../../bin))))

# What may stand there too: make's own variables, and those of the build (rules/*.mk).
PIPELINE_PASSES := SHELL .SHELLFLAGS MAKE MAKEFLAGS GNUMAKEFLAGS MAKEFILES MAKEFILE_LIST MAKEOVERRIDES VPATH \
    .RECIPEPREFIX PIPELINE_% V BUILD BIN TOOLS PREFIX DESTDIR VERSION \
    AR ARFLAGS AS ASFLAGS CC CFLAGS CPP CPPFLAGS CXX CXXFLAGS LD LDFLAGS LDLIBS LOADLIBES RM \
    OPT WARN WARNXX SANITIZE LIBS_% CFLAGS_% CXXFLAGS_% ITK_% PLUGINS GOALS CLANG CLANGXX ASAN_SWITCHES CLANG_SWITCHES \
    BENCH_% FUZZ_% ORACLE_% RADMILL_% PROCESSORS COHORTS DIST BUILD_PYTHON DEB_% DEPS_%

pipeline_given := $(filter-out $(PIPELINE_PASSES),$(foreach v,$(.VARIABLES),$(if $(filter command,$(origin $v)),$v)))
# -s is radmill's -q; V=1 its -v, which names every step.
pipeline_talk = $(if $(findstring s,$(firstword -$(MAKEFLAGS))),-q) $(if $(filter command,$(origin V)),$(if $(filter-out 0,$(V)),-v))
pipeline_takes := $(foreach v,$(pipeline_given),--take '$(subst ','\'',$v)')

# The tools are built first where this is the sources' folder. Lines that begin with ## are `make help`.
.PHONY: pipeline report scan retry status verify slurm slurm-files slurm-merge help
## make -jN DICOM_ROOT=DIR OUTDIR=DIR [SETTING=VALUE]...
##                    build what is stale, then run a cohort; the settings are remembered
## make -jN OUTDIR=DIR            again: what is stale or failed runs
pipeline: $(if $(TOOLS),tools)
	@exec "$(PIPELINE_BIN)/radrun" $(pipeline_talk) $(pipeline_takes)

## make report OUTDIR=DIR         the same with REPORT=1; the last line is the report's path
report: export REPORT := 1
report: $(if $(TOOLS),tools)
	@"$(PIPELINE_BIN)/radrun" $(pipeline_talk) $(pipeline_takes) --take REPORT
	@printf '%s\n' "$$OUTDIR/_RESULTS/report.html"

## make scan DICOM_ROOT=DIR OUTDIR=DIR [SETTING=VALUE]...
##                    what is there and what it is called, and what would be left out; runs nothing
## make retry OUTDIR=DIR [ROI_MEM_MB=N] [ROI_TIMEOUT=SECONDS]
##                    what failed once more, with these limits for this time
## make status OUTDIR=DIR         how the last run ended
## make verify OUTDIR=DIR         read every product and compare it with what was written down of it
## make slurm DICOM_ROOT=DIR OUTDIR=DIR [SHARDS=N] [SLURM_OPTIONS=OPTIONS] [-jN]
##                    the same run as jobs of Slurm, N cores each (docs/cluster.md)
## make slurm-files ...           write shards and scripts for it, submit nothing
## make slurm-merge OUTDIR=DIR    the tables from the courses that are done, and what is missing
scan retry status verify slurm slurm-files slurm-merge: $(if $(TOOLS),tools)
	@exec "$(PIPELINE_BIN)/radrun" $(pipeline_talk) $(pipeline_takes) --task $@

## make help                      this
help:
	@sed -n 's/^## //p' "$(PIPELINE_HOME)pipeline.mk"
	@printf '\nsettings (radmill has the same as options, --dicom-root DIR and so on):\n'
	@cat "$(PIPELINE_HOME)docs/settings.txt"
