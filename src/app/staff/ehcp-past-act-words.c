/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What staff read of a case's history. A kind of act that this program does not know is shown by its name on the
 * wire: the history never leaves anything out. */
#include "ehcp-past-act-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-day-words.h"
#include "ehcp-exemption.h"
#include "ehcp-fact-words.h"
#include "ehcp-move-preview.h"
#include "ehcp-text.h"

static const char *const groups[EHCP_N_PAST_GROUPS] = {
  [EHCP_PAST_EVERYTHING] = N_("Everything"),
  [EHCP_PAST_CASE] = N_("The case and its caseworker"),
  [EHCP_PAST_PEOPLE] = N_("People and access"),
  [EHCP_PAST_DATES] = N_("What happened, and dates"),
  [EHCP_PAST_MESSAGES] = N_("Messages and notes"),
  [EHCP_PAST_DOCUMENTS] = N_("Documents"),
  [EHCP_PAST_FORMS] = N_("Forms"),
  [EHCP_PAST_READINGS] = N_("Who opened what"),
};

/* `titled`: where the thing's name is known; NULL: it adds nothing. */
static const struct
{
  const char *what;
  EhcpPastGroup group;
  const char *plain;
  const char *titled;
} acts[] = {
  { "access.activate", EHCP_PAST_PEOPLE, N_("Access activated"), N_("Access activated: %s") },
  { "access.withdraw", EHCP_PAST_PEOPLE, N_("Access withdrawn"), N_("Access withdrawn: %s") },
  { "case.allocate", EHCP_PAST_CASE, N_("Case allocated"), NULL },
  { "case.open", EHCP_PAST_CASE, N_("Case opened"), N_("Case opened: %s") },
  { "case.reallocate", EHCP_PAST_CASE, N_("Case given to another caseworker"), NULL },
  { "comment.decide", EHCP_PAST_FORMS, N_("Comment on the draft decided"), NULL },
  { "document.add", EHCP_PAST_DOCUMENTS, N_("Document added"), N_("Document added: %s") },
  { "document.content", EHCP_PAST_READINGS, N_("Fetched a document that is gone"), N_("Fetched the document: %s") },
  { "document.publish", EHCP_PAST_DOCUMENTS, N_("Document published"), N_("Document published: %s") },
  { "document.read", EHCP_PAST_READINGS, N_("Opened a document that is gone"), N_("Opened the document: %s") },
  { "document.scanned", EHCP_PAST_DOCUMENTS, N_("File checked for viruses"), N_("File checked for viruses: %s") },
  { "document.withdraw", EHCP_PAST_DOCUMENTS, N_("Document withdrawn"), NULL },
  { "event.correct", EHCP_PAST_DATES, N_("Entry corrected"), N_("Entry corrected: %s") },
  { "event.record", EHCP_PAST_DATES, N_("Entry made"), N_("Entry made: %s") },
  { "exemption.record", EHCP_PAST_DATES, N_("Exemption recorded"), NULL },
  { "form.accept", EHCP_PAST_FORMS, N_("Form accepted"), N_("Form accepted: %s") },
  { "form.ask", EHCP_PAST_FORMS, N_("Form asked for"), N_("Form asked for: %s") },
  { "form.return", EHCP_PAST_FORMS, N_("Form returned"), N_("Form returned: %s") },
  { "form.save", EHCP_PAST_FORMS, N_("Answer saved"), NULL },
  { "form.share", EHCP_PAST_FORMS, N_("Draft of a form shared, or no longer"), NULL },
  { "form.start", EHCP_PAST_FORMS, N_("Form begun that nobody asked for"), NULL },
  { "form.submit", EHCP_PAST_FORMS, N_("Form submitted"), N_("Form submitted: %s") },
  { "identity.verify", EHCP_PAST_PEOPLE, N_("Identity verified"), N_("Identity verified: %s") },
  { "invitation.answer", EHCP_PAST_PEOPLE, N_("Invitation answered"), NULL },
  { "invitation.open", EHCP_PAST_PEOPLE, N_("Invitation opened"), NULL },
  { "mail.bounced", EHCP_PAST_PEOPLE, N_("An e-mail could not be delivered"), N_("An e-mail could not be delivered: %s") },
  { "message.read", EHCP_PAST_READINGS, N_("Opened a message"), N_("Opened the message: %s") },
  { "message.send", EHCP_PAST_MESSAGES, N_("Message sent"), N_("Message sent: %s") },
  { "note.add", EHCP_PAST_MESSAGES, N_("Note added"), NULL },
  { "person.invite", EHCP_PAST_PEOPLE, N_("Person added"), N_("Person added: %s") },
};

