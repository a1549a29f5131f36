# libradmill: the engine behind lib/api/radmill.h as a shared library that exports radmill_* only. It is
# linked from the rooms that work in memory and from nothing else, with libc, libm, threads and libyaml: no file
# formats, no JSON, no DICOM, no tables.
LIBRARY_SONAME := libradmill.so.1
LIBRARY        := $(BUILD)/$(LIBRARY_SONAME)
LIBRARY_ROOMS  := base pool vol engine/settings engine/load engine/signal engine/preprocess engine/responses engine/filters engine/discretise \
                  engine/matrices engine/features engine/packed engine/params engine/result engine engine/voxel api
LIBRARY_C      := $(foreach r,$(LIBRARY_ROOMS),$(sort $(wildcard lib/$(r)/*.c))) $(sort $(wildcard lib/shim/yaml*.c))
LIBRARY_OBJECTS := $(LIBRARY_C:%.c=$(BUILD)/%.o)
LIBRARY_LIBS    = $(DEPS_LIB) -lyaml -lm -lpthread

.PHONY: library
library: $(LIBRARY)

$(BUILD)/gen/radmill.map:
	@mkdir -p $(@D)
	@printf '{ global: radmill_*; local: *; };\n' > $@

$(LIBRARY): $(LIBRARY_OBJECTS) $(BUILD)/gen/radmill.map
	$(CC) -shared $(SANITIZE) $(LDFLAGS) -Wl,-soname,$(LIBRARY_SONAME) -Wl,--gc-sections -Wl,--as-needed \
	    $(if $(SANITIZE),,-Wl,--no-undefined) -Wl,--version-script=$(BUILD)/gen/radmill.map -o $@ $(LIBRARY_OBJECTS) $(LIBRARY_LIBS)

# radmill.pc for a prefix; written at installation, since it names the place.
define RADMILL_PC
prefix=$(PREFIX)
libdir=$${prefix}/lib
includedir=$${prefix}/include

Name: radmill
Description: radiomics features with the values of pyradiomics
Version: $(shell cat VERSION)
Libs: -L$${libdir} -lradmill
Cflags: -I$${includedir}
endef
export RADMILL_PC

.PHONY: install-library
install-library: library
	install -d "$(DESTDIR)$(PREFIX)/lib/pkgconfig" "$(DESTDIR)$(PREFIX)/include"
	install -m 644 lib/api/radmill.h "$(DESTDIR)$(PREFIX)/include/radmill.h"
	install -m 755 $(LIBRARY) "$(DESTDIR)$(PREFIX)/lib/$(LIBRARY_SONAME)"
	ln -sf $(LIBRARY_SONAME) "$(DESTDIR)$(PREFIX)/lib/libradmill.so"
	printf '%s\n' "$$RADMILL_PC" > "$(DESTDIR)$(PREFIX)/lib/pkgconfig/radmill.pc"
