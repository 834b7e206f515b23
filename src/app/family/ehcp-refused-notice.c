/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the council refused stays in its place; this leads there. */
#include "ehcp-refused-notice.h"

#include <glib/gi18n.h>

#include "ehcp-columns.h"
#include "ehcp-dashboard-words.h"

struct _EhcpRefusedNotice
{
  AdwBin parent_instance;
  EhcpBook *book; /* not owned: the view that holds this one holds the link */
  char *case_id;
  GtkWidget *text;
};

G_DEFINE_FINAL_TYPE (EhcpRefusedNotice, ehcp_refused_notice, ADW_TYPE_BIN)

static void
refresh (EhcpRefusedNotice *notice)
{
  guint n = ehcp_dashboard_count_refused (notice->book, notice->case_id, EHCP_KIND_MESSAGE) +
            ehcp_dashboard_count_refused (notice->book, notice->case_id, EHCP_KIND_FORM);
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u thing was not sent. What you wrote is kept.",
                                 "%u things were not sent. What you wrote is kept.", n),
                       n);

  gtk_label_set_label (GTK_LABEL (notice->text), text);
  gtk_widget_set_visible (GTK_WIDGET (notice), n > 0);
}

static void
clicked_cb (EhcpRefusedNotice *notice)
{
  guint n_forms = ehcp_dashboard_count_refused (notice->book, notice->case_id, EHCP_KIND_FORM);
  g_autofree char *place = g_strdup_printf ("%s/%s", n_forms > 0 ? "actions" : "messages",
                                            notice->case_id);

  gtk_widget_activate_action (GTK_WIDGET (notice), "win.go", "s", place);
}

static void
finalize (GObject *object)
{
  g_clear_pointer (&EHCP_REFUSED_NOTICE (object)->case_id, g_free);
  G_OBJECT_CLASS (ehcp_refused_notice_parent_class)->finalize (object);
}

static void
ehcp_refused_notice_class_init (EhcpRefusedNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  g_type_ensure (EHCP_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-refused-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpRefusedNotice, text);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
ehcp_refused_notice_init (EhcpRefusedNotice *notice)
{
  gtk_widget_init_template (GTK_WIDGET (notice));
}

void
ehcp_refused_notice_watch (EhcpRefusedNotice *notice, EhcpLink *link, const char *case_id)
{
  g_return_if_fail (EHCP_IS_REFUSED_NOTICE (notice) && notice->book == NULL);

  notice->book = ehcp_link_get_book (link);
  notice->case_id = g_strdup (case_id);
  g_signal_connect_object (notice->book, "changed", G_CALLBACK (refresh), notice, G_CONNECT_SWAPPED);
  refresh (notice);
}
