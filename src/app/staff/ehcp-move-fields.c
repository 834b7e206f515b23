/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All rows are made once; what an entry does not need is hidden. */
#include "ehcp-move-fields.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-error-row.h"
#include "ehcp-exemption.h"
#include "ehcp-fact-words.h"
#include "ehcp-move-preview.h"
#include "ehcp-row-names.h"
#include "ehcp-typed-day.h"

enum
{
  WHAT,
  LIMIT,
  GROUND,
  DATE,
  FROM,
  UNTIL,
  OUTCOME,
  HOW,
  ORDERED,
  PHASE,
  WHO,
  NOTE,
  REASON,
  N_ROWS
};

/* Of each row: its member on the wire, its label, whether one chooses, whether it must be filled in. */
static const struct
{
  const char *member, *label;
  gboolean is_choice, is_required;
} rows[N_ROWS] = {
  [WHAT] = { "what", N_("What happened"), TRUE, FALSE },
  [LIMIT] = { "rule", N_("Which limit"), TRUE, FALSE },
  [GROUND] = { "ground", N_("Ground"), TRUE, FALSE },
  [DATE] = { "date", N_("On what date"), FALSE, TRUE },
  [FROM] = { "date", N_("From"), FALSE, TRUE },
  [UNTIL] = { "until", N_("Until"), FALSE, FALSE },
  [OUTCOME] = { "value", N_("What was decided"), TRUE, FALSE },
  [HOW] = { "value", N_("How it was served"), TRUE, FALSE },
  [ORDERED] = { "value", N_("What was ordered"), TRUE, FALSE },
  [PHASE] = { "value", N_("From where to where"), TRUE, FALSE },
  [WHO] = { "value", N_("Adviser or school"), FALSE, TRUE },
  [NOTE] = { "note", N_("Note"), FALSE, FALSE },
  [REASON] = { "note", N_("Reason"), FALSE, TRUE },
};

/* A limit that can be excused, of this case. */
typedef struct
{
  const EhcpRule *rule;
  char *part; /* of the rule, or the adviser; or NULL */
} Limit;

struct _EhcpMoveFields
{
  AdwBin parent_instance;
  GtkWidget *rows[N_ROWS];
  EhcpErrorRow *errors[N_ROWS];
  EhcpMoveMode mode;
  GPtrArray *facts;  /* names, as the choices of WHAT stand */
  GArray *limits;    /* of Limit */
  GArray *grounds;   /* of EhcpGround */
  gboolean is_filling;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (EhcpMoveFields, ehcp_move_fields, ADW_TYPE_BIN)

void
ehcp_move_typed_free (EhcpMoveTyped *typed)
{
  g_free (typed->what);
  g_free (typed->value);
  g_free (typed->text);
  g_free (typed->rule);
  g_free (typed->part);
  g_free (typed->ground);
  g_free (typed);
}

static void
clear_limit (gpointer data)
{
  g_free (((Limit *) data)->part);
}

static void
finalize (GObject *object)
{
  EhcpMoveFields *fields = EHCP_MOVE_FIELDS (object);

  g_ptr_array_unref (fields->facts);
  g_array_unref (fields->limits);
  g_array_unref (fields->grounds);
  G_OBJECT_CLASS (ehcp_move_fields_parent_class)->finalize (object);
}

static void
ehcp_move_fields_class_init (EhcpMoveFieldsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
  changed_signal = g_signal_new ("changed", EHCP_TYPE_MOVE_FIELDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 0);
}

static guint
get_chosen (EhcpMoveFields *fields, guint row)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (fields->rows[row]));
}

static char *
get_text (EhcpMoveFields *fields, guint row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (fields->rows[row]))));
}

static const char *
get_fact (EhcpMoveFields *fields)
{
  guint chosen = get_chosen (fields, WHAT);

  if (fields->mode == EHCP_MOVE_EXEMPT)
    return "exemption";
  return chosen < fields->facts->len ? fields->facts->pdata[chosen] : NULL;
}

