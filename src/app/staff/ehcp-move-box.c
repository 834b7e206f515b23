/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing moves on before "What this sets" has shown each date. When somebody else moved the case meanwhile, both stand
 * side by side, and what was typed is kept. The fields are ehcp-move-fields.c's. */
#include "ehcp-move-box.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-act.h"
#include "ehcp-columns.h"
#include "ehcp-day-words.h"
#include "ehcp-error-summary.h"
#include "ehcp-error-words.h"
#include "ehcp-error.h"
#include "ehcp-exemption.h"
#include "ehcp-fact-words.h"
#include "ehcp-move-fields.h"
#include "ehcp-move-preview.h"

#define N_UNCHANGED_SHOWN 3
#define LINE 46 /* characters: longer ones wrap, so that the box stays beside the rest of the case */

struct _EhcpMoveBox
{
  AdwBin parent_instance;
  EhcpView *view; /* it holds us */
  char *case_id;
  EhcpMoveMode mode;
  char *corrects; /* the event's id, or NULL */
  gint64 base;    /* the case's number when the fields were filled */
  gboolean is_dirty, is_sending;

  GtkLabel *title;
  GtkWidget *conflict;
  GtkLabel *theirs, *mine;
  GtkWidget *page;
  EhcpErrorSummary *summary;
  EhcpMoveFields *fields;
  GtkWidget *preview, *lines;
  GtkLabel *warnings;
  GtkWidget *exempt, *cancel, *submit;
};

G_DEFINE_FINAL_TYPE (EhcpMoveBox, ehcp_move_box, ADW_TYPE_BIN)

static EhcpBook *
get_book (EhcpMoveBox *box)
{
  return ehcp_view_get_book (box->view);
}

static EhcpRecord *
get_case (EhcpMoveBox *box)
{
  return ehcp_book_find (get_book (box), EHCP_KIND_CASE, box->case_id);
}

static EhcpDay
get_today (EhcpMoveBox *box)
{
  return ehcp_clock_today (ehcp_link_get_clock (ehcp_view_get_link (box->view)));
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "xalign", 0., "max-width-chars", LINE,
                                   NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static EhcpFact
make_fact (EhcpMoveBox *box, const EhcpMoveTyped *typed)
{
  return (EhcpFact){ typed->what, typed->date, typed->until, typed->value };
}

/* What is wrong with it, or unusual */

static void
say_warning (GString *words, const char *text)
{
  if (words->len > 0)
    g_string_append_c (words, '\n');
  g_string_append (words, text);
}

/* FALSE when the council would refuse it; then it stands at the field if @is_pressed. Warnings are only told. */
static gboolean
check_fact (EhcpMoveBox *box, const EhcpMoveTyped *typed, gboolean is_pressed, GString *words)
{
  g_autoptr (GArray) facts = ehcp_move_facts (get_book (box), box->case_id, box->corrects);
  EhcpFact fact = make_fact (box, typed);
  EhcpFinding findings[EHCP_FACT_MAX_FINDINGS];
  gboolean is_right = TRUE;
  guint n = ehcp_fact_check (&fact, (EhcpFact *) (gpointer) facts->data, facts->len, get_today (box),
                             ehcp_record_get_date (get_case (box), "date_of_birth"), findings, G_N_ELEMENTS (findings));

  for (guint i = 0; i < n; i++)
    {
      const char *text = ehcp_finding_explain (findings[i].code);

      if (!findings[i].is_refused || !is_pressed || !ehcp_move_fields_set_error (box->fields, findings[i].member, text))
        say_warning (words, text);
      is_right &= !findings[i].is_refused;
    }
  return is_right;
}

static gboolean
check_exemption (EhcpMoveBox *box, const EhcpMoveTyped *typed, gboolean is_pressed, GString *words)
{
  g_autoptr (GArray) facts = ehcp_move_facts (get_book (box), box->case_id, NULL);
  EhcpExemption found;

  if (typed->value == NULL || typed->date == EHCP_DAY_NONE)
    return FALSE;
  found = ehcp_exemption_check_value (typed->value, (EhcpFact *) (gpointer) facts->data, facts->len, typed->date,
                                      typed->until);
  if (found == EHCP_EXEMPTION_APPLIES)
    return TRUE;
  if (!is_pressed || !ehcp_move_fields_set_error (box->fields, "ground", ehcp_exemption_explain (found)))
    say_warning (words, ehcp_exemption_explain (found));
  return FALSE;
}

static gboolean
check (EhcpMoveBox *box, const EhcpMoveTyped *typed, gboolean is_pressed)
{
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean is_right = TRUE;

  if (strcmp (typed->what, "void") != 0 && typed->date != EHCP_DAY_NONE)
    is_right = box->mode == EHCP_MOVE_EXEMPT ? check_exemption (box, typed, is_pressed, words)
                                              : check_fact (box, typed, is_pressed, words);
  gtk_label_set_label (box->warnings, words->str);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (box->warnings)), words->len > 0);
  return is_right;
}

