/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case in short, the same facts in the same order for each child. */
#include "ehcp-child-card.h"

#include <glib/gi18n.h>

#include "ehcp-case-timeline.h"
#include "ehcp-columns.h"
#include "ehcp-dashboard-words.h"
#include "ehcp-key-dates.h"
#include "ehcp-stage-words.h"
#include "ehcp-tag.h"
#include "ehcp-weeks-bar.h"

struct _EhcpChildCard
{
  AdwBin parent_instance;
  char *case_id;
  GtkWidget *avatar;
  GtkWidget *name;
  GtkWidget *reference;
  GtkWidget *tags;
  GtkWidget *current;
  GtkWidget *late;
  GtkWidget *stage;
  GtkWidget *weeks_box;
  GtkWidget *bar;
  GtkWidget *weeks;
  GtkWidget *date;
  GtkWidget *day;
  GtkWidget *left;
  GtkWidget *messages;
  GtkWidget *documents;
  GtkWidget *actions;
  GtkWidget *open;
};

G_DEFINE_FINAL_TYPE (EhcpChildCard, ehcp_child_card, ADW_TYPE_BIN)

static void
open_clicked_cb (EhcpChildCard *card)
{
  g_autofree char *place = g_strdup_printf ("dashboard/%s", card->case_id);

  gtk_widget_activate_action (GTK_WIDGET (card), "win.go", "s", place);
}

static void
finalize (GObject *object)
{
  g_clear_pointer (&EHCP_CHILD_CARD (object)->case_id, g_free);
  G_OBJECT_CLASS (ehcp_child_card_parent_class)->finalize (object);
}

static void
ehcp_child_card_class_init (EhcpChildCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  g_type_ensure (EHCP_TYPE_COLUMNS);
  g_type_ensure (EHCP_TYPE_TAG);
  g_type_ensure (EHCP_TYPE_WEEKS_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-child-card.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, avatar);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, name);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, reference);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, tags);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, current);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, late);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, stage);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, weeks_box);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, bar);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, weeks);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, date);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, day);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, left);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, messages);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, documents);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, actions);
  gtk_widget_class_bind_template_child (widget_class, EhcpChildCard, open);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
}

static void
ehcp_child_card_init (EhcpChildCard *card)
{
  gtk_widget_init_template (GTK_WIDGET (card));
  ehcp_tag_set (EHCP_TAG (card->current), EHCP_TAG_CURRENT, _("Current stage"));
  ehcp_tag_set (EHCP_TAG (card->late), EHCP_TAG_LATE, _("Late"));
}

GtkWidget *
ehcp_child_card_new (const char *case_id, guint position)
{
  EhcpChildCard *card = g_object_new (EHCP_TYPE_CHILD_CARD, NULL);

  card->case_id = g_strdup (case_id);
  if (position % 2 == 1)
    gtk_widget_add_css_class (card->avatar, "second");
  return GTK_WIDGET (card);
}

const char *
ehcp_child_card_get_case (EhcpChildCard *card)
{
  return card->case_id;
}

