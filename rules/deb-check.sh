#!/bin/bash
# deb-check.sh BUILD SUITE: the Debian package, built in a root of SUITE (bookworm, trixie) and tried in a bare one of the same
# release, where apt installs it with what its control file names and nothing else: the demo by an ordinary user, with the
# table that the tools of this machine make (BIN in RADMILL_BIN), pages, completion, removal. lintian of that release has no
# error to tell. Needs root and debootstrap; status 77: there is none, or the mirror does not give the release.
set -eu
cd "$(dirname "$0")/.."
build=$(realpath "$1") suite=$2
bin=$(realpath "${RADMILL_BIN:-bin}")
version=$(cat VERSION)
maker=$build/roots/$suite-build
mkdir -p "$build/roots"
work=$(mktemp -d "$build/roots/check.XXXXXX")
bare=$work/root
trap 'rm -rf "$work"' EXIT

fail() {
    [ ! -e "$work/said" ] || tail -n 20 "$work/said" >&2
    echo "deb-check: $suite: $*" >&2
    exit 1
}

quietly() { # COMMAND...: what it says is shown when it fails
    "$@" > "$work/said" 2>&1 || fail "$*"
}

in_maker() { rules/debian-root.sh run "$maker" "$@"; }
in_bare() { rules/debian-root.sh run "$bare" "$@"; }
as_user() { in_bare setpriv --reuid=1000 --regid=1000 --clear-groups env HOME=/home/demo sh -euc "cd /home/demo; $1"; }

given() { # what must be there before anything can be tried
    [ "$(id -u)" = 0 ] || { echo "needs root" && exit 77; }
    command -v debootstrap > /dev/null || { echo "needs debootstrap" && exit 77; }
    rules/debian-root.sh make "$build" "$suite" "$bare"
}

maker_made() { # a root that builds is kept, and holds what was built last time
    if [ ! -e "$maker.ready" ]; then
        rm -rf "$maker"
        rules/debian-root.sh make "$build" "$suite" "$maker"
        quietly in_maker apt-get -q update
        # shellcheck disable=SC2046 # names of packages
        quietly in_maker apt-get -q -y install --no-install-recommends lintian dpkg-dev \
            $(sed 's/#.*//' rules/dependencies.txt)
        touch "$maker.ready"
    fi
    mkdir -p "$maker/src"
    git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -C "$maker/src" --no-same-owner -xf -
}

package_built() {
    quietly in_maker sh -c "cd /src && make -s -j$(nproc) library plugins && SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) make -s -j$(nproc) deb"
    deb=$(echo "$maker"/src/build/deb/radmill_"$version"_*.deb)
    [ -e "$deb" ] || fail "no package"
    in_maker lintian --allow-root --fail-on error "${deb#"$maker"}" > "$work/said" 2>&1 || fail "lintian finds errors"
    echo "$suite: lintian: $(grep -c '^W:' "$work/said") warnings, no errors"
    echo "$suite: $(dpkg-deb -f "$deb" Depends)"
}

installed() {
    cp "$deb" "$bare/radmill.deb"
    quietly in_bare apt-get -q update
    quietly in_bare apt-get -q -y install --no-install-recommends ./radmill.deb
    local tool
    for tool in $tools; do
        [ "$(in_bare "$tool" --version | head -n 1)" = "$tool (radmill) $version" ] || fail "$tool --version"
    done
    # shellcheck disable=SC2016 # for the shell in the root
    in_bare sh -c 'ldd /usr/libexec/radmill/*.so /usr/lib/libradmill.so.*' > "$work/said"
    ! grep 'not found' "$work/said" || fail "a library is missing"
    # shellcheck disable=SC2016 # dpkg's own words
    echo "$suite: installed by apt into a bare root: $(in_bare dpkg-query -W -f '${Package}\n' | wc -l) packages in all"
}

# The demo as its script tells it (a failure, a skipped region, an outlier), the same by make, and the table of the tools here.
demo() {
    local home=$bare/home/demo
    mkdir -p "$home/rules"
    "$build/tests/gen/make_dicom" --demo "$home/demo"
    cp rules/demo.sh rules/show-columns.sh "$home/rules"
    cp -r "$home" "$work/here"
    chown -R 1000:1000 "$home"
    as_user 'rules/demo.sh /usr/bin' > "$work/said" 2>&1 || fail "the demo"
    as_user 'radmill --engine make --dicom-root demo/dicom --autoseg demo/auto --custom-structures demo/custom_structures.yaml \
        --params demo/params.yaml --roi-mem-mb 36 --outdir demo/make -j 2 || [ $? = 1 ]' > "$work/said" 2>&1 || fail "the demo by make"
    (cd "$work/here" && rules/demo.sh "$bin") > "$work/said" 2>&1 || fail "the demo outside the root"
    local engine
    for engine in out make; do
        cmp "$home/demo/$engine/_RESULTS/radiomics.csv" "$work/here/demo/out/_RESULTS/radiomics.csv" || fail "another table than here"
    done
    echo "$suite: the demo by an ordinary user, by ninja and make: $(wc -l < "$home/demo/out/_RESULTS/radiomics.csv") lines, the bytes of this machine's table"
}

# What reads pages and completes words is installed only now: the package must not need it.
pages() {
    quietly in_bare apt-get -q -y install --no-install-recommends man-db bash-completion
    local tool
    for tool in $tools; do
        in_bare man --warnings "$tool" > "$work/page" 2> "$work/said" || fail "man $tool"
        [ ! -s "$work/said" ] || fail "man $tool warns"
        { grep -q "^NAME" "$work/page" && grep -q -- --version "$work/page"; } || fail "man $tool shows no page"
        complete "$tool" --vers | grep -qx -- --version || fail "$tool --vers<Tab> does not become --version"
    done
    complete radmill --engine m | grep -qx make || fail "radmill --engine m<Tab> does not become make"
    echo "$suite: a page and completion for $(echo "$tools" | wc -w) tools"
}

complete() { # WORD...: what bash in the bare root offers for the last of them, as at a prompt
    # shellcheck disable=SC2016 # for the shell in the root
    in_bare bash -c '
        source /usr/share/bash-completion/bash_completion
        _comp_load "$1" 2> /dev/null || _completion_loader "$1" || [ $? = 124 ]
        read -r -a rule < <(complete -p "$1")
        for i in "${!rule[@]}"; do [ "${rule[i]}" != -F ] || function=${rule[i + 1]}; done
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        "$function" "$1" "${!#}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf "%s\n" "${COMPREPLY[@]}"' complete "$@"
}

removed() {
    in_bare dpkg -L radmill > "$work/files"
    quietly in_bare apt-get -q -y purge radmill
    local file
    while read -r file; do
        [ -d "$bare$file" ] || [ ! -e "$bare$file" ] || fail "$file is left behind"
    done < "$work/files"
    [ ! -e "$bare/usr/share/radmill" ] || fail "/usr/share/radmill is left behind"
    echo "$suite: removed, $(wc -l < "$work/files") paths"
}

tools=$(make -s print-tools)
given
maker_made
package_built
installed
demo
pages
removed