/* "What this sets" */

static void
add_line (EhcpMoveBox *box, const EhcpMoveLine *line)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *day = ehcp_day_words_short (line->due, get_today (box));
  g_autofree char *before = line->before != EHCP_DAY_NONE ? ehcp_day_words_short (line->before, get_today (box)) : NULL;
  g_autofree char *note = before != NULL ? g_strdup_printf (_("%s, was %s. %s"), ehcp_move_kind_words (line->kind), before,
                                                            line->source)
                                         : g_strdup_printf ("%s. %s", ehcp_move_kind_words (line->kind), line->source);
  GtkWidget *title = make_label (line->title, NULL);

  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (top), title);
  if (line->kind != EHCP_MOVE_MET && line->kind != EHCP_MOVE_DROPPED)
    gtk_box_append (GTK_BOX (top), make_label (day, "heading"));
  gtk_box_append (GTK_BOX (row), top);
  gtk_box_append (GTK_BOX (row), make_label (note, "caption"));
  gtk_widget_add_css_class (row, "sets");
  if (line->kind == EHCP_MOVE_UNCHANGED)
    gtk_widget_add_css_class (row, "dim");
  gtk_box_append (GTK_BOX (box->lines), row);
}

static void
show_preview (EhcpMoveBox *box, const EhcpMoveTyped *typed)
{
  EhcpFact fact = make_fact (box, typed);
  gboolean is_void = strcmp (typed->what, "void") == 0;
  gboolean has_fact = typed->date != EHCP_DAY_NONE && !is_void;
  g_autoptr (GPtrArray) lines = NULL;
  GtkWidget *row;
  guint n_unchanged = 0;

  while ((row = gtk_widget_get_first_child (box->lines)) != NULL)
    gtk_box_remove (GTK_BOX (box->lines), row);
  gtk_widget_set_visible (box->preview, box->mode != EHCP_MOVE_EXEMPT);
  if (!has_fact && !is_void)
    {
      gtk_box_append (GTK_BOX (box->lines), make_label (_("Enter the day, and the dates that follow stand here."), "dim"));
      return;
    }
  lines = ehcp_move_preview (get_book (box), box->case_id, has_fact ? &fact : NULL, box->corrects, get_today (box));
  for (guint i = 0; i < lines->len; i++)
    {
      const EhcpMoveLine *line = lines->pdata[i];

      if (line->kind != EHCP_MOVE_UNCHANGED || n_unchanged++ < N_UNCHANGED_SHOWN)
        add_line (box, line);
    }
  if (lines->len == 0)
    gtk_box_append (GTK_BOX (box->lines), make_label (_("This sets no date by law."), "dim"));
}

static void
refresh_preview (EhcpMoveBox *box)
{
  g_autoptr (EhcpMoveTyped) typed = ehcp_move_fields_read (box->fields);

  check (box, typed, FALSE);
  show_preview (box, typed);
}

/* Beginning anew */

