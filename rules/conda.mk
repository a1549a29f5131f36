# make conda: a package of the tools for conda, in build/conda, by rattler-build (PyPI) from an empty channel (rules/conda).
CONDA_ENV := $(BUILD)/conda/env
.PHONY: conda conda-env
conda-env: $(CONDA_ENV)/ready
$(CONDA_ENV)/ready: rules/conda/requirements.txt
	rm -rf $(CONDA_ENV)
	$(BUILD_PYTHON) -m venv $(CONDA_ENV)
	$(CONDA_ENV)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	touch $@
conda: conda-env
	$(CONDA_ENV)/bin/python rules/conda/build.py $(BUILD)/conda
