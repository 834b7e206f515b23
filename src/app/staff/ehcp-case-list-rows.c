/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records into rows: one function for each kind of list. */
#include "ehcp-case-list-rows.h"

#include <glib/gi18n.h>

#include "ehcp-day-words.h"
#include "ehcp-fact-words.h"
#include "ehcp-move-preview.h"
#include "ehcp-person-words.h"
#include "ehcp-places.h"
#include "ehcp-time-words.h"

#define N_ENTRIES_SHOWN 5
#define N_NOTES_SHOWN 3
#define SOON_DAYS 7

void
ehcp_case_list_row_free (EhcpCaseListRow *row)
{
  g_free (row->id);
  g_free (row->title);
  g_free (row->subtitle);
  g_free (row->tag);
  g_free (row->place);
  g_free (row);
}

static EhcpCaseListRow *
add (GPtrArray *rows, EhcpRecord *record)
{
  EhcpCaseListRow *row = g_new0 (EhcpCaseListRow, 1);

  row->id = g_strdup (ehcp_record_get_id (record));
  g_ptr_array_add (rows, row);
  return row;
}

static gboolean
has_text (EhcpRecord *record, const char *field, const char *text)
{
  return g_strcmp0 (ehcp_record_get_text (record, field), text) == 0;
}

/* Entries */

static gboolean
is_corrected (EhcpBook *book, EhcpRecord *event)
{
  const GPtrArray *events = ehcp_book_peek_case (book, EHCP_KIND_EVENT, ehcp_record_get_case (event));

  for (guint i = 0; events != NULL && i < events->len; i++)
    if (has_text (events->pdata[i], "corrects", ehcp_record_get_id (event)))
      return TRUE;
  return FALSE;
}

static char *
say_entered (EhcpRecord *event, gint64 now_s)
{
  g_autofree char *day = ehcp_day_words_year (ehcp_record_get_date (event, "date"));
  g_autofree char *when = ehcp_time_words_of_text (ehcp_record_get_text (event, "entered_at"), now_s);
  const char *note = ehcp_record_get_text (event, "note");
  g_autofree char *line = g_strdup_printf (_("%s, entered by %s, %s"), day, ehcp_record_get_text (event, "entered_by"),
                                           when);

  return note != NULL && *note != '\0' ? g_strdup_printf ("%s\n%s", line, note) : g_steal_pointer (&line);
}

static void
add_entries (GPtrArray *rows, EhcpBook *book, const char *case_id, gint64 now_s)
{
  GListModel *events = ehcp_book_get_list (book, EHCP_KIND_EVENT, case_id);

  for (guint i = g_list_model_get_n_items (events); i > 0; i--)
    {
      g_autoptr (EhcpRecord) event = g_list_model_get_item (events, i - 1);
      gboolean is_old = is_corrected (book, event);
      EhcpCaseListRow *row = add (rows, event);

      row->title = ehcp_fact_words (ehcp_record_get_text (event, "what"), ehcp_record_get_text (event, "value"));
      row->subtitle = say_entered (event, now_s);
      if (is_old)
        row->tag = g_strdup (_("Corrected"));
      else if (ehcp_record_has (event, "corrects"))
        row->tag = g_strdup (_("Correction"));
      row->can_be_corrected = !is_old && !has_text (event, "what", "void");
      row->is_over = rows->len > N_ENTRIES_SHOWN;
    }
}

/* Dates */

