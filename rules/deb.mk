# make deb: a Debian package for the Debian that it is built on, in build/deb.
# Who publishes one gives DEB_MAINTAINER.
DEB_MAINTAINER ?= radmill <radmill@users.noreply.github.com>
.PHONY: deb
deb: library plugins
	@$(MAKE) --no-print-directory DEPS_SHARED=1 BIN="$(BUILD)/deb-bin" tools
	@rules/deb.sh "$(BUILD)" "$(shell cat VERSION)" "$(DEB_MAINTAINER)"

# make deb-check-bookworm, deb-check-trixie: built, installed and used in roots of that release. Needs root and debootstrap.
.PHONY: deb-check-%
deb-check-%: tools $(BUILD)/tests/gen/make_dicom
	RADMILL_BIN="$(abspath $(BIN))" rules/deb-check.sh $(BUILD) $*
