# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that mean harm, or are merely broken, made by script: make_corpus.py FOLDER."""
import io
import pathlib
import struct
import sys
import zipfile
import zlib

PAGE = b"0 0 50 50 re f"


def pdf(objects, more=b""):
    """Without a table of offsets, which readers rebuild."""
    out = b"%PDF-1.4\n"
    for number, body in objects.items():
        out += b"%d 0 obj" % number + body + b"endobj\n"
    return out + more + b"trailer<</Root 1 0 R/Size 99>>\n%%EOF\n"


def stream(data, more=b""):
    return b"<</Length %d%s>>stream\n" % (len(data), more) + data + b"\nendstream "


def letter(contents=PAGE, more=b"", extra=None, resources=b""):
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R" + resources + b">>",
               4: stream(contents)}
    objects.update(extra or {})
    return pdf(objects, more)


def png(width, height, rows=None):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(width + 1)) for _ in range(rows if rows is not None else height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data + packer.flush()) + chunk(b"IEND", b"")


def zip_of(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def forms_in_forms():
    """A page that draws ten to the eleventh squares."""
    objects = {}
    for n in range(10, 21):
        objects[n] = stream(b"/A Do " * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]"
                            b"/Resources<</XObject<</A %d 0 R>>>>" % (n + 1))
    objects[21] = stream(PAGE, b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]")
    return letter(b"/A Do", extra=objects, resources=b"/Resources<</XObject<</A 10 0 R>>>>")


def flate_bomb():
    """A page whose 200 megabytes of content unpack from 200 kilobytes."""
    packed = zlib.compress(b"0 0 m 1 1 l S\n" * (15 * 1024 * 1024), 9)
    objects = {4: stream(packed, b"/Filter/FlateDecode")}
    return letter(extra=objects)


def huge_image():
    image = stream(zlib.compress(bytes(1000)), b"/Type/XObject/Subtype/Image/Width 60000/Height 60000"
                   b"/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode")
    return letter(b"200 0 0 200 0 0 cm /A Do", extra={10: image},
                  resources=b"/Resources<</XObject<</A 10 0 R>>>>")


def predictor():
    """A row of two gigabytes, as its dictionary says."""
    image = stream(zlib.compress(bytes(1000)), b"/Type/XObject/Subtype/Image/Width 9/Height 9/ColorSpace/DeviceGray"
                   b"/BitsPerComponent 8/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2000000000>>")
    return letter(b"200 0 0 200 0 0 cm /A Do", extra={10: image},
                  resources=b"/Resources<</XObject<</A 10 0 R>>>>")


def loop_of_pages():
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R]/Count 5>>"})


OFFICE = zip_of({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})

# name: (content, what the council says: 204 or a code, what a viewer says: first word)
CORPUS = {
    "plain.pdf": (letter(), 204, "drawn"),
    "plain.png": (png(20, 20), 204, "drawn"),
    "empty.pdf": (b"", "range", "damaged"),
    "one-byte.pdf": (b"%", "unsupported-type", "damaged"),
    "head-only.pdf": (b"%PDF-1.7\n", 204, "damaged"),
    "cut.pdf": (letter()[:60], 204, "damaged"),
    "cut.png": (png(2000, 2000)[:70], 204, "damaged"),
    "loop-of-pages.pdf": (loop_of_pages(), 204, "damaged"),
    "forms-in-forms.pdf": (forms_in_forms(), 204, "stopped"),
    "flate-bomb.pdf": (flate_bomb(), 204, "drawn stopped failed"),
    "huge-image.pdf": (huge_image(), 204, "drawn stopped failed"),
    "predictor.pdf": (predictor(), 204, "drawn stopped failed"),
    "30000.png": (png(30000, 30000, 40), 204, "too-large"),
    "locked.pdf": ((pathlib.Path(__file__).parent.parent / "golden" / "locked.pdf").read_bytes(), 204, "encrypted"),
    "program.pdf": (b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + bytes(200), "unsupported-type", "damaged"),
    "program.jpg": (b"\x7fELF\2\1\1\0" + bytes(200), "unsupported-type", "damaged"),
    "page.txt": (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "unsupported-type", "damaged"),
    "script.txt": (b"#!/bin/sh\nrm -rf ~\n", "unsupported-type", "damaged"),
    "archive.zip": (zip_of({"a.txt": "a"}), "unsupported-type", "damaged"),
    "zip-bomb.zip": (zip_of({"a": bytes(100 * 1024 * 1024)}), "unsupported-type", "damaged"),
    "macros.docx": (zip_of({"word/document.xml": "<d/>", "word/vbaProject.bin": "x"}), "unsupported-type", "damaged"),
    "letter.docx": (OFFICE, 204, "damaged"),
    "pdf-and-zip.pdf": (letter() + zip_of({"setup.exe": "MZ"}), 204, "drawn"),
    "zip-and-pdf.pdf": (zip_of({"setup.exe": "MZ"}) + letter(), "unsupported-type", "drawn damaged"),
    "png-and-html.png": (png(20, 20) + b"<html><script>alert(1)</script>", 204, "drawn"),
    "wrong-ending.png": (letter(), 204, "drawn"),
}

# What a sender calls a file, and what must not be in what it is called afterwards.
NAMES = ["../../../etc/cron.d/x", "..\\..\\boot.ini", "a\r\nSet-Cookie: x.pdf", "invoice\u202efdp.exe.pdf",
         "\u2066\u2069\u200b.pdf", "n" * 296 + ".pdf", "\u00eb" * 150, ".", "con<>:\"|?*.pdf", "a\0b.pdf"]


def write(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, (content, _, _) in CORPUS.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write(sys.argv[1])
