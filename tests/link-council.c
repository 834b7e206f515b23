/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A real council in this process. Its caseworker uses the public API as any other client. */
#include "link-council.h"

#include "ehcp-accounts.h"
#include "ehcp-catalogue.h"
#include "demo/ehcp-demo-client.h"
#include "ehcp-mail.h"
#include "ehcp-server.h"
#include "ehcp-staff.h"
#include "ehcp-store.h"
#include "ehcp-text.h"
#include "ehcp-uploads.h"

#include <glib/gstdio.h>
#include <string.h>

#define PRIYA "priya.nair@wyreshire.example"
#define PRIYA_PASSWORD "seven quiet lamps 41"

struct _LinkCouncil
{
  char *dir;
  char *backup;
  char *url;
  guint port;
  EhcpClock *clock;
  EhcpCouncil *council;
  EhcpMailer *mailer;
  EhcpServer *server;
  EhcpDemoClient *priya;
  EhcpDemoClient *post; /* reads the families' mail */
};

static const char form_text[] =
    "{\"name\":\"" LINK_FORM "\",\"title\":\"A short form\",\"intro\":\"One question.\",\"submit\":\"Submit\","
    "\"next\":\"We read it.\",\"pages\":[{\"id\":\"one\",\"title\":\"One\",\"group\":\"All\",\"questions\":["
    "{\"id\":\"wish\",\"kind\":\"long-text\",\"label\":\"What do you wish for?\",\"required\":true,\"max\":4000,"
    "\"missing\":\"Tell us what you wish for\"}]}]}";

static EhcpConfig *
make_config (const char *dir, guint port)
{
  static const char *const types[] = { LINK_MESSAGE_TYPE, "Appointment", NULL };
  EhcpConfig *config = g_new0 (EhcpConfig, 1);

  config->name = g_strdup ("Wyreshire Council");
  config->team = g_strdup ("SEND Assessment Team");
  config->telephone = g_strdup ("01632 960 400");
  config->email = g_strdup ("send@wyreshire.example");
  config->hours = g_strdup ("Monday to Thursday, 9:00 to 16:30");
  config->url = g_strdup ("http://127.0.0.1");
  config->reference_prefix = g_strdup ("WY");
  config->data_dir = g_build_filename (dir, "data", NULL);
  config->message_types = g_strdupv ((GStrv) types);
  config->address = g_strdup ("127.0.0.1");
  config->port = port;
  config->n_threads = 1;
  config->n_connections = 100;
  config->mail_transport = EHCP_MAIL_FOLDER;
  config->mail_folder = g_build_filename (dir, "mails", NULL);
  config->mail_from = g_strdup ("send@wyreshire.example");
  config->forms_dir = g_build_filename (dir, "forms", NULL);
  config->stage_text_file = g_strdup (TEST_DATADIR "/stage-text/stages.json");
  config->session_idle_s = 1800;
  config->session_max_s = 86400;
  config->sign_in_resend_s = 30;
  config->password_memory = 8 * 1024 * 1024;
  config->password_passes = 1;
  return config;
}

void
link_council_start (LinkCouncil *c)
{
  g_autoptr (GError) error = NULL;

  c->council = ehcp_council_new (make_config (c->dir, c->port), c->clock, &error);
  g_assert_no_error (error);
  g_assert_true (ehcp_upload_make_folders (ehcp_council_get_config (c->council), &error));
  g_assert_true (ehcp_catalogue_load (c->council, &error));
  g_assert_no_error (error);
  c->mailer = ehcp_mailer_start (c->council, &error);
  g_assert_no_error (error);
  c->server = ehcp_server_start (c->council, &error);
  g_assert_no_error (error);
  c->port = ehcp_server_get_port (c->server);
}

void
link_council_stop (LinkCouncil *c)
{
  g_clear_pointer (&c->server, ehcp_server_stop);
  g_clear_pointer (&c->mailer, ehcp_mailer_stop);
  ehcp_council_stop (c->council);
  g_clear_object (&c->council);
}

