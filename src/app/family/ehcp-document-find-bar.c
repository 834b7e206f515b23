/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bar above a document in which words are typed that are looked for: which of how many hits is shown, and
 * the way to the others. What is found is the viewer's business. */
#include "ehcp-document-find-bar.h"

#include <glib/gi18n.h>

struct _EhcpDocumentFindBar
{
  AdwBin parent_instance;

  GtkEditable *entry;
  GtkLabel *hits;
};

enum
{
  CHANGED,
  STEP,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EhcpDocumentFindBar, ehcp_document_find_bar, ADW_TYPE_BIN)

static void
changed_cb (EhcpDocumentFindBar *bar)
{
  g_signal_emit (bar, signals[CHANGED], 0);
}

static void
next_cb (EhcpDocumentFindBar *bar)
{
  g_signal_emit (bar, signals[STEP], 0, 1);
}

static void
previous_cb (EhcpDocumentFindBar *bar)
{
  g_signal_emit (bar, signals[STEP], 0, -1);
}

static void
close_cb (EhcpDocumentFindBar *bar)
{
  g_signal_emit (bar, signals[CLOSED], 0);
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *target)
{
  g_signal_emit (widget, signals[STEP], 0, g_str_equal (name, "find.next") ? 1 : -1);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *target)
{
  close_cb (EHCP_DOCUMENT_FIND_BAR (widget));
}

static void
ehcp_document_find_bar_class_init (EhcpDocumentFindBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHANGED] = g_signal_new ("changed", EHCP_TYPE_DOCUMENT_FIND_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[STEP] = g_signal_new ("step", EHCP_TYPE_DOCUMENT_FIND_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);
  signals[CLOSED] = g_signal_new ("closed", EHCP_TYPE_DOCUMENT_FIND_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "find.next", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "find.previous", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "find.close", NULL, close_action);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-document-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentFindBar, hits);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
ehcp_document_find_bar_init (EhcpDocumentFindBar *bar)
{
  gtk_widget_init_template (GTK_WIDGET (bar));
}

void
ehcp_document_find_bar_start (EhcpDocumentFindBar *bar)
{
  gtk_widget_grab_focus (GTK_WIDGET (bar->entry));
  gtk_editable_select_region (bar->entry, 0, -1);
}

const char *
ehcp_document_find_bar_get_words (EhcpDocumentFindBar *bar)
{
  return gtk_editable_get_text (bar->entry);
}

void
ehcp_document_find_bar_show_hits (EhcpDocumentFindBar *bar, guint current, guint n_hits)
{
  g_autofree char *words =
      *gtk_editable_get_text (bar->entry) == '\0' ? g_strdup ("")
      : n_hits == 0 ? g_strdup (_("Not found"))
                    : g_strdup_printf (ngettext ("%u of %u place", "%u of %u places", n_hits), current + 1,
                                       n_hits);

  if (g_strcmp0 (gtk_label_get_label (bar->hits), words) != 0)
    gtk_label_set_label (bar->hits, words);
  gtk_widget_action_set_enabled (GTK_WIDGET (bar), "find.next", n_hits > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (bar), "find.previous", n_hits > 1);
}
