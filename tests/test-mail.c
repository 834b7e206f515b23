/* SPDX-License-Identifier: GPL-3.0-or-later */
/* E-mails: templates, the message that is made of them, the outbox and the folder. */
#include "ehcp-gmime.h"
#include "ehcp-mail-mime.h"
#include "ehcp-mail-outbox.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW 1795528800 /* 24 November 2026, 14:00 UTC */
#define WAIT_MS 10000

typedef struct
{
  char *dir;
  EhcpConfig *config; /* borrowed from the council once that is made */
  EhcpClock *clock;
  EhcpCouncil *council;
} Fixture;

static EhcpConfig *
make_config (const char *dir)
{
  EhcpConfig *config = g_new0 (EhcpConfig, 1);

  config->name = g_strdup ("Wyreshire Council");
  config->team = g_strdup ("SEND Assessment Team");
  config->telephone = g_strdup ("01632 960 400");
  config->email = g_strdup ("send@wyreshire.example");
  config->hours = g_strdup ("Monday to Thursday, 9:00 to 16:30");
  config->url = g_strdup ("https://portal.wyreshire.example");
  config->reference_prefix = g_strdup ("WY");
  config->data_dir = g_build_filename (dir, "data", NULL);
  config->mail_transport = EHCP_MAIL_FOLDER;
  config->mail_folder = g_build_filename (dir, "mails", NULL);
  config->mail_from = g_strdup ("send@wyreshire.example");
  return config;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->dir = g_dir_make_tmp ("ehcp-mail-XXXXXX", &error);
  g_assert_no_error (error);
  f->config = make_config (f->dir);
  f->clock = ehcp_clock_new_fixed (NOW);
  g_assert_cmpint (g_mkdir_with_parents (f->config->data_dir, 0700), ==, 0);
  f->council = ehcp_council_new (f->config, f->clock, &error);
  g_assert_no_error (error);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }
  g_remove (path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ehcp_council_stop (f->council);
  g_clear_object (&f->council);
  g_clear_object (&f->clock);
  remove_tree (f->dir);
  g_clear_pointer (&f->dir, g_free);
}

static GHashTable *
make_fields (void)
{
  static const char *const fields[][2] = {
    { "name", "Mrs Helen Marlow" }, { "code", "123 456" }, { "minutes", "10" },
    { "link", "https://portal.wyreshire.example/accept/K7QM4XHD" }, { "link_code", "K7QM-4XHD" },
    { "time", "24 November 2026, 14:05" }, { "kind", "letter" }, { "title", "Your views as a parent" },
    { "due", "1 December 2026" }, { "reference", "WY-F-17" },
    { "head", "17:5f2a" }, { "device", "Helen’s laptop" },
  };
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_hash_table_insert (table, (char *) fields[i][0], g_strdup (fields[i][1]));
  return table;
}

static void
test_every_template (void)
{
  g_autoptr (EhcpConfig) config = make_config ("/nowhere");
  g_autoptr (GHashTable) fields = make_fields ();

  for (guint kind = 0; kind < EHCP_N_MAILS; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EhcpMailText) text = ehcp_mail_text_make (kind, config, fields, &error);

      g_assert_no_error (error);
      g_test_message ("%s: %s", ehcp_mail_kind_get_name (kind), text->subject);
      g_assert_cmpuint (strlen (text->subject), >, 8);
      g_assert_null (strpbrk (text->subject, "{}\r\n"));
      g_assert_null (strpbrk (text->plain, "{}\r"));
      g_assert_null (strstr (text->html, "{"));
      g_assert_nonnull (strstr (text->plain, "Wyreshire Council"));
      g_assert_nonnull (strstr (text->plain, "01632 960 400"));
      g_assert_nonnull (strstr (text->html, "01632 960 400"));
      g_assert_null (strstr (text->html, "<script"));
    }
}