static void
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
}

/* The council is stopped while its folder is copied, and started again. */
void
link_council_back_up (LinkCouncil *c)
{
  g_autofree char *data = g_build_filename (c->dir, "data", NULL);

  link_council_stop (c);
  c->backup = g_build_filename (c->dir, "backup", NULL);
  run ((const char *const[]){ "cp", "-a", data, c->backup, NULL });
  link_council_start (c);
}

static gboolean
renew_epoch (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_store_renew_epoch (db, error);
}

/* While nobody is served. */
static void
change_alone (LinkCouncil *c, EhcpWriteFunc change)
{
  g_autoptr (GError) error = NULL;

  c->council = ehcp_council_new (make_config (c->dir, c->port), c->clock, &error);
  g_assert_no_error (error);
  g_assert_true (ehcp_council_write_sync (c->council, change, NULL, &error));
  ehcp_council_stop (c->council);
  g_clear_object (&c->council);
}

static gboolean
end_sessions (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_db_run (db, error, "DELETE FROM session", "");
}

typedef struct
{
  const char *email;
  gboolean is_disabled;
} Disabling;

static gboolean
set_disabled (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  const Disabling *disabling = data;

  return ehcp_db_run (db, error, "UPDATE credential SET is_disabled = ?, changed_at = ? WHERE email = ?", "iis",
                      (gint64) disabling->is_disabled, ehcp_clock_now (ehcp_council_get_clock (council)),
                      disabling->email);
}

void
link_council_disable (LinkCouncil *c, const char *email, gboolean is_disabled)
{
  Disabling disabling = { email, is_disabled };
  g_autoptr (GError) error = NULL;

  g_assert_true (ehcp_council_write_sync (c->council, set_disabled, &disabling, &error));
  g_assert_no_error (error);
}

void
link_council_end_sessions (LinkCouncil *c)
{
  change_alone (c, end_sessions);
}

/* As after a disaster: what came since the backup is gone. */
void
link_council_restore (LinkCouncil *c)
{
  g_autofree char *data = g_build_filename (c->dir, "data", NULL);

  link_council_stop (c);
  run ((const char *const[]){ "rm", "-r", data, NULL });
  run ((const char *const[]){ "mv", c->backup, data, NULL });
  g_clear_pointer (&c->backup, g_free);
  change_alone (c, renew_epoch);
  link_council_start (c);
}

static void
set_up_priya (LinkCouncil *c)
{
  g_autoptr (EhcpRecord) account = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_ACCOUNT));
  g_autofree char *code = NULL;
  g_autofree char *body = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GError) error = NULL;

  ehcp_record_set_text (account, "email", PRIYA);
  ehcp_record_set_text (account, "forename", "Priya");
  ehcp_record_set_text (account, "surname", "Nair");
  ehcp_record_set_text (account, "role", "caseworker");
  code = ehcp_staff_add (c->council, account, &error);
  g_assert_no_error (error);
  body = g_strdup_printf ("{\"code\":\"%s\",\"password\":\"" PRIYA_PASSWORD "\"}", code);
  answer = ehcp_demo_client_call (c->priya, "POST", "/v1/staff-links/finish", body, &error);
  g_assert_no_error (error);
  ehcp_demo_client_sign_in (c->priya, PRIYA, PRIYA_PASSWORD, &error);
  g_assert_no_error (error);
}

