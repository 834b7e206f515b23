#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the parts of src/PROTOCOL.md and data/openapi.yaml that follow from the field tables.
Usage: make-schemas.py SOURCE DUMP-TABLES"""
import pathlib
import sys

import schemas

source, program = pathlib.Path(sys.argv[1]), sys.argv[2]
for path, text in schemas.renew(source, schemas.read_tables(program)):
    if path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(source)}")