static int
find_act (EhcpPastAct *act)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (strcmp (acts[i].what, act->what) == 0)
      return i;
  return -1;
}

const char *
ehcp_past_group_words (EhcpPastGroup group)
{
  return _(groups[group]);
}

EhcpPastGroup
ehcp_past_act_get_group (EhcpPastAct *act)
{
  int n = find_act (act);

  return n >= 0 ? acts[n].group : EHCP_PAST_EVERYTHING;
}

static char *
name_thing (EhcpPastAct *act)
{
  if (g_strcmp0 (act->item_kind, "event") == 0)
    return ehcp_fact_words (act->title, NULL);
  return g_strdup (act->title);
}

/* For the one "%s" of a translated sentence. */
static char *
put_in (const char *sentence, const char *thing)
{
  const char *mark = strstr (sentence, "%s");

  return mark != NULL ? g_strdup_printf ("%.*s%s%s", (int) (mark - sentence), sentence, thing, mark + 2)
                      : g_strdup (sentence);
}

/* "Document published: Advice from the school". */
char *
ehcp_past_act_words (EhcpPastAct *act)
{
  int n = find_act (act);
  g_autofree char *thing = act->title != NULL ? name_thing (act) : NULL;

  if (n < 0)
    return g_strdup (act->what);
  if (thing == NULL || acts[n].titled == NULL)
    return g_strdup (_(acts[n].plain));
  return put_in (_(acts[n].titled), thing);
}

static char *
name_account (const char *id, EhcpBook *book)
{
  EhcpRecord *colleague = book != NULL ? ehcp_book_find_where (book, EHCP_KIND_COLLEAGUE, "account", id) : NULL;

  return g_strdup (colleague != NULL ? ehcp_record_get_text (colleague, "name") : _("somebody who is not here any more"));
}

/* Ids of accounts become names, days become words; everything else stays. */
static char *
read_word (const char *word, EhcpBook *book)
{
  g_autofree char *bare = g_strdup (word);
  gboolean has_colon = g_str_has_suffix (bare, ":");
  g_autofree char *words = NULL;
  gint32 day;

  if (has_colon)
    bare[strlen (bare) - 1] = '\0';
  day = ehcp_date_parse (bare);
  if (ehcp_text_is_id (bare))
    words = name_account (bare, book);
  else if (day != 0)
    words = ehcp_day_words_year (day);
  else
    return g_strdup (word);
  return g_strconcat (words, has_colon ? ":" : "", NULL);
}

/* The parts that only a machine reads say nothing to people. */
static gboolean
is_for_people (EhcpPastAct *act)
{
  static const char *const kinds[] = { "access.withdraw",  "case.allocate", "case.reallocate",  "document.withdraw",
                                       "event.correct",    "event.record",  "exemption.record", "form.submit",
                                       "invitation.answer", NULL };

  return act->detail != NULL && g_strv_contains (kinds, act->what);
}

/* "advice/Social care appointment": the rule, whose part or which adviser, and the ground. */
static char *
explain_exemption (const char *value)
{
  EhcpGround ground = ehcp_exemption_get_ground (value);
  const char *space = strrchr (value, ' ');
  g_autofree char *rule = NULL;
  g_autofree char *limit = NULL;
  char *whose;

  if (ground == EHCP_GROUND_NONE || space == NULL)
    return g_strdup (value);
  rule = g_strndup (value, (gsize) (space - value));
  whose = strchr (rule, '/');
  if (whose != NULL)
    *whose++ = '\0';
  limit = g_str_equal (rule, "advice") ? ehcp_move_title (rule, NULL, whose) : ehcp_move_title (rule, whose, NULL);
  return g_strdup_printf ("%s (%s)", limit, ehcp_ground_explain (ground));
}

