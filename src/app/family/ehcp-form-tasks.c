/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form's task list: its parts in groups, each with its state, and the way to the check of all answers. */
#include <glib/gi18n.h>

#include "ehcp-action-row.h"
#include "ehcp-error.h"
#include "ehcp-form-parts.h"
#include "ehcp-form-words.h"

struct _EhcpFormTasks
{
  AdwBin parent_instance;

  EhcpView *view;         /* not owned: it holds this */
  EhcpFormFilling *filling;
  GtkWidget *title;
  GtkWidget *left;
  GtkWidget *due;
  GtkWidget *intro;
  GtkWidget *returned;
  GtkWidget *returned_title;
  GtkWidget *returned_because;
  GtkWidget *parts;
  GtkWidget *saved_box;
  GtkWidget *saved;
  GtkWidget *groups;
  GPtrArray *tags;        /* of a box for each part */
  GPtrArray *shown;       /* of const EhcpFormPage: the parts that there are rows for */
  GtkWidget *foot;
  GtkWidget *share_row;
  GtkWidget *share;
  GtkWidget *discard;
  GtkWidget *check_row;
  GtkWidget *check_tag;
};

G_DEFINE_FINAL_TYPE (EhcpFormTasks, ehcp_form_tasks, ADW_TYPE_BIN)

/* A sign and a word, so that the state is not told by colour alone. */
static void
fill_tag (GtkWidget *tag, const char *icon, const char *text, gboolean is_good)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (tag)) != NULL)
    gtk_box_remove (GTK_BOX (tag), child);
  child = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "pixel-size", 12, "accessible-role",
                        GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_box_append (GTK_BOX (tag), child);
  gtk_box_append (GTK_BOX (tag), gtk_label_new (text));
  if (is_good)
    gtk_widget_add_css_class (tag, "good");
  else
    gtk_widget_remove_css_class (tag, "good");
}

static GtkWidget *
make_tag (void)
{
  GtkWidget *tag = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);

  gtk_widget_add_css_class (tag, "tag");
  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  return tag;
}

static const char *
get_state_icon (EhcpPartState state)
{
  switch (state)
    {
    case EHCP_PART_COMPLETED:
      return "emblem-ok-symbolic";
    case EHCP_PART_IN_PROGRESS:
      return "media-record-symbolic";
    case EHCP_PART_CANNOT_START:
      return "channel-secure-symbolic";
    case EHCP_PART_NOT_NEEDED:
    case EHCP_PART_NOT_STARTED:
    default:
      return "radio-symbolic";
    }
}

static void
update_part (EhcpFormTasks *self, guint n)
{
  const EhcpFormPage *page = ehcp_form_filling_nth_part (self->filling, n);
  EhcpPartState state = ehcp_form_filling_get_part_state (self->filling, page);
  GtkWidget *tag = g_ptr_array_index (self->tags, n);
  GtkWidget *row = gtk_widget_get_ancestor (tag, EHCP_TYPE_ACTION_ROW);

  fill_tag (tag, get_state_icon (state), ehcp_form_words_part_state (state),
            state == EHCP_PART_COMPLETED);
  gtk_widget_set_sensitive (row, state != EHCP_PART_CANNOT_START);
  ehcp_action_row_set_spoken (EHCP_ACTION_ROW (row), page->title, ehcp_form_words_part_state (state));
}

static gboolean
are_rows_right (EhcpFormTasks *self)
{
  guint n_parts = ehcp_form_filling_count_parts (self->filling);

  if (self->shown->len != n_parts)
    return FALSE;
  for (guint i = 0; i < n_parts; i++)
    if (g_ptr_array_index (self->shown, i) != ehcp_form_filling_nth_part (self->filling, i))
      return FALSE;
  return TRUE;
}

static void add_parts (EhcpFormTasks *self);
static void fill_notice (EhcpFormTasks *self);
static void update_share (EhcpFormTasks *self);

static void
update (EhcpFormTasks *self)
{
  guint n_parts = ehcp_form_filling_count_parts (self->filling);
  guint n_completed = ehcp_form_filling_count_completed (self->filling);
  g_autofree char *parts = ehcp_form_words_parts (n_completed, n_parts);
  g_autofree char *saved = ehcp_form_words_saved (ehcp_form_filling_get_saved_at (self->filling));
  gboolean may_check = ehcp_form_filling_may_check (self->filling);

  if (!are_rows_right (self))
    add_parts (self);
  for (guint i = 0; i < n_parts; i++)
    update_part (self, i);
  fill_notice (self);
  update_share (self);
  gtk_label_set_label (GTK_LABEL (self->parts), parts);
  gtk_label_set_label (GTK_LABEL (self->saved), saved);
  gtk_widget_set_visible (self->saved_box, *saved != '\0');
  fill_tag (self->check_tag, may_check ? "radio-symbolic" : "channel-secure-symbolic",
            may_check ? _("Not started") : _("Cannot start yet"), FALSE);
  gtk_widget_set_sensitive (self->check_row, may_check);
  ehcp_action_row_set_spoken (EHCP_ACTION_ROW (self->check_row), _("Check your answers and send"),
                              may_check ? _("Not started") : _("Cannot start yet"));
}

