/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forms that the council asks for: what is to be done first, soonest day on top, then what was sent. */
#include "ehcp-actions-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-action-row.h"
#include "ehcp-form-filling.h"
#include "ehcp-form-words.h"

#define SOON_DAYS 3

struct _EhcpActionsView
{
  EhcpView parent_instance;

  GtkWidget *stack;
  GtkWidget *heading;
  GtkWidget *to_do;
  GtkWidget *done_heading;
  GtkWidget *done;
  GtkWidget *shared_heading;
  GtkWidget *shared;
  GtkWidget *more_heading;
  GtkWidget *more;
  GListModel *forms;
};

G_DEFINE_FINAL_TYPE (EhcpActionsView, ehcp_actions_view, EHCP_TYPE_VIEW)

static gboolean
is_to_do (EhcpFormStanding standing)
{
  return standing == EHCP_STANDING_TO_DO || standing == EHCP_STANDING_RETURNED || standing == EHCP_STANDING_NOT_SENT;
}

static gboolean
is_own (EhcpActionsView *self, EhcpRecord *form)
{
  EhcpRecord *person = ehcp_book_get_own_person (ehcp_view_get_book (EHCP_VIEW (self)),
                                                 ehcp_view_get_argument (EHCP_VIEW (self)));

  return person != NULL &&
         g_strcmp0 (ehcp_record_get_text (form, "person"), ehcp_record_get_id (person)) == 0;
}

static gboolean
is_started (EhcpActionsView *self, EhcpRecord *form)
{
  g_autoptr (EhcpFormFilling) filling = ehcp_form_filling_new (ehcp_view_get_link (EHCP_VIEW (self)),
                                                               ehcp_record_get_id (form), NULL);

  for (guint i = 0; filling != NULL && i < ehcp_form_filling_count_parts (filling); i++)
    {
      EhcpPartState state =
          ehcp_form_filling_get_part_state (filling, ehcp_form_filling_nth_part (filling, i));

      if (state == EHCP_PART_IN_PROGRESS || state == EHCP_PART_COMPLETED)
        return TRUE;
    }
  return FALSE;
}

static void
form_activated_cb (EhcpActionsView *self, GtkWidget *row)
{
  ehcp_view_go (EHCP_VIEW (self), "form/%s", (const char *) g_object_get_data (G_OBJECT (row), "form"));
}

/* How long is left while it is to be done; else where it is. */
static GtkWidget *
make_tag (EhcpRecord *form, const char *state, EhcpDay today)
{
  EhcpFormStanding standing = ehcp_form_words_get_standing (form);
  g_autofree char *left = standing == EHCP_STANDING_TO_DO ? ehcp_form_words_left (form, today)
                                                          : g_strdup (state);
  GtkWidget *tag = gtk_label_new (*left != '\0' ? left : state);
  const char *css_class = NULL;

  if (standing == EHCP_STANDING_NOT_SENT)
    css_class = "late";
  else if (standing == EHCP_STANDING_RETURNED || standing == EHCP_STANDING_WAITING)
    css_class = "soon";
  else if (standing == EHCP_STANDING_SENT || standing == EHCP_STANDING_ACCEPTED)
    css_class = "good";
  else if (standing == EHCP_STANDING_TO_DO && ehcp_record_has (form, "due"))
    {
      EhcpDay due = ehcp_record_get_date (form, "due");

      css_class = due < today ? "late" : due - today <= SOON_DAYS ? "soon" : NULL;
    }
  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (tag, "tag");
  if (css_class != NULL)
    gtk_widget_add_css_class (tag, css_class);
  return tag;
}

static GtkWidget *
make_row (EhcpActionsView *self, EhcpRecord *form)
{
  EhcpDay today = ehcp_clock_today (ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self))));
  g_autofree char *state = ehcp_form_words_state (form, is_started (self, form));
  g_autofree char *detail = ehcp_form_words_detail (form, today);
  g_autofree char *spoken = g_strdup_printf ("%s. %s", state, detail);
  GtkWidget *row = ehcp_action_row_new (ehcp_record_get_text (form, "title"), spoken);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  ehcp_action_row_set_spoken (EHCP_ACTION_ROW (row), ehcp_record_get_text (form, "title"), spoken);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_tag (form, state, today));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  g_object_set_data_full (G_OBJECT (row), "form", g_strdup (ehcp_record_get_id (form)), g_free);
  g_signal_connect_swapped (row, "activated", G_CALLBACK (form_activated_cb), self);
  return row;
}

