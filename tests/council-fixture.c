/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A council in this process. Commands go the whole way, through the writer thread, as from a route. */
#include "council-fixture.h"

#include "ehcp-accounts.h"
#include "ehcp-error.h"
#include "ehcp-policy.h"
#include "ehcp-staff.h"
#include "ehcp-text.h"
#include "ehcp-uploads.h"

#include <glib/gstdio.h>
#include <string.h>

static EhcpConfig *
make_config (const char *dir)
{
  static const char *const types[] = { COUNCIL_MESSAGE_TYPE, "Appointment", NULL };
  EhcpConfig *config = g_new0 (EhcpConfig, 1);

  config->name = g_strdup ("Wyreshire Council");
  config->team = g_strdup ("SEND Assessment Team");
  config->telephone = g_strdup ("01632 960 400");
  config->email = g_strdup ("send@wyreshire.example");
  config->hours = g_strdup ("Monday to Thursday, 9:00 to 16:30");
  config->url = g_strdup ("https://portal.wyreshire.example");
  config->reference_prefix = g_strdup ("WY");
  config->data_dir = g_build_filename (dir, "data", NULL);
  config->message_types = g_strdupv ((GStrv) types);
  config->mail_transport = EHCP_MAIL_FOLDER;
  config->mail_folder = g_build_filename (dir, "mails", NULL);
  config->mail_from = g_strdup ("send@wyreshire.example");
  config->forms_dir = g_build_filename (dir, "forms", NULL);
  return config;
}

/* As the command line does it, families too: an account without a password. */
void
council_add_account (CouncilFixture *f, EhcpActorId *actor, const char *email, const char *forename,
                     const char *surname, const char *role)
{
  g_autoptr (EhcpRecord) record = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_ACCOUNT));
  g_autofree char *session = ehcp_text_new_id ();
  g_autofree char *link = NULL;
  g_autoptr (GError) error = NULL;

  ehcp_record_set_text (record, "email", email);
  ehcp_record_set_text (record, "forename", forename);
  ehcp_record_set_text (record, "surname", surname);
  ehcp_record_set_text (record, "role", role);
  link = ehcp_staff_add (f->council, record, &error);
  g_assert_no_error (error);
  g_strlcpy (actor->account, ehcp_record_get_id (record), sizeof actor->account);
  g_strlcpy (actor->session, session, sizeof actor->session);
  actor->role = ehcp_policy_parse_role (role);
}

static gboolean
put_account (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_store_put (council, db, data, NULL, error) && ehcp_staff_tell (council, db, data, TRUE, error);
}

static void
add_accounts (CouncilFixture *f)
{
  council_add_account (f, &f->priya, "priya.nair@wyreshire.example", "Priya", "Nair", "caseworker");
  council_add_account (f, &f->omar, "omar.aziz@wyreshire.example", "Omar", "Aziz", "caseworker");
  council_add_account (f, &f->manager, "joan.webb@wyreshire.example", "Joan", "Webb", "manager");
  council_add_account (f, &f->admin, "it@wyreshire.example", "Lee", "Park", "administrator");
  council_add_account (f, &f->helen, "helen.marlow@family.example", "Helen", "Marlow", "family");
  council_add_account (f, &f->david, "david.marlow@family.example", "David", "Marlow", "family");
  council_add_account (f, &f->senco, "senco@oakmere.example", "Ruth", "Okoro", "family");
}

/* As an account with another team would be made: for tests of sight. Nobody's sight is renewed by it. */
void
council_set_team (CouncilFixture *f, const EhcpActorId *actor, const char *team)
{
  g_autoptr (EhcpRecord) account = council_find (f, EHCP_KIND_ACCOUNT, actor->account);
  g_autoptr (GError) error = NULL;

  ehcp_record_set_text (account, "team", team);
  ehcp_council_write_sync (f->council, put_account, account, &error);
  g_assert_no_error (error);
}

