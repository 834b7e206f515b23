/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records and the codec: golden JSON there and back, each refusal with its field, properties, updates. */
#include "ehcp-codec-private.h"
#include "ehcp-commands.h"
#include "ehcp-error.h"
#include "ehcp-kinds.h"

#include <string.h>

#define ID_A "11111111-1111-4111-8111-111111111111"
#define ID_B "22222222-2222-4222-8222-222222222222"

static EhcpRecord *
decode (const EhcpShape *shape, const char *text, GError **error)
{
  return ehcp_codec_decode (shape, text, strlen (text), 65536, EHCP_DECODE_STRICT, error);
}

static const EhcpShape *
find_shape (const char *name)
{
  if (ehcp_kind_find (name) >= 0)
    return ehcp_kind_get_shape (ehcp_kind_find (name));
  if (ehcp_command_find (name) >= 0)
    return ehcp_command_get_shape (ehcp_command_find (name));
  for (guint i = 0; i < EHCP_N_BODIES; i++)
    if (g_str_equal (ehcp_body_get_shape (i)->name, name))
      return ehcp_body_get_shape (i);
  return NULL;
}

/* Each line of a golden file is one document: it decodes, and is written again byte for byte. */
static void
test_golden (gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = g_strdup_printf ("%s/golden/%s.json", TEST_SRCDIR, name);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >=, 2);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (EhcpRecord) record = decode (find_shape (name), lines[i], &error);
      g_autofree char *again = NULL;

      g_assert_no_error (error);
      again = ehcp_codec_encode (record);
      g_assert_cmpstr (again, ==, lines[i]);
    }
}

typedef struct
{
  const char *path;
  const char *text;
  int code;
  const char *field;
} Refusal;

#define EVENT_START "{\"id\":\"" ID_A "\",\"case\":\"" ID_B "\",\"seq\":3,\"audience\":\"adults\","
#define EVENT_END "\"entered_by\":\"P\",\"entered_at\":\"2026-11-24T14:05:00Z\"}"