static EhcpFactNeed
get_need (EhcpMoveFields *fields)
{
  const EhcpFactKind *kind = ehcp_fact_kind_find (get_fact (fields));

  return kind != NULL ? kind->need : EHCP_FACT_PLAIN;
}

static void
show_needed (EhcpMoveFields *fields)
{
  gboolean is_exempt = fields->mode == EHCP_MOVE_EXEMPT;
  gboolean is_void = g_strcmp0 (get_fact (fields), "void") == 0;
  EhcpFactNeed need = get_need (fields);
  const gboolean shown[N_ROWS] = {
    [WHAT] = !is_exempt,
    [LIMIT] = is_exempt,
    [GROUND] = is_exempt,
    [DATE] = !is_exempt && !is_void,
    [FROM] = is_exempt,
    [UNTIL] = is_exempt || need == EHCP_FACT_UNTIL,
    [OUTCOME] = !is_exempt && need == EHCP_FACT_OUTCOME,
    [HOW] = !is_exempt && need == EHCP_FACT_HOW,
    [ORDERED] = !is_exempt && need == EHCP_FACT_ORDER,
    [PHASE] = !is_exempt && need == EHCP_FACT_PHASE,
    [WHO] = !is_exempt && need == EHCP_FACT_WHO,
    [NOTE] = fields->mode == EHCP_MOVE_ENTER,
    [REASON] = fields->mode != EHCP_MOVE_ENTER,
  };

  for (guint i = 0; i < N_ROWS; i++)
    {
      gtk_widget_set_visible (fields->rows[i], shown[i]);
      if (!shown[i])
        ehcp_error_row_set_message (fields->errors[i], NULL);
      ehcp_row_names_tidy (fields->rows[i]);
    }
}

static void
fill_grounds (EhcpMoveFields *fields)
{
  guint chosen = get_chosen (fields, LIMIT);
  EhcpGround grounds = chosen < fields->limits->len
                           ? ehcp_rule_get_grounds (g_array_index (fields->limits, Limit, chosen).rule)
                           : EHCP_GROUND_NONE;
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  gboolean was_filling = fields->is_filling;

  g_array_set_size (fields->grounds, 0);
  for (guint i = 0; i < EHCP_N_GROUNDS; i++)
    {
      EhcpGround ground = ehcp_ground_nth (i);

      if ((grounds & ground) == 0)
        continue;
      gtk_string_list_append (list, ehcp_ground_explain (ground));
      g_array_append_val (fields->grounds, ground);
    }
  fields->is_filling = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (fields->rows[GROUND]), G_LIST_MODEL (list));
  fields->is_filling = was_filling;
}

static void
changed_cb (EhcpMoveFields *fields)
{
  if (fields->is_filling)
    return;
  show_needed (fields);
  g_signal_emit (fields, changed_signal, 0);
}

static void
limit_cb (EhcpMoveFields *fields)
{
  if (!fields->is_filling)
    fill_grounds (fields);
}

static GtkWidget *
make_row (EhcpMoveFields *fields, GtkListBox *list, guint n)
{
  GtkWidget *row = g_object_new (rows[n].is_choice ? ADW_TYPE_COMBO_ROW : ADW_TYPE_ENTRY_ROW, "title",
                                 _(rows[n].label), NULL);

  /* Long names stand under the label, where they are not cut. */
  if (n == WHAT || n == LIMIT || n == GROUND)
    adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  if (rows[n].is_choice)
    adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (list, row);
  fields->errors[n] = g_object_new (EHCP_TYPE_ERROR_ROW, "field", row, "member", rows[n].member, "label",
                                    _(rows[n].label), "required", rows[n].is_required, NULL);
  gtk_list_box_append (list, GTK_WIDGET (fields->errors[n]));
  if (n == LIMIT)
    g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (limit_cb), fields);
  g_signal_connect_swapped (row, rows[n].is_choice ? "notify::selected" : "changed", G_CALLBACK (changed_cb), fields);
  return row;
}

static void
fill_choices (EhcpMoveFields *fields, guint row, EhcpFactNeed need)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint n_choices;
  const EhcpFactChoice *choices = ehcp_fact_choices (need, &n_choices);

  for (guint i = 0; i < n_choices; i++)
    gtk_string_list_append (list, _(choices[i].words));
  adw_combo_row_set_model (ADW_COMBO_ROW (fields->rows[row]), G_LIST_MODEL (list));
}