static void
set_mode (EhcpMoveBox *box, EhcpMoveMode mode, EhcpRecord *corrected)
{
  static const char *const titles[] = { N_("Move the case on"), N_("Correct an entry"), N_("Record an exemption") };
  static const char *const acts[] = { N_("Move the case on"), N_("Correct the entry"), N_("Record the exemption") };

  box->mode = mode;
  g_free (box->corrects);
  box->corrects = corrected != NULL ? g_strdup (ehcp_record_get_id (corrected)) : NULL;
  box->base = ehcp_record_get_int (get_case (box), "seq");
  box->is_dirty = FALSE;
  gtk_label_set_label (box->title, _(titles[mode]));
  gtk_button_set_label (GTK_BUTTON (box->submit), _(acts[mode]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (box->submit), GTK_ACCESSIBLE_PROPERTY_LABEL, _(acts[mode]), -1);
  gtk_widget_set_visible (box->exempt, mode == EHCP_MOVE_ENTER);
  gtk_widget_set_visible (box->cancel, mode != EHCP_MOVE_ENTER);
  gtk_widget_set_visible (box->conflict, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (box->summary), FALSE);
  ehcp_move_fields_reset (box->fields, mode, get_book (box), get_case (box), corrected, get_today (box));
  refresh_preview (box);
}

static void
cancel_cb (EhcpMoveBox *box)
{
  set_mode (box, EHCP_MOVE_ENTER, NULL);
}

static void
exempt_cb (EhcpMoveBox *box)
{
  set_mode (box, EHCP_MOVE_EXEMPT, NULL);
  gtk_widget_child_focus (GTK_WIDGET (box->fields), GTK_DIR_TAB_FORWARD);
}

/* What was wrong before is not said of what is typed now. */
static void
fields_changed_cb (EhcpMoveBox *box)
{
  box->is_dirty = TRUE;
  ehcp_move_fields_clear_errors (box->fields);
  gtk_widget_set_visible (GTK_WIDGET (box->summary), FALSE);
  refresh_preview (box);
}

/* Somebody else was there first */

static char *
list_theirs (EhcpMoveBox *box)
{
  GListModel *events = ehcp_book_get_list (get_book (box), EHCP_KIND_EVENT, box->case_id);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (events); i++)
    {
      g_autoptr (EhcpRecord) event = g_list_model_get_item (events, i);
      g_autofree char *words = NULL, *day = NULL;

      if (ehcp_record_get_int (event, "seq") <= box->base)
        continue;
      words = ehcp_fact_words (ehcp_record_get_text (event, "what"), ehcp_record_get_text (event, "value"));
      day = ehcp_day_words_short (ehcp_record_get_date (event, "date"), get_today (box));
      g_string_append_printf (text, _("%s%s, %s, entered by %s"), text->len > 0 ? "\n" : "", words, day,
                              ehcp_record_get_text (event, "entered_by"));
    }
  if (text->len == 0)
    g_string_append (text, _("The case was changed; it is being fetched."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
say_mine (EhcpMoveBox *box)
{
  g_autoptr (EhcpMoveTyped) typed = ehcp_move_fields_read (box->fields);
  g_autofree char *words = ehcp_fact_words (typed->what, box->mode == EHCP_MOVE_EXEMPT ? NULL : typed->value);
  g_autofree char *day = typed->date != EHCP_DAY_NONE ? ehcp_day_words_short (typed->date, get_today (box)) : NULL;

  return day != NULL ? g_strdup_printf ("%s, %s", words, day) : g_steal_pointer (&words);
}

static void
show_conflict (EhcpMoveBox *box)
{
  g_autofree char *theirs = list_theirs (box);
  g_autofree char *mine = say_mine (box);

  gtk_label_set_label (box->theirs, theirs);
  gtk_label_set_label (box->mine, mine);
  gtk_widget_set_visible (box->conflict, TRUE);
  gtk_widget_set_sensitive (box->submit, FALSE);
}

/* The entry is judged by the case as it is now. */
static void
keep_mine_cb (EhcpMoveBox *box)
{
  box->base = ehcp_record_get_int (get_case (box), "seq");
  gtk_widget_set_visible (box->conflict, FALSE);
  gtk_widget_set_sensitive (box->submit, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (box->summary), FALSE);
  refresh_preview (box);
  gtk_widget_grab_focus (box->submit);
}

static void
drop_mine_cb (EhcpMoveBox *box)
{
  gtk_widget_set_sensitive (box->submit, TRUE);
  set_mode (box, EHCP_MOVE_ENTER, NULL);
}

/* Doing it */

static EhcpCommand
get_command (EhcpMoveBox *box)
{
  static const EhcpCommand commands[] = { EHCP_COMMAND_EVENT_RECORD, EHCP_COMMAND_EVENT_CORRECT,
                                          EHCP_COMMAND_EXEMPTION_RECORD };

  return commands[box->mode];
}

static void
show_refusal (EhcpMoveBox *box, const GError *error)
{
  const char *field = ehcp_error_words_get_field (error);
  g_autofree char *words = ehcp_act_words (get_command (box), error);

  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_STALE))
    show_conflict (box);
  else if (field != NULL && ehcp_move_fields_set_error (box->fields, field, words))
    ehcp_error_summary_gather (box->summary, box->page);
  else
    ehcp_error_summary_say (box->summary, words);
}

static void
done_cb (GtkWidget *owner, const char *result, const GError *error, gboolean is_waiting, gpointer data)
{
  static const char *const done[] = { N_("The case has moved on."), N_("The entry is corrected."),
                                      N_("The exemption is recorded.") };
  EhcpMoveBox *box = EHCP_MOVE_BOX (owner);

  box->is_sending = FALSE;
  gtk_widget_set_sensitive (box->submit, TRUE);
  if (error != NULL)
    {
      show_refusal (box, error);
      return;
    }
  ehcp_view_toast (box->view, is_waiting ? _("Kept on this computer. It goes out when the connection is back.")
                                         : _(done[box->mode]));
  set_mode (box, EHCP_MOVE_ENTER, NULL);
}

static void
set_given (EhcpRecord *command, const char *field, const char *text)
{
  if (text != NULL)
    ehcp_record_set_text (command, field, text);
}

/* A correction is of the entry, everything else of the case as it was when the fields were filled. */
static EhcpRecord *
make_command (EhcpMoveBox *box, const EhcpMoveTyped *typed)
{
  EhcpRecord *corrected = ehcp_book_find (get_book (box), EHCP_KIND_EVENT, box->corrects);
  EhcpRecord *command = ehcp_act_new (get_command (box), box->case_id, corrected);
  EhcpDay date = typed->date;

  if (corrected == NULL)
    ehcp_record_set_int (command, "base", box->base);
  else if (date == EHCP_DAY_NONE)
    date = ehcp_record_get_date (corrected, "date");
  ehcp_record_set_date (command, "date", date);
  if (typed->until != EHCP_DAY_NONE)
    ehcp_record_set_date (command, "until", typed->until);
  if (box->mode == EHCP_MOVE_EXEMPT)
    {
      ehcp_record_set_text (command, "rule", typed->rule);
      set_given (command, "part", typed->part);
      ehcp_record_set_text (command, "ground", typed->ground);
      ehcp_record_set_text (command, "reason", typed->text);
      return command;
    }
  set_given (command, "corrects", box->corrects);
  ehcp_record_set_text (command, "what", typed->what);
  set_given (command, "value", typed->value);
  set_given (command, "note", typed->text);
  return command;
}

static void
submit_cb (EhcpMoveBox *box)
{
  g_autoptr (EhcpMoveTyped) typed = NULL;
  g_autoptr (EhcpRecord) command = NULL;
  gboolean is_right;

  if (box->is_sending || !gtk_widget_get_sensitive (box->submit))
    return;
  typed = ehcp_move_fields_read (box->fields);
  is_right = ehcp_move_fields_check (box->fields, typed, get_today (box));
  is_right = is_right && check (box, typed, TRUE);
  if (ehcp_error_summary_gather (box->summary, box->page) || !is_right)
    return;
  box->is_sending = TRUE;
  gtk_widget_set_sensitive (box->submit, FALSE);
  command = make_command (box, typed);
  ehcp_act_send (ehcp_view_get_link (box->view), command, NULL, ehcp_view_get_cancellable (box->view),
                 GTK_WIDGET (box), done_cb, NULL);
}

/* Making it */

static GtkWidget *
make_button (EhcpMoveBox *box, const char *label, const char *css_class, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  g_signal_connect_swapped (button, "clicked", clicked, box);
  return button;
}

static GtkWidget *
make_side (const char *heading, GtkLabel **text)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  *text = GTK_LABEL (make_label ("", NULL));
  gtk_box_append (GTK_BOX (side), make_label (heading, "heading"));
  gtk_box_append (GTK_BOX (side), GTK_WIDGET (*text));
  gtk_widget_set_hexpand (side, TRUE);
  return side;
}

