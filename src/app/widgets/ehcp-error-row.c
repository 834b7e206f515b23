/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row under a field of a boxed list. It also gives the field its accessible name: GTK 4.8 reads a
 * row's title together with its red star, and takes the star for part of the name. */
#include "ehcp-error-row.h"

#include <glib/gi18n.h>

struct _EhcpErrorRow
{
  GtkListBoxRow parent;
  GtkLabel *text;
  GtkWidget *field; /* weak */
  char *label;
  char *member;
  char *message;
  gboolean is_required;
};

enum
{
  PROP_FIELD = 1,
  PROP_LABEL,
  PROP_MEMBER,
  PROP_MESSAGE,
  PROP_REQUIRED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (EhcpErrorRow, ehcp_error_row, GTK_TYPE_LIST_BOX_ROW)

/* An entry row is two text fields for assistive technology: the row, and the text inside that has the
 * focus. */
static GtkAccessible *
inner_of (EhcpErrorRow *row)
{
  return GTK_IS_EDITABLE (row->field)
             ? GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row->field))) : NULL;
}

static void
mark_title (EhcpErrorRow *row)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  g_autofree char *title = NULL;

  if (row->field == NULL || row->label == NULL || !ADW_IS_PREFERENCES_ROW (row->field))
    return;
  title = row->is_required
              ? g_markup_printf_escaped ("%s <span foreground=\"%s\">*</span>", row->label,
                                         is_dark ? "#ffa39c" : "#a51d2d")
              : g_markup_escape_text (row->label, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->field), title);
}

/* Both a label and a labelled-by relation would be read one after the other. */
static void
name_accessible (EhcpErrorRow *row, GtkAccessible *accessible)
{
  gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, row->label,
                                  GTK_ACCESSIBLE_PROPERTY_REQUIRED, row->is_required, -1);
}

/* The eye of a password row has a tooltip only, which GTK 4.8 does not take for a name. */
static void
name_eye (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _("Show or hide what is typed"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_eye (child);
}

static void
name_field (EhcpErrorRow *row)
{
  if (row->field == NULL)
    return;
  if (row->label == NULL && ADW_IS_PREFERENCES_ROW (row->field))
    row->label = g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row->field)));
  mark_title (row);
  if (!GTK_IS_EDITABLE (row->field))
    return;
  name_accessible (row, GTK_ACCESSIBLE (row->field));
  name_accessible (row, inner_of (row));
  if (ADW_IS_PASSWORD_ENTRY_ROW (row->field))
    name_eye (row->field);
}

static void
ehcp_error_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EhcpErrorRow *row = EHCP_ERROR_ROW (object);

  switch (id)
    {
    case PROP_FIELD:
      g_value_set_object (value, row->field);
      break;
    case PROP_LABEL:
      g_value_set_string (value, row->label);
      break;
    case PROP_MEMBER:
      g_value_set_string (value, row->member);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, row->message);
      break;
    case PROP_REQUIRED:
      g_value_set_boolean (value, row->is_required);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ehcp_error_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EhcpErrorRow *row = EHCP_ERROR_ROW (object);

  switch (id)
    {
    case PROP_FIELD:
      g_set_weak_pointer (&row->field, g_value_get_object (value));
      break;
    case PROP_LABEL:
      row->label = g_value_dup_string (value);
      break;
    case PROP_MEMBER:
      row->member = g_value_dup_string (value);
      break;
    case PROP_MESSAGE:
      ehcp_error_row_set_message (row, g_value_get_string (value));
      break;
    case PROP_REQUIRED:
      row->is_required = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ehcp_error_row_constructed (GObject *object)
{
  EhcpErrorRow *row = EHCP_ERROR_ROW (object);

  G_OBJECT_CLASS (ehcp_error_row_parent_class)->constructed (object);
  name_field (row);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (mark_title),
                           row, G_CONNECT_SWAPPED);
}

static void
ehcp_error_row_finalize (GObject *object)
{
  EhcpErrorRow *row = EHCP_ERROR_ROW (object);

  g_clear_weak_pointer (&row->field);
  g_free (row->label);
  g_free (row->member);
  g_free (row->message);
  G_OBJECT_CLASS (ehcp_error_row_parent_class)->finalize (object);
}

static void
ehcp_error_row_class_init (EhcpErrorRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags once = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY;
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ehcp_error_row_get_property;
  object_class->set_property = ehcp_error_row_set_property;
  object_class->constructed = ehcp_error_row_constructed;
  object_class->finalize = ehcp_error_row_finalize;

  props[PROP_FIELD] = g_param_spec_object ("field", NULL, NULL, GTK_TYPE_WIDGET, once);
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, once);
  props[PROP_MEMBER] = g_param_spec_string ("member", NULL, NULL, NULL, once);
  props[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  props[PROP_REQUIRED] = g_param_spec_boolean ("required", NULL, NULL, FALSE, once);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ehcp_error_row_init (EhcpErrorRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "ehcp-problem-symbolic", "valign",
                                  GTK_ALIGN_START, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  row->text = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (row->text, TRUE);
  gtk_label_set_xalign (row->text, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (row->text), TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (row->text));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (row), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (row), "error-row");
  gtk_widget_set_visible (GTK_WIDGET (row), FALSE);
}

GtkWidget *
ehcp_error_row_get_field (EhcpErrorRow *row)
{
  return row->field;
}

const char *
ehcp_error_row_get_member (EhcpErrorRow *row)
{
  return row->member;
}

const char *
ehcp_error_row_get_message (EhcpErrorRow *row)
{
  return row->message;
}

static void
tell_accessible (GtkAccessible *accessible, const char *message)
{
  gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (message != NULL)
    gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
  else
    gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* Says what is wrong with the field; NULL: nothing. */
void
ehcp_error_row_set_message (EhcpErrorRow *row, const char *message)
{
  g_return_if_fail (EHCP_IS_ERROR_ROW (row));

  if (g_strcmp0 (row->message, message) == 0)
    return;
  g_free (row->message);
  row->message = g_strdup (message);
  gtk_label_set_label (row->text, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (row), message != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  message != NULL ? message : "", -1);
  if (row->field != NULL)
    {
      tell_accessible (GTK_ACCESSIBLE (row->field), message);
      if (inner_of (row) != NULL)
        tell_accessible (inner_of (row), message);
      if (message != NULL)
        gtk_widget_add_css_class (row->field, "has-error");
      else
        gtk_widget_remove_css_class (row->field, "has-error");
    }
  g_object_notify_by_pspec (G_OBJECT (row), props[PROP_MESSAGE]);
}

void
ehcp_error_row_take_message (EhcpErrorRow *row, char *message)
{
  ehcp_error_row_set_message (row, message);
  g_free (message);
}

/* Puts the focus into the field; the scrolled window around it follows. */
void
ehcp_error_row_focus_field (EhcpErrorRow *row)
{
  if (row->field != NULL && !gtk_widget_grab_focus (row->field))
    gtk_widget_child_focus (row->field, GTK_DIR_TAB_FORWARD);
}
