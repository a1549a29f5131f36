# Reads the list of what exists (citations.sh writes it), then sources and pages; names every citation
# of something that does not exist, and ends with 1 if there was one.
FNR == NR && $1 == "file" { note_file($2); next }
FNR == NR { exists[$1, $2] = 1; next }

FNR == 1 { finish(); name = FILENAME; comment = ""; inside = 0 }
name ~ /\.(c|h|cc)$/ { c_comments($0); codes_of_rows($0); next }
name ~ /\.md$/ { comment = comment " " $0; links($0); codes_of_cells($0); next }
/(^|[ \t])#/ { sub(/^.*(^|[ \t])#+/, ""); comment = comment " " $0; next }
{ comment = comment " | " }
END { finish(); exit faults > 0 }

# A file is known with its folders, under its name alone, and as the program that is made from it.
function note_file(path,    base) {
    all = all "\n" path
    base = path
    sub(/\.[^.\/]*$/, "", base); exists["stem", base] = 1
    base = path
    sub(/.*\//, "", base); exists["base", base] = 1
    while (path != "") {
        exists["path", path] = 1
        if (!sub(/\/[^\/]*$/, "", path)) break
    }
}

function c_comments(line,    at) {
    while (line != "") {
        if (!inside) {
            at = match(line, /\/\*|\/\//)
            if (!at) { comment = comment " | "; return }
            if (substr(line, at, 2) == "//") { comment = comment " " substr(line, at + 2); return }
            line = substr(line, at + 2); inside = 1
        }
        at = index(line, "*/")
        sub(/^ \*( |$)/, " ", line)
        at = index(line, "*/")
        comment = comment " " (at ? substr(line, 1, at - 1) : line)
        if (!at) return
        line = substr(line, at + 2); inside = 0
    }
}

# "Name", "ABC1": a row of a table of features, aggregations or families; in a text, behind the word IBSI.
function codes_of_rows(line) {
    if (name ~ /^lib\/report\/methods\//) codes_of_texts(line)
    if (name !~ /^lib\/engine\/(features|matrices)\/|methods\/feature_items/) return
    while (match(line, /"[0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z]"/)) {
        need("code", substr(line, RSTART + 1, 4), "IBSI code")
        line = substr(line, RSTART + RLENGTH)
    }
}
function codes_of_texts(line) {
    while (match(line, /IBSI [0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z]([^0-9A-Za-z:]|$)/)) {
        need("code", substr(line, RSTART + 5, 4), "IBSI code")
        line = substr(line, RSTART + RLENGTH)
    }
}

# The second column of the tables under a heading that speaks of IBSI codes.
function codes_of_cells(line,    cell, part, i, n) {
    if (line ~ /^#/) heading = line
    if (heading !~ /IBSI codes/ || line !~ /^\|/) return
    split(line, cell, /\|/)
    n = split(cell[3], part, /[^0-9A-Za-z]+/)
    for (i = 1; i <= n; i++)
        if (part[i] ~ /^[0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z]$/) need("code", part[i], "IBSI code")
}
function links(line,    target, folder) {
    folder = name; if (!sub(/[^\/]*$/, "", folder)) folder = ""
    while (match(line, /\]\([^)]*\)/)) {
        target = substr(line, RSTART + 2, RLENGTH - 3)
        line = substr(line, RSTART + RLENGTH)
        sub(/#.*/, "", target); sub(/\/$/, "", target)
        if (target == "" || target ~ /^[a-z]+:/) continue
        target = folder target
        while (sub(/[^\/]+\/\.\.\//, "", target)) ;
        need("path", target, "link")
    }
}

function finish() {
    if (name == "") return
    gsub(/[ \t]+/, " ", comment)
    sections(comment)
    codes(comment)
    chapters(comment)
    paths(comment)
}
function sections(text,    part, i, n) {
    while (match(text, /[Ss]pecification('s section)? [0-9][0-9.]*((,| and| to|-|;) ?(section )?[0-9][0-9.]*)*/)) {
        n = split(substr(text, RSTART, RLENGTH), part, /[^0-9.]+/)
        text = substr(text, RSTART + RLENGTH)
        for (i = 1; i <= n; i++) {
            sub(/\.$/, "", part[i])
            if (part[i] != "") need("section", part[i], "section of docs/pyradiomics.md")
        }
    }
}
function codes(text) {
    while (match(text, /IBSI('s)? (code )?"?[0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][^0-9A-Za-z]/)) {
        need("code", substr(text, RSTART + RLENGTH - 5, 4), "IBSI code")
        text = substr(text, RSTART + RLENGTH)
    }
}
# "IBSI 3.6", "IBSI 3.1.11 to 3.1.13": the chapters of features are known to their second number.
function chapters(text,    part, i, n, number) {
    while (match(text, /IBSI [0-9]+[.][0-9.]+((,| and| to|-) ?[0-9]+[.][0-9.]+)*/)) {
        n = split(substr(text, RSTART + 5, RLENGTH - 5), part, /[^0-9.]+/)
        text = substr(text, RSTART + RLENGTH)
        for (i = 1; i <= n; i++) {
            split(part[i], number, ".")
            if (number[1] == "3") need("code", number[1] "." number[2], "IBSI chapter")
        }
    }
}
function paths(text,    token, i, n, words) {
    n = split(text, words, /[^A-Za-z0-9_.*\/{}<>$:~=@+-]+/)
    for (i = 1; i <= n; i++) {
        token = words[i]
        sub(/[.:-]+$/, "", token); sub(/\/$/, "", token)
        if (token ~ /[{}<>$:~=@]/ || (token ~ /[A-Z]/ && token !~ /README|CHANGELOG|CONTRIBUTING/)) continue
        if (token ~ /^(docs|lib|tests|tools|rules|bench|examples|defaults)\/./) path(token)
        else if (token ~ /^[a-z0-9_]+(\/[a-z0-9_]+)*\/[a-z0-9_]+\.(c|h|cc|inc|def)$/) path("lib/" token)
        else if (token ~ /^[a-z0-9][a-z0-9_]*\.(c|h|cc|bats|awk)$/) need("base", token, "file")
    }
}
function path(token) {
    if (("path", token) in exists || ("stem", token) in exists) return
    if (token ~ /\*/ && matches(token)) return
    fault(token, "file")
}
function matches(pattern) {
    gsub(/[.]/, "[.]", pattern); gsub(/\*/, "[^\n]*", pattern)
    return all ~ ("\n" pattern)
}
function need(kind, what, word) { if (!((kind, what) in exists)) fault(what, word) }
function fault(what, word) { print name ": no " word " " what; faults++ }
