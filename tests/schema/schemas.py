# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documents say of the field tables: the parts of src/PROTOCOL.md and data/openapi.yaml that are
made from the code. Usage: make-schemas writes them, check-protocol.py compares."""
import json
import subprocess

BEGIN, END = "made by tests/schema/make-schemas.py", "end of what was made"
ENVELOPE = ("id", "case", "seq", "audience", "named")
DEFAULT_TEXT, DEFAULT_ITEMS, LARGEST = 200, 100, 2**53 - 1


def read_tables(program):
    """The tables as tests/dump-tables.c prints them."""
    return json.loads(subprocess.run([program], check=True, capture_output=True, text=True).stdout)


# The page: a cell of members for each kind

def member(field):
    text = field["name"] + ("[]" if field["type"] == "list" else "") + ("" if field["required"] else "?")
    if field["type"] == "enum":
        return f"`{text}: {'/'.join(field['names'])}`"
    return f"`{text}`" if field["type"] in ("text", "list") else f"`{text}: {field['type']}`"


def member_table(shapes, left_out):
    lines = ["| kind | members |", "|---|---|"]
    for kind, fields in shapes.items():
        cell = " ".join(member(f) for f in fields if f["name"] not in left_out)
        lines.append(f"| `{kind}` | {cell} |")
    return lines


def page_parts(tables):
    """Lines for each marked part of src/PROTOCOL.md, by its name."""
    return {
        "records": member_table(tables["records"], ENVELOPE),
        "commands": member_table(tables["commands"], ("kind",)),
        "bodies": member_table(tables["bodies"], ()),
    }


# OpenAPI: a schema for each kind

def text_schema(field):
    lines = ["type: string", f"maxLength: {field['max'] or DEFAULT_TEXT}"]
    return lines + (["minLength: 1"] if field["required"] else [])


def field_schema(field):
    kind = field["type"]
    if kind == "text":
        return text_schema(field)
    if kind == "list":
        return ["type: array", f"maxItems: {field['max'] or DEFAULT_ITEMS}", "items:", "  type: string",
                f"  maxLength: {DEFAULT_TEXT}"]
    if kind == "int":
        return ["type: integer", "minimum: 0", f"maximum: {field['max'] or LARGEST}"]
    return {
        "id": ["$ref: '#/components/schemas/id'"],
        "time": ["$ref: '#/components/schemas/time'"],
        "date": ["$ref: '#/components/schemas/date'"],
        "bool": ["type: boolean"],
        "enum": ["type: string", f"enum: [{', '.join(field.get('names', []))}]"],
    }[kind]


def object_schema(name, fields, const_kind, is_strict):
    lines = [f"{name}:", "  type: object"]
    if is_strict:
        lines.append("  additionalProperties: false")
    required = [f["name"] for f in fields if f["required"]]
    if required:
        lines.append(f"  required: [{', '.join(required)}]")
    lines.append("  properties:")
    for field in fields:
        lines.append(f"    {field['name']}:")
        is_kind = const_kind and field["name"] == "kind"
        lines += [f"      {line}" for line in ([f"const: {const_kind}"] if is_kind else field_schema(field))]
    return lines


def openapi_parts(tables):
    """Lines of the marked parts of data/openapi.yaml, below components.schemas."""
    lines = []
    for kind, fields in tables["records"].items():
        lines += object_schema(f"record.{kind}", fields, None, False)
    lines += ["command:", "  oneOf:"]
    lines += [f"    - $ref: '#/components/schemas/command.{kind}'" for kind in tables["commands"]]
    for kind, fields in tables["commands"].items():
        lines += object_schema(f"command.{kind}", fields, kind, True)
    for kind, fields in tables["bodies"].items():
        lines += object_schema(f"body.{kind}", fields, None, True)
    codes = ", ".join(tables["errors"])
    lines += ["error-code:", "  type: string", f"  enum: [{codes}]"]
    return {"schemas": lines}


# Marked parts of a text

def is_mark(line, mark, name):
    return mark in line and line.rstrip(" ->").endswith(f": {name}")


def replace_part(text, name, lines, indent):
    """The text with the lines between its two marks; ValueError when there are none."""
    out, is_inside, n_marks = [], False, 0
    for line in text.split("\n"):
        if is_mark(line, BEGIN, name):
            out += [line] + [(indent + new) if new else new for new in lines]
            is_inside, n_marks = True, n_marks + 1
        elif is_mark(line, END, name):
            is_inside, n_marks = False, n_marks + 1
            out.append(line)
        elif not is_inside:
            out.append(line)
    if n_marks != 2 or is_inside:
        raise ValueError(f"no part “{name}”, or no end of it")
    return "\n".join(out)


def renew(source, tables):
    """(path, text as it should be) of both documents."""
    documents = []
    for path, parts, indent in ((source / "src" / "PROTOCOL.md", page_parts(tables), ""),
                                (source / "data" / "openapi.yaml", openapi_parts(tables), "    ")):
        text = path.read_text(encoding="utf-8")
        for name, lines in parts.items():
            text = replace_part(text, name, lines, indent)
        documents.append((path, text))
    return documents
