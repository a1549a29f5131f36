# make demo: an example cohort (CT and MR with structure sets, automatic masks, a recipe), the pipeline
# on it, and the head of its table. Built with all cores, and without a line for each file.
DEMO_TABLE := demo/out/_RESULTS/radiomics.csv
DEMO_SHOWN := patient_id segmentation_source roi_name original_shape_VoxelVolume original_firstorder_Mean \
              original_glcm_Contrast

.PHONY: demo demo-now
demo: deps
	@echo "Building with $$(nproc) cores (some minutes the first time) ..."
	@$(MAKE) --no-print-directory -s -j"$$(nproc)" tools $(BUILD)/tests/gen/make_dicom
	@$(MAKE) --no-print-directory demo-now

demo-now:
	@rm -rf demo
	@$(BUILD)/tests/gen/make_dicom --cohort demo
	@$(BIN)/radmill --dicom-root demo/dicom --autoseg demo/auto --outdir demo/out -j "$$(nproc)" \
	    --custom-structures demo/custom_structures.yaml
	@echo; echo "The head of $(DEMO_TABLE) ($(words $(DEMO_SHOWN)) of $$(head -n 1 $(DEMO_TABLE) | tr , '\n' | wc -l) columns):"
	@rules/show-columns.sh $(DEMO_TABLE) 12 $(DEMO_SHOWN)
	@echo; echo "Tables: $(CURDIR)/demo/out/_RESULTS"; ls demo/out/_RESULTS
	@echo "Images, masks and features: $(CURDIR)/demo/out/PATIENT/COURSE"
	@echo "Again, and only what is stale runs: make OUTDIR=demo/out"
	@echo; echo "Look at it: $(CURDIR)/demo/out/_RESULTS/report.html"
