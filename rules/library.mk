# libradmill: the engine behind lib/api/radmill.h as a shared library that exports radmill_* only. It
# pulls what it calls out of the archive: no DICOM, no ITK, no tables.
LIBRARY_SONAME := libradmill.so.0
LIBRARY        := $(BUILD)/$(LIBRARY_SONAME)
API_OBJECTS    := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard lib/api/*.c)))

.PHONY: library
library: $(LIBRARY)

$(BUILD)/gen/radmill.map:
	@mkdir -p $(@D)
	@printf '{ global: radmill_*; local: *; };\n' > $@

$(LIBRARY): $(API_OBJECTS) $(ARCHIVE) $(BUILD)/gen/radmill.map
	$(CC) -shared $(SANITIZE) $(LDFLAGS) -Wl,-soname,$(LIBRARY_SONAME) -Wl,--gc-sections -Wl,--as-needed \
	    -Wl,--no-undefined -Wl,--version-script=$(BUILD)/gen/radmill.map -o $@ $(API_OBJECTS) $(ARCHIVE) $(LIBS_C)

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