static const char *
name_actor (EhcpRecord *deadline)
{
  static const char *const names[][2] = { { "council", N_("ours to do") },
                                          { "family", N_("the family’s") },
                                          { "adviser", N_("the adviser’s") },
                                          { "school", N_("the school’s") } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (has_text (deadline, "actor", names[i][0]))
      return _(names[i][1]);
  return "";
}

static gboolean
is_law (EhcpRecord *deadline)
{
  const char *part = ehcp_record_get_text (deadline, "part");
  const EhcpRule *rule = ehcp_rule_find (ehcp_record_get_text (deadline, "rule"), part);

  return rule == NULL || ehcp_rule_is_law (rule);
}

static void
set_standing (EhcpCaseListRow *row, EhcpRecord *deadline, EhcpDay today)
{
  int n_left = ehcp_record_get_date (deadline, "due") - today;
  EhcpDay met_on = ehcp_record_get_date (deadline, "met_on");
  gboolean can_be_late = is_law (deadline) && !has_text (deadline, "actor", "family");

  row->is_over = ehcp_record_has (deadline, "met_on") || has_text (deadline, "state", "met");
  row->tone = EHCP_TAG_PLAIN;
  if (has_text (deadline, "state", "excused"))
    {
      row->tag = g_strdup (_("Excused"));
      row->tone = EHCP_TAG_EXCUSED;
    }
  else if (row->is_over)
    {
      g_autofree char *day = met_on != EHCP_DAY_NONE ? ehcp_day_words_short (met_on, today) : NULL;

      row->tag = day != NULL ? g_strdup_printf (_("Done %s"), day) : g_strdup (_("Done"));
      row->tone = can_be_late && met_on > ehcp_record_get_date (deadline, "due") ? EHCP_TAG_LATE : EHCP_TAG_GOOD;
    }
  else if (n_left < 0 && can_be_late)
    {
      row->tag = ehcp_day_words_late (-n_left);
      row->tone = EHCP_TAG_LATE;
    }
  else if (n_left < 0)
    row->tag = g_strdup (_("Over"));
  else
    {
      row->tag = ehcp_day_words_left (n_left);
      row->tone = n_left <= SOON_DAYS ? EHCP_TAG_SOON : EHCP_TAG_PLAIN;
    }
}

static char *
say_deadline (EhcpRecord *deadline, EhcpDay today)
{
  g_autofree char *day = ehcp_day_words_long (ehcp_record_get_date (deadline, "due"));
  g_autofree char *from = ehcp_day_words_short (ehcp_record_get_date (deadline, "trigger_date"), today);
  g_autofree char *since = ehcp_fact_words (ehcp_record_get_text (deadline, "trigger"), NULL);
  const char *ground = ehcp_record_get_text (deadline, "ground");
  g_autofree char *line = g_strdup_printf (_("%s, %s. Counted from %s, “%s”. %s"), day, name_actor (deadline), from, since,
                                           ehcp_record_get_text (deadline, "source"));

  return ground != NULL && *ground != '\0' ? g_strdup_printf ("%s. %s", line, ground) : g_steal_pointer (&line);
}

static int
compare_standing (gconstpointer a, gconstpointer b)
{
  const EhcpCaseListRow *one = *(EhcpCaseListRow *const *) a, *two = *(EhcpCaseListRow *const *) b;

  return one->is_over - two->is_over;
}

static void
add_deadlines (GPtrArray *rows, EhcpBook *book, const char *case_id, EhcpDay today)
{
  GListModel *deadlines = ehcp_book_get_list (book, EHCP_KIND_DEADLINE, case_id);

  for (guint i = 0; i < g_list_model_get_n_items (deadlines); i++)
    {
      g_autoptr (EhcpRecord) deadline = g_list_model_get_item (deadlines, i);
      EhcpCaseListRow *row;

      if (has_text (deadline, "state", "lapsed"))
        continue;
      row = add (rows, deadline);
      row->title = ehcp_move_title (ehcp_record_get_text (deadline, "rule"), ehcp_record_get_text (deadline, "part"),
                                    ehcp_record_get_text (deadline, "about"));
      row->subtitle = say_deadline (deadline, today);
      set_standing (row, deadline, today);
    }
  /* Stable: by day within both. */
  g_ptr_array_sort (rows, compare_standing);
}

/* Notes */

static void
add_notes (GPtrArray *rows, EhcpBook *book, const char *case_id, gint64 now_s)
{
  GListModel *notes = ehcp_book_get_list (book, EHCP_KIND_NOTE, case_id);

  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (EhcpRecord) note = g_list_model_get_item (notes, i);
      g_autofree char *when = ehcp_time_words_of_text (ehcp_record_get_text (note, "written_at"), now_s);
      EhcpCaseListRow *row = add (rows, note);

      row->title = g_strdup (ehcp_record_get_text (note, "text"));
      row->subtitle = g_strdup_printf ("%s, %s", ehcp_record_get_text (note, "author"), when);
      if (ehcp_record_get_delivery (note) == EHCP_DELIVERY_WAITING)
        row->tag = g_strdup (_("Waiting to be sent"));
      row->is_over = rows->len > N_NOTES_SHOWN;
    }
}