static const Refusal refusals[] = {
  { "missing-field", EVENT_START "\"date\":\"2026-11-24\"," EVENT_END, EHCP_ERROR_MISSING, "/what" },
  { "null-required", EVENT_START "\"what\":null,\"date\":\"2026-11-24\"," EVENT_END, EHCP_ERROR_MISSING, "/what" },
  { "empty-required", EVENT_START "\"what\":\"\",\"date\":\"2026-11-24\"," EVENT_END, EHCP_ERROR_MISSING, "/what" },
  { "not-a-string", EVENT_START "\"what\":7,\"date\":\"2026-11-24\"," EVENT_END, EHCP_ERROR_MALFORMED, "/what" },
  { "no-such-day", EVENT_START "\"what\":\"x\",\"date\":\"2026-02-29\"," EVENT_END, EHCP_ERROR_MALFORMED, "/date" },
  { "date-with-time", EVENT_START "\"what\":\"x\",\"date\":\"2026-02-28T00:00:00Z\"," EVENT_END, EHCP_ERROR_MALFORMED, "/date" },
  { "control-character", EVENT_START "\"what\":\"x\\u0007\",\"date\":\"2026-02-28\"," EVENT_END, EHCP_ERROR_MALFORMED, "/what" },
  { "line-end-in-line", EVENT_START "\"what\":\"x\\ny\",\"date\":\"2026-02-28\"," EVENT_END, EHCP_ERROR_MALFORMED, "/what" },
  { "direction-override", EVENT_START "\"what\":\"x\\u202ey\",\"date\":\"2026-02-28\"," EVENT_END, EHCP_ERROR_MALFORMED, "/what" },
  { "unknown-member", EVENT_START "\"what\":\"x\",\"date\":\"2026-02-28\",\"colour\":1," EVENT_END, EHCP_ERROR_UNKNOWN_FIELD, "/colour" },
  { "enum-value", "{\"id\":\"" ID_A "\",\"seq\":3,\"audience\":\"nobody\"}", EHCP_ERROR_RANGE, "/audience" },
  { "upper-case-id", "{\"id\":\"ABCDEF11-1111-4111-8111-111111111111\",\"seq\":3,\"audience\":\"staff\"}", EHCP_ERROR_MALFORMED, "/id" },
  { "negative-number", "{\"id\":\"" ID_A "\",\"seq\":-1,\"audience\":\"staff\"}", EHCP_ERROR_RANGE, "/seq" },
  { "number-with-fraction", "{\"id\":\"" ID_A "\",\"seq\":1.5,\"audience\":\"staff\"}", EHCP_ERROR_MALFORMED, "/seq" },
  { "number-as-text", "{\"id\":\"" ID_A "\",\"seq\":\"1\",\"audience\":\"staff\"}", EHCP_ERROR_MALFORMED, "/seq" },
  { "list-is-text", "{\"id\":\"" ID_A "\",\"seq\":1,\"audience\":\"named\",\"named\":\"" ID_B "\"}", EHCP_ERROR_MALFORMED, "/named" },
  { "list-of-numbers", "{\"id\":\"" ID_A "\",\"seq\":1,\"audience\":\"named\",\"named\":[1]}", EHCP_ERROR_MALFORMED, "/named" },
  { "an-array", "[]", EHCP_ERROR_MALFORMED, "" },
  { "not-json", "{\"id\":", EHCP_ERROR_MALFORMED, NULL },
  { "nothing", "", EHCP_ERROR_MALFORMED, NULL },
  { "two-documents", EVENT_START "\"what\":\"x\",\"date\":\"2026-02-28\"," EVENT_END "{}", EHCP_ERROR_MALFORMED, NULL },
  { "a-document-after-a-word", "true{\"id\":\"" ID_A "\",\"seq\":1,\"audience\":\"staff\"}", EHCP_ERROR_MALFORMED, NULL },
  { "two-words", "1 2", EHCP_ERROR_MALFORMED, NULL },
  { "two-texts", "\"a\"\"b\"", EHCP_ERROR_MALFORMED, NULL },
  { "a-comment", "{/* */\"id\":\"" ID_A "\",\"seq\":1,\"audience\":\"staff\"}", EHCP_ERROR_MALFORMED, NULL },
  { "a-comment-behind", "{\"id\":\"" ID_A "\",\"seq\":1,\"audience\":\"staff\"} // more", EHCP_ERROR_MALFORMED, NULL },
  { "single-quotes", "{'id':\"" ID_A "\",\"seq\":1,\"audience\":\"staff\"}", EHCP_ERROR_MALFORMED, NULL },
  { "not-utf8", "{\"id\":\"\xff\"}", EHCP_ERROR_MALFORMED, NULL },
};

static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) record =
      decode (ehcp_kind_get_shape (EHCP_KIND_EVENT), refusal->text, &error);

  g_assert_null (record);
  g_assert_error (error, EHCP_ERROR, refusal->code);
  g_assert_cmpstr (ehcp_error_get_field (error), ==, refusal->field);
}

