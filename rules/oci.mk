# make oci: an OCI image of the Debian package (docs/install.md), in build/oci; make oci-check: a cohort in it, not as root.
.PHONY: oci oci-check
oci: deb
	@rules/oci.sh "$(BUILD)" "$(shell cat VERSION)"
oci-check: tools $(BUILD)/tests/gen/make_dicom
	@RADMILL_BIN="$(abspath $(BIN))" rules/oci-check.sh "$(BUILD)"