/* The words that letters and people on the telephone use. */
static void
test_subjects (void)
{
  static const struct
  {
    EhcpMailKind kind;
    const char *subject;
  } rows[] = {
    { EHCP_MAIL_UNIQUE_CODE, "Your unique code" },
    { EHCP_MAIL_INVITATION, "Accept Portal Invitation" },
    { EHCP_MAIL_ACTIVATED, "You can now use the SEND Dashboard" },
    { EHCP_MAIL_FORM_RECEIVED, "We have your form: WY-F-17" },
  };
  g_autoptr (EhcpConfig) config = make_config ("/nowhere");
  g_autoptr (GHashTable) fields = make_fields ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (EhcpMailText) text = ehcp_mail_text_make (rows[i].kind, config, fields, NULL);

      g_assert_cmpstr (text->subject, ==, rows[i].subject);
    }
}

static void
test_codes (void)
{
  static const EhcpMailKind kinds[] = { EHCP_MAIL_REGISTRATION_CODE, EHCP_MAIL_SIGN_IN_CODE,
                                        EHCP_MAIL_RESET_CODE };
  g_autoptr (EhcpConfig) config = make_config ("/nowhere");
  g_autoptr (GHashTable) fields = make_fields ();

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (EhcpMailText) text = ehcp_mail_text_make (kinds[i], config, fields, NULL);

      g_assert_nonnull (strstr (text->subject, "code"));
      /* Relays log subjects. */
      g_assert_null (strstr (text->subject, "123"));
      g_assert_nonnull (strstr (text->plain, "\n    123 456\n"));
      g_assert_nonnull (strstr (text->plain, "10 minutes"));
      /* Programs that look for a code take the first one. */
      g_assert_true (strstr (text->plain, "123 456") < strstr (text->plain, "960 400"));
    }
}

static void
test_missing_field (void)
{
  g_autoptr (EhcpConfig) config = make_config ("/nowhere");
  g_autoptr (GHashTable) fields = make_fields ();
  g_autoptr (GError) error = NULL;

  g_hash_table_remove (fields, "link");
  g_assert_null (ehcp_mail_text_make (EHCP_MAIL_MESSAGE, config, fields, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_FAILED);
}

static void
test_optional_block (void)
{
  g_autoptr (EhcpConfig) config = make_config ("/nowhere");
  g_autoptr (GHashTable) fields = make_fields ();
  g_autoptr (EhcpMailText) with = ehcp_mail_text_make (EHCP_MAIL_FORM_ASKED, config, fields, NULL);
  g_autoptr (EhcpMailText) without = NULL;

  g_assert_nonnull (strstr (with->plain, "\nPlease send it by 1 December 2026.\n"));
  g_hash_table_insert (fields, "due", g_strdup (""));
  without = ehcp_mail_text_make (EHCP_MAIL_FORM_ASKED, config, fields, NULL);
  g_assert_null (strstr (without->plain, "send it by"));
}

static void
test_escaping (void)
{
  g_autoptr (EhcpConfig) config = make_config ("/nowhere");
  g_autoptr (GHashTable) fields = make_fields ();
  g_autoptr (EhcpMailText) text = NULL;

  g_hash_table_insert (fields, "name", g_strdup ("Zoë <b>\"O'Neil\"</b> & {title}"));
  g_hash_table_insert (fields, "title", g_strdup ("{body}<img src=x>"));
  g_hash_table_insert (fields, "link", g_strdup ("https://x.example/\"><b>"));
  text = ehcp_mail_text_make (EHCP_MAIL_FORM_ASKED, config, fields, NULL);
  g_assert_null (strstr (text->html, "<b>"));
  g_assert_null (strstr (text->html, "<img"));
  g_assert_nonnull (strstr (text->html, "Dear Zoë &lt;b&gt;&quot;O&#39;Neil&quot;&lt;/b&gt; &amp; {title},"));
  g_assert_nonnull (strstr (text->plain, "Dear Zoë <b>\"O'Neil\"</b> & {title},"));
  /* The body is there once, whatever the title says. */
  g_assert_true (strstr (text->html, "Dear Zo") == g_strrstr (text->html, "Dear Zo"));
}

static GMimeMessage *
parse (const char *source)
{
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (source, strlen (source));
  g_autoptr (GMimeParser) parser = g_mime_parser_new_with_stream (stream);

  return g_mime_parser_construct_message (parser, NULL);
}

static void
test_message (void)
{
  g_autoptr (EhcpConfig) config = make_config ("/nowhere");
  g_autoptr (GHashTable) fields = make_fields ();
  g_autoptr (EhcpMailText) text = NULL;
  g_autofree char *source = NULL;
  g_autoptr (GMimeMessage) message = NULL;
  GMimeMultipart *body;

  g_hash_table_insert (fields, "name", g_strdup ("Zoë Ó Néill"));
  text = ehcp_mail_text_make (EHCP_MAIL_MESSAGE, config, fields, NULL);
  source = ehcp_mail_mime_make (text, config, "zoe@family.example", NOW);
  for (const char *p = source; *p != '\0'; p++)
    {
      g_assert_cmpint (*p, >, 0);
      g_assert_true (*p != '\n' || (p > source && p[-1] == '\r'));
    }
  message = parse (source);
  g_assert_true (g_str_has_suffix (g_mime_message_get_message_id (message), "@wyreshire.example"));
  g_assert_cmpint (g_date_time_to_unix (g_mime_message_get_date (message)), ==, NOW);
  g_assert_cmpstr (g_mime_object_get_header (GMIME_OBJECT (message), "Auto-Submitted"), ==,
                   "auto-generated");
  body = GMIME_MULTIPART (g_mime_message_get_mime_part (message));
  g_assert_true (g_mime_content_type_is_type (g_mime_object_get_content_type (GMIME_OBJECT (body)),
                                              "multipart", "alternative"));
  g_assert_cmpint (g_mime_multipart_get_count (body), ==, 2);
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *part =
          g_mime_text_part_get_text (GMIME_TEXT_PART (g_mime_multipart_get_part (body, i)));

      g_assert_nonnull (strstr (part, "Zoë Ó Néill"));
    }
}