static void
test_too_long (void)
{
  g_autofree char *name = g_strnfill (61, 'x');
  g_autofree char *text =
      g_strdup_printf (EVENT_START "\"what\":\"%s\",\"date\":\"2026-11-24\"," EVENT_END, name);
  g_autoptr (GError) error = NULL;

  g_assert_null (decode (ehcp_kind_get_shape (EHCP_KIND_EVENT), text, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_RANGE);
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/what");
}

static void
test_too_large (void)
{
  g_autofree char *text = g_strnfill (65537, ' ');
  g_autoptr (GError) error = NULL;

  g_assert_null (decode (ehcp_kind_get_shape (EHCP_KIND_EVENT), text, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_TOO_LARGE);
}

static void
test_nesting (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < EHCP_JSON_MAX_DEPTH; i++)
    g_string_append_c (deep, '[');
  for (guint i = 0; i < EHCP_JSON_MAX_DEPTH; i++)
    g_string_append_c (deep, ']');
  g_assert_true (ehcp_json_check (deep->str, deep->len, 65536, &error));
  g_string_prepend_c (deep, '[');
  g_assert_false (ehcp_json_check (deep->str, deep->len, 65536, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_true (ehcp_json_check ("\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"", 42, 65536, &error));
}

/* json-glib loses memory over the half of a pair of surrogates, and makes bytes that are no UTF-8 of "\\333". */
static void
test_escapes (void)
{
  static const struct
  {
    const char *text;
    gboolean is_good;
  } texts[] = {
    { "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"]", TRUE },
    { "[\"\\uD83D\"]", FALSE },        { "[\"\\uD83D\\u0041\"]", FALSE }, { "[\"\\uDE00\\uD83D\"]", FALSE },
    { "[\"\\uD83D\\uD83D\"]", FALSE }, { "[\"\\uDE0\"]", FALSE },        { "[\"\\u00g0\"]", FALSE },
    { "[\"\\333\"]", FALSE },           { "[\"\\x41\"]", FALSE },          { "[\"\\", FALSE },             { "[\"\\u", FALSE },
    { "[\"\\u0000\"]", FALSE },         { "[\"half \\u0000 hidden\"]", FALSE },
    { "[\"\\uD83D\\", FALSE },         { "[\"open", FALSE },           { "[\"\\\"]", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *copy = g_memdup2 (texts[i].text, strlen (texts[i].text)); /* so that a byte too far is seen */
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i].text);
      g_assert_true (ehcp_json_check (copy, strlen (texts[i].text), 65536, &error) == texts[i].is_good);
      g_assert_true (texts[i].is_good || g_error_matches (error, EHCP_ERROR, EHCP_ERROR_MALFORMED));
    }
}

/* What json-glib takes for a comment or a text in single quotes could hide the brackets from whoever counts them: 250,000 of
 * them end the process. */
static void
test_hidden_nesting (void)
{
  static const char *const begins[] = { "{\"a\":/*\"*/", "{\"a\":'\"',\"b\":", "{\"a\": //\"\n" };

  for (guint i = 0; i < G_N_ELEMENTS (begins); i++)
    {
      g_autofree char *brackets = g_strnfill (250000, '[');
      g_autofree char *text = g_strconcat (begins[i], brackets, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (ehcp_json_parse_object (text, strlen (text), 1024 * 1024, &error));
      g_assert_error (error, EHCP_ERROR, EHCP_ERROR_MALFORMED);
    }
}

static void
test_ignores_unknown (void)
{
  const char *text = EVENT_START "\"what\":\"x\",\"date\":\"2026-02-28\",\"colour\":1," EVENT_END;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) record =
      ehcp_codec_decode (ehcp_kind_get_shape (EHCP_KIND_EVENT), text, strlen (text), 65536,
                         EHCP_DECODE_IGNORE_UNKNOWN, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (ehcp_record_get_text (record, "what"), ==, "x");
}

static void
test_writer (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  EhcpJson json = ehcp_json (out);

  ehcp_json_begin (&json, NULL, '{');
  ehcp_json_text (&json, "text", "a \"b\" \\ \n\t\x01 é");
  ehcp_json_int (&json, "int", -5);
  ehcp_json_list (&json, "list", NULL);
  ehcp_json_begin (&json, "inner", '{');
  ehcp_json_end (&json, '}');
  ehcp_json_bool (&json, "bool", TRUE);
  ehcp_json_text (&json, "none", NULL);
  ehcp_json_end (&json, '}');
  g_assert_cmpstr (out->str, ==,
                   "{\"text\":\"a \\\"b\\\" \\\\ \\n\\u0009\\u0001 é\",\"int\":-5,\"list\":[],"
                   "\"inner\":{},\"bool\":true,\"none\":null}");
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(guint *) data)++;
}

static void
test_properties (void)
{
  g_autoptr (EhcpRecord) record = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_MESSAGE));
  g_autoptr (EhcpRecord) newer = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_MESSAGE));
  g_autofree char *sender = NULL;
  guint n_notified = 0;

  g_signal_connect (record, "notify::sender-name", G_CALLBACK (count_cb), &n_notified);
  ehcp_record_set_text (record, "sender_name", "Priya Nair");
  ehcp_record_set_text (record, "sender_name", "Priya Nair");
  g_assert_cmpuint (n_notified, ==, 1);
  g_object_get (record, "sender-name", &sender, NULL);
  g_assert_cmpstr (sender, ==, "Priya Nair");

  ehcp_record_set_text (newer, "sender_name", "Priya Nair");
  g_assert_false (ehcp_record_update (record, newer));
  ehcp_record_set_text (newer, "sender_name", "P. Nair");
  g_assert_true (ehcp_record_update (record, newer));
  g_assert_cmpuint (n_notified, ==, 2);
  g_assert_true (ehcp_record_equal (record, newer));
}

