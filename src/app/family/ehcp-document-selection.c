/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Selected text of a document. Where a character stands comes from the page itself; all but the copying are
 * pure functions. */
#include "ehcp-document-selection.h"

#include <glib/gi18n.h>
#include <math.h>

static gboolean
comes_before (const EhcpTextPlace *a, const EhcpTextPlace *b)
{
  return a->page < b->page || (a->page == b->page && a->at < b->at);
}

gboolean
ehcp_text_selection_is_empty (const EhcpTextSelection *selection)
{
  return selection->anchor.page == selection->end.page && selection->anchor.at == selection->end.at;
}

gboolean
ehcp_text_selection_get_part (const EhcpTextSelection *selection, guint page, guint *from, guint *to)
{
  gboolean is_forward = comes_before (&selection->anchor, &selection->end);
  const EhcpTextPlace *first = is_forward ? &selection->anchor : &selection->end;
  const EhcpTextPlace *last = is_forward ? &selection->end : &selection->anchor;

  if (page < first->page || page > last->page)
    return FALSE;
  *from = page == first->page ? first->at : 0;
  *to = page == last->page ? last->at : G_MAXUINT;
  return *from < *to;
}

static double
get_distance (const EhcpRenderBox *box, double x, double y)
{
  double across = x < box->x1 ? box->x1 - x : x > box->x2 ? x - box->x2 : 0;
  double down = y < box->y1 ? box->y1 - y : y > box->y2 ? y - box->y2 : 0;

  /* A line that the pointer is beside is meant rather than one that is as near above or below. */
  return across + 4 * down;
}

guint
ehcp_text_place_at (const EhcpRenderText *text, double x, double y)
{
  double nearest = G_MAXDOUBLE;
  guint place = 0;

  for (guint i = 0; i < text->n_boxes; i++)
    {
      const EhcpRenderBox *box = &text->boxes[i];
      double distance = get_distance (box, x, y);

      if (distance >= nearest)
        continue;
      nearest = distance;
      place = x > (box->x1 + box->x2) / 2.0 ? i + 1 : i;
    }
  return place;
}

char *
ehcp_text_part (const char *text, guint from, guint to)
{
  glong length = g_utf8_strlen (text, -1);
  glong begin = MIN ((glong) from, length);
  glong end = MIN ((glong) to, length);

  return g_utf8_substring (text, begin, MAX (begin, end));
}

/* The menu */

static void
show_menu (GtkWidget *popover, double x, double y)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkWidget *popover)
{
  show_menu (popover, x, y);
}

static gboolean
menu_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
             GtkWidget *popover)
{
  if (key != GDK_KEY_Menu && (key != GDK_KEY_F10 || (state & GDK_SHIFT_MASK) == 0))
    return FALSE;
  show_menu (popover, 60, 60);
  return TRUE;
}

void
ehcp_text_selection_add_menu (GtkWidget *widget)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkWidget *popover;

  g_menu_append (menu, _("Copy"), "viewer.copy");
  g_menu_append (menu, _("Select all"), "viewer.select-all");
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_parent (popover, widget);
  g_signal_connect_swapped (widget, "destroy", G_CALLBACK (gtk_widget_unparent), popover);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), popover);
  g_signal_connect (key, "key-pressed", G_CALLBACK (menu_key_cb), popover);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, key);
}

/* Copying */

typedef struct
{
  EhcpTextSelection selection;
  EhcpRenderDocument *document;
  GtkWidget *widget; /* weak */
  guint page;
  GString *text;
} Copy;

static void read_next (Copy *copy);

static void
finish (Copy *copy)
{
  if (copy->widget != NULL && copy->text->len > 0)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (copy->widget), copy->text->str);
  g_clear_weak_pointer (&copy->widget);
  g_object_unref (copy->document);
  g_string_free (copy->text, TRUE);
  g_free (copy);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Copy *copy = data;
  g_autoptr (EhcpRenderText) text =
      ehcp_render_document_read_page_finish (EHCP_RENDER_DOCUMENT (source), result, NULL);
  guint from, to;

  if (text != NULL && ehcp_text_selection_get_part (&copy->selection, copy->page, &from, &to))
    {
      g_autofree char *part = ehcp_text_part (text->text, from, to);

      if (copy->text->len > 0)
        g_string_append_c (copy->text, '\n');
      g_string_append (copy->text, part);
    }
  copy->page++;
  read_next (copy);
}

static void
read_next (Copy *copy)
{
  if (copy->page > MAX (copy->selection.anchor.page, copy->selection.end.page) || copy->widget == NULL)
    finish (copy);
  else
    ehcp_render_document_read_page_async (copy->document, copy->page, NULL, read_cb, copy);
}

void
ehcp_text_selection_copy (const EhcpTextSelection *selection, EhcpRenderDocument *document, GtkWidget *widget)
{
  Copy *copy = g_new0 (Copy, 1);

  copy->selection = *selection;
  copy->document = g_object_ref (document);
  g_set_weak_pointer (&copy->widget, widget);
  copy->page = MIN (selection->anchor.page, selection->end.page);
  copy->text = g_string_new (NULL);
  read_next (copy);
}
