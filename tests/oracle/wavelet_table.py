#!/usr/bin/env python3
"""Prints lib/engine/filters/wavelet_table.inc: the filters of PyWavelets' discrete families.

    python3 tests/oracle/wavelet_table.py > lib/engine/filters/wavelet_table.inc

The numbers are those that PyWavelets (>= 1.6) publishes as Wavelet.dec_lo and rec_lo, each in the
shortest decimal that reads back equal. Rows follow from others where the families say so, which is
checked here for every wavelet, so that the C code may rely on it:
  orthogonal families  rec_lo is dec_lo reversed
  all families         dec_hi[k] = (-1)^(k+1) rec_lo[k]
  rbioN                dec_lo is bioN's rec_lo reversed
and each pair must be a perfect reconstruction pair to 1e-7 (dmey, cut to 62 taps, to 3e-3).
"""
import sys

import pywt


def numbers(values):
    lines, line = [], "    "
    for v in values:
        text = repr(float(v)) + ","
        if len(line) + len(text) + 1 > 100:
            lines.append(line.rstrip())
            line = "    "
        line += text + " "
    return "\n".join(lines + [line.rstrip()])


def checked(name):
    w = pywt.Wavelet(name)
    lo, rec, n = w.dec_lo, w.rec_lo, w.dec_len
    assert w.dec_hi == [(-1) ** (k + 1) * rec[k] for k in range(n)], name
    assert n % 2 == 0 and len(rec) == n, name
    if w.orthogonal:
        assert rec == lo[::-1], name
    for shift in range(0, n, 2):
        product = sum(rec[::-1][k] * lo[k + shift] for k in range(n - shift))
        assert abs(product - (shift == 0)) < (3e-3 if name == "dmey" else 1e-7), (name, product)
    return w


def main():
    print(f"/* Printed by tests/oracle/wavelet_table.py from PyWavelets {pywt.__version__}; do not edit.")
    print(" * name, length, decomposition low-pass, reconstruction low-pass (NULL: reversed). */")
    for name in pywt.wavelist(kind="discrete"):
        w = checked(name)
        if name.startswith("rbio"):
            dual = pywt.Wavelet("bior" + name[4:])
            assert w.dec_lo == dual.rec_lo[::-1] and w.rec_lo == dual.dec_lo[::-1], name
            continue
        if name == "haar":
            assert w.dec_lo == pywt.Wavelet("db1").dec_lo
            continue
        rec = "NULL" if w.orthogonal else "(const double[]){\n" + numbers(w.rec_lo) + "}"
        print(f'{{"{name}", {w.dec_len}, (const double[]){{\n{numbers(w.dec_lo)}}}, {rec}}},')


if __name__ == "__main__":
    sys.exit(main())
