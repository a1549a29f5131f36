# The door for data: `make -jN DICOM_ROOT=D OUTDIR=O`, from the sources' folder or, installed, by
# `make -f PREFIX/share/radmill/pipeline.mk` from any folder. Settings and what they mean: docs/graph.md.
#
# Only what stands on make's command line is a setting; a variable of the same name in the
# environment is not. Values reach the recipe through the environment, so they may hold blanks and
# quotes (a dollar is $$, as always for make).
#
# radrun starts one scheduler with N workers, N from MAKEFLAGS. The recipe's line has neither + nor
# $(MAKE): `make -n` runs nothing.

pipeline_self := $(lastword $(MAKEFILE_LIST))
# (radmill gives both: make's functions would split a path with blanks.)
PIPELINE_HOME ?= $(dir $(abspath $(pipeline_self)))
PIPELINE_BIN  ?= $(if $(BIN),$(abspath $(BIN)),$(firstword $(wildcard $(addprefix $(PIPELINE_HOME),bin ../../bin))))

PIPELINE_SETTINGS := DICOM_ROOT CUSTOM_STRUCTURES AUTOSEG AUTOSEG_MODEL PARAMS PARAMS_CT PARAMS_MR \
                     PARAMS_PT PRESET SUV STRUCTURE_SETS PSEUDONYMIZE TABLES ENGINE ROI_MEM_MB ROI_TIMEOUT \
                     LOGS BINDIR

# A setting of the environment's must not reach radrun as if it were asked for.
$(foreach s,$(PIPELINE_SETTINGS) OUTDIR,$(if $(filter environment,$(origin $s)),$(eval unexport $s)))

given = $(filter command,$(origin $1))
pipeline_sets = $(foreach s,$(PIPELINE_SETTINGS),$(if $(call given,$s),--set "$s=$$$s"))

# The tools are built first where this is the sources' folder.
.PHONY: pipeline status
pipeline: $(if $(TOOLS),tools)
	@exec "$(PIPELINE_BIN)/radrun" --rules "$(PIPELINE_HOME)rules" $(if $(COURSE_DIR),--course "$$COURSE_DIR",--outdir "$$OUTDIR") $(pipeline_sets) $(if $(STATUS_FD),--status-fd $(STATUS_FD))

status: $(if $(TOOLS),tools)
	@exec "$(PIPELINE_BIN)/radrun" --outdir "$$OUTDIR" --status