void
council_fixture_start (CouncilFixture *f)
{
  g_autoptr (GError) error = NULL;

  f->config = make_config (f->dir);
  g_assert_cmpint (g_mkdir_with_parents (f->config->data_dir, 0700), ==, 0);
  f->council = ehcp_council_new (f->config, f->clock, &error);
  g_assert_no_error (error);
}

void
council_fixture_stop (CouncilFixture *f)
{
  ehcp_council_stop (f->council);
  g_clear_object (&f->council);
  f->config = NULL;
}

void
council_fixture_set_up (CouncilFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->dir = g_dir_make_tmp ("ehcp-council-XXXXXX", &error);
  g_assert_no_error (error);
  f->clock = ehcp_clock_new_fixed (COUNCIL_NOW);
  council_fixture_start (f);
  add_accounts (f);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
council_fixture_tear_down (CouncilFixture *f, gconstpointer data)
{
  council_fixture_stop (f);
  g_clear_object (&f->clock);
  remove_tree (f->dir);
  g_clear_pointer (&f->dir, g_free);
}

typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean is_done;
  char *body;
  GError *error;
} Answer;

static void
answered (gpointer data, const char *body, const GError *error)
{
  Answer *answer = data;

  g_mutex_lock (&answer->mutex);
  g_assert_false (answer->is_done);
  g_assert_true ((body != NULL) != (error != NULL));
  answer->body = g_strdup (body);
  answer->error = error != NULL ? g_error_copy (error) : NULL;
  answer->is_done = TRUE;
  g_cond_signal (&answer->cond);
  g_mutex_unlock (&answer->mutex);
}

char *
council_put (CouncilFixture *f, const EhcpActorId *actor, const char *id, const char *body,
             GError **error)
{
  g_autofree char *json = g_strdelimit (g_strdup (body), "'", '"');
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autofree char *new_id = ehcp_text_new_id ();
  Answer answer = { .is_done = FALSE };

  g_mutex_init (&answer.mutex);
  g_cond_init (&answer.cond);
  ehcp_command_submit (f->council, actor, id != NULL ? id : new_id, bytes, answered, &answer);
  g_mutex_lock (&answer.mutex);
  while (!answer.is_done)
    g_cond_wait (&answer.cond, &answer.mutex);
  g_mutex_unlock (&answer.mutex);
  g_mutex_clear (&answer.mutex);
  g_cond_clear (&answer.cond);
  if (answer.error != NULL)
    g_propagate_error (error, answer.error);
  return answer.body;
}

/* (transfer full): the `result` of the answer. */
JsonObject *
council_send (CouncilFixture *f, const EhcpActorId *actor, const char *id, const char *format, ...)
{
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, format);
  body = g_strdup_vprintf (format, args);
  va_end (args);
  text = council_put (f, actor, id, body, &error);
  g_assert_no_error (error);
  answer = ehcp_json_parse_object (text, strlen (text), G_MAXSSIZE, &error);
  g_assert_no_error (error);
  g_assert_true (ehcp_text_is_id (ehcp_json_get_text (answer, "id")));
  g_assert_nonnull (ehcp_json_get_text (answer, "state"));
  return json_object_ref (ehcp_json_get_object (answer, "result"));
}

void
council_refused (CouncilFixture *f, const EhcpActorId *actor, EhcpError code, const char *field,
                 const char *format, ...)
{
  g_autofree char *body = NULL;
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, format);
  body = g_strdup_vprintf (format, args);
  va_end (args);
  answer = council_put (f, actor, NULL, body, &error);
  g_assert_error (error, EHCP_ERROR, (int) code);
  g_assert_cmpstr (ehcp_error_get_field (error), ==, field);
  g_assert_null (answer);
}

static EhcpDb *
get_reader (CouncilFixture *f)
{
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (f->council, &error);

  g_assert_no_error (error);
  return db;
}

EhcpRecord *
council_find (CouncilFixture *f, EhcpKind kind, const char *id)
{
  g_autoptr (GError) error = NULL;
  EhcpRecord *record = ehcp_store_find (get_reader (f), kind, id, &error);

  g_assert_no_error (error);
  return record;
}