static void
ehcp_move_fields_init (EhcpMoveFields *fields)
{
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);

  fields->facts = g_ptr_array_new ();
  fields->limits = g_array_new (FALSE, FALSE, sizeof (Limit));
  g_array_set_clear_func (fields->limits, clear_limit);
  fields->grounds = g_array_new (FALSE, FALSE, sizeof (EhcpGround));
  fields->is_filling = TRUE;
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < N_ROWS; i++)
    fields->rows[i] = make_row (fields, GTK_LIST_BOX (list), i);
  fill_choices (fields, OUTCOME, EHCP_FACT_OUTCOME);
  fill_choices (fields, HOW, EHCP_FACT_HOW);
  fill_choices (fields, ORDERED, EHCP_FACT_ORDER);
  fill_choices (fields, PHASE, EHCP_FACT_PHASE);
  fields->is_filling = FALSE;
  adw_bin_set_child (ADW_BIN (fields), list);
}

/* Filling */

static void
set_text (EhcpMoveFields *fields, guint row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (fields->rows[row]), text != NULL ? text : "");
}

static void
set_day (EhcpMoveFields *fields, guint row, EhcpDay day)
{
  g_autofree char *value = day != EHCP_DAY_NONE ? ehcp_day_format (day) : NULL;
  g_autofree char *text = value != NULL ? ehcp_typed_day_from_value (value) : NULL;

  set_text (fields, row, text);
}

static void
fill_facts (EhcpMoveFields *fields, const char *chosen)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint n_kinds, selected = 0;
  const EhcpFactKind *kinds = ehcp_fact_kinds (&n_kinds);

  g_ptr_array_set_size (fields->facts, 0);
  for (guint i = 0; i < n_kinds; i++)
    {
      if (g_strcmp0 (kinds[i].fact, chosen) == 0)
        selected = fields->facts->len;
      gtk_string_list_append (list, _(kinds[i].words));
      g_ptr_array_add (fields->facts, (char *) kinds[i].fact);
    }
  if (fields->mode == EHCP_MOVE_CORRECT)
    {
      gtk_string_list_append (list, _("This never happened"));
      g_ptr_array_add (fields->facts, (char *) "void");
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (fields->rows[WHAT]), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (fields->rows[WHAT]), selected);
}

static void
choose_value (EhcpMoveFields *fields, guint row, EhcpFactNeed need, const char *value)
{
  guint n_choices, selected = 0;
  const EhcpFactChoice *choices = ehcp_fact_choices (need, &n_choices);

  for (guint i = 0; i < n_choices; i++)
    if (g_strcmp0 (choices[i].value, value) == 0)
      selected = i;
  adw_combo_row_set_selected (ADW_COMBO_ROW (fields->rows[row]), selected);
}

/* Whose advice is still awaited, the first of them: most entries of a day are about that. */
static const char *
find_awaited (GArray *facts)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const EhcpFact *asked = &g_array_index (facts, EhcpFact, i);
      gboolean is_in = FALSE;

      if (strcmp (asked->name, "advice-asked") != 0 || asked->value == NULL)
        continue;
      for (guint j = 0; j < facts->len; j++)
        is_in |= strcmp (g_array_index (facts, EhcpFact, j).name, "advice-received") == 0 &&
                 g_strcmp0 (g_array_index (facts, EhcpFact, j).value, asked->value) == 0;
      if (!is_in)
        return asked->value;
    }
  return NULL;
}

