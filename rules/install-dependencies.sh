#!/bin/sh
# install-dependencies.sh LIST...: installs the packages of these lists (rules/dependencies*.txt) that are
# missing, and says which. As root directly, else by sudo. Nothing is downloaded when nothing is missing.
set -eu
missing=
for package in $(sed 's/#.*//' "$@"); do
    state=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
    [ "$state" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
echo "radmill: installing Debian packages:$missing"
$sudo apt-get update -q
DEBIAN_FRONTEND=noninteractive $sudo ${sudo:+-E} apt-get install -y -q --no-install-recommends $missing
