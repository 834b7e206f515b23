/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes the newest draft and the newest final plan, or the two newest plans; reads both, compares them in a
 * thread, and leads from change to change by keyboard. */
#include "ehcp-compare-view.h"

#include <glib/gi18n.h>

#include "ehcp-compare-section.h"
#include "ehcp-day-words.h"
#include "ehcp-document-saving.h"
#include "ehcp-document-whole-text.h"
#include "ehcp-family-header.h"
#include "ehcp-stack-pages.h"

struct _EhcpCompareView
{
  EhcpView parent_instance;

  GtkStack *pages;
  GtkLabel *first_title;
  GtkLabel *second_title;
  GtkWidget *next;
  GtkLabel *count;
  GtkBox *sections;
  AdwStatusPage *problem;

  char *case_id;
  EhcpRecord *first;
  EhcpRecord *second;
  char *first_text;
  char *second_text;
  GArray *changes; /* EhcpCompareChange, in order */
  int change;      /* the one that is shown, or -1 */
};

G_DEFINE_FINAL_TYPE (EhcpCompareView, ehcp_compare_view, EHCP_TYPE_VIEW)

/* Which two */

static EhcpRecord *
find_newest (EhcpCompareView *self, const char *kind, EhcpRecord *before)
{
  GListModel *documents = ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_DOCUMENT,
                                              self->case_id);
  EhcpRecord *newest = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EhcpRecord) document = g_list_model_get_item (documents, i);

      if (g_strcmp0 (ehcp_record_get_text (document, "kind"), kind) == 0 && document != before &&
          (newest == NULL || g_strcmp0 (ehcp_record_get_text (document, "published_at"),
                                        ehcp_record_get_text (newest, "published_at")) > 0))
        newest = document; /* the book holds it */
    }
  return newest;
}

static void
choose (EhcpCompareView *self)
{
  EhcpRecord *final = find_newest (self, "final-plan", NULL);
  EhcpRecord *draft = find_newest (self, "draft-plan", NULL);

  EhcpRecord *second = final != NULL ? final : draft;
  EhcpRecord *first = final != NULL && draft != NULL ? draft
                      : final != NULL                ? find_newest (self, "final-plan", final)
                                                     : find_newest (self, "draft-plan", draft);

  g_set_object (&self->first, first);
  g_set_object (&self->second, second);
}

static void
show_title (GtkLabel *label, EhcpRecord *document)
{
  g_autofree char *day = ehcp_day_words_year (ehcp_record_get_date (document, "issued"));
  g_autofree char *words = g_strdup_printf ("%s, %s", ehcp_record_get_text (document, "title"), day);

  gtk_label_set_label (label, words);
}

static void
show_problem (EhcpCompareView *self, const char *title, const char *text)
{
  adw_status_page_set_title (self->problem, title);
  adw_status_page_set_description (self->problem, text);
  gtk_stack_set_visible_child_name (self->pages, "problem");
}

/* Changes */

static void
show_count (EhcpCompareView *self)
{
  guint n = self->changes->len;
  g_autofree char *words =
      n == 0            ? g_strdup (_("Nothing has changed"))
      : self->change < 0 ? g_strdup_printf (ngettext ("%u place has changed", "%u places have changed", n), n)
                         : g_strdup_printf (_("Change %d of %u"), self->change + 1, n);

  gtk_label_set_label (self->count, words);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.next", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.previous", n > 0);
}

static void
step_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  EhcpCompareView *self = EHCP_COMPARE_VIEW (widget);
  int n = (int) self->changes->len;
  const EhcpCompareChange *change;

  if (n == 0)
    return;
  self->change = g_str_equal (name, "compare.next") ? (self->change + 1) % n
                 : self->change <= 0                ? n - 1
                                                    : self->change - 1;
  change = &g_array_index (self->changes, EhcpCompareChange, self->change);
  gtk_widget_grab_focus (GTK_WIDGET (change->label));
  gtk_label_select_region (change->label, change->from, change->to);
  show_count (self);
}

static void
add_comments (EhcpCompareView *self, GtkWidget *box, char letter)
{
  GListModel *comments = ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_COMMENT,
                                             self->case_id);

  for (guint i = 0; i < g_list_model_get_n_items (comments); i++)
    {
      g_autoptr (EhcpRecord) comment = g_list_model_get_item (comments, i);
      const char *section = ehcp_record_get_text (comment, "section");

      if (section != NULL && *section == letter)
        ehcp_compare_section_add_comment (box, comment);
    }
}

static void
show_sections (EhcpCompareView *self, GPtrArray *sections)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sections))) != NULL)
    gtk_box_remove (self->sections, child);
  g_array_set_size (self->changes, 0);
  self->change = -1;
  for (guint i = 0; i < sections->len; i++)
    {
      const EhcpPlanSection *section = g_ptr_array_index (sections, i);
      GtkWidget *box = ehcp_compare_section_new (section, self->changes);

      if (section->letter != '\0')
        add_comments (self, box, section->letter);
      gtk_box_append (self->sections, box);
    }
  show_count (self);
  gtk_stack_set_visible_child_name (self->pages, "sections");
  /* The keys of this screen work while something in it has the focus. */
  if (self->changes->len > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (self->next);
}

/* Reading and comparing */

typedef struct
{
  char *first;
  char *second;
} Texts;

static void
texts_free (gpointer data)
{
  Texts *texts = data;

  g_free (texts->first);
  g_free (texts->second);
  g_free (texts);
}

