"""Image and mask as files that SimpleITK would not write: NRRD in every space and encoding, MetaImage in all its spellings, VTK,
TIFF of every type; negative spacings, both byte orders, data files of their own. What a file says is what the image has, but for VTK and TIFF,
which know no directions."""
import dataclasses
import gzip
import os
import struct
import zlib

import numpy as np
import SimpleITK as sitk

SPACES = {"left-posterior-superior": (1, 1), "right-anterior-superior": (-1, -1), "left-anterior-superior": (1, -1), "LPS": (1, 1),
          "RAS": (-1, -1), "LAS": (1, -1), "scanner-xyz": (1, 1), "3D-right-handed": (1, 1), "3D-left-handed": (1, 1)}
NRRD_TYPES = {"int8": "signed char", "uint8": "uchar", "int16": "short", "uint16": "unsigned short", "int32": "int", "uint32": "uint32_t",
              "int64": "long long", "uint64": "ulonglong", "float32": "float", "float64": "double"}
META_TYPES = {"int8": "CHAR", "uint8": "UCHAR", "int16": "SHORT", "uint16": "USHORT", "int32": "INT", "uint32": "ULONG", "int64": "LONG_LONG",
              "uint64": "ULONG_LONG", "float32": "FLOAT", "float64": "DOUBLE"}
VTK_TYPES = {"int8": "char", "uint8": "unsigned_char", "int16": "short", "uint16": "unsigned_short", "int32": "int", "uint32": "unsigned_int",
             "float32": "float", "float64": "double"}


@dataclasses.dataclass
class Form:
    kind: str
    seed: int


def draw(d):
    """-> forms of image and mask; VTK and TIFF for both or neither."""
    kinds = [str(d.rng.choice(["nrrd", "meta"])) for _ in range(2)]
    if d.sometimes(0.3):
        kinds = [str(d.rng.choice(["vtk", "tiff"]))] * 2
    return [Form(k, int(d.rng.integers(1 << 30))) for k in kinds]


class Parts:
    """An image taken apart: array (z, y, x[, component]), geometry with some axes turned round and their spacing negative."""

    def __init__(self, image, rng, turn=True):
        self.rng, self.dims = rng, image.GetDimension()
        self.array, self.components = sitk.GetArrayFromImage(image), image.GetNumberOfComponentsPerPixel()
        self.type, self.size = self.array.dtype.name, image.GetSize()
        signs = rng.choice([1, -1], self.dims, p=[0.75, 0.25]) if turn else np.ones(self.dims)
        self.spacing, self.origin = np.array(image.GetSpacing()) * signs, np.array(image.GetOrigin())
        self.direction = np.array(image.GetDirection()).reshape(self.dims, self.dims) * signs
        self.big = bool(rng.random() < 0.4)

    def some(self, p=0.5):
        return self.rng.random() < p

    def one_of(self, options):
        return options[int(self.rng.integers(len(options)))]

    def bytes(self, array=None, big=None):
        a = self.array if array is None else array
        return a.astype(a.dtype.newbyteorder(">" if (self.big if big is None else big) else "<")).tobytes()


def words(values):
    return " ".join(repr(float(v)) for v in values)


def vector(values):
    return "(" + ",".join(repr(float(v)) for v in values) + ")"


def as_text(array):
    return " ".join((repr(float(v)) if array.dtype.kind == "f" else str(int(v))) for v in array.ravel()).encode()


def put(folder, name, data):
    with open(os.path.join(folder, name), "wb") as out:
        out.write(data)
    return os.path.join(folder, name)


def nrrd_place(p, at):
    """Lines of the geometry; `at`: place of the axis of components, or None."""
    def each(values, other):
        values = list(values)
        return " ".join(values if at is None else values[:at] + [other] + values[at:])
    steps = np.diag(p.direction * p.spacing)
    if np.array_equal(np.abs(p.direction), np.eye(p.dims)) and p.some(0.4):  # no space: spacings, negative ones too, and borders
        node = p.some()
        low = p.origin - (0 if node else steps / 2)
        return ["spacings: " + each((repr(float(s)) for s in steps), "nan"), "axis mins: " + each((repr(float(v)) for v in low), "nan"),
                "centerings: " + each(["node" if node else "cell"] * p.dims, "none")]
    space = p.one_of(list(SPACES)) if p.dims == 3 else None
    turn = np.array([*SPACES.get(space, (1, 1)), 1][:p.dims])
    columns = (p.direction * p.spacing).T * turn
    return [f"space: {space}" if space else "space dimension: 2", "space directions: " + each((vector(c) for c in columns), "none"),
            "space origin: " + vector(p.origin * turn)]