/* Forms */

static void
set_form_state (EhcpCaseListRow *row, EhcpRecord *form)
{
  static const struct
  {
    const char *state, *words;
    EhcpTagTone tone;
    gboolean is_over;
  } states[] = {
    { "asked", N_("Asked for"), EHCP_TAG_PLAIN, FALSE },       { "submitted", N_("To review"), EHCP_TAG_SOON, FALSE },
    { "returned", N_("Returned"), EHCP_TAG_PLAIN, FALSE },     { "accepted", N_("Accepted"), EHCP_TAG_GOOD, TRUE },
    { "withdrawn", N_("Withdrawn"), EHCP_TAG_PLAIN, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (has_text (form, "state", states[i].state))
      {
        row->tag = g_strdup (_(states[i].words));
        row->tone = states[i].tone;
        row->is_over = states[i].is_over;
      }
}

static void
add_forms (GPtrArray *rows, EhcpBook *book, const char *case_id, EhcpDay today)
{
  GListModel *forms = ehcp_book_get_list (book, EHCP_KIND_FORM, case_id);

  for (guint i = 0; i < g_list_model_get_n_items (forms); i++)
    {
      g_autoptr (EhcpRecord) form = g_list_model_get_item (forms, i);
      EhcpRecord *person = ehcp_book_find (book, EHCP_KIND_PERSON, ehcp_record_get_text (form, "person"));
      g_autofree char *name = person != NULL ? ehcp_person_words_name (person) : g_strdup (_("Somebody"));
      g_autofree char *due = ehcp_record_has (form, "due")
                                 ? ehcp_day_words_short (ehcp_record_get_date (form, "due"), today) : NULL;
      EhcpCaseListRow *row = add (rows, form);

      row->title = g_strdup (ehcp_record_get_text (form, "title"));
      row->subtitle = due != NULL ? g_strdup_printf (_("%s, due %s"), name, due) : g_strdup (name);
      set_form_state (row, form);
      if (ehcp_places_find ("review") != NULL &&
          (has_text (form, "state", "submitted") || has_text (form, "state", "accepted")))
        row->place = g_strdup_printf ("review/%s", row->id);
    }
  g_ptr_array_sort (rows, compare_standing);
}

/* (transfer full): EhcpCaseListRows, what is shown at first before what is behind "Show all". */
GPtrArray *
ehcp_case_list_rows (EhcpCaseListKind kind, EhcpBook *book, const char *case_id, EhcpDay today, gint64 now_s)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_case_list_row_free);

  switch (kind)
    {
    case EHCP_CASE_LIST_ENTRIES:
      add_entries (rows, book, case_id, now_s);
      break;
    case EHCP_CASE_LIST_DEADLINES:
      add_deadlines (rows, book, case_id, today);
      break;
    case EHCP_CASE_LIST_NOTES:
      add_notes (rows, book, case_id, now_s);
      break;
    case EHCP_CASE_LIST_FORMS:
      add_forms (rows, book, case_id, today);
      break;
    }
  return rows;
}
