# teams_sum.awk SAID: counts of teams.awk's verdicts by set, and what lies apart. Status 1 when that is more than is known.
BEGIN {
    FS = "\t"
    # Teams take samples of pairs of voxels; no consensus exists on the oriented box; the bins of the intensity-volume histogram of PET are inferred;
    # and of the non-separable wavelets some teams have other frequencies (docs/ibsi.md).
    split("MoransIIndex GearysCMeasure VolumeDensityOrientedMinimumBoundingBox AreaDensityOrientedMinimumBoundingBox " \
          "VolumeAtIntensityFraction10 VolumeFractionDifference10To90", list, " ")
    for (i in list) may[list[i]] = 1
}
{ sets[$1]; n[$1, $NF]++; all[$NF]++; total++ }
$NF == "apart" {
    printf "  %s %s %s %s: %s, teams' median %s\n", $1, $2, $3, $5, $7, $8
    if (!($5 in may) && $1 != "2.8" && $1 != "2.9") unknown++
}
END {
    print "set    same  between  within  apart  absent"
    for (i = 0; i <= 9; i++) {
        s = i ? "2." i : "1"
        if (s in sets) printf "%-5s %5d %8d %7d %6d %7d\n", s, n[s, "same"], n[s, "between"], n[s, "within"], n[s, "apart"], n[s, "absent"]
    }
    print total - all["apart"] - all["absent"] " of " total " values are the teams'"
    exit !total || unknown > 0 || all["apart"] > 0.02 * total || all["same"] < 0.8 * total
}