static GtkWidget *
make_conflict (EhcpMoveBox *box)
{
  GtkWidget *conflict = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *sides = ehcp_columns_new (12, TRUE, 0, 0);
  GtkWidget *buttons = ehcp_columns_new (9, FALSE, 0, 0);

  gtk_widget_add_css_class (conflict, "notice");
  gtk_box_append (GTK_BOX (conflict), make_label (_("Somebody has moved this case on since you began. Nothing is "
                                                    "overwritten, and what you typed is kept."), NULL));
  ehcp_columns_append (EHCP_COLUMNS (sides), make_side (_("In the case now"), &box->theirs));
  ehcp_columns_append (EHCP_COLUMNS (sides), make_side (_("What you typed"), &box->mine));
  gtk_box_append (GTK_BOX (conflict), sides);
  ehcp_columns_append (EHCP_COLUMNS (buttons), make_button (box, _("Enter mine as well"), NULL,
                                                            G_CALLBACK (keep_mine_cb)));
  ehcp_columns_append (EHCP_COLUMNS (buttons), make_button (box, _("Leave mine out"), "flat",
                                                            G_CALLBACK (drop_mine_cb)));
  gtk_box_append (GTK_BOX (conflict), buttons);
  gtk_widget_set_visible (conflict, FALSE);
  return conflict;
}