static int
compare_forms (gconstpointer a, gconstpointer b, gpointer data)
{
  EhcpRecord *one = *(EhcpRecord *const *) a;
  EhcpRecord *two = *(EhcpRecord *const *) b;
  gint32 due_one = ehcp_record_has (one, "due") ? ehcp_record_get_date (one, "due") : G_MAXINT32;
  gint32 due_two = ehcp_record_has (two, "due") ? ehcp_record_get_date (two, "due") : G_MAXINT32;

  return due_one != due_two ? (due_one < due_two ? -1 : 1)
                            : g_strcmp0 (ehcp_record_get_id (one), ehcp_record_get_id (two));
}

static void
clear_list (GtkWidget *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), row);
}

static void
show_counts (EhcpActionsView *self, guint n_to_do, guint n_done, guint n_others)
{
  g_autofree char *text = NULL;

  if (n_to_do > 0)
    text = g_strdup_printf (ngettext ("%u form to complete", "%u forms to complete", n_to_do), n_to_do);
  else
    text = g_strdup (_("Nothing to complete"));
  gtk_label_set_label (GTK_LABEL (self->heading), text);
  gtk_widget_set_visible (self->to_do, n_to_do > 0);
  gtk_widget_set_visible (self->done, n_done > 0);
  gtk_widget_set_visible (self->done_heading, n_done > 0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n_to_do + n_done + n_others > 0 ? "list" : "empty");
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpActionsView) self = data;
  g_autofree char *id = ehcp_link_send_finish (EHCP_LINK (source), result, NULL);

  if (id != NULL)
    ehcp_view_go (EHCP_VIEW (self), "form/%s", id);
  else
    ehcp_view_toast (EHCP_VIEW (self), _("It could not be saved on this computer. Its disk may be full."));
}

static void
start_cb (EhcpActionsView *self, GtkWidget *row)
{
  g_autoptr (EhcpRecord) command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_FORM_START));

  ehcp_record_set_text (command, "kind", "form.start");
  ehcp_record_set_text (command, "case", ehcp_view_get_argument (EHCP_VIEW (self)));
  ehcp_record_set_text (command, "definition", g_object_get_data (G_OBJECT (row), "definition"));
  ehcp_link_send_async (ehcp_view_get_link (EHCP_VIEW (self)), command, NULL, 0,
                        ehcp_view_get_cancellable (EHCP_VIEW (self)), started_cb, g_object_ref (self));
}

static gboolean
is_begun (EhcpActionsView *self, const char *definition)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->forms); i++)
    {
      g_autoptr (EhcpRecord) form = g_list_model_get_item (self->forms, i);

      if (is_own (self, form) && is_to_do (ehcp_form_words_get_standing (form)) &&
          ehcp_form_definition_is_same_form (ehcp_record_get_text (form, "definition"), definition))
        return TRUE;
    }
  return FALSE;
}

static void
add_startable (EhcpActionsView *self, EhcpRecord *record)
{
  const char *body = ehcp_record_get_text (record, "body");
  g_autoptr (EhcpFormDefinition) definition = ehcp_form_definition_parse (body, strlen (body), NULL);
  g_autofree char *title = NULL;
  g_autofree char *intro = NULL;
  GtkWidget *row;

  if (definition == NULL || !definition->may_start || is_begun (self, definition->name))
    return;
  title = g_markup_escape_text (definition->title, -1);
  intro = g_markup_escape_text (definition->intro, -1);
  row = ehcp_action_row_new (title, intro);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  ehcp_action_row_set_spoken (EHCP_ACTION_ROW (row), definition->title, definition->intro);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  g_object_set_data_full (G_OBJECT (row), "definition", g_strdup (definition->name), g_free);
  g_signal_connect_swapped (row, "activated", G_CALLBACK (start_cb), self);
  gtk_list_box_append (GTK_LIST_BOX (self->more), row);
}

/* Forms that a family may send without being asked. */
static guint
show_startable (EhcpActionsView *self)
{
  GListModel *list = ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_FORM_DEFINITION, NULL);
  gboolean has_any;

  clear_list (self->more);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (EhcpRecord) record = g_list_model_get_item (list, i);

      if (g_strcmp0 (ehcp_record_get_text (record, "state"), "current") == 0)
        add_startable (self, record);
    }
  has_any = gtk_widget_get_first_child (self->more) != NULL;
  gtk_widget_set_visible (self->more, has_any);
  gtk_widget_set_visible (self->more_heading, has_any);
  return has_any;
}