static void
part_activated_cb (EhcpFormTasks *self, AdwActionRow *row)
{
  ehcp_view_go (self->view, "form/%s/%s",
                ehcp_record_get_id (ehcp_form_filling_get_form (self->filling)),
                (const char *) g_object_get_data (G_OBJECT (row), "page"));
}

static GtkWidget *
make_row (EhcpFormTasks *self, const char *title, const char *hint, const char *page, GtkWidget *tag)
{
  GtkWidget *row = ehcp_action_row_new (title, hint);

  g_object_set_data_full (G_OBJECT (row), "page", g_strdup (page), g_free);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), tag);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  g_signal_connect_swapped (row, "activated", G_CALLBACK (part_activated_cb), self);
  return row;
}

static GtkWidget *
add_group (EhcpFormTasks *self, const char *title)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *heading = gtk_label_new (title);
  GtkWidget *list = gtk_list_box_new ();

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (group), heading);
  gtk_box_append (GTK_BOX (group), list);
  gtk_box_append (GTK_BOX (self->groups), group);
  return list;
}

static void
add_parts (EhcpFormTasks *self)
{
  GtkWidget *list = NULL;
  GtkWidget *old;
  const char *group = NULL;

  while ((old = gtk_widget_get_first_child (self->groups)) != NULL)
    gtk_box_remove (GTK_BOX (self->groups), old);
  g_ptr_array_set_size (self->tags, 0);
  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < ehcp_form_filling_count_parts (self->filling); i++)
    {
      const EhcpFormPage *page = ehcp_form_filling_nth_part (self->filling, i);
      GtkWidget *tag = make_tag ();

      if (list == NULL || g_strcmp0 (group, page->group) != 0)
        list = add_group (self, page->group != NULL ? page->group : _("Questions"));
      group = page->group;
      g_ptr_array_add (self->tags, tag);
      g_ptr_array_add (self->shown, (gpointer) page);
      gtk_list_box_append (GTK_LIST_BOX (list), make_row (self, page->title, page->hint, page->id, tag));
    }
  list = add_group (self, _("Finish"));
  self->check_tag = make_tag ();
  self->check_row = make_row (self, _("Check your answers and send"),
                              _("Opens when every part above is completed"), "check", self->check_tag);
  gtk_list_box_append (GTK_LIST_BOX (list), self->check_row);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpFormTasks) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = ehcp_link_await_finish (EHCP_LINK (source), result, &error);

  if (answer == NULL && g_error_matches (error, EHCP_ERROR, EHCP_ERROR_CONFLICT))
    ehcp_view_toast (self->view, _("Nobody else follows the case yet, so there is nobody to share it with"));
}

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpFormTasks) self = data;
  g_autofree char *id = ehcp_link_send_finish (EHCP_LINK (source), result, NULL);

  if (id == NULL)
    ehcp_view_toast (self->view, _("It could not be saved on this computer. Its disk may be full."));
  else
    ehcp_link_await_async (EHCP_LINK (source), id, ehcp_view_get_cancellable (self->view), answered_cb,
                           g_object_ref (self));
}

static void
share_toggled_cb (EhcpFormTasks *self)
{
  EhcpRecord *form = ehcp_form_filling_get_form (self->filling);
  gboolean is_wanted = gtk_switch_get_active (GTK_SWITCH (self->share));
  g_autoptr (EhcpRecord) command = NULL;

  if (is_wanted == ehcp_record_has (form, "shared_by"))
    return;
  ehcp_form_filling_save (self->filling);
  command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_FORM_SHARE));
  ehcp_record_set_text (command, "kind", "form.share");
  ehcp_record_set_text (command, "case", ehcp_record_get_case (form));
  ehcp_record_set_text (command, "form", ehcp_record_get_id (form));
  ehcp_record_set_bool (command, "share", is_wanted);
  ehcp_link_send_async (ehcp_view_get_link (self->view), command, NULL, 0,
                        ehcp_view_get_cancellable (self->view), shared_cb, g_object_ref (self));
}

static void
update_share (EhcpFormTasks *self)
{
  EhcpRecord *form = ehcp_form_filling_get_form (self->filling);
  gboolean is_shared = ehcp_record_has (form, "shared_by");

  gtk_widget_set_visible (self->foot, ehcp_record_get_case (form) != NULL &&
                                          !ehcp_form_filling_is_others (self->filling));
  gtk_switch_set_active (GTK_SWITCH (self->share), is_shared);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->share_row),
                               is_shared ? _("They see what you write and can change it. Only you can send it.")
                                         : _("Until you send it, nobody but you sees what you write."));
}

static void
discard_clicked_cb (EhcpFormTasks *self)
{
  ehcp_form_filling_discard_request (self->filling);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "win.back", NULL);
}

/* Whose draft it is, and who else sees it. */
static GtkWidget *
make_share_list (EhcpFormTasks *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Sharing"), -1);
  self->share_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->share_row),
                                 _("Share this draft with the other adults"));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self->share_row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->share_row), 0);
  self->share = gtk_switch_new ();
  gtk_widget_set_valign (self->share, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->share_row), self->share);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->share_row), self->share);
  g_signal_connect_swapped (self->share, "notify::active", G_CALLBACK (share_toggled_cb), self);
  gtk_list_box_append (GTK_LIST_BOX (list), self->share_row);
  return list;
}

