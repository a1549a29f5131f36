#!/bin/bash
# oci-check.sh BUILD: the image of make oci, unpacked and run as its own user in a chroot (root is needed for that
# alone): the entry point answers, and a cohort gives the table that the tools outside give. BUILD/tests/gen/make_dicom makes it.
set -eu
build=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umoci unpack --image "$build/oci/radmill:latest" "$work/bundle" > /dev/null 2>&1
root=$work/bundle/rootfs
config=$work/bundle/config.json
grep -q '"/usr/bin/radmill"' "$config" || { echo "oci-check: no entry point" >&2; exit 1; }
user=$(sed -n 's/.*"uid": *\([0-9]*\).*/\1/p' "$config" | head -n 1)
[ "$user" != 0 ] || { echo "oci-check: runs as root" >&2; exit 1; }
"$build/tests/gen/make_dicom" --demo "$root/data/demo"
chown -R "$user" "$root/data"
[ -c "$root/dev/null" ] || { rm -f "$root/dev/null" && mknod -m 666 "$root/dev/null" c 1 3; }
inside() {
    unshare --mount --pid --fork --mount-proc="$root/proc" chroot --userspec="$user:$user" "$root" /usr/bin/env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 /usr/bin/radmill "$@"
}
inside --version
status=0
inside --dicom-root /data/demo/dicom --outdir /data/out -j 2 > "$work/log" 2>&1 || status=$?
tail -n 3 "$work/log"
rows=$(wc -l < "$root/data/out/_RESULTS/radiomics.csv")
[ "$rows" -gt 5 ] || { echo "oci-check: status $status, $rows rows" >&2; exit 1; }
"${RADMILL_BIN:-bin}/radmill" --dicom-root "$root/data/demo/dicom" --outdir "$work/outside" -j 2 > /dev/null 2>&1 || true
cmp "$root/data/out/_RESULTS/radiomics.csv" "$work/outside/_RESULTS/radiomics.csv"
echo "oci-check: $rows lines as user $user, the same as outside"
