#!/bin/sh
# Installs the packages of dependencies.txt that are missing, and says which. As root directly, else by
# sudo. Nothing is downloaded when nothing is missing.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
missing=
for package in $(sed 's/#.*//' "$here/dependencies.txt"); do
    state=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
    [ "$state" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
echo "radmill: installing Debian packages:$missing"
$sudo apt-get update -q
DEBIAN_FRONTEND=noninteractive $sudo ${sudo:+-E} apt-get install -y -q --no-install-recommends $missing