static void
test_delivery (void)
{
  g_autoptr (EhcpRecord) record = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_MESSAGE));
  guint n_notified = 0;

  g_signal_connect (record, "notify::delivery", G_CALLBACK (count_cb), &n_notified);
  ehcp_record_set_delivery (record, EHCP_DELIVERY_REFUSED, "too-large");
  ehcp_record_set_delivery (record, EHCP_DELIVERY_REFUSED, "too-large");
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpstr (ehcp_record_get_refusal (record), ==, "too-large");
}

static void
test_answer_id (void)
{
  g_autofree char *a = ehcp_answer_id (ID_A, ID_B, "first-school");
  g_autofree char *b = ehcp_answer_id (ID_A, ID_B, "first-school");
  g_autofree char *c = ehcp_answer_id (ID_A, ID_B, "second-school");

  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, !=, c);
  g_assert_cmpuint (strlen (a), ==, 36);
  g_assert_cmpint (a[14], ==, '8');
}

/* Names on the wire are unique in each table and are legal property names. */
static void
test_tables (void)
{
  for (guint kind = 0; kind < EHCP_N_KINDS; kind++)
    {
      const EhcpShape *shape = ehcp_kind_get_shape (kind);
      g_autoptr (EhcpRecord) record = ehcp_record_new (shape);

      g_assert_cmpint (ehcp_kind_find (shape->name), ==, kind);
      for (guint i = 0; i < shape->n_fields; i++)
        {
          g_autofree char *name = g_strdelimit (g_strdup (shape->fields[i].name), "_", '-');

          g_assert_cmpuint (ehcp_shape_find (shape, shape->fields[i].name), ==, i);
          g_assert_nonnull (g_object_class_find_property (G_OBJECT_GET_CLASS (record), name));
        }
    }
}

/* ehcp_codec_check() is a second way to the same verdict: it must not differ from writing and reading again. */
static void
compare_verdicts (EhcpRecord *record)
{
  g_autofree char *text = ehcp_codec_encode (record);
  g_autoptr (GError) expected = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) read = decode (ehcp_record_get_shape (record), text, &expected);
  gboolean is_good = ehcp_codec_check (record, &error);

  g_assert_cmpint (is_good, ==, read != NULL);
  if (is_good)
    return;
  g_assert_error (error, EHCP_ERROR, expected->code);
  g_assert_cmpstr (error->message, ==, expected->message);
}