/* Drafts of the other adults, who share them. */
static guint
show_shared (EhcpActionsView *self)
{
  gboolean has_any;

  clear_list (self->shared);
  for (guint i = 0; i < g_list_model_get_n_items (self->forms); i++)
    {
      g_autoptr (EhcpRecord) form = g_list_model_get_item (self->forms, i);

      if (!is_own (self, form) && ehcp_record_has (form, "shared_by"))
        gtk_list_box_append (GTK_LIST_BOX (self->shared), make_row (self, form));
    }
  has_any = gtk_widget_get_first_child (self->shared) != NULL;
  gtk_widget_set_visible (self->shared, has_any);
  gtk_widget_set_visible (self->shared_heading, has_any);
  return has_any;
}

static void
update (EhcpActionsView *self)
{
  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_to_do = 0;
  guint n_done = 0;

  for (guint i = 0; i < g_list_model_get_n_items (self->forms); i++)
    {
      g_autoptr (EhcpRecord) form = g_list_model_get_item (self->forms, i);

      if (is_own (self, form))
        g_ptr_array_add (forms, g_steal_pointer (&form));
    }
  g_ptr_array_sort_with_data (forms, compare_forms, NULL);
  clear_list (self->to_do);
  clear_list (self->done);
  for (guint i = 0; i < forms->len; i++)
    {
      EhcpRecord *form = g_ptr_array_index (forms, i);
      gboolean first = is_to_do (ehcp_form_words_get_standing (form));

      gtk_list_box_append (GTK_LIST_BOX (first ? self->to_do : self->done), make_row (self, form));
      n_to_do += first;
      n_done += !first;
    }
  show_counts (self, n_to_do, n_done, show_shared (self) + show_startable (self));
}

static void
dashboard_clicked_cb (EhcpActionsView *self)
{
  ehcp_view_go (EHCP_VIEW (self), "dashboard/%s", ehcp_view_get_argument (EHCP_VIEW (self)));
}

static void
ehcp_actions_view_constructed (GObject *object)
{
  EhcpActionsView *self = EHCP_ACTIONS_VIEW (object);
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));
  const char *case_id = ehcp_view_get_argument (EHCP_VIEW (self));
  EhcpRecord *child = ehcp_book_find (book, EHCP_KIND_CASE, case_id);

  G_OBJECT_CLASS (ehcp_actions_view_parent_class)->constructed (object);
  ehcp_view_set_title (EHCP_VIEW (self), _("Actions to Complete"));
  ehcp_view_set_back_label (EHCP_VIEW (self), _("SEND Dashboard"));
  if (child != NULL)
    {
      g_autofree char *name = g_strdup_printf ("%s %s", ehcp_record_get_text (child, "child_forename"),
                                               ehcp_record_get_text (child, "child_surname"));

      ehcp_view_set_subtitle (EHCP_VIEW (self), name);
    }
  self->forms = g_object_ref (ehcp_book_get_list (book, EHCP_KIND_FORM, case_id));
  update (self);
  g_signal_connect_object (book, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
ehcp_actions_view_dispose (GObject *object)
{
  g_clear_object (&EHCP_ACTIONS_VIEW (object)->forms);
  G_OBJECT_CLASS (ehcp_actions_view_parent_class)->dispose (object);
}

static void
ehcp_actions_view_class_init (EhcpActionsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ehcp_actions_view_constructed;
  G_OBJECT_CLASS (klass)->dispose = ehcp_actions_view_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-actions-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpActionsView, stack);
  gtk_widget_class_bind_template_child (widget_class, EhcpActionsView, heading);
  gtk_widget_class_bind_template_child (widget_class, EhcpActionsView, to_do);
  gtk_widget_class_bind_template_child (widget_class, EhcpActionsView, done_heading);
  gtk_widget_class_bind_template_child (widget_class, EhcpActionsView, done);
  gtk_widget_class_bind_template_child (widget_class, EhcpActionsView, shared_heading);
  gtk_widget_class_bind_template_child (widget_class, EhcpActionsView, shared);
  gtk_widget_class_bind_template_child (widget_class, EhcpActionsView, more_heading);
  gtk_widget_class_bind_template_child (widget_class, EhcpActionsView, more);
  gtk_widget_class_bind_template_callback (widget_class, dashboard_clicked_cb);
}

static void
ehcp_actions_view_init (EhcpActionsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
