# make install PREFIX= DESTDIR=: tools and plugin, the door (pipeline.mk) and its rules, the library.
# Tools find each other, the plugin and pipeline.mk relative to themselves: the tree may be moved.
PREFIX ?= /usr/local

INSTALL_BIN     = $(DESTDIR)$(PREFIX)/bin
INSTALL_SHARE   = $(DESTDIR)$(PREFIX)/share/radmill
INSTALL_LIBEXEC = $(DESTDIR)$(PREFIX)/libexec/radmill

.PHONY: install uninstall
install: tools install-library
	install -d "$(INSTALL_BIN)" "$(INSTALL_SHARE)/rules" "$(INSTALL_SHARE)/docs" "$(INSTALL_LIBEXEC)"
	install -m 755 $(TOOL_BINARIES) "$(INSTALL_BIN)"
	$(if $(PLUGINS),install -m 755 $(PLUGINS) "$(INSTALL_LIBEXEC)")
	install -m 644 pipeline.mk "$(INSTALL_SHARE)"
	install -m 644 rules/pipeline.ninja "$(INSTALL_SHARE)/rules"
	install -m 644 docs/settings.txt "$(INSTALL_SHARE)/docs"

uninstall:
	cd "$(INSTALL_BIN)" && rm -f $(TOOLS)
	rm -rf "$(INSTALL_SHARE)" "$(INSTALL_LIBEXEC)"
	rm -f "$(DESTDIR)$(PREFIX)/lib/pkgconfig/radmill.pc" "$(DESTDIR)$(PREFIX)/include/radmill.h"
	rm -f "$(DESTDIR)$(PREFIX)"/lib/libradmill.so*
