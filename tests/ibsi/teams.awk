# teams.awk SET PATIENT MODALITY TABLE LONG: the values of radfeat's long format against what the teams of
# IBSI found (teams.tsv). One line for each value that the teams have: set, patient, modality, class, feature,
# aggregation, our value, median of teams, how far apart these are as a share of the median, and a verdict:
# "same" within 0.1 % of the median; "between" inside of what half of the teams have; "within" inside of what
# all of them have; else "apart".
BEGIN { FS = OFS = "\t"; set = ARGV[1]; patient = ARGV[2]; modality = ARGV[3]; ARGV[1] = ARGV[2] = ARGV[3] = "" }

function verdict(x, share, low, below, above, high,    slack) {
    if (share <= 0.001) return "same"
    slack = 1e-5 * (x < 0 ? -x : x) # the table has six digits
    if (x >= below - slack && x <= above + slack) return "between"
    if (x >= low - slack && x <= high + slack) return "within"
    return "apart"
}

FNR == 1 { file++ }
file == 1 && $1 == set && $2 == patient && $3 == modality { wanted[++n] = $4 " " $5 " " $6; for (i = 8; i <= 12; i++) of[n, i] = $i }
file == 2 && FNR > 1 {
    split($0, f, ",")
    parameter = "-"
    if (f[4] == "BC2M" || f[4] == "GBPN") { parameter = f[3]; gsub(/[^0-9]/, "", parameter) }
    k = f[4] " " f[5] " " parameter
    got[k] = f[6]
    named[k] = f[2] OFS f[3] OFS f[5]
}
END {
    for (i = 1; i <= n; i++) {
        k = wanted[i]
        if (!(k in got)) { print set, patient, modality, k, "", "", "", of[i, 10], "", "absent"; continue }
        if (got[k] == "") { print set, patient, modality, named[k], "", of[i, 10], "", "absent"; continue }
        apart = got[k] - of[i, 10]
        if (apart < 0) apart = -apart
        size = of[i, 10] < 0 ? -of[i, 10] : of[i, 10]
        share = size > 0 ? apart / size : (apart > 0 ? 1 : 0)
        print set, patient, modality, named[k], got[k] + 0, of[i, 10], share, verdict(got[k] + 0, share, of[i, 8], of[i, 9], of[i, 11], of[i, 12])
    }
}