static void
show_name (EhcpChildCard *card, EhcpRecord *case_record)
{
  g_autofree char *name = ehcp_dashboard_words_child (case_record);

  adw_avatar_set_text (ADW_AVATAR (card->avatar), name);
  gtk_label_set_label (GTK_LABEL (card->name), name);
  gtk_label_set_label (GTK_LABEL (card->reference), ehcp_record_get_text (case_record, "reference"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (card->open), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, name, -1);
}

/* Of a case without an assessment under way, the council's own name for its stage. */
static const char *
name_stage (EhcpBook *book, EhcpRecord *case_record, const EhcpCaseTimeline *found)
{
  const char *stage = ehcp_record_get_text (case_record, "stage");
  EhcpRecord *words = ehcp_book_find_where (book, EHCP_KIND_STAGE_TEXT, "stage", stage);

  if (found != NULL && !found->timeline.is_over)
    return ehcp_stage_words_name (found->timeline.current);
  if (words != NULL)
    return ehcp_record_get_text (words, "title");
  return g_strcmp0 (stage, "ended") == 0 ? _("Ended") : _("Plan and yearly review");
}

static void
show_stage (EhcpChildCard *card, EhcpBook *book, EhcpRecord *case_record, EhcpDay today)
{
  EhcpCaseTimeline found;
  gboolean has_timeline = ehcp_case_timeline_compute (book, card->case_id, today, &found);
  const EhcpStage *stage = &found.timeline.stages[found.timeline.current];
  gboolean is_running = has_timeline && stage->state == EHCP_STAGE_CURRENT;

  gtk_widget_set_visible (card->tags, is_running);
  gtk_widget_set_visible (card->weeks_box, has_timeline);
  gtk_label_set_label (GTK_LABEL (card->stage), name_stage (book, case_record, has_timeline ? &found : NULL));
  if (!has_timeline)
    return;
  gtk_widget_set_visible (card->late, is_running && stage->is_late);
  ehcp_weeks_bar_set_timeline (EHCP_WEEKS_BAR (card->bar), &found.timeline);
  g_autofree char *weeks = ehcp_weeks_words_line (&found.timeline);
  gtk_label_set_label (GTK_LABEL (card->weeks), weeks);
}

static void
show_next_date (EhcpChildCard *card, EhcpBook *book, EhcpDay today)
{
  static const EhcpTagTone tones[] = {
    [EHCP_DATE_PLAIN] = EHCP_TAG_PLAIN, [EHCP_DATE_SOON] = EHCP_TAG_SOON, [EHCP_DATE_LATE] = EHCP_TAG_LATE,
    [EHCP_DATE_MET] = EHCP_TAG_GOOD, [EHCP_DATE_EXCUSED] = EHCP_TAG_EXCUSED
  };
  g_autoptr (GPtrArray) dates = ehcp_key_dates_list (book, card->case_id, today);
  const EhcpKeyDate *next = ehcp_key_dates_next (dates);

  gtk_widget_set_visible (card->left, next != NULL);
  gtk_widget_set_visible (card->day, next != NULL);
  gtk_label_set_label (GTK_LABEL (card->date), next != NULL ? next->title : _("No date is open"));
  if (next == NULL)
    return;
  gtk_label_set_label (GTK_LABEL (card->day), next->day);
  ehcp_tag_set (EHCP_TAG (card->left), tones[next->tone], next->status);
}

/* What is new stands out; nothing new is dim, and still said. */
static void
show_count (GtkWidget *label, guint n, char *text)
{
  GtkWidget *box = gtk_widget_get_parent (label);

  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_remove_css_class (label, n > 0 ? "dim" : "heading");
  gtk_widget_add_css_class (label, n > 0 ? "heading" : "dim");
  if (n > 0)
    gtk_widget_remove_css_class (box, "nothing");
  else
    gtk_widget_add_css_class (box, "nothing");
  g_free (text);
}

static void
show_counts (EhcpChildCard *card, EhcpBook *book)
{
  guint n_messages = ehcp_book_count_unread (book, EHCP_KIND_MESSAGE, card->case_id);
  guint n_documents = ehcp_book_count_unread (book, EHCP_KIND_DOCUMENT, card->case_id);
  EhcpDay due;
  guint n_actions = ehcp_dashboard_count_actions (book, card->case_id, &due);

  show_count (card->messages, n_messages,
              g_strdup_printf (ngettext ("%u message", "%u messages", n_messages), n_messages));
  show_count (card->documents, n_documents,
              g_strdup_printf (ngettext ("%u document", "%u documents", n_documents), n_documents));
  show_count (card->actions, n_actions,
              g_strdup_printf (ngettext ("%u action", "%u actions", n_actions), n_actions));
}

void
ehcp_child_card_show_case (EhcpChildCard *card, EhcpBook *book, EhcpRecord *case_record, EhcpDay today)
{
  g_return_if_fail (EHCP_IS_CHILD_CARD (card));

  show_name (card, case_record);
  show_stage (card, book, case_record, today);
  show_next_date (card, book, today);
  show_counts (card, book);
}