static void
fill_limits (EhcpMoveFields *fields, GArray *facts, EhcpDay today)
{
  EhcpDue dues[EHCP_RULES_MAX_DUES];
  guint n = ehcp_rules_conclude ((EhcpFact *) (gpointer) facts->data, facts->len, today, dues, G_N_ELEMENTS (dues));
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  g_array_set_size (fields->limits, 0);
  for (guint i = 0; i < n; i++)
    {
      const char *part = ehcp_rule_get_part (dues[i].rule);
      Limit limit = { dues[i].rule, g_strdup (part != NULL ? part : dues[i].about) };
      g_autofree char *title = ehcp_move_title (ehcp_rule_get_id (dues[i].rule), part, dues[i].about);

      if (ehcp_rule_get_grounds (dues[i].rule) == EHCP_GROUND_NONE || dues[i].state == EHCP_DUE_LAPSED)
        {
          clear_limit (&limit);
          continue;
        }
      gtk_string_list_append (list, title);
      g_array_append_val (fields->limits, limit);
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (fields->rows[LIMIT]), G_LIST_MODEL (list));
  fill_grounds (fields);
}

/* What is about to be corrected stands in the fields; otherwise what most often comes next, today. */
void
ehcp_move_fields_reset (EhcpMoveFields *fields, EhcpMoveMode mode, EhcpBook *book, EhcpRecord *case_record,
                        EhcpRecord *corrected, EhcpDay today)
{
  g_autoptr (GArray) facts = ehcp_move_facts (book, ehcp_record_get_id (case_record), NULL);
  const char *value = corrected != NULL ? ehcp_record_get_text (corrected, "value") : NULL;

  fields->is_filling = TRUE;
  fields->mode = mode;
  fill_facts (fields, corrected != NULL ? ehcp_record_get_text (corrected, "what")
                                        : ehcp_fact_suggest (ehcp_record_get_text (case_record, "stage")));
  choose_value (fields, OUTCOME, EHCP_FACT_OUTCOME, value);
  choose_value (fields, HOW, EHCP_FACT_HOW, value);
  choose_value (fields, ORDERED, EHCP_FACT_ORDER, value);
  choose_value (fields, PHASE, EHCP_FACT_PHASE, value);
  set_text (fields, WHO, corrected != NULL ? value : find_awaited (facts));
  set_day (fields, DATE, corrected != NULL ? ehcp_record_get_date (corrected, "date") : today);
  set_day (fields, FROM, EHCP_DAY_NONE);
  set_day (fields, UNTIL, corrected != NULL ? ehcp_record_get_date (corrected, "until") : EHCP_DAY_NONE);
  set_text (fields, NOTE, NULL);
  set_text (fields, REASON, NULL);
  if (mode == EHCP_MOVE_EXEMPT)
    fill_limits (fields, facts, today);
  show_needed (fields);
  fields->is_filling = FALSE;
  ehcp_move_fields_clear_errors (fields);
}

/* Reading */

static char *
read_value (EhcpMoveFields *fields)
{
  static const guint places[] = { [EHCP_FACT_OUTCOME] = OUTCOME, [EHCP_FACT_HOW] = HOW, [EHCP_FACT_ORDER] = ORDERED,
                                  [EHCP_FACT_PHASE] = PHASE };
  EhcpFactNeed need = get_need (fields);
  guint n_choices, chosen;
  const EhcpFactChoice *choices = ehcp_fact_choices (need, &n_choices);
  g_autofree char *who = need == EHCP_FACT_WHO ? get_text (fields, WHO) : NULL;

  if (who != NULL)
    return *who != '\0' ? g_steal_pointer (&who) : NULL;
  if (choices == NULL)
    return NULL;
  chosen = get_chosen (fields, places[need]);
  return chosen < n_choices ? g_strdup (choices[chosen].value) : NULL;
}

static void
read_exemption (EhcpMoveFields *fields, EhcpMoveTyped *typed)
{
  guint limit = get_chosen (fields, LIMIT), ground = get_chosen (fields, GROUND);

  if (limit < fields->limits->len)
    {
      const Limit *chosen = &g_array_index (fields->limits, Limit, limit);

      typed->rule = g_strdup (ehcp_rule_get_id (chosen->rule));
      typed->part = g_strdup (chosen->part);
    }
  if (ground < fields->grounds->len)
    typed->ground = g_strdup (ehcp_ground_to_string (g_array_index (fields->grounds, EhcpGround, ground)));
  if (typed->rule != NULL && typed->ground != NULL)
    typed->value = typed->part != NULL ? g_strdup_printf ("%s/%s %s", typed->rule, typed->part, typed->ground)
                                       : g_strdup_printf ("%s %s", typed->rule, typed->ground);
}