/* Nothing that is filled in can make a header, or a second address. */
static void
test_injection (void)
{
  static const char *const evil[] = {
    "x\r\nBcc: thief@x.example",
    "x\nBcc: thief@x.example\n\nHello",
    "x\rBcc: thief@x.example",
    "=?utf-8?q?x=0ABcc:_thief=40x.example?=",
    "x\xe2\x80\xa8" "Bcc: thief@x.example",
    "\xff\xfe\r\nBcc: thief@x.example",
  };
  g_autoptr (EhcpConfig) config = make_config ("/nowhere");

  for (guint i = 0; i < G_N_ELEMENTS (evil); i++)
    {
      g_autoptr (GHashTable) fields = make_fields ();
      g_autoptr (EhcpMailText) text = NULL;
      g_autofree char *source = NULL;
      g_autoptr (GMimeMessage) message = NULL;

      g_hash_table_insert (fields, "title", g_strdup (evil[i]));
      text = ehcp_mail_text_make (EHCP_MAIL_FORM_ASKED, config, fields, NULL);
      source = ehcp_mail_mime_make (text, config, "helen@family.example", NOW);
      message = parse (source);
      g_assert_null (g_mime_object_get_header (GMIME_OBJECT (message), "Bcc"));
      g_assert_cmpint (internet_address_list_length (g_mime_message_get_all_recipients (message)), ==, 1);
    }
}

/* Domains in the letters of another script, real ones and not, stand in the head as they were given. */
static void
test_other_scripts (void)
{
  static const char *const addresses[] = { "helen@xn--bcher-kva.example", "helen@xn--family.le", "helen@xn--a.example" };
  g_autoptr (EhcpConfig) config = make_config ("/nowhere");

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GHashTable) fields = make_fields ();
      g_autoptr (EhcpMailText) text = ehcp_mail_text_make (EHCP_MAIL_MESSAGE, config, fields, NULL);
      g_autofree char *source = ehcp_mail_mime_make (text, config, addresses[i], NOW);
      g_autofree char *line = g_strdup_printf ("\r\nTo: %s\r\n", addresses[i]);

      g_assert_true (g_str_is_ascii (source));
      g_assert_nonnull (strstr (source, line));
    }
}