static GtkWidget *
make_preview (EhcpMoveBox *box)
{
  GtkWidget *preview = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  box->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (preview, "what-sets");
  gtk_box_append (GTK_BOX (preview), make_label (_("What this sets"), "heading"));
  gtk_box_append (GTK_BOX (preview), box->lines);
  return preview;
}

static GtkWidget *
make_warnings (EhcpMoveBox *box)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  box->warnings = GTK_LABEL (make_label ("", NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (box->warnings), TRUE);
  gtk_box_append (GTK_BOX (row), g_object_new (GTK_TYPE_IMAGE, "icon-name", "ehcp-soon-symbolic", "valign",
                                               GTK_ALIGN_START, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                               NULL));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (box->warnings));
  gtk_widget_add_css_class (row, "soon");
  gtk_widget_set_visible (row, FALSE);
  return row;
}

static GtkWidget *
make_buttons (EhcpMoveBox *box)
{
  GtkWidget *buttons = ehcp_columns_new (9, FALSE, 0, 0);
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  box->exempt = make_button (box, _("Record an exemption"), "flat", G_CALLBACK (exempt_cb));
  box->cancel = make_button (box, _("Cancel"), "flat", G_CALLBACK (cancel_cb));
  box->submit = make_button (box, "", "suggested-action", G_CALLBACK (submit_cb));
  gtk_widget_set_hexpand (space, TRUE);
  ehcp_columns_append (EHCP_COLUMNS (buttons), box->exempt);
  ehcp_columns_append (EHCP_COLUMNS (buttons), box->cancel);
  ehcp_columns_append (EHCP_COLUMNS (buttons), space);
  ehcp_columns_append (EHCP_COLUMNS (buttons), box->submit);
  return buttons;
}

static void
finalize (GObject *object)
{
  g_free (EHCP_MOVE_BOX (object)->case_id);
  g_free (EHCP_MOVE_BOX (object)->corrects);
  G_OBJECT_CLASS (ehcp_move_box_parent_class)->finalize (object);
}

static void
ehcp_move_box_class_init (EhcpMoveBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
ehcp_move_box_init (EhcpMoveBox *box)
{
  box->page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  box->title = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0., "wrap", TRUE, "accessible-role",
                                        GTK_ACCESSIBLE_ROLE_HEADING, NULL));
  box->summary = g_object_new (EHCP_TYPE_ERROR_SUMMARY, NULL);
  box->fields = g_object_new (EHCP_TYPE_MOVE_FIELDS, NULL);
  box->conflict = make_conflict (box);
  box->preview = make_preview (box);
  gtk_widget_add_css_class (GTK_WIDGET (box->title), "title-4");
  gtk_widget_add_css_class (box->page, "panel");
  gtk_box_append (GTK_BOX (box->page), GTK_WIDGET (box->title));
  gtk_box_append (GTK_BOX (box->page), box->conflict);
  gtk_box_append (GTK_BOX (box->page), GTK_WIDGET (box->summary));
  gtk_box_append (GTK_BOX (box->page), GTK_WIDGET (box->fields));
  gtk_box_append (GTK_BOX (box->page), make_warnings (box));
  gtk_box_append (GTK_BOX (box->page), box->preview);
  gtk_box_append (GTK_BOX (box->page), make_buttons (box));
  adw_bin_set_child (ADW_BIN (box), box->page);
  g_signal_connect_swapped (box->fields, "changed", G_CALLBACK (fields_changed_cb), box);
}

/* Follows the case. While something is typed that was meant for the case as it was, that is said and nothing else. */
void
ehcp_move_box_show_case (EhcpMoveBox *box, EhcpView *view, const char *case_id)
{
  gboolean is_first = box->case_id == NULL;
  gint64 seq;

  box->view = view;
  if (is_first)
    box->case_id = g_strdup (case_id);
  if (get_case (box) == NULL || box->is_sending)
    return;
  seq = ehcp_record_get_int (get_case (box), "seq");
  if (is_first)
    set_mode (box, EHCP_MOVE_ENTER, NULL);
  else if (seq != box->base && box->is_dirty)
    show_conflict (box);
  else if (seq != box->base && box->mode == EHCP_MOVE_ENTER)
    set_mode (box, EHCP_MOVE_ENTER, NULL);
}

void
ehcp_move_box_correct (EhcpMoveBox *box, const char *event_id)
{
  EhcpRecord *event = ehcp_book_find (get_book (box), EHCP_KIND_EVENT, event_id);

  if (event == NULL || get_case (box) == NULL)
    return;
  set_mode (box, EHCP_MOVE_CORRECT, event);
  gtk_widget_child_focus (GTK_WIDGET (box->fields), GTK_DIR_TAB_FORWARD);
}