EhcpRecord *
council_find_where (CouncilFixture *f, EhcpKind kind, const char *field, const char *value)
{
  g_autoptr (GError) error = NULL;
  EhcpRecord *record = ehcp_store_find_where (get_reader (f), kind, field, value, &error);

  g_assert_no_error (error);
  return record;
}

/* (transfer full): the record of that kind that was written first. */
EhcpRecord *
council_first (CouncilFixture *f, EhcpKind kind, const char *case_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = ehcp_store_list (get_reader (f), kind, case_id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, >, 0);
  return g_object_ref (list->pdata[0]);
}

guint
council_count (CouncilFixture *f, EhcpKind kind, const char *case_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = ehcp_store_list (get_reader (f), kind, case_id, &error);

  g_assert_no_error (error);
  return list->len;
}

gboolean
council_sees (CouncilFixture *f, const EhcpActorId *actor, EhcpKind kind, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) record = ehcp_policy_find (get_reader (f), actor, kind, id, &error);

  if (record == NULL)
    g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND);
  return record != NULL;
}

gint64
council_sql (CouncilFixture *f, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 0;

  ehcp_db_get_int (get_reader (f), &error, &value, sql, "");
  g_assert_no_error (error);
  return value;
}

/* (transfer full): the newest mail of that kind ("unique-code") to the address. */
char *
council_mail (CouncilFixture *f, const char *recipient, const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  text = ehcp_db_get_text (get_reader (f), &error,
                           "SELECT message FROM mail WHERE recipient = ? AND kind = ? "
                           "ORDER BY id DESC LIMIT 1",
                           "ss", recipient, kind);
  g_assert_no_error (error);
  g_assert_nonnull (text);
  /* Soft line ends of quoted-printable. */
  lines = g_strsplit (text, "=\r\n", -1);
  return g_strjoinv ("", lines);
}

guint
council_count_mails (CouncilFixture *f, const char *recipient, const char *kind)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  ehcp_db_get_int (get_reader (f), &error, &n,
                   "SELECT count (*) FROM mail WHERE recipient = ? AND kind = ?", "ss", recipient, kind);
  g_assert_no_error (error);
  return n;
}

/* (transfer full): the id of an upload of which nothing has arrived yet. */
char *
council_begin_upload (CouncilFixture *f, const EhcpActorId *actor, const char *name, const char *content)
{
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);
  g_autoptr (GError) error = NULL;
  char *id = ehcp_upload_begin (f->council, actor->account, name, (gint64) strlen (content), sha256, &error);

  g_assert_no_error (error);
  return id;
}

/* (transfer full): the id of a complete upload. */
char *
council_upload (CouncilFixture *f, const EhcpActorId *actor, const char *name, const char *content)
{
  g_autofree char *id = council_begin_upload (f, actor, name, content);
  g_autoptr (GError) error = NULL;
  EhcpUploadState state;
  EhcpPiece *piece;

  piece = ehcp_piece_open (f->council, get_reader (f), actor->account, id, 0, NULL, &error);
  g_assert_no_error (error);
  ehcp_piece_write (piece, content, strlen (content), &error);
  g_assert_no_error (error);
  ehcp_piece_finish (piece, &state, &error);
  g_assert_no_error (error);
  g_assert_true (state.is_complete);
  ehcp_piece_free (piece);
  return g_steal_pointer (&id);
}

char *
council_open_case (CouncilFixture *f, const char *forename, const char *received)
{
  g_autoptr (JsonObject) result = NULL;

  result = council_send (f, &f->priya, NULL,
                         "{'kind':'case.open','child_forename':'%s','child_surname':'Marlow',"
                         "'date_of_birth':'2018-03-14','received':'%s'}",
                         forename, received);
  return g_strdup (ehcp_json_get_text (result, "case"));
}

