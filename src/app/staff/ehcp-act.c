/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One way for all that staff do on a case: into the outbox, then the council's answer. */
#include "ehcp-act.h"

#include <glib/gi18n.h>

#include "ehcp-error-words.h"

typedef struct
{
  GtkWidget *owner;
  GCancellable *cancellable;
  EhcpActFunc done;
  gpointer data;
  char *id;
} Act;

static void
free_act (Act *act)
{
  g_object_unref (act->owner);
  g_clear_object (&act->cancellable);
  g_free (act->id);
  g_free (act);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Act, free_act)

EhcpRecord *
ehcp_act_new (EhcpCommand command, const char *case_id, EhcpRecord *about)
{
  const EhcpShape *shape = ehcp_command_get_shape (command);
  EhcpRecord *record = ehcp_record_new (shape);

  ehcp_record_set_text (record, "kind", shape->name);
  if (case_id != NULL)
    ehcp_record_set_text (record, "case", case_id);
  if (about != NULL)
    ehcp_record_set_int (record, "base", ehcp_record_get_int (about, "seq"));
  return record;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Act) act = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = ehcp_link_await_finish (EHCP_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    ehcp_link_discard (EHCP_LINK (source), act->id);
  act->done (act->owner, answer, error, FALSE, act->data);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Act) act = data;
  g_autoptr (GError) error = NULL;

  act->id = ehcp_link_send_finish (EHCP_LINK (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (act->id == NULL)
    act->done (act->owner, NULL, error, FALSE, act->data);
  else if (!ehcp_link_is_online (EHCP_LINK (source)))
    act->done (act->owner, NULL, NULL, TRUE, act->data);
  else
    {
      const char *id = act->id;
      GCancellable *cancellable = act->cancellable;

      ehcp_link_await_async (EHCP_LINK (source), id, cancellable, answered_cb, g_steal_pointer (&act));
    }
}

void
ehcp_act_send (EhcpLink *link, EhcpRecord *command, GPtrArray *files, GCancellable *cancellable, GtkWidget *owner,
               EhcpActFunc done, gpointer data)
{
  Act *act = g_new0 (Act, 1);

  act->owner = g_object_ref (owner);
  act->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  act->done = done;
  act->data = data;
  ehcp_link_send_async (link, command, files, 0, cancellable, sent_cb, act);
}

static const struct
{
  EhcpCommand command;
  int code;
  const char *field; /* NULL: any */
  const char *words;
} table[] = {
  { EHCP_COMMAND_PERSON_INVITE, EHCP_ERROR_CONFLICT, "email",
    N_("Somebody on this case has this e-mail address already") },
  { EHCP_COMMAND_IDENTITY_VERIFY, EHCP_ERROR_WRONG_CODE, NULL,
    N_("This is not the code that was sent to this person. Ask them to read it out again") },
  { EHCP_COMMAND_IDENTITY_VERIFY, EHCP_ERROR_EXPIRED, NULL,
    N_("This code is more than 90 days old. Invite the person again, so that a new code goes out") },
  { EHCP_COMMAND_IDENTITY_VERIFY, EHCP_ERROR_CONFLICT, NULL,
    N_("This person’s identity was verified already, and the invitation was answered") },
  { EHCP_COMMAND_ACCESS_ACTIVATE, EHCP_ERROR_CONFLICT, NULL,
    N_("This person has not accepted the invitation yet, or is active already") },
  { EHCP_COMMAND_ACCESS_WITHDRAW, EHCP_ERROR_CONFLICT, NULL, N_("This access was withdrawn already") },
  { EHCP_COMMAND_CASE_OPEN, EHCP_ERROR_CONFLICT, "reference", N_("Another case has this reference already") },
  { EHCP_COMMAND_CASE_OPEN, EHCP_ERROR_RANGE, "received",
    N_("The day of the request cannot be in the future or before the child was born") },
  { EHCP_COMMAND_CASE_ALLOCATE, EHCP_ERROR_CONFLICT, NULL,
    N_("Somebody has this case already. A manager can give it to somebody else") },
  { EHCP_COMMAND_CASE_ALLOCATE, EHCP_ERROR_NOT_FOUND, NULL, N_("This account cannot take cases") },
  { EHCP_COMMAND_EVENT_RECORD, EHCP_ERROR_RANGE, "date", N_("The council cannot take this day for this entry") },
  { EHCP_COMMAND_EVENT_CORRECT, EHCP_ERROR_RANGE, "date",
    N_("The council cannot take this day: what was served can only be moved to a later day") },
  { EHCP_COMMAND_EVENT_CORRECT, EHCP_ERROR_CONFLICT, "corrects", N_("Somebody has corrected this entry already") },
  { EHCP_COMMAND_EVENT_CORRECT, EHCP_ERROR_CONFLICT, "what",
    N_("The entry that began the assessment cannot be taken back, only corrected") },
  { EHCP_COMMAND_EXEMPTION_RECORD, EHCP_ERROR_RANGE, "ground",
    N_("This ground does not apply to this limit with these days") },
};

char *
ehcp_act_words (EhcpCommand command, const GError *error)
{
  const char *field = ehcp_error_words_get_field (error);

  for (guint i = 0; error->domain == EHCP_ERROR && i < G_N_ELEMENTS (table); i++)
    if (table[i].command == command && table[i].code == error->code &&
        (table[i].field == NULL || g_strcmp0 (table[i].field, field) == 0))
      return g_strdup (_(table[i].words));
  return ehcp_error_words (error);
}