LinkCouncil *
link_council_new (void)
{
  LinkCouncil *c = g_new0 (LinkCouncil, 1);
  g_autofree char *forms = NULL;
  g_autofree char *form = NULL;
  g_autofree char *mails = NULL;

  c->dir = g_dir_make_tmp ("ehcp-link-XXXXXX", NULL);
  c->clock = ehcp_clock_new ();
  forms = g_build_filename (c->dir, "forms", NULL);
  form = g_build_filename (forms, LINK_FORM ".json", NULL);
  mails = g_build_filename (c->dir, "mails", NULL);
  g_assert_cmpint (g_mkdir (forms, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (mails, 0700), ==, 0);
  g_assert_true (g_file_set_contents (form, form_text, -1, NULL));
  link_council_start (c);
  c->url = g_strdup_printf ("http://127.0.0.1:%u", c->port);
  c->priya = ehcp_demo_client_new (c->url, mails);
  c->post = ehcp_demo_client_new (c->url, mails);
  set_up_priya (c);
  return c;
}

void
link_council_free (LinkCouncil *c)
{
  link_council_stop (c);
  ehcp_demo_client_free (c->priya);
  ehcp_demo_client_free (c->post);
  run ((const char *const[]){ "rm", "-r", c->dir, NULL });
  g_clear_object (&c->clock);
  g_free (c->dir);
  g_free (c->backup);
  g_free (c->url);
  g_free (c);
}

const char *
link_council_get_url (LinkCouncil *c)
{
  return c->url;
}

guint
link_council_get_port (LinkCouncil *c)
{
  return c->port;
}

char *
link_council_send (LinkCouncil *c, const char *format, ...)
{
  g_autofree char *id = ehcp_text_new_id ();
  g_autofree char *body = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, format);
  body = g_strdelimit (g_strdup_vprintf (format, args), "'", '"');
  va_end (args);
  answer = ehcp_demo_client_command (c->priya, id, body, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&id);
}

char *
link_council_publish (LinkCouncil *c, const char *case_id, GBytes *content)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *upload = ehcp_demo_client_upload (c->priya, "letter.pdf", content, &error);

  g_assert_no_error (error);
  return link_council_send (c,
                            "{'kind':'document.publish','case':'%s','upload':'%s','title':'Letter',"
                            "'document_kind':'letter','issued':'2026-11-20','audience':'adults'}",
                            case_id, upload);
}

void
link_council_invite (LinkCouncil *c, const char *email, char **case_id, char **person)
{
  g_autofree char *code = NULL;
  g_autofree char *allocated = NULL;
  g_autofree char *verified = NULL;
  g_autoptr (GError) error = NULL;

  *case_id = link_council_send (c, "{'kind':'case.open','child_forename':'Isla','child_surname':'Marlow',"
                                   "'date_of_birth':'2018-03-14','received':'2026-09-07'}");
  allocated = link_council_send (c, "{'kind':'case.allocate','case':'%s','caseworker':'%s'}", *case_id,
                                 ehcp_demo_client_get_account (c->priya));
  *person = link_council_send (c,
                               "{'kind':'person.invite','case':'%s','forename':'Helen','surname':'Marlow',"
                               "'email':'%s','relationship':'Mother'}",
                               *case_id, email);
  code = ehcp_demo_client_wait_unique_code (c->post, email, 1, &error);
  g_assert_no_error (error);
  verified = link_council_send (c,
                                "{'kind':'identity.verify','case':'%s','person':'%s','code':'%s',"
                                "'checked':'Date of birth and address'}",
                                *case_id, *person, code);
}

char *
link_council_digits (LinkCouncil *c, const char *email)
{
  g_autoptr (GError) error = NULL;
  char *digits = ehcp_demo_client_wait_digits (c->post, email, &error);

  g_assert_no_error (error);
  return digits;
}

static GPtrArray *
list (LinkCouncil *c, EhcpKind kind, const char *field, const char *value)
{
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (c->council, &error);
  GPtrArray *records = ehcp_store_list_where (db, kind, field, value, &error);

  g_assert_no_error (error);
  return records;
}

guint
link_council_count (LinkCouncil *c, EhcpKind kind, const char *field, const char *value)
{
  g_autoptr (GPtrArray) records = list (c, kind, field, value);

  return records->len;
}

gboolean
link_council_has (LinkCouncil *c, EhcpKind kind, const char *id)
{
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (c->council, &error);
  g_autoptr (EhcpRecord) record = ehcp_store_find (db, kind, id, &error);

  g_assert_no_error (error);
  return record != NULL;
}
