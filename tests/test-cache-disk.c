/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The offline copy as somebody finds it who has the disk: nothing to read in any writing, and no byte that could be
 * changed without being found. */
#include "ehcp-cache-private.h"

#include "ehcp-commands.h"
#include "ehcp-text.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_PLANTED 500
#define N_FLIPS 150
#define CASE_ID "aaaaaaaa-0000-4000-8000-000000000001"
#define COMMAND "11111111-0000-4000-8000-000000000001"
#define DOCUMENT "dddddddd-0000-4000-8000-000000000001"

typedef struct
{
  char *dir;
  char *cache_dir;
  EhcpKey key;
  GPtrArray *planted; /* char * */
} Fixture;

static char *
make_batch (Fixture *f)
{
  GString *text = g_string_new ("{\"epoch\":\"e\",\"state\":\"s\",\"has_more\":false,\"records\":{\"note\":[");

  for (guint i = 0; i < f->planted->len; i++)
    g_string_append_printf (text,
                            "%s{\"id\":\"eeeeeeee-0000-4000-8000-%012u\",\"case\":\"" CASE_ID "\",\"seq\":%u,"
                            "\"audience\":\"staff\",\"text\":\"%s\",\"author\":\"P\",\"written_at\":\"2026-11-24T14:05:00Z\"}",
                            i > 0 ? "," : "", i, i + 1, (char *) f->planted->pdata[i]);
  g_string_append (text, "]}}");
  return g_string_free (text, FALSE);
}

static gboolean
try_pull (Fixture *f, EhcpCache *cache, GError **error)
{
  g_autofree char *text = make_batch (f);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (EhcpBatch) batch = ehcp_batch_parse (body, error);

  return batch != NULL && ehcp_cache_store_batch (cache, batch, 1795528800, error);
}

static void
pull (Fixture *f, EhcpCache *cache)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (try_pull (f, cache, &error));
  g_assert_no_error (error);
}

/* A note that waits to be sent. */
static void
add_command (EhcpCache *cache, const char *text)
{
  g_autoptr (EhcpRecord) command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_NOTE_ADD));
  g_autoptr (EhcpOutgoing) outgoing = NULL;
  g_autoptr (GError) error = NULL;

  ehcp_record_set_text (command, "kind", "note.add");
  ehcp_record_set_text (command, "case", CASE_ID);
  ehcp_record_set_text (command, "text", text);
  outgoing = ehcp_outgoing_new (COMMAND, command);
  g_assert_true (ehcp_cache_add_command (cache, outgoing, NULL, NULL, &error));
  g_assert_no_error (error);
}

static EhcpCache *
open_cache (Fixture *f, GError **error)
{
  return ehcp_cache_open (f->cache_dir, &f->key, error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (EhcpCache) cache = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;

  f->dir = g_dir_make_tmp ("ehcp-disk-XXXXXX", NULL);
  f->cache_dir = g_build_filename (f->dir, "cache", NULL);
  f->planted = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N_PLANTED; i++)
    g_ptr_array_add (f->planted, g_strdup_printf ("Planted %u of %08x%08x", i, g_test_rand_int (), g_test_rand_int ()));
  ehcp_key_make (&f->key);
  cache = open_cache (f, &error);
  g_assert_no_error (error);
  pull (f, cache);
  add_command (cache, f->planted->pdata[0]);
  content = g_bytes_new (f->planted->pdata[1], strlen (f->planted->pdata[1]));
  g_assert_true (ehcp_cache_store_document (cache, DOCUMENT, CASE_ID, content, &error));
  g_assert_no_error (error);
}

static void
run (const char *const *argv)
{
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  run ((const char *const[]){ "rm", "-rf", "--", f->dir, NULL });
  g_ptr_array_unref (f->planted);
  g_free (f->cache_dir);
  g_free (f->dir);
}

static void
read_folder (const char *path, GByteArray *all)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autofree char *content = NULL;
      gsize length;

      read_folder (child, all);
      g_byte_array_append (all, (const guint8 *) name, strlen (name));
      if (g_file_get_contents (child, &content, &length, NULL))
        g_byte_array_append (all, (const guint8 *) content, length);
    }
}

static GBytes *
deflate (const char *text)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 9);
  guint8 out[400];
  gsize n_read, n_written;
  GConverterResult result = g_converter_convert (G_CONVERTER (compressor), text, strlen (text), out, sizeof out,
                                                 G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);

  g_assert_cmpint (result, ==, G_CONVERTER_FINISHED);
  return g_bytes_new (out, n_written);
}

/* In every writing that a tool of such a searcher knows. */
static GPtrArray *
list_writings (const char *text)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  static const char *const charsets[] = { "UTF-8", "UTF-16LE", "UTF-16BE" };
  gsize n = strlen (text);

  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      gsize length;
      char *out = g_convert (text, -1, charsets[i], "UTF-8", NULL, &length, NULL);

      g_ptr_array_add (list, g_bytes_new_take (out, length));
    }
  /* Three ways of standing in groups of three bytes; what hangs on the neighbours is left out. */
  for (gsize skip = 0; skip < 3; skip++)
    {
      char *out = g_base64_encode ((const guchar *) text + skip, (n - skip) / 3 * 3);

      g_ptr_array_add (list, g_bytes_new_take (out, strlen (out)));
    }
  g_ptr_array_add (list, deflate (text));
  return list;
}

