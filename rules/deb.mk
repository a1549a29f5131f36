# make deb: a Debian package for the Debian that it is built on, in build/deb.
# Who publishes one gives DEB_MAINTAINER.
DEB_MAINTAINER ?= radmill <radmill@users.noreply.github.com>
.PHONY: deb
deb: tools library
	@rules/deb.sh "$(BUILD)" "$(shell cat VERSION)" "$(DEB_MAINTAINER)"
