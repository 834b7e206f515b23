/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the fixtures beside it, in the shape of the feed's `records`, strictly. */
#include "sample.h"

#include "ehcp-codec.h"
#include "ehcp-text.h"

#define MAX_BYTES (1024 * 1024)

EhcpClock *
sample_clock_new (void)
{
  return ehcp_clock_new_fixed (ehcp_time_parse (SAMPLE_NOW));
}

static void
put_kind (EhcpBook *book, const char *name, JsonArray *records)
{
  int kind = ehcp_kind_find (name);

  g_assert_cmpint (kind, >=, 0);
  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EhcpRecord) record =
          ehcp_codec_decode_object (ehcp_kind_get_shape (kind), json_array_get_object_element (records, i),
                                    EHCP_DECODE_STRICT, &error);

      g_assert_no_error (error);
      ehcp_book_put (book, record);
    }
}

static void
put_file (EhcpBook *book, const char *name)
{
  g_autofree char *path = g_build_filename (TEST_SRCDIR, "app", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) records = NULL;
  g_autofree char *text = NULL;
  JsonObjectIter iter;
  const char *kind;
  JsonNode *node;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  records = ehcp_json_parse_object (text, length, MAX_BYTES, &error);
  g_assert_no_error (error);
  json_object_iter_init (&iter, records);
  while (json_object_iter_next (&iter, &kind, &node))
    put_kind (book, kind, json_node_get_array (node));
}

/* The forms that ship with the program. */
static void
put_definition (EhcpBook *book, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_build_filename (TEST_DATADIR, "forms", file, NULL);
  g_autoptr (EhcpRecord) record = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_FORM_DEFINITION));
  g_autofree char *id = ehcp_text_new_id ();
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;

  g_file_get_contents (path, &body, NULL, &error);
  g_assert_no_error (error);
  ehcp_record_set_text (record, "id", id);
  ehcp_record_set_text (record, "audience", "everyone");
  ehcp_record_set_int (record, "seq", 1);
  ehcp_record_set_text (record, "definition", name);
  ehcp_record_set_text (record, "body", body);
  ehcp_book_put (book, record);
}

void
sample_fill (EhcpBook *book, SampleParts parts)
{
  put_file (book, "common.json");
  put_definition (book, "parent-views@1");
  put_definition (book, "parental-preference@1");
  if (parts & SAMPLE_WITH_ISLA)
    put_file (book, "isla.json");
  if (parts & SAMPLE_WITH_THEO)
    put_file (book, "theo.json");
  if (parts & SAMPLE_WITH_WAITING)
    put_file (book, "waiting.json");
  if (parts & SAMPLE_WITH_INVITED)
    put_file (book, "invited.json");
  if (parts & SAMPLE_WITH_STAFF)
    {
      /* Somebody else is signed in. */
      ehcp_book_remove (book, EHCP_KIND_ACCOUNT, SAMPLE_HELEN);
      put_file (book, "staff.json");
    }
}
