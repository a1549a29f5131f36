# make install PREFIX= DESTDIR=: tools and plugins, pipeline.mk and its rules, the library, man
# pages, completion for bash, the licence.
# Tools find each other, the plugins and pipeline.mk relative to themselves: the tree may be moved.
PREFIX ?= /usr/local

INSTALL_BIN     = $(DESTDIR)$(PREFIX)/bin
INSTALL_SHARE   = $(DESTDIR)$(PREFIX)/share/radmill
INSTALL_LIBEXEC = $(DESTDIR)$(PREFIX)/libexec/radmill
INSTALL_MAN     = $(DESTDIR)$(PREFIX)/share/man/man1
INSTALL_BASH    = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
INSTALL_DOC     = $(DESTDIR)$(PREFIX)/share/doc/radmill

.PHONY: install uninstall
install: tools install-library
	install -d "$(INSTALL_BIN)" "$(INSTALL_SHARE)/rules" "$(INSTALL_SHARE)/docs" "$(INSTALL_LIBEXEC)"
	install -m 755 $(TOOL_BINARIES) "$(INSTALL_BIN)"
	ln -sf radfeat "$(INSTALL_BIN)/radguard"
	install -m 755 $(PLUGINS) $(DCMTK_PLUGINS) "$(INSTALL_LIBEXEC)"
	install -m 644 pipeline.mk "$(INSTALL_SHARE)"
	install -m 644 rules/pipeline.ninja "$(INSTALL_SHARE)/rules"
	install -m 644 docs/settings.txt "$(INSTALL_SHARE)/docs"
	install -d "$(INSTALL_MAN)" "$(INSTALL_BASH)" "$(INSTALL_DOC)"
	set -e; for t in $(TOOLS); do \
	    $(BIN)/$$t --help=man > "$(INSTALL_MAN)/$$t.1"; \
	    $(BIN)/$$t --help=bash > "$(INSTALL_BASH)/$$t"; done
	install -m 644 LICENSE README.md CHANGELOG.md "$(INSTALL_DOC)"

uninstall:
	cd "$(INSTALL_BIN)" && rm -f $(TOOLS)
	rm -rf "$(INSTALL_SHARE)" "$(INSTALL_LIBEXEC)" "$(INSTALL_DOC)"
	rm -f $(TOOLS:%="$(INSTALL_MAN)/%.1") $(TOOLS:%="$(INSTALL_BASH)/%")
	rm -f "$(DESTDIR)$(PREFIX)/lib/pkgconfig/radmill.pc" "$(DESTDIR)$(PREFIX)/include/radmill.h"
	rm -f "$(DESTDIR)$(PREFIX)"/lib/libradmill.so*
