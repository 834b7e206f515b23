/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists a case's dates: deadlines as the council concluded them, those of one kind and day as one, and
 * forms that wait for an answer. Their reasons are ehcp-date-reasons.c's. */
#include "ehcp-key-dates.h"

#include <glib/gi18n.h>

#include "ehcp-date-reasons.h"
#include "ehcp-date-rights.h"
#include "ehcp-day-words.h"
#include "ehcp-form-words.h"

#define SOON_DAYS 3
#define DAYS_AHEAD 365 /* for what comes by itself */

/* Deadlines of one rule on one day: six advisers are one date. */
typedef struct
{
  GPtrArray *deadlines;
  const EhcpRule *rule;
  const char *id;       /* the smallest, so that it does not depend on which came first */
  gint64 seq;
  guint n_done;
  EhcpDay done_on;      /* the last of them, when all are done */
  gboolean is_open;
  gboolean is_excused;
} Group;

void
ehcp_key_date_free (EhcpKeyDate *date)
{
  g_free (date->id);
  g_free (date->title);
  g_free (date->day);
  g_free (date->turn);
  g_free (date->status);
  g_free (date->why);
  g_free (date->right);
  g_free (date->missed);
  g_free (date->plain_title);
  g_free (date->plain_text);
  g_free (date->source);
  g_free (date->spoken);
  g_free (date);
}

static gboolean
is_rule (EhcpRecord *deadline, const char *rule)
{
  return g_strcmp0 (ehcp_record_get_text (deadline, "rule"), rule) == 0;
}

/* Practice is no date to hold anybody to, what lapsed is none any more, and that a child of eight will be
 * sixteen is no news. */
static gboolean
is_shown (EhcpRecord *deadline, EhcpDay today)
{
  if (is_rule (deadline, "young-person") && ehcp_record_get_date (deadline, "due") > today + DAYS_AHEAD)
    return FALSE;
  return !is_rule (deadline, "draft-practice") &&
         g_strcmp0 (ehcp_record_get_text (deadline, "state"), "lapsed") != 0;
}

static gboolean
belong_together (EhcpRecord *a, EhcpRecord *b)
{
  return ehcp_date_reasons_group_title (a) != NULL &&
         g_strcmp0 (ehcp_record_get_text (a, "rule"), ehcp_record_get_text (b, "rule")) == 0 &&
         ehcp_record_get_date (a, "due") == ehcp_record_get_date (b, "due") &&
         ehcp_record_get_date (a, "trigger_date") == ehcp_record_get_date (b, "trigger_date");
}

static gboolean
has_state (EhcpRecord *deadline, const char *state)
{
  return g_strcmp0 (ehcp_record_get_text (deadline, "state"), state) == 0;
}

static void
collect (Group *group, GPtrArray *deadlines)
{
  group->deadlines = deadlines;
  group->rule = ehcp_date_reasons_find_rule (deadlines->pdata[0]);
  for (guint i = 0; i < deadlines->len; i++)
    {
      EhcpRecord *deadline = deadlines->pdata[i];
      gboolean is_done = ehcp_record_has (deadline, "met_on") || has_state (deadline, "met");

      if (group->id == NULL || g_strcmp0 (ehcp_record_get_id (deadline), group->id) < 0)
        group->id = ehcp_record_get_id (deadline);
      group->seq = MAX (group->seq, ehcp_record_get_int (deadline, "seq"));
      group->n_done += is_done ? 1 : 0;
      group->done_on = MAX (group->done_on, ehcp_record_get_date (deadline, "met_on"));
      group->is_excused |= has_state (deadline, "excused");
    }
  group->is_open = group->n_done < deadlines->len;
}

static void
set_status (EhcpKeyDate *date, EhcpDateTone tone, char *status)
{
  date->tone = tone;
  date->status = status;
}

static gboolean
is_binding (const Group *group)
{
  return group->rule == NULL || ehcp_rule_is_law (group->rule);
}

/* The family cannot be late for the council: its own days simply end. */
static gboolean
is_family (const Group *group)
{
  return group->rule != NULL && ehcp_rule_get_actor (group->rule) == EHCP_ACTOR_FAMILY;
}

static void
set_open_status (EhcpKeyDate *date, const Group *group, EhcpDay today)
{
  int n_left = date->due - today;

  if (group->is_excused)
    set_status (date, EHCP_DATE_EXCUSED, g_strdup (_("Excused")));
  else if (n_left >= 0)
    set_status (date, n_left <= SOON_DAYS ? EHCP_DATE_SOON : EHCP_DATE_PLAIN,
                ehcp_day_words_left (n_left));
  else if (is_family (group) || !is_binding (group))
    set_status (date, EHCP_DATE_PLAIN, g_strdup (is_family (group) ? _("Over") : _("Expected")));
  else
    set_status (date, EHCP_DATE_LATE, ehcp_day_words_late (-n_left));
}

