# The Python package with packages of PyPI: the wheel, what runs on pyradiomics, the notebook. Skipped where PyPI cannot
# be reached.
# bats file_tags=ci

setup_file() {
    cd "$BATS_TEST_DIRNAME/../.." || return 1
    export no_pypi=
    python3 -m venv "$BATS_FILE_TMPDIR/probe" > "$BATS_FILE_TMPDIR/said" 2>&1 || no_pypi="python3 -m venv does not work here"
    [ -n "$no_pypi" ] || "$BATS_FILE_TMPDIR/probe/bin/pip" download -q --no-deps --no-cache-dir --retries 1 --timeout 20 \
        -d "$BATS_FILE_TMPDIR" "$(grep '^pluggy' python/requirements-build.txt)" || no_pypi="PyPI cannot be reached"
}

setup() {
    [ -z "$no_pypi" ] || skip "$no_pypi"
    cd "$BATS_TEST_DIRNAME/../.." || return 1
    unset PYTHONPATH RADMILL_LIBRARY
}

# from_pypi COMMAND...: what PyPI does not give is no fault of ours.
from_pypi() {
    "$@" > "$BATS_TEST_TMPDIR/said" 2>&1 || skip "PyPI does not give it: $(tail -n 1 "$BATS_TEST_TMPDIR/said")"
}

environment() { # PACKAGE...: a fresh environment of $interpreter (python3) with the wheel
    from_pypi make -s wheel-env
    make -s wheel DIST="$BATS_TEST_TMPDIR/dist" > /dev/null
    "${interpreter:-python3}" -m venv "$BATS_TEST_TMPDIR/env"
    python=$BATS_TEST_TMPDIR/env/bin/python
    from_pypi pip_install numpy "$@"
    pip_install "$BATS_TEST_TMPDIR"/dist/*.whl
}

pip_install() { # [OPTION OR PACKAGE]...
    "$python" -m pip install -q --disable-pip-version-check "$@"
}

@test "the wheel is what it says: platform, libraries, bytes, Python versions, speed, sdist" {
    from_pypi make -s wheel-env
    make wheel-check DIST="$BATS_TEST_TMPDIR/dist"
}

@test "every test of the package passes in an environment with SimpleITK, nibabel, pandas and tqdm" {
    environment SimpleITK==2.5.2 nibabel==5.3.2 pandas==2.3.3 tqdm==4.67.1
    for file in tests/python/test_*.py; do
        "$python" tests/python/tap.py "$file" > "$BATS_TEST_TMPDIR/tap" || { cat "$BATS_TEST_TMPDIR/tap"; return 1; }
        ! grep -E '^ok .*# skip' "$BATS_TEST_TMPDIR/tap" || false
    done
    RADMILL_PYTHON=$python tests/docs/blocks docs/from-pyradiomics.md > "$BATS_TEST_TMPDIR/tap" ||
        { cat "$BATS_TEST_TMPDIR/tap"; return 1; }
    ! grep -E '^ok .*# skip' "$BATS_TEST_TMPDIR/tap" || false
}

@test "mypy --strict has nothing to say of a script that uses the package, but of a wrong type" {
    environment SimpleITK==2.5.2 pandas==2.3.3 mypy==1.18.2 pandas-stubs==2.3.2.250926
    run "$python" -m mypy --strict --cache-dir "$BATS_TEST_TMPDIR/mypy" tests/long/python/typed.py
    echo "$output"
    [ "${#lines[@]}" = 2 ]
    [[ ${lines[0]} = *'expression has type "Features", variable has type "int"'* ]]
}

@test "TotalSegmentator's radiomics module runs unedited, with the same numbers" {
    environment SimpleITK==2.5.2 nibabel==5.3.2 tqdm==4.67.1
    from_pypi pip_install --no-deps TotalSegmentator==2.18.0
    mkdir "$BATS_TEST_TMPDIR/case"
    [ "$("$python" -m radmill tests/long/python/run_totalsegmentator.py "$BATS_TEST_TMPDIR/case" | tail -n 1)" = equal ]
}

consumer() { # NAME PACKAGE: runs NAME, of PACKAGE, unedited and without what it depends on; the numbers are pyradiomics'
    local folder=$BATS_TEST_TMPDIR/$1
    from_pypi pip_install --no-deps "$2"
    mkdir "$folder"
    "$python" -m radmill tests/long/python/run_consumer.py "$1" "$folder"
    "$python" tests/long/python/compare.py "tests/long/python/$1.tsv" "$folder/values.tsv"
}

@test "frd-score runs unedited, its pool of processes too, with pyradiomics' numbers" {
    environment SimpleITK==2.5.2 scipy==1.16.3 opencv-python-headless==4.11.0.86 PyYAML==6.0.3
    consumer frd_score frd-score==1.0.1
}

@test "radtract runs unedited, with pyradiomics' numbers" {
    # (with later Pythons it imports another engine as well, which is not wanted here)
    for interpreter in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python3 "$(command -v python3.10)" ""; do
        [ ! -x "$interpreter" ] || break
    done
    [ -n "$interpreter" ] || skip "needs Python 3.10"
    environment SimpleITK==2.5.2 scipy==1.13.1 nibabel==5.3.2 pandas==2.3.3 joblib==1.5.2 PyYAML==6.0.3
    consumer radtract radtract==0.2.4
}

@test "the notebook runs" {
    environment SimpleITK==2.5.2 pandas==2.3.3 matplotlib==3.10.7 nbconvert==7.16.6 ipykernel==6.30.1
    cp examples/radmill.ipynb "$BATS_TEST_TMPDIR"
    cd "$BATS_TEST_TMPDIR"
    # (its first cell installs what is installed already)
    PATH=$BATS_TEST_TMPDIR/env/bin:$PATH "$python" -m nbconvert --to notebook --execute --output done.ipynb radmill.ipynb
    grep -q image/png done.ipynb
}
