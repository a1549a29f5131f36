# diagnostics.awk CONFIG TABLE JSON: the diagnostics of radfeat's JSON against published ones.
BEGIN { FS = "\t"; config = ARGV[1]; ARGV[1] = "" }

function rounded(x) { return sprintf("%.2e", x) + 0 }

# Element i of a list, or the number itself.
function element(name, i,   text, part) {
    text = json[name]
    gsub(/[\[\] ]/, "", text)
    split(text, part, ",")
    return part[i]
}

FNR == 1 { file++ }
file == 1 && $1 == config { n++; stage[n] = $2; quantity[n] = $3; value[n] = $4; tolerance[n] = $5 }
file == 2 && match($0, /"diagnostics_[^"]*"/) {
    name = substr($0, RSTART + 13, RLENGTH - 14)
    text = substr($0, RSTART + RLENGTH + 1)
    sub(/,$/, "", text)
    json[name] = text
}

function measured(stage, quantity,   word, axis, at, which) {
    word = stage ~ /^init/ ? "original" : stage ~ /^interp/ ? "interpolated" : "resegmented"
    axis = index("xyz", substr(quantity, length(quantity)))
    at = stage ~ /_img$/ ? "Image-" word : "Mask-" word
    # nothing cuts the morphological mask: it is what interpolation made of the mask
    which = quantity ~ /^morph/ && word == "resegmented" ? "Mask-interpolated" : at
    if (quantity ~ /img_dim/ || quantity ~ /mask_dim/) return element(at "_Size", axis)
    if (quantity ~ /vox_dim/) return element(at "_Spacing", axis)
    if (quantity ~ /bb_dim/) return element(which "_BoundingBox", 3 + axis)
    if (quantity ~ /vox_count/) return json[which "_VoxelNum"]
    if (quantity ~ /mean_int/) return json[at "_Mean"]
    if (quantity ~ /min_int/) return json[at "_Minimum"]
    if (quantity ~ /max_int/) return json[at "_Maximum"]
    return ""
}

END {
    for (i = 1; i <= n; i++) {
        x = measured(stage[i], quantity[i])
        # counts and dimensions are exact, mean intensities have three digits
        apart = (quantity[i] ~ /mean_int|vox_dim/ ? rounded(x) : x) - value[i]
        if (apart < 0) apart = -apart
        if (x != "" && apart <= tolerance[i] + 1e-9) good++
        else print "  " config " " stage[i] " " quantity[i] ": " x ", published " value[i] " +- " tolerance[i]
    }
    print good + 0 " of " n + 0
}
