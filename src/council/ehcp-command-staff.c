/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands about the council's own people: who stands in for whom, and the accounts of staff. */
#include "ehcp-command-private.h"

#include "ehcp-sight.h"
#include "ehcp-staff.h"

#include <string.h>

#define MOST_DAYS_OF_COVER 366

/* The cover that is to be changed, or a new one under the command's id. */
static EhcpRecord *
take_cover (EhcpTask *task, GError **error)
{
  EhcpRecord *cover;

  if (ehcp_task_given (task, "cover") == NULL)
    return ehcp_task_make (task, EHCP_KIND_COVER, task->id, "staff", NULL);
  cover = ehcp_task_find (task, EHCP_KIND_COVER, "cover", error);
  if (cover == NULL)
    return NULL;
  if (!ehcp_task_check_base (task, ehcp_record_get_int (cover, "seq"), error))
    g_clear_object (&cover);
  else if (strcmp (ehcp_record_get_text (cover, "state"), "ended") == 0)
    {
      ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/cover");
      g_clear_object (&cover);
    }
  return cover;
}

/* A caseworker arranges for their own absence; nobody gets into another's cases by their own word. */
static gboolean
check_cover (EhcpTask *task, EhcpRecord *cover, GError **error)
{
  const char *covered = ehcp_record_get_text (task->command, "covered");
  const char *before = ehcp_record_get_text (cover, "covered");
  gint32 from = ehcp_record_get_date (task->command, "from");
  gint32 until = ehcp_record_get_date (task->command, "until");

  if (task->actor->role != EHCP_ROLE_MANAGER && strcmp (covered, task->actor->account) != 0)
    return ehcp_task_refuse (error, EHCP_ERROR_NOT_ALLOWED, "/covered");
  if (before != NULL && strcmp (before, covered) != 0)
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/covered");
  if (strcmp (covered, ehcp_record_get_text (task->command, "covering")) == 0)
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/covering");
  if (until < from || until - from > MOST_DAYS_OF_COVER)
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/until");
  if (until < task->today && !ehcp_record_get_bool (task->command, "end"))
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/until");
  return TRUE;
}

static const char *
find_state (EhcpTask *task)
{
  if (ehcp_record_get_bool (task->command, "end"))
    return "ended";
  return ehcp_record_get_date (task->command, "from") > task->today ? "planned" : "active";
}

/* The account, also of one who was disabled meanwhile when the cover is only to be ended. */
static gboolean
set_person (EhcpTask *task, EhcpRecord *cover, const char *field, GError **error)
{
  g_autofree char *name_field = g_strconcat (field, "_name", NULL);
  const char *id = ehcp_record_get_text (task->command, field);
  g_autoptr (EhcpRecord) account = NULL;
  g_autofree char *name = NULL;

  if (g_strcmp0 (ehcp_record_get_text (cover, field), id) == 0)
    return TRUE;
  account = ehcp_task_find_staff (task, field, error);
  if (account == NULL)
    return FALSE;
  name = ehcp_person_format_name (account);
  ehcp_record_set_text (cover, field, id);
  ehcp_record_set_text (cover, name_field, name);
  return TRUE;
}

/** ehcp_command_cover_set: Somebody stands in for somebody from one day to another, both included; or a cover is
 * changed, or ended at once. */
gboolean
ehcp_command_cover_set (EhcpTask *task, GError **error)
{
  g_autoptr (EhcpRecord) cover = take_cover (task, error);
  g_autofree char *before = NULL;

  if (cover == NULL || !check_cover (task, cover, error))
    return FALSE;
  before = g_strdup (ehcp_record_get_text (cover, "covering"));
  if (!set_person (task, cover, "covered", error) || !set_person (task, cover, "covering", error))
    return FALSE;
  ehcp_record_set_date (cover, "from", ehcp_record_get_date (task->command, "from"));
  ehcp_record_set_date (cover, "until", ehcp_record_get_date (task->command, "until"));
  ehcp_record_set_text (cover, "state", find_state (task));
  ehcp_task_audit (task, ehcp_record_get_id (cover), "%s for %s, %s",
                   ehcp_record_get_text (cover, "covering"), ehcp_record_get_text (cover, "covered"),
                   ehcp_record_get_text (cover, "state"));
  return ehcp_task_put (task, cover, error) &&
         ehcp_sight_renew_account (task->council, task->db, ehcp_record_get_text (cover, "covering"), error) &&
         (before == NULL || ehcp_sight_renew_account (task->council, task->db, before, error));
}

static EhcpRecord *
make_account (EhcpTask *task, const char *email)
{
  static const char *const fields[] = { "forename", "surname", "role" };
  EhcpRecord *account = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_ACCOUNT));

  ehcp_record_set_text (account, "id", task->id);
  ehcp_record_set_text (account, "email", email);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    ehcp_record_set_text (account, fields[i], ehcp_record_get_text (task->command, fields[i]));
  ehcp_record_set_text (account, "telephone", ehcp_task_given (task, "telephone"));
  ehcp_record_set_text (account, "team", ehcp_task_given (task, "team"));
  return account;
}

/** ehcp_command_staff_add: Makes a staff account; its one-use link goes to its address and nowhere else. */
gboolean
ehcp_command_staff_add (EhcpTask *task, GError **error)
{
  g_autofree char *email = ehcp_text_normalise_email (ehcp_record_get_text (task->command, "email"));
  EhcpConfig *config = ehcp_council_get_config (task->council);
  g_autoptr (EhcpRecord) account = NULL;
  g_autofree char *code = NULL;
  g_autofree char *link = NULL;

  if (!ehcp_text_is_email (email))
    return ehcp_task_refuse (error, EHCP_ERROR_MALFORMED, "/email");
  account = make_account (task, email);
  code = ehcp_staff_write (task->council, task->db, account, error);
  if (code == NULL)
    return FALSE;
  link = g_strconcat (config->url, "/staff/", code, NULL);
  ehcp_json_text (&task->json, "account", task->id);
  ehcp_task_audit (task, task->id, "%s", ehcp_record_get_text (task->command, "role"));
  return ehcp_mail_queue (task->council, task->db, EHCP_MAIL_STAFF_LINK, email, error, "name",
                          ehcp_record_get_text (account, "forename"), "link", link, NULL);
}

/** ehcp_command_staff_disable: Ends a staff account. Nobody ends their own: the last one would lock all out. */
gboolean
ehcp_command_staff_disable (EhcpTask *task, GError **error)
{
  const char *account = ehcp_record_get_text (task->command, "account");
  g_autoptr (GError) failure = NULL;

  if (strcmp (account, task->actor->account) == 0)
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/account");
  ehcp_task_audit (task, account, "disabled");
  if (ehcp_staff_end (task->council, task->db, account, &failure))
    return TRUE;
  return ehcp_task_refuse_at (error, failure, "/account");
}