/* Why it is here again: the caseworker's words, or the council's refusal. */
static void
show_notice (EhcpFormTasks *self, const char *title, const char *text)
{
  gtk_widget_set_visible (self->returned, title != NULL);
  gtk_label_set_label (GTK_LABEL (self->returned_title), title != NULL ? title : "");
  gtk_label_set_label (GTK_LABEL (self->returned_because), text != NULL ? text : "");
}

static void
fill_notice (EhcpFormTasks *self)
{
  EhcpRecord *form = ehcp_form_filling_get_form (self->filling);
  EhcpFormStanding standing = ehcp_form_words_get_standing (form);
  guint n_conflicts = ehcp_form_filling_count_conflicts (self->filling);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (n_conflicts > 0)
    {
      title = g_strdup_printf (ngettext ("%u answer was changed in two places",
                                         "%u answers were changed in two places", n_conflicts), n_conflicts);
      text = g_strdup (_("Both are kept. Open the part that is in progress and choose which one it shall be."));
    }
  else if (ehcp_form_filling_is_others (self->filling))
    {
      title = g_strdup_printf (_("%s shares this draft with you"), ehcp_record_get_text (form, "shared_by"));
      text = g_strdup (_("You can read it and change answers. Only they can send it."));
    }
  else if (standing == EHCP_STANDING_NOT_SENT)
    {
      title = g_strdup (_("This form was not sent"));
      text = ehcp_form_words_refusal (form);
    }
  else if (standing == EHCP_STANDING_RETURNED)
    {
      title = g_strdup (_("Your caseworker returned this form"));
      text = g_strdup (ehcp_record_get_text (form, "returned_because"));
    }
  show_notice (self, title, text);
}

static void
fill_head (EhcpFormTasks *self)
{
  EhcpRecord *form = ehcp_form_filling_get_form (self->filling);
  const EhcpFormDefinition *definition = ehcp_form_filling_get_definition (self->filling);
  EhcpDay today = ehcp_clock_today (ehcp_link_get_clock (ehcp_view_get_link (self->view)));
  g_autofree char *due = ehcp_form_words_due_markup (form);
  g_autofree char *left = ehcp_form_words_left (form, today);

  gtk_label_set_label (GTK_LABEL (self->title), ehcp_record_get_text (form, "title"));
  gtk_label_set_label (GTK_LABEL (self->left), left);
  gtk_widget_set_visible (self->left, *left != '\0');
  if (ehcp_record_has (form, "due") && ehcp_record_get_date (form, "due") - today <= 3)
    gtk_widget_add_css_class (self->left, ehcp_record_get_date (form, "due") < today ? "late" : "soon");
  gtk_label_set_markup (GTK_LABEL (self->due), due);
  gtk_widget_set_visible (self->due, *due != '\0');
  gtk_label_set_label (GTK_LABEL (self->intro), definition->intro);
  gtk_widget_set_visible (self->intro, definition->intro != NULL);
}

static void
ehcp_form_tasks_dispose (GObject *object)
{
  g_clear_object (&EHCP_FORM_TASKS (object)->filling);
  G_OBJECT_CLASS (ehcp_form_tasks_parent_class)->dispose (object);
}

static void
ehcp_form_tasks_finalize (GObject *object)
{
  g_clear_pointer (&EHCP_FORM_TASKS (object)->tags, g_ptr_array_unref);
  g_clear_pointer (&EHCP_FORM_TASKS (object)->shown, g_ptr_array_unref);
  G_OBJECT_CLASS (ehcp_form_tasks_parent_class)->finalize (object);
}

static void
ehcp_form_tasks_class_init (EhcpFormTasksClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_form_tasks_dispose;
  G_OBJECT_CLASS (klass)->finalize = ehcp_form_tasks_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-form-tasks.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpFormTasks, title);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormTasks, left);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormTasks, due);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormTasks, intro);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormTasks, returned);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormTasks, returned_title);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormTasks, returned_because);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormTasks, parts);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormTasks, saved_box);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormTasks, saved);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormTasks, groups);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormTasks, foot);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormTasks, discard);
  gtk_widget_class_bind_template_callback (widget_class, discard_clicked_cb);
}

static void
ehcp_form_tasks_init (EhcpFormTasks *self)
{
  self->tags = g_ptr_array_new ();
  self->shown = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ehcp_form_tasks_new (EhcpView *view, EhcpFormFilling *filling)
{
  EhcpFormTasks *self = g_object_new (EHCP_TYPE_FORM_TASKS, NULL);

  self->view = view;
  self->filling = g_object_ref (filling);
  fill_head (self);
  gtk_box_append (GTK_BOX (self->foot), make_share_list (self));
  gtk_widget_set_visible (self->discard, ehcp_form_filling_is_request (filling));
  update (self);
  g_signal_connect_object (filling, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (filling, "notify::saved-at", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