static void
spoil_text (EhcpRecord *record, guint n)
{
  static const char *const texts[] = { "", "x", "two\nlines", "back\xe2\x80\xaewards",
                                       "22222222-2222-4222-8222-22222222222X", "2026-02-30T25:00:00Z" };
  g_autofree char *before = g_strdup (ehcp_record_nth_text (record, n));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      ehcp_record_nth_take_text (record, n, g_strdup (texts[i]));
      compare_verdicts (record);
    }
  ehcp_record_nth_take_text (record, n, g_strnfill (30000, 'a'));
  compare_verdicts (record);
  ehcp_record_nth_take_text (record, n, NULL);
  compare_verdicts (record);
  ehcp_record_nth_take_text (record, n, g_steal_pointer (&before));
}

static void
spoil_list (EhcpRecord *record, guint n)
{
  const char *wrong[] = { ID_A, "no id\tat all", NULL };
  g_autoptr (GStrvBuilder) many = g_strv_builder_new ();
  GStrv before = g_strdupv ((GStrv) ehcp_record_nth_list (record, n));

  for (guint i = 0; i < 101; i++)
    g_strv_builder_add (many, ID_B);
  ehcp_record_nth_take_list (record, n, g_strdupv ((GStrv) wrong));
  compare_verdicts (record);
  ehcp_record_nth_take_list (record, n, g_strv_builder_end (many));
  compare_verdicts (record);
  ehcp_record_nth_take_list (record, n, before);
}

static void
spoil_number (EhcpRecord *record, guint n, const EhcpField *field)
{
  const gint64 numbers[] = { 0, 1, -1, 2451545, G_GINT64_CONSTANT (9007199254740992), G_MAXINT32 };
  gint64 before = ehcp_record_nth_int (record, n);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (field->kind == EHCP_FIELD_DATE && (numbers[i] < 1 || numbers[i] > 5000000))
        continue; /* no day that could be written */
      ehcp_record_nth_set_int (record, n, numbers[i]);
      compare_verdicts (record);
    }
  ehcp_record_nth_set_int (record, n, before);
}

static void
test_check (gconstpointer data)
{
  g_autofree char *path = g_strdup_printf ("%s/golden/%s.json", TEST_SRCDIR, (const char *) data);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (EhcpRecord) record = NULL;
  const EhcpShape *shape = find_shape (data);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  record = decode (shape, lines[0], NULL);
  compare_verdicts (record);
  for (guint i = 0; i < shape->n_fields; i++)
    if (shape->fields[i].flags & EHCP_FIELD_LIST)
      spoil_list (record, i);
    else if (shape->fields[i].kind == EHCP_FIELD_TEXT || shape->fields[i].kind == EHCP_FIELD_ENUM)
      spoil_text (record, i);
    else
      spoil_number (record, i, &shape->fields[i]);
  compare_verdicts (record);
}

static void
test_check_bytes (void)
{
  g_autoptr (EhcpRecord) record = ehcp_record_new (find_shape ("note.add"));
  g_autoptr (GError) error = NULL;

  ehcp_record_set_text (record, "kind", "note.add");
  ehcp_record_set_text (record, "case", ID_A);
  ehcp_record_set_text (record, "text", "cut off \xc3");
  g_assert_false (ehcp_codec_check (record, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_MALFORMED);
}

/* The long way, whatever the short one would say. */
static EhcpRecord *
decode_by_tree (const EhcpShape *shape, const char *text, EhcpDecodeFlags flags, GError **error)
{
  g_autoptr (JsonObject) object = ehcp_json_parse_object (text, strlen (text), 65536, error);

  return object != NULL ? ehcp_codec_decode_object (shape, object, flags, error) : NULL;
}

static void
check_both_ways (const EhcpShape *shape, const char *text, EhcpDecodeFlags flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) tree_error = NULL;
  g_autoptr (EhcpRecord) record = ehcp_codec_decode (shape, text, strlen (text), 65536, flags, &error);
  g_autoptr (EhcpRecord) by_tree = decode_by_tree (shape, text, flags, &tree_error);

  g_assert_cmpint (record != NULL, ==, by_tree != NULL);
  if (record != NULL)
    {
      g_assert_true (ehcp_record_equal (record, by_tree));
      return;
    }
  g_assert_error (error, tree_error->domain, tree_error->code);
  g_assert_cmpstr (ehcp_error_get_field (error), ==, ehcp_error_get_field (tree_error));
}