static EhcpDay
read_day (EhcpMoveFields *fields, guint row)
{
  g_autofree char *text = get_text (fields, row);

  return gtk_widget_get_visible (fields->rows[row]) ? ehcp_typed_day_parse (text) : EHCP_DAY_NONE;
}

EhcpMoveTyped *
ehcp_move_fields_read (EhcpMoveFields *fields)
{
  EhcpMoveTyped *typed = g_new0 (EhcpMoveTyped, 1);
  g_autofree char *text = get_text (fields, fields->mode == EHCP_MOVE_ENTER ? NOTE : REASON);

  typed->what = g_strdup (get_fact (fields));
  typed->text = *text != '\0' ? g_steal_pointer (&text) : NULL;
  typed->date = read_day (fields, fields->mode == EHCP_MOVE_EXEMPT ? FROM : DATE);
  typed->until = read_day (fields, UNTIL);
  if (fields->mode == EHCP_MOVE_EXEMPT)
    read_exemption (fields, typed);
  else
    typed->value = read_value (fields);
  return typed;
}

static void
check_day (EhcpMoveFields *fields, guint row, gboolean is_required)
{
  g_autofree char *text = get_text (fields, row);

  if (!gtk_widget_get_visible (fields->rows[row]))
    return;
  if (*text == '\0' && is_required)
    ehcp_error_row_set_message (fields->errors[row], _("Enter the day, such as 24/11/2026"));
  else if (*text != '\0' && ehcp_typed_day_parse (text) == EHCP_DAY_NONE)
    ehcp_error_row_set_message (fields->errors[row], _("Enter day, month and year, such as 24/11/2026"));
}

gboolean
ehcp_move_fields_check (EhcpMoveFields *fields, const EhcpMoveTyped *typed, EhcpDay today)
{
  ehcp_move_fields_clear_errors (fields);
  check_day (fields, DATE, TRUE);
  check_day (fields, FROM, TRUE);
  check_day (fields, UNTIL, FALSE);
  if (gtk_widget_get_visible (fields->rows[WHO]) && typed->value == NULL)
    ehcp_error_row_set_message (fields->errors[WHO], _("Enter who it is, such as Educational psychologist"));
  if (fields->mode == EHCP_MOVE_CORRECT && typed->text == NULL)
    ehcp_error_row_set_message (fields->errors[REASON], _("Enter why the entry is corrected. It stays in the history"));
  if (fields->mode == EHCP_MOVE_EXEMPT && typed->text == NULL)
    ehcp_error_row_set_message (fields->errors[REASON], _("Enter why the limit could not be kept. The family reads it"));
  if (fields->mode == EHCP_MOVE_EXEMPT && typed->rule == NULL)
    ehcp_error_row_set_message (fields->errors[LIMIT], _("There is no limit in this case that can be excused"));
  for (guint i = 0; i < N_ROWS; i++)
    if (ehcp_error_row_get_message (fields->errors[i]) != NULL)
      return FALSE;
  return TRUE;
}

gboolean
ehcp_move_fields_set_error (EhcpMoveFields *fields, const char *member, const char *message)
{
  for (guint i = 0; i < N_ROWS; i++)
    if (gtk_widget_get_visible (fields->rows[i]) &&
        (g_strcmp0 (rows[i].member, member) == 0 ||
         (fields->mode == EHCP_MOVE_EXEMPT && i == GROUND && g_strcmp0 (member, "value") == 0) ||
         (fields->mode == EHCP_MOVE_EXEMPT && i == REASON && g_strcmp0 (member, "reason") == 0)))
      {
        ehcp_error_row_set_message (fields->errors[i], message);
        return TRUE;
      }
  return FALSE;
}

void
ehcp_move_fields_clear_errors (EhcpMoveFields *fields)
{
  for (guint i = 0; i < N_ROWS; i++)
    ehcp_error_row_set_message (fields->errors[i], NULL);
}
