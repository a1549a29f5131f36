#!/bin/sh
# In bats a line that begins with `!` fails no test, whatever the command says, unless it is the last one of
# the test: it must end in `|| false`.
if git ls-files -z '*.bats' '*.bash' | xargs -0 grep -nE '^[[:space:]]*! ' | grep -v '||\|! -'; then
    echo 'these lines cannot fail: add || false' >&2
    exit 1
fi
