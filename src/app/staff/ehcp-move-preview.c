/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Concludes twice, without the entry and with it, and says what is different. The council concludes with the same
 * rules; its answer is what holds. */
#include "ehcp-move-preview.h"

#include <glib/gi18n.h>

#include "ehcp-date-reasons.h"
#include "ehcp-day-words.h"
#include "ehcp-facts-implied.h"

void
ehcp_move_line_free (EhcpMoveLine *line)
{
  g_free (line->title);
  g_free (line->source);
  g_free (line);
}

const char *
ehcp_move_kind_words (EhcpMoveKind kind)
{
  switch (kind)
    {
    case EHCP_MOVE_NEW:
      return _("New");
    case EHCP_MOVE_CHANGED:
      return _("Changed");
    case EHCP_MOVE_MET:
      return _("Done by this");
    case EHCP_MOVE_DROPPED:
      return _("No longer due");
    case EHCP_MOVE_UNCHANGED:
    default:
      return _("Unchanged");
    }
}

static gboolean
is_corrected (const GPtrArray *events, EhcpRecord *event)
{
  for (guint i = 0; i < events->len; i++)
    if (g_strcmp0 (ehcp_record_get_text (events->pdata[i], "corrects"), ehcp_record_get_id (event)) == 0)
      return TRUE;
  return FALSE;
}

static const char *
get_given (EhcpRecord *event, const char *field)
{
  const char *text = ehcp_record_get_text (event, field);

  return text != NULL && *text != '\0' ? text : NULL;
}

GArray *
ehcp_move_facts (EhcpBook *book, const char *case_id, const char *without)
{
  const GPtrArray *events = ehcp_book_peek_case (book, EHCP_KIND_EVENT, case_id);
  GArray *facts = g_array_new (FALSE, FALSE, sizeof (EhcpFact));

  for (guint i = 0; events != NULL && i < events->len; i++)
    {
      EhcpRecord *event = events->pdata[i];
      EhcpFact fact = { ehcp_record_get_text (event, "what"), ehcp_record_get_date (event, "date"),
                        ehcp_record_get_date (event, "until"), get_given (event, "value") };

      if (ehcp_rules_knows_fact (fact.name) && !is_corrected (events, event) &&
          g_strcmp0 (ehcp_record_get_id (event), without) != 0)
        g_array_append_val (facts, fact);
    }
  return facts;
}

typedef struct
{
  GArray *facts;
  EhcpDue dues[EHCP_RULES_MAX_DUES];
  gboolean is_paired[EHCP_RULES_MAX_DUES];
  guint n_dues;
} Conclusion;

static void
conclude (Conclusion *out, GArray *facts, EhcpDay today)
{
  out->facts = facts;
  ehcp_facts_add_implied (facts);
  out->n_dues = ehcp_rules_conclude ((EhcpFact *) (gpointer) facts->data, facts->len, today, out->dues,
                                     G_N_ELEMENTS (out->dues));
}

static gboolean
is_open (const EhcpDue *due)
{
  return due->met_on == EHCP_DAY_NONE && due->state != EHCP_DUE_MET && due->state != EHCP_DUE_LAPSED;
}

/* As deadlines keep their ids: the same rule, part, member and trigger. */
static const EhcpDue *
find_pair (Conclusion *before, const EhcpDue *due)
{
  for (guint i = 0; i < before->n_dues; i++)
    if (!before->is_paired[i] && before->dues[i].rule == due->rule &&
        g_strcmp0 (before->dues[i].about, due->about) == 0 &&
        g_strcmp0 (before->dues[i].trigger, due->trigger) == 0)
      {
        before->is_paired[i] = TRUE;
        return &before->dues[i];
      }
  return NULL;
}

/* Families are told of these as "your". */
static const struct
{
  const char *rule;
  const char *words;
} titles[] = {
  { "draft-practice", N_("Draft plan") },
  { "draft-comments", N_("Family’s comments and choice of school") },
  { "amend-comments", N_("Family’s comments on the changes") },
  { "review-under-5", N_("Review for a child under 5") },
  { "mediation-contact", N_("Family’s last day for mediation") },
  { "appeal", N_("Family’s last day to appeal") },
  { "tribunal-answer", N_("Answer to the Tribunal") },
  { "transfer-plan", N_("Plan goes to the new council") },
  { "transfer-tell", N_("Tell the family what happens to the plan") },
  { "order-assess", N_("Assessment ordered by the Tribunal") },
  { "order-make-plan", N_("Plan ordered by the Tribunal") },
  { "young-person", N_("Rights pass to the young person") },
};