static void
compare_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Texts *texts = data;

  g_task_return_pointer (task, ehcp_plan_compare (texts->first, texts->second),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EhcpCompareView *self = EHCP_COMPARE_VIEW (source);
  g_autoptr (GPtrArray) sections = g_task_propagate_pointer (G_TASK (result), NULL);

  if (sections != NULL && self->pages != NULL)
    show_sections (self, sections);
}

static void
compare (EhcpCompareView *self)
{
  g_autoptr (GTask) task = g_task_new (self, ehcp_view_get_cancellable (EHCP_VIEW (self)), compared_cb, NULL);
  Texts *texts = g_new0 (Texts, 1);

  texts->first = g_steal_pointer (&self->first_text);
  texts->second = g_steal_pointer (&self->second_text);
  g_task_set_task_data (task, texts, texts_free);
  g_task_run_in_thread (task, compare_thread);
}

static void
show_read_problem (EhcpCompareView *self, EhcpRecord *document, const GError *error)
{
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (self));
  g_autofree char *words =
      error != NULL ? ehcp_document_words_for_error (error, ehcp_link_is_online (link))
                    : g_strdup (_("It is a scanned picture without text, which can be read but not compared."));
  g_autofree char *title = g_strdup_printf (_("“%s” cannot be compared"), ehcp_record_get_text (document, "title"));

  show_problem (self, title, words);
}

static void
second_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpCompareView) self = data;
  g_autoptr (GError) error = NULL;

  if (self->pages == NULL)
    return;
  self->second_text = ehcp_document_whole_text_finish (result, &error);
  if (self->second_text == NULL || *g_strstrip (self->second_text) == '\0')
    show_read_problem (self, self->second, error);
  else
    compare (self);
}

static void
first_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpCompareView) self = data;
  g_autoptr (GError) error = NULL;

  if (self->pages == NULL)
    return;
  self->first_text = ehcp_document_whole_text_finish (result, &error);
  if (self->first_text == NULL || *g_strstrip (self->first_text) == '\0')
    {
      show_read_problem (self, self->first, error);
      return;
    }
  ehcp_document_whole_text_async (EHCP_LINK (source), self->second,
                                  ehcp_view_get_cancellable (EHCP_VIEW (self)), second_read_cb,
                                  g_object_ref (self));
}

static void
begin (EhcpCompareView *self)
{
  choose (self);
  if (self->first == NULL || self->second == NULL)
    {
      show_problem (self, _("There are no two plans to compare yet"),
                    _("When the council has sent a draft and a final plan, what has changed between them is "
                      "shown here."));
      return;
    }
  show_title (self->first_title, self->first);
  show_title (self->second_title, self->second);
  gtk_stack_set_visible_child_name (self->pages, "loading");
  ehcp_document_whole_text_async (ehcp_view_get_link (EHCP_VIEW (self)), self->first,
                                  ehcp_view_get_cancellable (EHCP_VIEW (self)), first_read_cb,
                                  g_object_ref (self));
}

/* As a screen */

static void
ehcp_compare_view_shown (EhcpView *view)
{
  ehcp_family_header_show (view, EHCP_COMPARE_VIEW (view)->case_id, _("Draft and final plan"));
  ehcp_family_header_show_back (view);
}

static void
ehcp_compare_view_constructed (GObject *object)
{
  EhcpCompareView *self = EHCP_COMPARE_VIEW (object);
  const char *argument = ehcp_view_get_argument (EHCP_VIEW (object));

  G_OBJECT_CLASS (ehcp_compare_view_parent_class)->constructed (object);
  self->case_id = g_strdup (argument != NULL ? argument : "");
  ehcp_view_set_back_label (EHCP_VIEW (object), _("Documents to View"));
  ehcp_family_header_show (EHCP_VIEW (object), self->case_id, _("Draft and final plan"));
  begin (self);
}

static void
ehcp_compare_view_dispose (GObject *object)
{
  EhcpCompareView *self = EHCP_COMPARE_VIEW (object);

  self->pages = NULL;
  g_clear_pointer (&self->case_id, g_free);
  g_clear_pointer (&self->first_text, g_free);
  g_clear_pointer (&self->second_text, g_free);
  g_clear_object (&self->first);
  g_clear_object (&self->second);
  g_clear_pointer (&self->changes, g_array_unref);
  G_OBJECT_CLASS (ehcp_compare_view_parent_class)->dispose (object);
}

static void
ehcp_compare_view_class_init (EhcpCompareViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ehcp_compare_view_constructed;
  G_OBJECT_CLASS (klass)->dispose = ehcp_compare_view_dispose;
  EHCP_VIEW_CLASS (klass)->shown = ehcp_compare_view_shown;
  gtk_widget_class_install_action (widget_class, "compare.next", NULL, step_cb);
  gtk_widget_class_install_action (widget_class, "compare.previous", NULL, step_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, "compare.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "compare.previous", NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-compare-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpCompareView, pages);
  gtk_widget_class_bind_template_child (widget_class, EhcpCompareView, first_title);
  gtk_widget_class_bind_template_child (widget_class, EhcpCompareView, second_title);
  gtk_widget_class_bind_template_child (widget_class, EhcpCompareView, next);
  gtk_widget_class_bind_template_child (widget_class, EhcpCompareView, count);
  gtk_widget_class_bind_template_child (widget_class, EhcpCompareView, sections);
  gtk_widget_class_bind_template_child (widget_class, EhcpCompareView, problem);
}

static void
ehcp_compare_view_init (EhcpCompareView *self)
{
  self->changes = g_array_new (FALSE, FALSE, sizeof (EhcpCompareChange));
  self->change = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  ehcp_stack_pages_hide_others (self->pages);
}