static guint
count_found (Fixture *f, const GByteArray *all)
{
  guint n_found = 0;

  for (guint i = 0; i < f->planted->len; i++)
    {
      g_autoptr (GPtrArray) writings = list_writings (f->planted->pdata[i]);

      for (guint w = 0; w < writings->len; w++)
        {
          gsize length;
          const void *needle = g_bytes_get_data (writings->pdata[w], &length);

          n_found += memmem (all->data, all->len, needle, length) != NULL;
        }
    }
  return n_found;
}

static void
test_planted (Fixture *f, gconstpointer data)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GPtrArray) writings = list_writings (f->planted->pdata[7]);

  read_folder (f->cache_dir, all);
  g_assert_cmpuint (all->len, >, N_PLANTED * 256);
  g_assert_cmpuint (count_found (f, all), ==, 0);
  /* The search finds what is there. */
  for (guint i = 0; i < writings->len; i++)
    g_byte_array_append (all, g_bytes_get_data (writings->pdata[i], NULL), g_bytes_get_size (writings->pdata[i]));
  g_assert_cmpuint (count_found (f, all), ==, writings->len);
}

static void
flip (const char *path, gsize at)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  content[at % length] ^= 1 << (at % 8);
  g_assert_true (g_file_set_contents (path, content, length, NULL));
}

/* Whatever is shown is what was stored; returns how many. */
static guint
check_loaded (Fixture *f, EhcpLoaded *loaded)
{
  guint n_notes = 0;

  for (guint i = 0; i < loaded->records->len; i++)
    {
      EhcpRecord *note = loaded->records->pdata[i];
      guint number;

      if (strcmp (ehcp_record_get_kind (note), "note") != 0)
        continue;
      number = (guint) g_ascii_strtoull (ehcp_record_get_id (note) + 24, NULL, 10);
      if (g_str_has_prefix (ehcp_record_get_id (note), "eeeeeeee"))
        {
          g_assert_cmpuint (number, <, N_PLANTED);
          g_assert_cmpstr (ehcp_record_get_text (note, "text"), ==, f->planted->pdata[number]);
          n_notes++;
        }
    }
  return n_notes;
}

/* As the program does: mended, and when that is not possible, made anew. */
static EhcpLoaded *
load_or_mend (Fixture *f, EhcpCache **cache)
{
  g_autoptr (GError) error = NULL;
  EhcpLoaded *loaded = ehcp_cache_load (*cache, NULL);

  if (loaded == NULL)
    {
      g_assert_true (ehcp_cache_is_damaged (*cache));
      loaded = ehcp_cache_mend (*cache, NULL) ? ehcp_cache_load (*cache, NULL) : NULL;
    }
  if (loaded != NULL)
    return loaded;
  ehcp_cache_wipe (*cache);
  *cache = open_cache (f, &error);
  g_assert_no_error (error);
  loaded = ehcp_cache_load (*cache, &error);
  g_assert_no_error (error);
  return loaded;
}

static void
pull_or_mend (Fixture *f, EhcpCache *cache)
{
  g_autoptr (GError) error = NULL;

  if (try_pull (f, cache, NULL))
    return;
  g_assert_true (ehcp_cache_is_damaged (cache));
  g_assert_true (ehcp_cache_mend (cache, &error));
  g_assert_no_error (error);
  pull (f, cache);
}

/* A copy in which one byte is another. Returns whether the outbox is there when all is well again. */
static gboolean
check_flipped (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpCache) cache = open_cache (f, &error);
  g_autoptr (EhcpLoaded) loaded = NULL;
  g_autoptr (EhcpLoaded) healed = NULL;

  g_assert_no_error (error);
  loaded = load_or_mend (f, &cache);
  check_loaded (f, loaded);
  g_assert_true (ehcp_cache_check (cache, &error));
  pull_or_mend (f, cache);
  healed = load_or_mend (f, &cache);
  check_loaded (f, healed);
  if (healed->n_damaged > 0)
    {
      g_clear_pointer (&healed, ehcp_loaded_free);
      pull_or_mend (f, cache);
      healed = load_or_mend (f, &cache);
    }
  g_assert_cmpuint (check_loaded (f, healed), ==, N_PLANTED);
  g_assert_cmpuint (healed->n_damaged, ==, 0);
  return healed->outbox->len == 1;
}

static void
test_flipped (Fixture *f, gconstpointer data)
{
  g_autofree char *kept = g_build_filename (f->dir, "kept", NULL);
  g_autofree char *path = g_build_filename (f->cache_dir, "cache.sqlite", NULL);
  guint n_kept = 0;

  run ((const char *const[]){ "cp", "-a", f->cache_dir, kept, NULL });
  for (guint i = 0; i < N_FLIPS; i++)
    {
      gsize at = (gsize) g_test_rand_int_range (0, G_MAXINT32);

      run ((const char *const[]){ "rm", "-rf", "--", f->cache_dir, NULL });
      run ((const char *const[]){ "cp", "-a", kept, f->cache_dir, NULL });
      flip (path, at);
      n_kept += check_flipped (f);
    }
  g_test_message ("%u of %u times the outbox was kept", n_kept, N_FLIPS);
  g_assert_cmpuint (n_kept, >=, N_FLIPS * 9 / 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/cache-disk/planted", Fixture, NULL, set_up, test_planted, tear_down);
  g_test_add ("/cache-disk/flipped", Fixture, NULL, set_up, test_flipped, tear_down);
  return g_test_run ();
}