typedef struct
{
  EhcpMailKind kind;
  const char *to;
  const char *code;
  gboolean is_failing;
} Order;

static gboolean
write_order (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  const Order *order = data;

  if (!ehcp_mail_queue (council, db, order->kind, order->to, error, "name", "Helen Marlow", "code",
                        order->code, "minutes", "10", "link", "https://x.example/accept/K7QM4XHD",
                        NULL))
    return FALSE;
  if (order->is_failing)
    ehcp_set_error (error, EHCP_ERROR_CONFLICT, NULL, "as the test wants it");
  return !order->is_failing;
}

/* "minutes" is left out where the mail is no code: it would end with it. */
static gboolean
write_plain_order (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  const Order *order = data;

  return ehcp_mail_queue (council, db, order->kind, order->to, error, "name", "Helen Marlow", "link",
                          "https://x.example/accept/K7QM4XHD", NULL);
}

static void
order_mail (Fixture *f, EhcpWriteFunc write, Order order)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ehcp_council_write_sync (f->council, write, &order, &error));
  g_assert_no_error (error);
}

static gint64
count (Fixture *f, const char *where)
{
  g_autofree char *sql = g_strconcat ("SELECT COUNT (*) FROM mail WHERE ", where, NULL);
  EhcpDb *db = ehcp_council_get_reader (f->council, NULL);
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  g_assert_true (ehcp_db_get_int (db, &error, &n, sql, ""));
  g_assert_no_error (error);
  return n;
}