static void
set_done_status (EhcpKeyDate *date, const Group *group, EhcpDay today)
{
  g_autofree char *day = group->done_on != EHCP_DAY_NONE ? ehcp_day_words_short (group->done_on, today)
                                                         : NULL;
  int n_late = group->done_on - date->due;

  if (group->is_excused)
    set_status (date, EHCP_DATE_EXCUSED, g_strdup (_("Excused")));
  else if (day != NULL && n_late > 0 && is_binding (group))
    {
      g_autofree char *late = ehcp_day_words_late (n_late);

      set_status (date, EHCP_DATE_LATE, g_strdup_printf (_("Done %s"), late));
    }
  else if (day != NULL)
    set_status (date, EHCP_DATE_MET, g_strdup_printf (_("Met %s"), day));
  else
    set_status (date, EHCP_DATE_MET, g_strdup (_("Met")));
}

/* Whose turn it is, always. */
static const char *
name_turn (const Group *group)
{
  if (is_rule (group->deadlines->pdata[0], "young-person"))
    return NULL;
  if (group->rule == NULL)
    return _("our turn");
  switch (ehcp_rule_get_actor (group->rule))
    {
    case EHCP_ACTOR_FAMILY:
      return _("your turn");
    case EHCP_ACTOR_ADVISER:
      return _("their turn");
    case EHCP_ACTOR_SCHOOL:
      return group->deadlines->len > 1 ? _("the schools’ turn") : _("the school’s turn");
    case EHCP_ACTOR_COUNCIL:
    default:
      return _("our turn");
    }
}

static void
set_day (EhcpKeyDate *date, EhcpDay today)
{
  g_autofree char *day = ehcp_day_words_long (date->due);

  if (date->is_open && date->due < today)
    date->day = g_strdup_printf (_("Was due %s"), day);
  else
    date->day = g_steal_pointer (&day);
}

static void
set_spoken (EhcpKeyDate *date)
{
  g_autofree char *day = ehcp_day_words_spoken (date->due);

  date->spoken = g_strdup_printf ("%s, %s, %s", date->title, day, date->status);
}

/* Of several deadlines, an open one tells how it stands; when all are done, the last of them. */
static EhcpRecord *
find_telling (const Group *group)
{
  EhcpRecord *telling = group->deadlines->pdata[0];

  for (guint i = 0; i < group->deadlines->len; i++)
    {
      EhcpRecord *deadline = group->deadlines->pdata[i];

      if (!ehcp_record_has (deadline, "met_on"))
        return deadline;
      if (ehcp_record_get_date (deadline, "met_on") > ehcp_record_get_date (telling, "met_on"))
        telling = deadline;
    }
  return telling;
}

static char *
say_why (EhcpBook *book, const Group *group, EhcpDay today)
{
  guint n = group->deadlines->len;
  g_autofree char *why = ehcp_date_reasons_why (find_telling (group), today);
  g_autofree char *service = ehcp_date_rights_service (book, group->deadlines->pdata[0], today);

  if (service != NULL)
    return g_strdup_printf ("%s %s", why, service);
  if (n == 1 || !group->is_open)
    return g_steal_pointer (&why);
  return g_strdup_printf (ngettext ("%s %u of %u has replied.", "%s %u of %u have replied.", n), why,
                          group->n_done, n);
}

/* For calendars. */
static void
set_plain (EhcpKeyDate *date, EhcpRecord *deadline, gboolean is_group)
{
  const char *words = date->right != NULL ? date->right : date->missed;

  date->plain_title = is_group ? g_strdup (ehcp_date_reasons_group_title (deadline))
                               : ehcp_date_reasons_plain_title (deadline);
  date->plain_text = words != NULL ? g_strdup_printf ("%s\n%s", words, date->source) : g_strdup (date->source);
}

static EhcpKeyDate *
make_date (EhcpBook *book, GPtrArray *deadlines, EhcpDay today)
{
  EhcpRecord *first = deadlines->pdata[0];
  EhcpKeyDate *date = g_new0 (EhcpKeyDate, 1);
  Group group = { 0 };

  collect (&group, deadlines);
  date->id = g_strdup (group.id);
  date->seq = group.seq;
  date->due = ehcp_record_get_date (first, "due");
  date->is_open = group.is_open;
  date->title = deadlines->len > 1 ? g_strdup (ehcp_date_reasons_group_title (first))
                                   : ehcp_date_reasons_title (first);
  set_day (date, today);
  if (group.is_open)
    set_open_status (date, &group, today);
  else
    set_done_status (date, &group, today);
  date->turn = group.is_open ? g_strdup (name_turn (&group)) : NULL;
  date->why = say_why (book, &group, today);
  date->right = ehcp_date_rights_right (first, today);
  date->missed = ehcp_date_rights_missed (find_telling (&group), today);
  date->source = ehcp_date_reasons_source (first);
  set_plain (date, first, deadlines->len > 1);
  set_spoken (date);
  return date;
}