def nrrd(p, folder, name):
    at = None
    axes = [str(n) for n in p.size]
    array = p.array
    if p.components > 1:
        at = int(p.rng.integers(0, p.dims + 1))
        axes.insert(at, str(p.components))
        array = np.ascontiguousarray(np.moveaxis(array, -1, array.ndim - 1 - at))
    kinds = ["domain"] * p.dims
    if at is not None:
        kinds.insert(at, p.one_of(["list", "vector", "point", "covariant-vector"]))
    encoding = p.one_of(["raw", "raw", "gzip", "gz", "ascii", "text", "hex"])
    data = {"gz": lambda: gzip.compress(p.bytes(array)), "as": lambda: as_text(array), "te": lambda: as_text(array),
            "he": lambda: p.bytes(array).hex().encode(), "ra": lambda: p.bytes(array)}[encoding.replace("gzip", "gz")[:2]]()
    head = ["NRRD000" + p.one_of("45"), "# drawn", f"type: {NRRD_TYPES[p.type]}", f"dimension: {len(axes)}", "sizes: " + " ".join(axes)]
    tail = ["kinds: " + " ".join(kinds), f"encoding: {encoding}", "endian: " + ("big" if p.big else "little"), "key:=value: of it"] + nrrd_place(p, at)
    if encoding == "raw" and p.some(0.3):
        tail += ["line skip: 1", "byte skip: 3"]
        data = b"a line\nabc" + data
    elif encoding == "raw" and p.some(0.2):
        tail, data = tail + ["byte skip: -1"], b"whatever" + data
    end = p.one_of(["\n", "\r\n"])
    if p.some(0.3):
        put(folder, name + ".bin", data)
        return put(folder, name + ".nhdr", end.join(head + tail + [f"data file: {name}.bin", ""]).encode())
    return put(folder, name + ".nrrd", end.join(head + tail + ["", ""]).encode() + data)


def meta_data(p, folder, name):
    """-> lines about the data, the name of their file, what follows the header."""
    data, step = p.bytes(), len(p.bytes()) // p.size[-1]
    if p.some(0.2):  # a slice a file
        for k in range(p.size[-1]):
            put(folder, f"{name}{k:03d}.raw", data[k * step:(k + 1) * step])
        files = "\n".join(f"{name}{k:03d}.raw" for k in range(p.size[-1]))
        return [], p.one_of([f"LIST\n{files}", f"{name}%03d.raw 0 {p.size[-1] - 1} 1"]) + "\n", b""
    lines = []
    if p.some(0.4):
        data = p.one_of([zlib.compress, gzip.compress])(data)
        lines = ["CompressedData = True", f"CompressedDataSize = {len(data)}"]
    if p.some():
        return lines, "LOCAL\n", data
    if p.some(0.3):
        lines, data = lines + ["HeaderSize = 5"], b"12345" + data
    elif p.some(0.3):  # (with a HeaderSize, ITK reads uninitialised memory then)
        lines = [x for x in lines if "DataSize" not in x]
    put(folder, name + ".raw", data)
    return lines, name + ".raw\n", b""


def meta(p, folder, name):
    lines, file, data = meta_data(p, folder, name)
    lines += [f"{p.one_of(['ElementSpacing', 'ElementSpacing', 'ElementSize'])} = {words(p.spacing)}",
              f"{p.one_of(['Offset', 'Position', 'Origin'])} = {words(p.origin)}",
              f"{p.one_of(['TransformMatrix', 'Rotation', 'Orientation'])} = {words(p.direction.T.ravel())}",
              f"{p.one_of(['BinaryDataByteOrderMSB', 'ElementByteOrderMSB'])} = {p.big}", f"DimSize = {' '.join(map(str, p.size))}",
              f"ElementType = MET_{META_TYPES[p.type]}", "Comment = an = or : does no harm"]
    if p.components > 1:
        lines.append(f"ElementNumberOfChannels = {p.components}")
    p.rng.shuffle(lines)
    lines = [x for line in lines for x in ([line, ""] if p.some(0.1) else [line])]
    between = p.one_of([" = ", "=", ": ", "\t=\t"])
    text = "\n".join(x.replace(" = ", between, 1) for x in ["ObjectType = Image", f"NDims = {p.dims}", *lines, "ElementDataFile = "])
    return put(folder, name + p.one_of([".mha", ".mhd"]), text.encode() + file.encode() + data)


