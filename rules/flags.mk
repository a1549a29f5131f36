# Compilers and switches. Lazy (=), so that a machine without the packages can still run `make deps`.
ifeq ($(origin CC),default)
CC := gcc
endif
ifeq ($(origin CXX),default)
CXX := g++
endif
AR ?= ar

OPT      ?= -O3
SANITIZE ?=
WARN     := -Wall -Wextra -Wno-missing-field-initializers -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
WARNXX   := -Wall -Wextra -Werror
# -ffp-contract=off and no -march: an instruction set must not change a value (docs/numerics.md).
CFLAGS_ALL   = -std=c11 $(OPT) -g -ffp-contract=off -fno-math-errno -ffunction-sections -fPIC \
               -D_GNU_SOURCE -isystem /usr/include/nifti $(WARN) $(SANITIZE) -Ilib -I$(BUILD)/gen $(CFLAGS)
CXXFLAGS_ALL = -std=c++17 $(OPT) -g -ffp-contract=off -ffunction-sections -fPIC \
               $(WARNXX) $(SANITIZE) -Ilib -I$(BUILD)/gen $(CXXFLAGS)

# Small libraries are linked into the tools where the system has them as archives: 8,000 regions start
# 8,000 processes, and each shared library costs each of them 50 us.
archived    = $(if $(wildcard $(shell $(CC) -print-file-name=lib$1.a)),-l:lib$1.a,-l$1)
LIBS_SMALL := $(foreach l,yaml jansson nifti2 znz,$(call archived,$l))
LIBS_C      = $(LIBS_SMALL) -lisal -lz -lm -ldl
LIBS_TABLE  = -lxlsxwriter -lsqlite3 -lpng
LIBS_CODECS = -ldcmjpeg -ldcmjpls -ldcmimgle -ldcmdata -loflog -lofstd
LIBS_DICOM  = -ldcmdata -loflog -lofstd -lstdc++
LIBS_ALL    = $(LIBS_C) $(LIBS_TABLE) $(LIBS_DICOM)

# ITK's folder and the suffix of its libraries hold its release: the newest that there is.
ITK_INCLUDE := $(lastword $(sort $(wildcard /usr/include/ITK-*)))
ITK_SUFFIX  := $(patsubst /usr/include/ITK%,%,$(ITK_INCLUDE))
ITK_PARTS   := IOImageBase IOGDCM IOBMP IOBioRad IOGE IOHDF5 IOJPEG IOLSM \
               IOPNG IOStimulate IOTIFF IOVTK IOIPL IOGIPL IOJPEG2000 IOMRC Common
ITK_LIBS     = $(ITK_PARTS:%=-lITK%$(ITK_SUFFIX)) $(patsubst %,-l%$(ITK_SUFFIX),itkvcl itkvnl_algo itkvnl) -ltiff -lgdcmMSFF -lgdcmDSED -lgdcmCommon
