#!/bin/sh
# debian-mirror.sh: prints the mirror that this machine's apt takes Debian from, or Debian's own.
mirror=$(sed -n 's/^URIs: *//p; s/^deb  *\(\[[^]]*\] *\)\{0,1\}\(http[^ ]*debian\/\{0,1\}\) .*/\2/p' \
    /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null | grep -E 'debian/?$' | head -n 1)
echo "${mirror:-http://deb.debian.org/debian}"