def vtk(p, folder, name):
    size, spacing, origin = ([*v, *[extra] * (3 - p.dims)] for v, extra in ((p.size, 1), (p.spacing, 1.0), (p.origin, 0.0)))
    binary = p.some(0.7)
    head = (f"# vtk DataFile Version 3.0\ndrawn\n{'BINARY' if binary else 'ASCII'}\nDATASET STRUCTURED_POINTS\nDIMENSIONS {' '.join(map(str, size))}\n"
            f"SPACING {words(spacing)}\nORIGIN {words(origin)}\nPOINT_DATA {p.array.size}\nSCALARS scalars {VTK_TYPES[p.type]} 1\nLOOKUP_TABLE default\n")
    return put(folder, name + ".vtk", head.encode() + (p.bytes(big=True) if binary else as_text(p.array) + b"\n"))


def tiff_page(p, page, at, last):
    """One directory with its strip; at: its place in the file."""
    order, rows = ">" if p.big else "<", page[::-1] if p.from_below else page
    data = p.bytes(np.ascontiguousarray(rows))
    data = zlib.compress(data) if p.deflated else data
    start = at + 2 + 12 * 13 + 4
    resolution = start + 16
    kind = {"u": 1, "i": 2, "f": 3}[page.dtype.kind]
    fields = [(256, 4, page.shape[1]), (257, 4, page.shape[0]), (258, 3, page.dtype.itemsize * 8), (259, 3, 8 if p.deflated else 1), (262, 3, 1),
              (273, 4, resolution), (274, 3, 4 if p.from_below else 1), (278, 4, page.shape[0]), (279, 4, len(data)), (282, 5, start),
              (283, 5, start + 8), (296, 3, p.unit), (339, 3, kind)]
    out = struct.pack(order + "H", len(fields))
    for tag, form, value in fields:
        out += struct.pack(order + "HHI", tag, form, 1) + struct.pack(order + ("HH" if form == 3 else "I"), *((value, 0) if form == 3 else (value,)))
    following = 0 if last else resolution + len(data) + len(data) % 2
    return out + struct.pack(order + "I", following) + struct.pack(order + "4I", 4, 1, 8, 1) + data + b"\0" * (len(data) % 2)


def tiff(p, folder, name):
    p.from_below, p.deflated, p.unit = p.some(0.3), p.some(0.4), p.one_of([1, 2, 3])
    out = struct.pack(">2sHI" if p.big else "<2sHI", b"MM" if p.big else b"II", 42, 8)
    pages = p.array if p.dims == 3 else p.array[None]
    for k, page in enumerate(pages):
        out += tiff_page(p, page, len(out), k == len(pages) - 1)
    return put(folder, name + ".tif", out)


def write(form, image, folder, name, like=None):
    """-> the path. like: the form of the image that a mask goes with (VTK, TIFF: one place for both)."""
    rng = np.random.default_rng(form.seed)
    kind = form.kind
    p = Parts(image, rng, turn=kind != "tiff")
    possible = p.components == 1 and {"vtk": p.type in VTK_TYPES, "tiff": p.type in VTK_TYPES and p.type != "float64"}.get(kind, True)
    if like and kind in ("vtk", "tiff"):  # what is lost must be lost for both alike
        shared = np.random.default_rng(like.seed)
        p.spacing = Parts(image, shared, turn=kind != "tiff").spacing
    if kind in ("vtk", "tiff") and not possible:
        kind = "nrrd" if p.some() else "meta"
    return {"nrrd": nrrd, "meta": meta, "vtk": vtk, "tiff": tiff}[kind](p, folder, name)
