/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program without its screens, to be run under faults: its link with the real keyring, copy and council.
 *   link-driver URL FOLDER sign-in EMAIL PASSWORD    the mailed code on standard input
 *   link-driver URL FOLDER say CASE TYPE TEXT [FILE] a message, with a file
 *   link-driver URL FOLDER draft CASE TEXT           the draft of the case, new or changed
 *   link-driver URL FOLDER keep CASE                 every document of the case for offline
 *   link-driver URL FOLDER settle                    until all is sent and pulled
 * Prints a line for each promise that it was given ("safe ID"), and at the end what it shows. */
#include "ehcp-link.h"

#include <stdio.h>
#include <string.h>

#define PATIENCE_S 30
#define SHORT_S 4 /* for what a fault may keep from ever coming */

static EhcpLink *driven;

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

typedef gboolean (*Holds) (gconstpointer data);

static gboolean
wait_for (Holds holds, gconstpointer data, int seconds)
{
  gint64 end = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;

  while (!holds (data))
    {
      if (g_get_monotonic_time () > end)
        return FALSE;
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (2000);
    }
  return TRUE;
}

static gboolean
has_result (gconstpointer data)
{
  return *(GAsyncResult *const *) data != NULL;
}

static GAsyncResult *
get_result (GAsyncResult **result)
{
  if (!wait_for (has_result, result, PATIENCE_S))
    {
      printf ("no end of an act\n");
      exit (3);
    }
  return *result;
}

static gboolean
is_settled (gconstpointer data)
{
  gboolean has_first_sync;

  g_object_get (driven, "has-first-sync", &has_first_sync, NULL);
  return has_first_sync && ehcp_link_is_online (driven) && ehcp_link_get_n_waiting (driven) == 0;
}

static int
refuse (const GError *error)
{
  printf ("refused: %s\n", error != NULL ? error->message : "without a reason");
  return 0;
}

static int
sign_in (char **words)
{
  g_autoptr (GAsyncResult) started = NULL;
  g_autoptr (GAsyncResult) finished = NULL;
  g_autoptr (EhcpCodeSent) sent = NULL;
  g_autoptr (GError) error = NULL;
  char code[32];

  ehcp_link_sign_in_async (driven, words[0], words[1], NULL, ready_cb, &started);
  sent = ehcp_link_sign_in_finish (driven, get_result (&started), &error);
  if (sent == NULL)
    return refuse (error);
  printf ("code, please\n");
  if (fgets (code, sizeof code, stdin) == NULL)
    return 2;
  ehcp_link_finish_sign_in_async (driven, sent->id, g_strstrip (code), NULL, ready_cb, &finished);
  if (!ehcp_link_finish_sign_in_finish (driven, get_result (&finished), &error))
    return refuse (error);
  return wait_for (is_settled, NULL, SHORT_S) ? 0 : refuse (NULL);
}

static int
say (char **words)
{
  g_autoptr (EhcpRecord) command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_MESSAGE_SEND));
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_file_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  ehcp_record_set_text (command, "case", words[0]);
  ehcp_record_set_text (command, "message_type", words[1]);
  ehcp_record_set_text (command, "subject", words[2]);
  ehcp_record_set_text (command, "text", words[2]);
  if (words[3] != NULL)
    {
      char *content = NULL;
      gsize length = 0;

      if (!g_file_get_contents (words[3], &content, &length, &error))
        return refuse (error);
      g_ptr_array_add (files, ehcp_file_new ("Report.pdf", "application/pdf", g_bytes_new_take (content, length)));
    }
  ehcp_link_send_async (driven, command, files, 0, NULL, ready_cb, &result);
  id = ehcp_link_send_finish (driven, get_result (&result), &error);
  if (id == NULL)
    return refuse (error);
  printf ("safe %s\n", id);
  wait_for (is_settled, NULL, SHORT_S);
  return 0;
}

