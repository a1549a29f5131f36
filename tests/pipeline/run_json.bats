# run.json: what the last run was, whatever became of it.

load common

setup() {
    cd "$BATS_TEST_TMPDIR"
    patient P1
    patient P2
}

# said OUTDIR PATH: a member of run.json, as SQLite finds it.
said() {
    sqlite3 :memory: "SELECT json_extract(CAST(readfile('$1/_RESULTS/run.json') AS TEXT), '\$.$2')"
}

@test "a run that went well: release, settings in force, digests, counts" {
    printf 'setting: {binWidth: 25}\n' > p.yaml
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=out PARAMS=p.yaml > /dev/null
    [ "$(said out outcome),$(said out exit_status),$(said out tables_are_of_this_run)" = done,0,1 ]
    [ "radmill (radmill) $(said out radmill)" = "$(radmill --version)" ]
    [ "$(said out settings.STRUCTURE_SETS)" = newest ]
    [ "$(said out settings.DICOM_ROOT)" = "$PWD/dicom" ]
    [ "$(said out digests.PARAMS)" = "$(sha1sum < p.yaml | cut -d' ' -f1)" ]
    [ "$(said out counts.patients),$(said out counts.courses),$(said out counts.regions)" = 2,2,6 ]
    [ "$(said out counts.regions_by_state.ok)" = 6 ]
    [[ "$(said out started)" == 20*UTC ]]
}

@test "a region that fails, a run that is refused, a run that is interrupted" {
    mkdir bin
    printf '#!/bin/sh\nexit 1\n' > bin/radfeat
    chmod +x bin/radfeat
    pipeline DICOM_ROOT=dicom OUTDIR=out BINDIR=bin > /dev/null 2>&1 || true
    [ "$(said out outcome),$(said out counts.regions_by_state.failed)" = failed,6 ]
    [[ "$(said out reason)" == *"6 regions failed"* ]]

    pipeline OUTDIR=out BINDIR= > /dev/null
    cp out/_RESULTS/radiomics.csv before
    echo 'setting: {binWidth: none}' > bad.yaml
    pipeline OUTDIR=out PARAMS=bad.yaml > /dev/null 2>&1 || true
    [ "$(said out outcome),$(said out exit_status),$(said out tables_are_of_this_run)" = refused,3,0 ]
    [ "$(said out counts)" = "" ]
    cmp before out/_RESULTS/radiomics.csv

    printf '#!/bin/sh\nsleep 60\n' > bin/radfeat
    radmill --dicom-root dicom --outdir slow --bindir bin > /dev/null 2>&1 &
    until [ -n "$(find slow/_LOGS -name '*A.log' 2> /dev/null)" ]; do kill -0 $!; sleep 0.1; done
    [ "$(said slow outcome)" = running ]
    kill -INT $!
    wait $! || true
    [ "$(said slow outcome),$(said slow exit_status)" = interrupted,130 ]
    [ "$(said slow counts)" = "" ]
}

@test "with a key no path of tree, masks or key" {
    printf 0123456789abcdef > DOE.key
    mv dicom DOE
    pipeline DICOM_ROOT=DOE OUTDIR=out PSEUDONYMIZE=DOE.key > /dev/null
    [ "$(said out outcome)" = done ]
    [ "$(grep -c DOE out/_RESULTS/run.json)" = 0 ]
    [ "$(said out settings.PSEUDONYMIZE)" = "(not shown)" ]
}
