# compare.awk CONFIG RULE TABLE LONG: the values of radfeat's long format against a table of published
# ones. Rule "digits": rounded to three significant digits first (chapter 1); "plain": as they are.
# Prints what differs and a last line "N of M".
BEGIN { FS = "\t"; config = ARGV[1]; rule = ARGV[2]; ARGV[1] = ARGV[2] = "" }

function key(code, aggregation, parameter) { return code " " aggregation " " parameter }

# A value of three significant digits, as published ones are.
function rounded(x) { return sprintf("%.2e", x) + 0 }

FNR == 1 { file++ }
file == 1 && $1 == config { n++; wanted[n] = key($2, $3, $4); value[n] = $5; tolerance[n] = $6 }
file == 2 && FNR > 1 {
    split($0, f, ",")
    parameter = "-"
    if (f[4] == "BC2M" || f[4] == "GBPN") { parameter = f[3]; gsub(/[^0-9]/, "", parameter) }
    got[key(f[4], f[5], parameter)] = f[6]
    named[key(f[4], f[5], parameter)] = f[2] " " f[3]
}
END {
    for (i = 1; i <= n; i++) {
        k = wanted[i]
        if (!(k in got) || got[k] == "") { print "  " config " " k ": no value"; continue }
        x = rule == "digits" ? rounded(got[k]) : got[k]
        apart = x - value[i]
        if (apart < 0) apart = -apart
        slack = 1e-9 * (value[i] < 0 ? -value[i] : value[i])
        if (apart <= tolerance[i] + slack) good++
        else print "  " config " " k " (" named[k] "): " got[k] ", published " value[i] " +- " tolerance[i]
    }
    print good + 0 " of " n + 0
}
