# make demo: an example cohort (CT and MR with structure sets, automatic masks, a recipe), the pipeline
# on it, and the head of its table.
DEMO_TABLE := demo/out/_RESULTS/radiomics.csv
DEMO_SHOWN := patient_id, segmentation_source, roi_name, original_shape_VoxelVolume AS volume_mm3, \
              original_firstorder_Mean AS mean, original_glcm_Contrast AS glcm_contrast

.PHONY: demo demo-now
demo: deps
	@$(MAKE) --no-print-directory demo-now

demo-now: tools $(BUILD)/tests/gen/make_dicom
	@rm -rf demo
	@$(BUILD)/tests/gen/make_dicom --cohort demo
	@$(BIN)/radmill --dicom-root demo/dicom --autoseg demo/auto --outdir demo/out -j 2 \
	    --custom-structures demo/custom_structures.yaml
	@echo; echo "The head of $(DEMO_TABLE) (6 of $$(head -n 1 $(DEMO_TABLE) | tr , '\n' | wc -l) columns):"
	@sqlite3 :memory: -cmd '.mode csv' -cmd '.import $(DEMO_TABLE) t' -cmd '.mode column' \
	    "SELECT $(DEMO_SHOWN) FROM t LIMIT 12"
	@echo; echo "Tables: $(CURDIR)/demo/out/_RESULTS"; ls demo/out/_RESULTS
	@echo "Images, masks and features: $(CURDIR)/demo/out/PATIENT/COURSE"
	@echo "Again, and only what is stale runs: make OUTDIR=demo/out"
