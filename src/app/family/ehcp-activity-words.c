/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says what an activity record means to the family. A kind that this program does not know yet is told by
 * its title. */
#include "ehcp-activity-words.h"

#include <glib/gi18n.h>

#include "ehcp-text.h"

/* Of an event by its fact; "%s" is whom it is about, and `plain` is for none. */
static const struct
{
  const char *fact;
  const char *value;  /* only with this one, or NULL */
  const char *plain;
  const char *about;  /* or NULL */
} events[] = {
  { "request-received", NULL, N_("Your request came in"), NULL },
  { "became-responsible", NULL, N_("We became responsible for the case"), NULL },
  { "assess-decided", "no", N_("Decision: we will not assess"), NULL },
  { "assess-decided", NULL, N_("Decision: we will assess"), NULL },
  { "advice-asked", NULL, N_("We asked for a report"), N_("We asked for a report: %s") },
  { "advice-received", NULL, N_("A report came in"), N_("%s report came in") },
  { "plan-decided", NULL, N_("Decision: there will be a plan"), NULL },
  { "no-plan-notified", NULL, N_("Decision: there will be no plan"), NULL },
  { "draft-served", NULL, N_("The draft plan was sent to you"), NULL },
  { "draft-comments-received", NULL, N_("Your comments on the draft came in"), NULL },
  { "school-consulted", NULL, N_("We asked a school"), N_("We asked a school: %s") },
  { "school-answered", NULL, N_("A school answered"), N_("A school answered: %s") },
  { "final-issued", NULL, N_("The final plan was issued"), NULL },
  { "exemption", NULL, N_("More time was allowed by law"), NULL },
  { "review-meeting", NULL, N_("The review meeting was held"), NULL },
  { "review-decided", NULL, N_("Decision after the review"), NULL },
  { "order", NULL, N_("The Tribunal made an order"), NULL },
};

/* Of everything else. `own`: said to the person who did it; "%s" in `title` is the thing's. */
static const struct
{
  const char *what;
  const char *own;
  const char *plain;
  const char *who;    /* "%s" is who did it */
  const char *title;  /* "%s" is the title: instead of the others where there is one */
  const char *icon;
} happenings[] = {
  { "message-sent", N_("You sent a message"), N_("A message came"), N_("%s sent you a message"), NULL,
    "mail-unread-symbolic" },
  { "document-published", NULL, N_("A document came"), NULL, "%s", "x-office-document-symbolic" },
  { "document-added", N_("You added a document"), N_("A document was added"), N_("%s added a document"), NULL,
    "x-office-document-symbolic" },
  { "form-asked", NULL, N_("We asked for a form"), NULL, N_("Please fill in: %s"),
    "document-edit-symbolic" },
  { "form-submitted", NULL, N_("A form was sent"), NULL, N_("Sent: %s"), "document-edit-symbolic" },
  { "form-accepted", NULL, N_("A form was accepted"), NULL, N_("Accepted: %s"), "object-select-symbolic" },
  { "form-returned", NULL, N_("A form came back"), NULL, N_("Came back to you: %s"),
    "document-edit-symbolic" },
  { "comment-accepted", NULL, N_("A comment on the draft plan was accepted"), NULL,
    N_("Your comment on section %s was accepted"), "object-select-symbolic" },
  { "comment-declined", NULL, N_("A comment on the draft plan was answered"), NULL,
    N_("Your comment on section %s was answered: the section stays as it is"), "document-edit-symbolic" },
  { "caseworker-changed", NULL, N_("The caseworker changed"), NULL, N_("Your caseworker is now %s"),
    "avatar-default-symbolic" },
  { "access-activated", NULL, N_("You can use the SEND Dashboard now"), NULL, NULL,
    "object-select-symbolic" },
};

/* Fills in a sentence of the tables above, which has one "%s". */
static char *
fill_in (const char *sentence, const char *words)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (sentence, words);
#pragma GCC diagnostic pop
}

static char *
say_event (const char *fact, const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      if (g_strcmp0 (events[i].fact, fact) != 0 ||
          (events[i].value != NULL && g_strcmp0 (events[i].value, value) != 0))
        continue;
      if (events[i].about != NULL && value != NULL)
        return fill_in (_(events[i].about), value);
      return g_strdup (_(events[i].plain));
    }
  return g_strdup (_("An entry was added to the case"));
}

static gboolean
is_own (EhcpBook *book, const char *who)
{
  EhcpRecord *account = ehcp_book_get_account (book);
  g_autofree char *name = NULL;

  if (account == NULL || who == NULL)
    return FALSE;
  name = g_strdup_printf ("%s %s", ehcp_record_get_text (account, "forename"),
                          ehcp_record_get_text (account, "surname"));
  return g_str_equal (name, who);
}

static char *
say_happening (guint n, gboolean is_own_act, const char *who, const char *title)
{
  if (is_own_act && happenings[n].own != NULL)
    return g_strdup (_(happenings[n].own));
  if (title != NULL && happenings[n].title != NULL)
    return fill_in (_(happenings[n].title), title);
  if (who != NULL && happenings[n].who != NULL)
    return fill_in (_(happenings[n].who), who);
  return g_strdup (_(happenings[n].plain));
}

char *
ehcp_activity_words (EhcpBook *book, EhcpRecord *activity)
{
  const char *what = ehcp_record_get_text (activity, "what");
  const char *title = ehcp_record_get_text (activity, "title");
  const char *who = ehcp_record_get_text (activity, "who");
  EhcpRecord *event = ehcp_book_find (book, EHCP_KIND_EVENT, ehcp_record_get_text (activity, "item"));

  if (g_strcmp0 (what, "event-corrected") == 0)
    return g_strdup (_("An entry of the case was corrected"));
  if (g_strcmp0 (what, "event-recorded") == 0)
    return say_event (title, event != NULL ? ehcp_record_get_text (event, "value") : NULL);
  for (guint i = 0; i < G_N_ELEMENTS (happenings); i++)
    if (g_strcmp0 (happenings[i].what, what) == 0)
      return say_happening (i, is_own (book, who), who, title);
  return g_strdup (title != NULL ? title : _("Something changed"));
}

const char *
ehcp_activity_icon (EhcpRecord *activity)
{
  const char *what = ehcp_record_get_text (activity, "what");

  for (guint i = 0; i < G_N_ELEMENTS (happenings); i++)
    if (g_strcmp0 (happenings[i].what, what) == 0)
      return happenings[i].icon;
  return "object-select-symbolic";
}

char *
ehcp_activity_place (EhcpBook *book, EhcpRecord *activity)
{
  const char *case_id = ehcp_record_get_case (activity);
  const char *item = ehcp_record_get_text (activity, "item");
  EhcpRecord *message = ehcp_book_find (book, EHCP_KIND_MESSAGE, item);

  if (message != NULL)
    return g_strdup_printf ("messages/%s/%s", case_id, ehcp_record_get_text (message, "thread"));
  if (ehcp_book_find (book, EHCP_KIND_DOCUMENT, item) != NULL)
    return g_strdup_printf ("documents/%s/%s", case_id, item);
  if (ehcp_book_find (book, EHCP_KIND_FORM, item) != NULL)
    return g_strdup_printf ("form/%s", item);
  return NULL;
}

guint
ehcp_activity_count_since (GListModel *activities, gint64 since_s)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (activities); i++)
    {
      g_autoptr (EhcpRecord) activity = g_list_model_get_item (activities, i);

      if (ehcp_time_parse (ehcp_record_get_text (activity, "at")) >= since_s)
        n++;
    }
  return n;
}
