#!/bin/bash
# wheel-needs.sh LIBRARY: prints what the package's library asks of the system; status 1 unless that is the C library of 2.17
# or an earlier one alone.
set -eu
library=$1
names=$(readelf -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
for name in $names; do
    case $name in
    libc.so.6 | libm.so.6 | libpthread.so.0 | ld-linux-*) ;;
    *) echo "$library needs $name" >&2 && exit 1 ;;
    esac
done
if readelf -W --dyn-syms "$library" | grep -oE 'GLIBC_[0-9.]+' | sort -uV | grep -vE '^GLIBC_2\.(17|[0-9]|1[0-6])(\..*)?$' >&2; then
    echo "$library needs a later C library than 2.17" >&2
    exit 1
fi
echo "needed: $(echo "$names" | tr '\n' ' ')"
