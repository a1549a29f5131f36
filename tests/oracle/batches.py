"""Batch files in every form that spreadsheets give them: drawn, written, and their rows read back."""
import dataclasses
import json
import os

SEPARATORS = [",", ";", "\t", "|"]  # the last one needs Excel's first line
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"]
NOTES = ["", "plain", "a,b", "c;d", "e\tf", "g|h", 'say "i"', "two\nlines", "Größe", "=1+1", " edge "]


@dataclasses.dataclass
class Batch:
    separator: str
    encoding: str
    end: str          # of a line
    blanks: bool      # around every cell and name
    columns: list     # in order; some without a name
    notes: list       # one per row: the cell that is copied, first in every row


def draw(d):
    columns = ["Image", "Mask", *(["ID"] if d.sometimes(0.5) else []), *(["Label"] if d.sometimes(0.3) else [])]
    columns = [d.one_of(["", "Note"])] + [columns[i] for i in d.rng.permutation(len(columns))]
    return Batch(d.one_of(SEPARATORS), d.one_of(ENCODINGS), d.one_of(["\n", "\r\n", "\r"]), d.sometimes(0.3), columns,
                 [d.one_of(NOTES) for _ in range(d.one_of([1, 1, 2]))])


def quoted(batch, cell):
    needs = any(c in cell for c in batch.separator + '"\r\n') or cell != cell.strip()
    return '"' + cell.replace('"', '""') + '"' if needs else cell


def line(batch, cells):
    pad = " " if batch.blanks else ""
    return batch.separator.join(pad + quoted(batch, c) + pad for c in cells) + batch.end


def cells(batch, number, image, mask, label):
    known = {"Image": image, "Mask": mask, "ID": str(number), "Label": str(label or "")}
    return [known.get(name, batch.notes[number]) for name in batch.columns]


def write(batch, image, mask, label):
    text = f"sep={batch.separator}{batch.end}" if batch.separator == "|" else ""
    text += line(batch, batch.columns)
    for number in range(len(batch.notes)):
        text += line(batch, cells(batch, number, image, mask, label))
    path = os.path.join(os.path.dirname(image), "batch.csv")
    with open(path, "wb") as out:
        out.write((b"\xfe\xff" if batch.encoding == "utf-16-be" else b"") + text.encode(batch.encoding))
    return path


def read(batch, printed, image, mask, label):
    """The row of the last case without its own columns, which must have come back as they went in."""
    rows = json.loads(printed)
    own = [dict(zip(batch.columns, cells(batch, n, image, mask, label))) for n in range(len(batch.notes))]
    got = [{name: row[name] for name in batch.columns} for row in rows]
    if got != own:
        raise ValueError(f"columns of a batch: {own} became {got}")
    return {k: v for k, v in rows[-1].items() if k not in batch.columns}
