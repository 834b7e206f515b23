/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A switcher between the places that staff go to and fro all day. From the caseload the others are one step ahead
 * in the history, so that Back and Esc lead to the caseload from each. */
#include "ehcp-staff-header.h"

#include <glib/gi18n.h>

#include "ehcp-places.h"
#include "ehcp-window.h"

typedef struct
{
  const char *place;
  const char *label;
  const char *icon;
  gboolean is_for_managers;
} Choice;

static const Choice choices[] = {
  { "caseload", N_("Caseload"), "view-list-symbolic", FALSE },
  { "inbox", N_("Messages"), "mail-unread-symbolic", FALSE },
  { "team", N_("Team view"), "system-users-symbolic", TRUE },
};

struct _EhcpStaffHeader
{
  GtkBox parent_instance;
  EhcpView *view; /* weak: the window lets go of the header after the view has gone */
  const char *place;
  GtkWidget *buttons[G_N_ELEMENTS (choices)];
  GtkWidget *labels[G_N_ELEMENTS (choices)];
};

G_DEFINE_FINAL_TYPE (EhcpStaffHeader, ehcp_staff_header, GTK_TYPE_BOX)

static void
clicked_cb (EhcpStaffHeader *header, GtkWidget *button)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      gboolean is_own = g_str_equal (choices[i].place, header->place);

      if (header->buttons[i] == button && !is_own)
        {
          if (g_str_equal (header->place, "caseload") || g_str_equal (choices[i].place, "caseload"))
            ehcp_view_go (header->view, "%s", choices[i].place);
          else
            ehcp_view_replace (header->view, "%s", choices[i].place);
        }
      /* It stays what it is: where one is does not change by pressing. */
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (header->buttons[i]), is_own);
    }
}

static GtkWidget *
make_button (EhcpStaffHeader *header, guint i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", choices[i].icon, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *button = gtk_toggle_button_new ();

  header->labels[i] = g_object_new (GTK_TYPE_LABEL, "label", _(choices[i].label), "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), header->labels[i]);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(choices[i].label),
                                  -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked_cb), header);
  return button;
}

static gboolean
is_manager (EhcpView *view)
{
  EhcpRecord *account = ehcp_book_get_account (ehcp_view_get_book (view));

  return account != NULL && g_strcmp0 (ehcp_record_get_text (account, "role"), "manager") == 0;
}

static void
update (EhcpStaffHeader *header)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (header));
  gboolean is_narrow = EHCP_IS_WINDOW (root) && ehcp_window_is_narrow (EHCP_WINDOW (root));
  guint n_shown = 0;

  if (header->view == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      gboolean is_shown = ehcp_places_find (choices[i].place) != NULL &&
                          (!choices[i].is_for_managers || is_manager (header->view));

      gtk_widget_set_visible (header->buttons[i], is_shown);
      /* Of a phone's width even one word is too much beside the buttons of a window. */
      gtk_widget_set_visible (header->labels[i], !is_narrow);
      gtk_widget_set_tooltip_text (header->buttons[i], is_narrow ? _(choices[i].label) : NULL);
      n_shown += is_shown ? 1 : 0;
    }
  gtk_box_set_spacing (GTK_BOX (header), is_narrow ? 0 : 6);
  /* One place alone is a title and not a choice. */
  gtk_widget_set_can_target (GTK_WIDGET (header), n_shown > 1);
}

static void
root_cb (EhcpStaffHeader *header)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (header));

  if (EHCP_IS_WINDOW (root))
    g_signal_connect_object (root, "notify::is-narrow", G_CALLBACK (update), header, G_CONNECT_SWAPPED);
  update (header);
}

static void
ehcp_staff_header_finalize (GObject *object)
{
  g_clear_weak_pointer (&EHCP_STAFF_HEADER (object)->view);
  G_OBJECT_CLASS (ehcp_staff_header_parent_class)->finalize (object);
}

static void
ehcp_staff_header_class_init (EhcpStaffHeaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ehcp_staff_header_finalize;
}

static void
ehcp_staff_header_init (EhcpStaffHeader *header)
{
  gtk_widget_add_css_class (GTK_WIDGET (header), "staff-header");
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      header->buttons[i] = make_button (header, i);
      gtk_box_append (GTK_BOX (header), header->buttons[i]);
    }
  g_signal_connect (header, "notify::root", G_CALLBACK (root_cb), NULL);
}

void
ehcp_staff_header_show (EhcpView *view, const char *place)
{
  EhcpStaffHeader *header = g_object_new (EHCP_TYPE_STAFF_HEADER, NULL);

  g_set_weak_pointer (&header->view, view);
  header->place = g_intern_string (place);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (header->buttons[i]),
                                  g_str_equal (choices[i].place, place));
  update (header);
  g_signal_connect_object (ehcp_view_get_book (view), "changed", G_CALLBACK (update), header, G_CONNECT_SWAPPED);
  ehcp_view_set_header_title (view, GTK_WIDGET (g_object_ref_sink (header)));
  g_object_unref (header);
}
