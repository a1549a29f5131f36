#!/usr/bin/env python3
"""teams.py CHAPTER1 CHAPTER2 REFERENCE PATIENT...: what the teams of IBSI found on its validation cohort, as
tests/ibsi/teams.tsv.

CHAPTER1 and CHAPTER2 are clones of github.com/theibsi/ibsi_1_data_analysis and ibsi_2_data_analysis,
REFERENCE a CSV with the columns feature_tag, ibsi_code and aggregation_code. Needs pandas and pyreadr."""

import glob
import os
import re
import sys

import pandas
import pyreadr

MODALITIES = {"CT": "ct", "MR_T1": "mr", "PET": "pt"}
# Of these there is no published reference value, and so no line in REFERENCE.
OTHERS = {"morph_vol_dens_ombb": "ZH1A", "morph_area_dens_ombb": "IQYR", "morph_vol_dens_mvee": "SWZ1",
          "morph_area_dens_mvee": "BRI8", "ivh_auc": "9CMM"}


def codes(path):
    table = pandas.read_csv(path)
    known = dict(zip(table.feature_tag, table.ibsi_code))
    known.update(OTHERS)
    return known


def chapter1(folder, patients):
    """Values of all teams: set, patient, modality, tag, aggregation, team, value."""
    files = sorted(glob.glob(os.path.join(folder, "validation", "*", "*.RDS")))
    all_teams = pandas.concat([pyreadr.read_r(f)[None] for f in files])
    all_teams = all_teams[all_teams.id.isin(patients)].assign(set="1")
    all_teams["tag"], all_teams["aggregation"] = zip(*map(split_tag, all_teams.tag))
    return all_teams.rename(columns={"id": "patient"})


def split_tag(tag):
    ending = re.search("_3D(_comb)?$", tag)
    if not ending:
        return tag, "DHQ4"
    return tag[: ending.start()], "IAZD" if ending.group(1) else "KOBO"


def read_csv(path):
    with open(path, encoding="utf-8-sig") as f:
        separator = ";" if ";" in f.readline() else ","
    return pandas.read_csv(path, sep=separator, decimal=".", encoding="utf-8-sig")


def chapter2(folder, patients):
    parts = []
    for path in sorted(glob.glob(os.path.join(folder, "results", "phase_3", "*", "STS_*.csv"))):
        patient, modality = re.match("(STS_[0-9]+)_(.*)[.]csv", os.path.basename(path)).groups()
        team = os.path.basename(os.path.dirname(path))
        if patient not in patients or team == "_replaced":
            continue
        table = read_csv(path).melt(id_vars="feature_tag", value_vars=[f"ID_{i}" for i in range(1, 10)], var_name="set")
        table["set"] = "2." + table["set"].str[3:]
        parts.append(table.rename(columns={"feature_tag": "tag"}).assign(
            patient=patient, modality=modality, team=team, aggregation="DHQ4"))
    return pandas.concat(parts)


def parameter(tag):
    digits = re.fullmatch("ivh_[vi]([0-9]+)", tag)
    return digits.group(1) if digits else "-"


def main():
    first, second, reference, patients = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
    known = codes(reference)
    values = pandas.concat([chapter1(first, patients), chapter2(second, patients)])
    values = values[values.tag.isin(known)]
    values["value"] = pandas.to_numeric(values.value, errors="coerce")
    values = values[values.value.abs() < float("inf")]
    print("# set\tpatient\tmodality\tibsi_code\taggregation\tparameter\tteams\tlowest\tlower quartile\tmedian\tupper quartile"
          "\thighest: values of the teams of IBSI on its validation cohort; set 1: chapter 1, 2.N: filter N of chapter 2, phase 3")
    key = ["set", "patient", "modality", "tag", "aggregation"]
    for (number, patient, modality, tag, aggregation), group in values.groupby(key, sort=False):
        spread = [group.value.quantile(q) for q in (0, 0.25, 0.5, 0.75, 1)]
        row = [number, patient, MODALITIES[modality], known[tag], aggregation, parameter(tag), str(len(group))]
        print("\t".join(row + [f"{x:.6g}" for x in spread]))


if __name__ == "__main__":
    main()
