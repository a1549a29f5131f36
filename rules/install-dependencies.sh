#!/bin/sh
# install-dependencies.sh [--list] LIST...: installs the packages of these lists (rules/dependencies*.txt) that are
# missing, and says which. As root directly, else by sudo; where there is neither, and with --list, it tells
# list by list what is missing and the one command that an administrator runs. Nothing is downloaded when
# nothing is missing.
set -eu
only_list=
[ "$1" != --list ] || { only_list=1 && shift; }

missing_of() { # LIST: what is missing of it
    for package in $(sed 's/#.*//' "$1"); do
        state=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
        [ "$state" = "install ok installed" ] || printf ' %s' "$package"
    done
}

may_install() {
    [ "$(id -u)" = 0 ] || { command -v sudo > /dev/null && { [ -t 0 ] || sudo -n true 2> /dev/null; }; }
}

missing=
for list in "$@"; do
    of_list=$(missing_of "$list")
    [ -z "$of_list" ] || echo "radmill: missing of $list:$of_list"
    missing=$missing$of_list
done
if [ -z "$missing" ]; then
    [ -z "$only_list" ] || echo "radmill: nothing is missing of: $*"
    exit 0
fi
if [ -n "$only_list" ] || ! may_install; then
    echo "radmill: an administrator installs it with: apt-get install --no-install-recommends$missing"
    exit 1
fi
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
echo "radmill: installing Debian packages:$missing"
$sudo apt-get update -q
DEBIAN_FRONTEND=noninteractive $sudo ${sudo:+-E} apt-get install -y -q --no-install-recommends $missing