char *
council_invite (CouncilFixture *f, const char *case_id, const char *email, gboolean professional)
{
  g_autoptr (JsonObject) result = NULL;

  result = council_send (f, &f->priya, NULL,
                         "{'kind':'person.invite','case':'%s','title':'Mx','forename':'Some',"
                         "'surname':'Body','email':'%s','relationship':'Carer','professional':%s}",
                         case_id, email, professional ? "true" : "false");
  return g_strdup (ehcp_json_get_text (result, "person"));
}

static char *
match (const char *text, const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) info = NULL;

  if (!g_regex_match (regex, text, 0, &info))
    g_error ("no %s in:\n%s", pattern, text);
  return g_match_info_fetch (info, 1);
}

char *
council_unique_code (CouncilFixture *f, const char *email)
{
  g_autofree char *mail = council_mail (f, email, "unique-code");

  /* With a capital letter in it: of the ids in a mail's head one in two thousand would fit without. */
  return match (mail, "\\b(?=[0-9]*-?[0-9]*[A-Z])([34679ACDEFGHJKMNPQRTWXY]{4}-[34679ACDEFGHJKMNPQRTWXY]{4})\\b");
}

char *
council_link_code (CouncilFixture *f, const char *email)
{
  g_autofree char *mail = council_mail (f, email, "invitation");

  return match (mail, "https://portal.wyreshire.example/accept/([34679ACDEFGHJKMNPQRTWXY]{8})\\b");
}

void
council_verify (CouncilFixture *f, const char *case_id, const char *person, const char *email)
{
  g_autofree char *code = council_unique_code (f, email);
  g_autoptr (JsonObject) result = NULL;

  result = council_send (f, &f->priya, NULL,
                         "{'kind':'identity.verify','case':'%s','person':'%s','code':'%s',"
                         "'checked':'Date of birth'}",
                         case_id, person, code);
}

static EhcpRecord *
find_account (CouncilFixture *f, const EhcpActorId *actor)
{
  EhcpRecord *account = council_find (f, EHCP_KIND_ACCOUNT, actor->account);

  g_assert_nonnull (account);
  return account;
}

/* Accepts every child of the one open invitation. */
void
council_accept (CouncilFixture *f, const EhcpActorId *actor)
{
  g_autoptr (EhcpRecord) account = find_account (f, actor);
  g_autofree char *code = council_link_code (f, ehcp_record_get_text (account, "email"));
  g_autoptr (JsonObject) opened = NULL;
  g_autoptr (JsonObject) answered_to = NULL;
  g_autoptr (GPtrArray) children = NULL;
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const char *invitation;

  opened = council_send (f, actor, NULL, "{'kind':'invitation.open','code':'%s'}", code);
  invitation = ehcp_json_get_text (opened, "invitation");
  children = ehcp_store_list_where (get_reader (f), EHCP_KIND_INVITATION_CHILD, "invitation", invitation,
                                    &error);
  g_assert_no_error (error);
  for (guint i = 0; i < children->len; i++)
    g_string_append_printf (ids, "%s'%s'", i > 0 ? "," : "", ehcp_record_get_id (children->pdata[i]));
  answered_to = council_send (f, actor, NULL,
                              "{'kind':'invitation.answer','invitation':'%s','accept':true,"
                              "'children':[%s]}",
                              invitation, ids->str);
}

/* From person.invite to access.activate; (transfer full): the person's id. */
char *
council_join (CouncilFixture *f, const char *case_id, const EhcpActorId *actor, gboolean professional)
{
  g_autoptr (EhcpRecord) account = find_account (f, actor);
  const char *email = ehcp_record_get_text (account, "email");
  g_autofree char *person = council_invite (f, case_id, email, professional);
  g_autoptr (JsonObject) result = NULL;

  council_verify (f, case_id, person, email);
  council_accept (f, actor);
  result = council_send (f, &f->priya, NULL, "{'kind':'access.activate','case':'%s','person':'%s'}",
                         case_id, person);
  return g_steal_pointer (&person);
}