static gboolean
is_to_do (EhcpRecord *form)
{
  EhcpFormStanding standing = ehcp_form_words_get_standing (form);

  return standing == EHCP_STANDING_TO_DO || standing == EHCP_STANDING_RETURNED ||
         standing == EHCP_STANDING_NOT_SENT;
}

static EhcpKeyDate *
make_form_date (EhcpRecord *form, EhcpDay today)
{
  EhcpKeyDate *date = g_new0 (EhcpKeyDate, 1);
  const char *because = ehcp_record_get_text (form, "because");
  int n_left;

  date->id = g_strdup (ehcp_record_get_id (form));
  date->seq = ehcp_record_get_int (form, "seq");
  date->due = ehcp_record_get_date (form, "due");
  date->is_open = TRUE;
  date->title = g_strdup (ehcp_record_get_text (form, "title"));
  date->turn = g_strdup (_("your turn"));
  n_left = date->due - today;
  set_day (date, today);
  if (n_left < 0)
    set_status (date, EHCP_DATE_SOON, g_strdup (_("Still to do")));
  else
    set_status (date, n_left <= SOON_DAYS ? EHCP_DATE_SOON : EHCP_DATE_PLAIN,
                ehcp_day_words_left (n_left));
  date->why = g_strdup (because != NULL ? because : _("Your caseworker asked for it by this day."));
  date->right = g_strdup (_("You find the form under Actions to Complete. If you need longer, tell your "
                            "caseworker."));
  date->plain_title = g_strdup (date->title);
  date->plain_text = g_strdup (date->right);
  set_spoken (date);
  return date;
}

static void
add_deadlines (GPtrArray *dates, EhcpBook *book, const char *case_id, EhcpDay today)
{
  GListModel *list = ehcp_book_get_list (book, EHCP_KIND_DEADLINE, case_id);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (EhcpRecord) deadline = g_list_model_get_item (list, i);
      GPtrArray *group = NULL;

      if (!is_shown (deadline, today))
        continue;
      for (guint j = 0; j < groups->len && group == NULL; j++)
        if (belong_together (g_ptr_array_index ((GPtrArray *) groups->pdata[j], 0), deadline))
          group = groups->pdata[j];
      if (group == NULL)
        {
          group = g_ptr_array_new_with_free_func (g_object_unref);
          g_ptr_array_add (groups, group);
        }
      g_ptr_array_add (group, g_steal_pointer (&deadline));
    }
  for (guint i = 0; i < groups->len; i++)
    g_ptr_array_add (dates, make_date (book, groups->pdata[i], today));
}

static void
add_forms (GPtrArray *dates, EhcpBook *book, const char *case_id, EhcpDay today)
{
  GListModel *list = ehcp_book_get_list (book, EHCP_KIND_FORM, case_id);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (EhcpRecord) form = g_list_model_get_item (list, i);

      if (ehcp_record_has (form, "due") && is_to_do (form))
        g_ptr_array_add (dates, make_form_date (form, today));
    }
}

/* What is open by its day; then what is over, the latest first. */
static int
compare_dates (gconstpointer a, gconstpointer b)
{
  const EhcpKeyDate *one = *(EhcpKeyDate *const *) a, *two = *(EhcpKeyDate *const *) b;

  if (one->is_open != two->is_open)
    return one->is_open ? -1 : 1;
  if (one->due != two->due)
    return (one->due < two->due) == one->is_open ? -1 : 1;
  return g_strcmp0 (one->id, two->id);
}

/* (transfer full): EhcpKeyDates, the open ones first; may be empty. */
GPtrArray *
ehcp_key_dates_list (EhcpBook *book, const char *case_id, EhcpDay today)
{
  GPtrArray *dates = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_key_date_free);

  add_deadlines (dates, book, case_id, today);
  add_forms (dates, book, case_id, today);
  g_ptr_array_sort (dates, compare_dates);
  return dates;
}

/* (nullable): the first that is open. */
const EhcpKeyDate *
ehcp_key_dates_next (GPtrArray *dates)
{
  const EhcpKeyDate *first = dates->len > 0 ? dates->pdata[0] : NULL;

  return first != NULL && first->is_open ? first : NULL;
}