char *
ehcp_move_title (const char *rule, const char *part, const char *about)
{
  g_autoptr (EhcpRecord) deadline = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_strcmp0 (titles[i].rule, rule) == 0)
      return g_strdup (_(titles[i].words));
  deadline = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DEADLINE));
  ehcp_record_set_text (deadline, "rule", rule);
  ehcp_record_set_text (deadline, "part", part);
  ehcp_record_set_text (deadline, "about", about);
  return ehcp_date_reasons_title (deadline);
}

static char *
say_source (const EhcpDue *due, EhcpDay today)
{
  g_autofree char *length = ehcp_date_reasons_length (due->rule);
  g_autofree char *day = ehcp_day_words_short (due->trigger_date, today);
  g_autofree char *counted = g_strdup_printf (ehcp_rule_is_beginning_with (due->rule) ? _("%s beginning with %s")
                                                                                       : _("%s from %s"),
                                              length, day);

  return g_strdup_printf ("%s. %s", counted, ehcp_rule_get_source (due->rule));
}

static void
add_line (GPtrArray *lines, EhcpMoveKind kind, const EhcpDue *due, EhcpDay before, EhcpDay today)
{
  EhcpMoveLine *line = g_new0 (EhcpMoveLine, 1);

  line->kind = kind;
  line->title = ehcp_move_title (ehcp_rule_get_id (due->rule), ehcp_rule_get_part (due->rule), due->about);
  line->source = say_source (due, today);
  line->due = due->due;
  line->before = before;
  g_ptr_array_add (lines, line);
}

static void
compare_due (GPtrArray *lines, Conclusion *before, const EhcpDue *due, EhcpDay today)
{
  const EhcpDue *old = find_pair (before, due);

  if (old == NULL && is_open (due))
    add_line (lines, EHCP_MOVE_NEW, due, EHCP_DAY_NONE, today);
  else if (old == NULL)
    return;
  else if (is_open (old) && due->state == EHCP_DUE_LAPSED)
    add_line (lines, EHCP_MOVE_DROPPED, due, EHCP_DAY_NONE, today);
  else if (is_open (old) && !is_open (due))
    add_line (lines, EHCP_MOVE_MET, due, EHCP_DAY_NONE, today);
  else if (is_open (due) && old->due != due->due)
    add_line (lines, EHCP_MOVE_CHANGED, due, old->due, today);
  else if (is_open (due) && !is_open (old))
    add_line (lines, EHCP_MOVE_NEW, due, EHCP_DAY_NONE, today);
  else if (is_open (due))
    add_line (lines, EHCP_MOVE_UNCHANGED, due, EHCP_DAY_NONE, today);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const EhcpMoveLine *one = *(EhcpMoveLine *const *) a, *two = *(EhcpMoveLine *const *) b;
  gboolean is_one_still = one->kind == EHCP_MOVE_UNCHANGED, is_two_still = two->kind == EHCP_MOVE_UNCHANGED;

  if (is_one_still != is_two_still)
    return is_one_still ? 1 : -1;
  if (one->due != two->due)
    return one->due < two->due ? -1 : 1;
  return g_strcmp0 (one->title, two->title);
}

GPtrArray *
ehcp_move_preview (EhcpBook *book, const char *case_id, const EhcpFact *entry, const char *corrects, EhcpDay today)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_move_line_free);
  g_autoptr (GArray) old_facts = ehcp_move_facts (book, case_id, NULL);
  g_autoptr (GArray) new_facts = ehcp_move_facts (book, case_id, corrects);
  g_autofree Conclusion *before = g_new0 (Conclusion, 1);
  g_autofree Conclusion *after = g_new0 (Conclusion, 1);

  if (entry != NULL)
    g_array_append_val (new_facts, *entry);
  conclude (before, old_facts, today);
  conclude (after, new_facts, today);
  for (guint i = 0; i < after->n_dues; i++)
    compare_due (lines, before, &after->dues[i], today);
  for (guint i = 0; i < before->n_dues; i++)
    if (!before->is_paired[i] && is_open (&before->dues[i]))
      add_line (lines, EHCP_MOVE_DROPPED, &before->dues[i], EHCP_DAY_NONE, today);
  g_ptr_array_sort (lines, compare_lines);
  return lines;
}