static void
wait_until_none_waits (Fixture *f)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * 1000;

  while (count (f, "state = 'waiting'") > 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_thread_yield ();
    }
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_folder (Fixture *f)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (f->config->mail_folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
test_folder (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  EhcpMailer *mailer = ehcp_mailer_start (f->council, &error);
  g_autoptr (GPtrArray) names = NULL;

  g_assert_no_error (error);
  order_mail (f, write_plain_order, (Order){ EHCP_MAIL_INVITATION, "helen@family.example" });
  order_mail (f, write_order, (Order){ EHCP_MAIL_SIGN_IN_CODE, "helen@family.example", "123456" });
  order_mail (f, write_plain_order, (Order){ EHCP_MAIL_ACTIVATED, "helen@family.example" });
  wait_until_none_waits (f);
  ehcp_mailer_stop (mailer);

  names = list_folder (f);
  g_assert_cmpuint (names->len, ==, 3);
  g_assert_true (g_str_has_suffix (g_ptr_array_index (names, 0), "-invitation.eml"));
  g_assert_true (g_str_has_suffix (g_ptr_array_index (names, 1), "-sign-in-code.eml"));
  g_assert_true (g_str_has_suffix (g_ptr_array_index (names, 2), "-activated.eml"));
  /* No code stays behind in the database. */
  g_assert_cmpint (count (f, "state = 'sent' AND message = '' AND n_tries = 1"), ==, 3);
}

static void
test_rolled_back (Fixture *f, gconstpointer data)
{
  Order order = { EHCP_MAIL_SIGN_IN_CODE, "helen@family.example", "123456", TRUE };
  g_autoptr (GError) error = NULL;

  g_assert_false (ehcp_council_write_sync (f->council, write_order, &order, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_CONFLICT);
  g_assert_cmpint (count (f, "1"), ==, 0);
}

static void
test_bad_address (Fixture *f, gconstpointer data)
{
  static const char *const bad[] = { "", "helen", "helen@family.example\r\nBcc: thief@x.example",
                                     "helen@family.example, thief@x.example", "<helen@family.example>" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      Order order = { EHCP_MAIL_SIGN_IN_CODE, bad[i], "123456" };
      g_autoptr (GError) error = NULL;

      g_assert_false (ehcp_council_write_sync (f->council, write_order, &order, &error));
      g_assert_error (error, EHCP_ERROR, EHCP_ERROR_MALFORMED);
    }
}

/* The relay was away for 11 minutes: the invitation goes, the code does not. */
static void
test_late_code (Fixture *f, gconstpointer data)
{
  EhcpMailer *mailer;
  g_autoptr (GPtrArray) names = NULL;

  order_mail (f, write_order, (Order){ EHCP_MAIL_SIGN_IN_CODE, "helen@family.example", "123456" });
  order_mail (f, write_plain_order, (Order){ EHCP_MAIL_INVITATION, "helen@family.example" });
  ehcp_clock_advance (f->clock, 11 * 60);
  mailer = ehcp_mailer_start (f->council, NULL);
  wait_until_none_waits (f);
  ehcp_mailer_stop (mailer);

  names = list_folder (f);
  g_assert_cmpuint (names->len, ==, 1);
  g_assert_true (g_str_has_suffix (g_ptr_array_index (names, 0), "-invitation.eml"));
  g_assert_cmpint (count (f, "state = 'expired' AND message = ''"), ==, 1);
}

static gboolean
write_ends (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_mail_outbox_postpone (db, 1, NOW + 30, "450 later", error) &&
         ehcp_mail_outbox_end (db, 2, EHCP_MAIL_REFUSED, "550 nobody there", error);
}

static gboolean
write_purge (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_mail_outbox_purge (db, NOW + 1, error);
}

static void
test_outbox (Fixture *f, gconstpointer data)
{
  EhcpDb *db = ehcp_council_get_reader (f->council, NULL);
  g_autoptr (GPtrArray) due = NULL;
  gint64 next_try = 0;
  EhcpMail *mail;

  order_mail (f, write_plain_order, (Order){ EHCP_MAIL_INVITATION, "helen@family.example" });
  order_mail (f, write_plain_order, (Order){ EHCP_MAIL_INVITATION, "nobody@family.example" });
  g_assert_true (ehcp_council_write_sync (f->council, write_ends, NULL, NULL));

  due = ehcp_mail_outbox_list_due (db, NOW, NULL);
  g_assert_cmpuint (due->len, ==, 0);
  g_assert_true (ehcp_mail_outbox_find_next (db, &next_try, NULL));
  g_assert_cmpint (next_try, ==, NOW + 30);
  g_clear_pointer (&due, g_ptr_array_unref);
  due = ehcp_mail_outbox_list_due (db, NOW + 30, NULL);
  g_assert_cmpuint (due->len, ==, 1);
  mail = g_ptr_array_index (due, 0);
  g_assert_cmpstr (mail->recipient, ==, "helen@family.example");
  g_assert_cmpstr (mail->kind, ==, "invitation");
  g_assert_cmpint (mail->n_tries, ==, 1);
  g_assert_cmpint (mail->expires_at, ==, 0);

  /* What waits is never forgotten, however old. */
  g_assert_true (ehcp_council_write_sync (f->council, write_purge, NULL, NULL));
  g_assert_cmpint (count (f, "state = 'waiting'"), ==, 1);
  g_assert_cmpint (count (f, "state <> 'waiting'"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ehcp_mail_mime_init ();
  g_test_add_func ("/mail/templates/every", test_every_template);
  g_test_add_func ("/mail/templates/subjects", test_subjects);
  g_test_add_func ("/mail/templates/codes", test_codes);
  g_test_add_func ("/mail/templates/missing-field", test_missing_field);
  g_test_add_func ("/mail/templates/optional-block", test_optional_block);
  g_test_add_func ("/mail/templates/escaping", test_escaping);
  g_test_add_func ("/mail/message/form", test_message);
  g_test_add_func ("/mail/message/injection", test_injection);
  g_test_add_func ("/mail/message/other-scripts", test_other_scripts);
  g_test_add ("/mail/queue/folder", Fixture, NULL, set_up, test_folder, tear_down);
  g_test_add ("/mail/queue/rolled-back", Fixture, NULL, set_up, test_rolled_back, tear_down);
  g_test_add ("/mail/queue/bad-address", Fixture, NULL, set_up, test_bad_address, tear_down);
  g_test_add ("/mail/queue/late-code", Fixture, NULL, set_up, test_late_code, tear_down);
  g_test_add ("/mail/outbox/postponed-and-refused", Fixture, NULL, set_up, test_outbox, tear_down);
  return g_test_run ();
}
