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
               -D_GNU_SOURCE $(DEPS_INCLUDE) $(WARN) $(SANITIZE) -Ilib -I$(BUILD)/gen $(CFLAGS)
CXXFLAGS_ALL = -std=c++17 $(OPT) -g -ffp-contract=off -ffunction-sections -fPIC \
               $(DEPS_INCLUDE) $(WARNXX) $(SANITIZE) -Ilib -I$(BUILD)/gen $(CXXFLAGS)

# Where the libraries are installed: /usr, or a prefix of conda or of one's own, which the programs then know.
DEPS_PREFIX ?= /usr
DEPS_ELSEWHERE = $(filter-out /usr,$(DEPS_PREFIX))
DEPS_INCLUDE   = -isystem $(DEPS_PREFIX)/include/nifti $(DEPS_ELSEWHERE:%=-isystem %/include)
DEPS_LIB       = $(DEPS_ELSEWHERE:%=-L%/lib -Wl,-rpath,%/lib)

# Small libraries are linked into the tools where the system has them as archives: 8,000 regions start
# 8,000 processes, and each shared library costs each of them 50 us. DEPS_SHARED=1: none, as Debian wants it of packages.
archived    = $(if $(DEPS_ELSEWHERE)$(DEPS_SHARED),-l$1,$(if $(wildcard $(shell $(CC) -print-file-name=lib$1.a)),-l:lib$1.a,-l$1))
LIBS_SMALL := $(foreach l,yaml jansson nifti2 znz,$(call archived,$l))
LIBS_C      = $(DEPS_LIB) $(LIBS_SMALL) -lisal -lz -lm -ldl
LIBS_TABLE  = -lxlsxwriter -lsqlite3 $(call archived,deflate)
LIBS_CODECS = $(DEPS_LIB) -ldcmjpeg -ldcmjpls -ldcmimgle -ldcmdata -loflog -lofstd
LIBS_DICOM  = -ldcmdata -loflog -lofstd -lstdc++
LIBS_ALL    = $(LIBS_C) $(LIBS_TABLE) $(LIBS_DICOM)

# ITK's folder and the suffix of its libraries hold its release: the newest that there is. GDCM is a library of its own
# (Debian) or a part of ITK, with ITK's prefix and suffix (conda-forge).
ITK_INCLUDE := $(lastword $(sort $(wildcard $(DEPS_PREFIX)/include/ITK-*)))
ITK_SUFFIX  := $(patsubst $(DEPS_PREFIX)/include/ITK%,%,$(ITK_INCLUDE))
ITK_PARTS   := IOImageBase IOGDCM IOBMP IOBioRad IOGE IOHDF5 IOJPEG IOLSM \
               IOPNG IOStimulate IOTIFF IOVTK IOIPL IOGIPL IOJPEG2000 IOMRC Common
GDCM_PARTS  := gdcmMSFF gdcmDSED gdcmCommon
GDCM_INCLUDE := $(lastword $(sort $(wildcard $(DEPS_PREFIX)/include/gdcm-*)))
GDCM_LIBS    = $(if $(GDCM_INCLUDE),$(GDCM_PARTS:%=-l%),$(GDCM_PARTS:%=-litk%$(ITK_SUFFIX)))
ITK_FLAGS    = $(patsubst %,-isystem %,$(ITK_INCLUDE) $(GDCM_INCLUDE))
ITK_LIBS     = $(DEPS_LIB) $(ITK_PARTS:%=-lITK%$(ITK_SUFFIX)) $(patsubst %,-l%$(ITK_SUFFIX),itkvcl itkvnl_algo itkvnl) -ltiff $(GDCM_LIBS)
