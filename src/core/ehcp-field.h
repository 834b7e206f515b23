/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Field tables: the one description of a record, a command or a request, from which its JSON, its
 * GObject properties and the council's columns follow. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  EHCP_FIELD_TEXT, /* JSON string, property string, column TEXT */
  EHCP_FIELD_INT,  /* JSON number, property int64, column INTEGER */
  EHCP_FIELD_BOOL, /* JSON true or false, property boolean, column INTEGER */
  EHCP_FIELD_ENUM, /* JSON string out of `names`, property string, column TEXT */
  EHCP_FIELD_DATE, /* JSON "YYYY-MM-DD", property int (GLib Julian day), column INTEGER */
} EhcpFieldKind;

typedef enum
{
  EHCP_FIELD_REQUIRED = 1 << 0, /* absent, null and "" are refused */
  EHCP_FIELD_ID = 1 << 1,       /* a lower-case UUID */
  EHCP_FIELD_TIME = 1 << 2,     /* "YYYY-MM-DDTHH:MM:SSZ" */
  EHCP_FIELD_LIST = 1 << 3,     /* a JSON array of strings, held as a GStrv; column TEXT (JSON) */
  EHCP_FIELD_LINE = 1 << 4,     /* one line: control characters are refused */
  EHCP_FIELD_SECRET = 1 << 5,   /* wiped when the record goes; never written to a log */
} EhcpFieldFlags;

typedef struct
{
  const char *name; /* on the wire, snake_case; the property has dashes */
  EhcpFieldKind kind;
  EhcpFieldFlags flags;
  gint64 max;               /* text: characters (0: 200); int: largest value (0: 2^53 - 1); list: items */
  const char *const *names; /* enum: NULL-terminated */
} EhcpField;

/* A field table with its name: a record kind, a command kind, or the body of a route. */
typedef struct
{
  const char *name;
  const EhcpField *fields;
  guint n_fields;
  GType (*get_type) (void); /* of the record; NULL: a plain EhcpRecord without properties */
} EhcpShape;

#define EHCP_FIELD_NONE G_MAXUINT

guint ehcp_shape_find (const EhcpShape *shape, const char *name);

G_END_DECLS