/* Of an entry, its title says what it is: the day is left. */
static const char *
skip_fact (EhcpPastAct *act)
{
  const char *space = strchr (act->detail, ' ');

  return g_str_has_prefix (act->what, "event.") && act->title != NULL && space != NULL ? space + 1 : act->detail;
}

/* (nullable): what was noted besides. */
char *
ehcp_past_act_words_detail (EhcpPastAct *act, EhcpBook *book)
{
  g_auto (GStrv) words = NULL;

  if (!is_for_people (act))
    return NULL;
  if (g_str_equal (act->what, "exemption.record"))
    return explain_exemption (act->detail);
  words = g_strsplit (skip_fact (act), " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      char *word = read_word (words[i], book);

      g_free (words[i]);
      words[i] = word;
    }
  return g_strjoinv (" ", words);
}

/* "Priya Nair, caseworker". */
char *
ehcp_past_act_words_who (EhcpPastAct *act)
{
  const char *role = NULL;

  if (g_strcmp0 (act->role, "caseworker") == 0)
    role = _("caseworker");
  else if (g_strcmp0 (act->role, "manager") == 0)
    role = _("manager");
  else if (g_strcmp0 (act->role, "family") == 0)
    role = _("family or professional");
  if (act->who == NULL && (act->account == NULL || *act->account == '\0'))
    return g_strdup (_("The portal by itself"));
  if (act->who == NULL)
    return g_strdup (_("An account that is not here any more"));
  return role != NULL ? g_strdup_printf ("%s, %s", act->who, role) : g_strdup (act->who);
}

/* A cell that a spreadsheet could take for a formula is marked as text: families choose names and subjects. */
static void
append_cell (GString *csv, const char *text)
{
  const char *cell = text != NULL ? text : "";

  if (csv->len > 0 && csv->str[csv->len - 1] != '\n')
    g_string_append_c (csv, ',');
  g_string_append_c (csv, '"');
  if (*cell != '\0' && strchr ("=+-@\t\r", *cell) != NULL)
    g_string_append_c (csv, '\'');
  for (; *cell != '\0'; cell++)
    {
      if (*cell == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *cell);
    }
  g_string_append_c (csv, '"');
}

static void
append_row (GString *csv, EhcpPastAct *act, EhcpBook *book)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, act->number);
  g_autofree char *words = ehcp_past_act_words (act);
  g_autofree char *detail = ehcp_past_act_words_detail (act, book);

  append_cell (csv, number);
  append_cell (csv, act->at);
  append_cell (csv, act->who);
  append_cell (csv, act->role);
  append_cell (csv, act->account);
  append_cell (csv, words);
  append_cell (csv, detail);
  append_cell (csv, act->what);
  append_cell (csv, act->item);
  g_string_append (csv, "\r\n");
}

/* RFC 4180, in UTF-8 with a mark, without which Excel reads accents wrongly. */
char *
ehcp_past_acts_to_csv (GListModel *list, EhcpBook *book)
{
  const char *const heads[] = { _("Number"), _("Time (UTC)"), _("Who"),  _("Role"),  _("Account"),
                                _("What"),   _("Detail"),     _("Kind"), _("Thing") };
  GString *csv = g_string_new (NULL);
  char *text;

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    append_cell (csv, heads[i]);
  g_string_append (csv, "\r\n");
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (EhcpPastAct) act = g_list_model_get_item (list, i);

      append_row (csv, act, book);
    }
  text = g_strconcat ("\xef\xbb\xbf", csv->str, NULL);
  g_string_free (csv, TRUE);
  return text;
}