static int
draft (char **words)
{
  EhcpRecord *known = ehcp_book_find_where (ehcp_link_get_book (driven), EHCP_KIND_DRAFT, "case", words[0]);
  g_autoptr (EhcpRecord) text = known != NULL ? g_object_ref (known)
                                              : ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DRAFT));

  ehcp_record_set_text (text, "case", words[0]);
  ehcp_record_set_text (text, "text", words[1]);
  ehcp_link_save_draft (driven, text);
  wait_for (is_settled, NULL, SHORT_S);
  return 0;
}

static gboolean
are_kept (gconstpointer data)
{
  g_autoptr (GPtrArray) documents = ehcp_book_peek_all (ehcp_link_get_book (driven), EHCP_KIND_DOCUMENT);

  for (guint i = 0; i < documents->len; i++)
    if (!ehcp_record_is_kept (documents->pdata[i]))
      return FALSE;
  return documents->len > 0;
}

static int
keep (char **words)
{
  wait_for (is_settled, NULL, SHORT_S);
  ehcp_link_set_keep_all (driven, words[0], TRUE);
  wait_for (are_kept, NULL, SHORT_S);
  return 0;
}

static void
load (EhcpRecord *document)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  ehcp_link_load_document_async (driven, document, NULL, ready_cb, &result);
  bytes = ehcp_link_load_document_finish (driven, get_result (&result), &error);
  printf ("document %s %s\n", ehcp_record_get_id (document), bytes != NULL ? "reads" : error->message);
}

static int
settle (void)
{
  static const EhcpKind kinds[] = { EHCP_KIND_CASE, EHCP_KIND_PERSON, EHCP_KIND_MESSAGE, EHCP_KIND_DRAFT };
  g_autoptr (GPtrArray) documents = NULL;
  EhcpBook *book = ehcp_link_get_book (driven);

  ehcp_link_wake (driven);
  if (!wait_for (is_settled, NULL, PATIENCE_S))
    {
      printf ("not settled: status %d, %u waiting\n", ehcp_link_get_status (driven), ehcp_link_get_n_waiting (driven));
      return 4;
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GPtrArray) records = ehcp_book_peek_all (book, kinds[i]);

      for (guint n = 0; n < records->len; n++)
        {
          EhcpRecord *record = records->pdata[n];
          gboolean has_text = kinds[i] == EHCP_KIND_MESSAGE || kinds[i] == EHCP_KIND_DRAFT;

          printf ("%s %s %s\n", ehcp_record_get_kind (record), ehcp_record_get_id (record),
                  has_text ? ehcp_record_get_text (record, "text") : "");
        }
    }
  documents = ehcp_book_peek_all (book, EHCP_KIND_DOCUMENT);
  for (guint n = 0; n < documents->len; n++)
    load (documents->pdata[n]);
  printf ("refused %u\n", ehcp_link_get_n_refused (driven));
  return 0;
}

static int
act (const char *what, char **words)
{
  if (strcmp (what, "sign-in") == 0)
    return sign_in (words);
  if (ehcp_link_get_status (driven) != EHCP_LINK_SIGNED_IN)
    {
      printf ("not signed in: status %d\n", ehcp_link_get_status (driven));
      return 0;
    }
  if (strcmp (what, "say") == 0)
    return say (words);
  if (strcmp (what, "draft") == 0)
    return draft (words);
  if (strcmp (what, "keep") == 0)
    return keep (words);
  return settle ();
}

int
main (int argc, char **argv)
{
  g_autoptr (EhcpClock) clock = ehcp_clock_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  int code;

  if (argc < 4)
    return 2;
  setlinebuf (stdout);
  driven = ehcp_link_new (argv[1], argv[2], clock);
  ehcp_link_start_async (driven, NULL, ready_cb, &result);
  if (ehcp_link_start_finish (driven, get_result (&result), &error))
    code = act (argv[3], argv + 4);
  else
    code = refuse (error);
  ehcp_link_close (driven);
  g_clear_object (&driven);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  return code;
}
