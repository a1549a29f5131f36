#!/bin/bash
# Roots of other Debian releases, for tests. Both verbs need root.
#   debian-root.sh make BUILD SUITE ROOT    a bare root of SUITE in the new folder ROOT: what debootstrap --variant=minbase
#                                           gives, kept as BUILD/roots/SUITE.tar. Status 77: the mirror does not give it
#   debian-root.sh run ROOT COMMAND...      COMMAND in ROOT, with processes and mounts of its own, so that nothing stays mounted
#                                           whatever becomes of it; a /dev of its own, the network of this machine
set -eu

made() { # BUILD SUITE: BUILD/roots/SUITE.tar is there
    local tar=$1/roots/$2.tar work
    [ ! -e "$tar" ] || return 0
    mkdir -p "$1/roots"
    work=$(mktemp -d "$1/roots/$2.XXXXXX")
    debootstrap --variant=minbase "$2" "$work/root" "$(rules/debian-mirror.sh)" > "$work/log" 2>&1 || {
        tail -n 3 "$work/log"
        rm -rf "$work"
        exit 77
    }
    tar -C "$work/root" --one-file-system --exclude='./dev/*' --exclude='./var/cache/apt/archives/*.deb' -cf "$tar.new" .
    mv "$tar.new" "$tar"
    rm -rf "$work"
}

run() { # ROOT COMMAND...
    # shellcheck disable=SC2016 # for the inner shell
    exec unshare --mount --pid --fork --kill-child sh -eu -c '
        root=$1 && shift
        mount --make-rprivate /
        mount -t proc proc "$root/proc"
        mount -t tmpfs -o mode=755 dev "$root/dev"
        for node in null:3 zero:5 full:7 random:8 urandom:9; do mknod -m 666 "$root/dev/${node%:*}" c 1 "${node#*:}"; done
        ln -s /proc/self/fd "$root/dev/fd"
        mkdir -m 1777 "$root/dev/shm"
        exec chroot "$root" /usr/bin/env -i HOME=/root TERM=dumb LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"' run "$@"
}

verb=$1
shift
case $verb in
make)
    made "$1" "$2"
    mkdir -p "$3"
    tar -C "$3" -xf "$1/roots/$2.tar"
    ;;
run) run "$@" ;;
*) echo "debian-root.sh: no verb $verb" >&2 && exit 2 ;;
esac