static char *
change_somewhere (const char *text)
{
  static const char *const pieces[] = { "", "\"", "\\", "\\u00e9", "\\ud83d\\ude00", "\\u0000", "\\n", ",", "{", "}", "[", "]", ":",
                                        "null", "true", "0", "01", "-1", "1.5", "1e3", "9999999999999999", " ", "é", "x",
                                        "\"seq\":1,", "\"colour\":[\"a\"]," };
  gsize length = strlen (text);
  gsize at = (gsize) g_test_rand_int_range (0, (gint32) length);
  gsize n = (gsize) g_test_rand_int_range (0, 4);

  while (at > 0 && ((guchar) text[at] & 0xc0) == 0x80)
    at--;
  n = MIN (n, length - at);
  while (((guchar) text[at + n] & 0xc0) == 0x80)
    n++;
  return g_strdup_printf ("%.*s%s%s", (int) at, text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))],
                          text + at + n);
}

/* The short way reads each golden record by itself; it and the long one say the same of whatever is made of them. */
static void
test_short_way (void)
{
  static const char *const names[] = { "case", "message", "deadline", "form" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const EhcpShape *shape = find_shape (names[i]);
      g_autofree char *path = g_strdup_printf ("%s/golden/%s.json", TEST_SRCDIR, names[i]);
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      lines = g_strsplit (text, "\n", -1);
      for (guint j = 0; lines[j] != NULL && *lines[j] != '\0'; j++)
        {
          g_autoptr (EhcpRecord) record = ehcp_codec_read_plain (shape, lines[j], strlen (lines[j]), EHCP_DECODE_STRICT);

          g_assert_nonnull (record);
          for (guint k = 0; k < 2000; k++)
            {
              g_autofree char *changed = change_somewhere (lines[j]);
              g_autofree char *twice = change_somewhere (changed);

              check_both_ways (shape, changed, EHCP_DECODE_STRICT);
              check_both_ways (shape, twice, EHCP_DECODE_IGNORE_UNKNOWN);
            }
        }
    }
}

int
main (int argc, char **argv)
{
  static const char *const goldens[] = { "case", "message", "deadline", "form", "message.send",
                                         "case.open", "registration" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++)
    {
      g_autofree char *path = g_strconcat ("/record/golden/", goldens[i], NULL);
      g_autofree char *check = g_strconcat ("/record/check/", goldens[i], NULL);

      g_test_add_data_func (path, goldens[i], test_golden);
      g_test_add_data_func (check, goldens[i], test_check);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/record/json/", refusals[i].path, NULL);

      g_test_add_data_func (path, &refusals[i], test_refusal);
    }
  g_test_add_func ("/record/json/too-long", test_too_long);
  g_test_add_func ("/record/json/too-large", test_too_large);
  g_test_add_func ("/record/json/nesting", test_nesting);
  g_test_add_func ("/record/json/escapes", test_escapes);
  g_test_add_func ("/record/json/hidden-nesting", test_hidden_nesting);
  g_test_add_func ("/record/json/ignores-unknown", test_ignores_unknown);
  g_test_add_func ("/record/json/writer", test_writer);
  g_test_add_func ("/record/check/bytes", test_check_bytes);
  g_test_add_func ("/record/properties", test_properties);
  g_test_add_func ("/record/delivery", test_delivery);
  g_test_add_func ("/record/answer-id", test_answer_id);
  g_test_add_func ("/record/tables", test_tables);
  g_test_add_func ("/codec/short-way", test_short_way);
  return g_test_run ();
}
