#!/usr/bin/env bats
# The Python package with packages of PyPI: the wheel, what runs on pyradiomics, the notebook.

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || return 1
    unset PYTHONPATH RADMILL_LIBRARY
}

environment() { # PACKAGE...: a fresh environment with the wheel
    make -s wheel DIST="$BATS_TEST_TMPDIR/dist" > /dev/null
    python3 -m venv "$BATS_TEST_TMPDIR/env"
    "$BATS_TEST_TMPDIR/env/bin/pip" install -q --disable-pip-version-check "$BATS_TEST_TMPDIR"/dist/*.whl "$@"
    python=$BATS_TEST_TMPDIR/env/bin/python
}

@test "the wheel is what it says: platform, libraries, bytes, Python versions, speed, sdist" {
    make wheel-check
}

@test "every test of the package passes in an environment with SimpleITK, nibabel, pandas and tqdm" {
    environment SimpleITK==2.5.2 nibabel==5.3.2 pandas==2.3.3 tqdm==4.67.1
    for file in tests/python/test_*.py; do
        "$python" tests/python/tap.py "$file" > "$BATS_TEST_TMPDIR/tap" || { cat "$BATS_TEST_TMPDIR/tap"; return 1; }
        ! grep -E '^ok .*# skip' "$BATS_TEST_TMPDIR/tap"
    done
}

@test "TotalSegmentator's radiomics module runs unedited, with the same numbers" {
    environment SimpleITK==2.5.2 nibabel==5.3.2 tqdm==4.67.1
    "$BATS_TEST_TMPDIR/env/bin/pip" install -q --disable-pip-version-check --no-deps TotalSegmentator==2.18.0
    mkdir "$BATS_TEST_TMPDIR/case"
    [ "$("$python" -m radmill tests/long/python/run_totalsegmentator.py "$BATS_TEST_TMPDIR/case" | tail -n 1)" = equal ]
}

@test "the notebook runs" {
    environment SimpleITK==2.5.2 pandas==2.3.3 matplotlib==3.10.7 nbconvert==7.16.6 ipykernel==6.30.1
    cp examples/radmill.ipynb "$BATS_TEST_TMPDIR"
    cd "$BATS_TEST_TMPDIR"
    # (its first cell installs what is installed already)
    PATH=$BATS_TEST_TMPDIR/env/bin:$PATH "$python" -m nbconvert --to notebook --execute --output done.ipynb radmill.ipynb
    grep -q image/png done.ipynb
}
