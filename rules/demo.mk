# make demo: a made-up cohort (make_dicom --demo: seven chests and a head, with structure sets, automatic
# masks and a recipe), the pipeline on it, and where to look. Built with all cores, and without a line for
# each file. rules/demo.sh says what there is to see: a failure, a skipped region and an outlier.
.PHONY: demo demo-data demo-now picture
demo: deps
	@echo "Building with $$(nproc) cores (some minutes the first time) ..."
	@$(MAKE) --no-print-directory -s -j"$$(nproc)" tools $(BUILD)/tests/gen/make_dicom
	@$(MAKE) --no-print-directory demo-now

demo-data: $(BUILD)/tests/gen/make_dicom
	@rm -rf demo
	@$(BUILD)/tests/gen/make_dicom --demo demo

demo-now: demo-data
	@rules/demo.sh "$(BIN)"

# The picture of README.md.
picture: tools demo-now
	@rules/picture.sh demo/out docs/report.png
