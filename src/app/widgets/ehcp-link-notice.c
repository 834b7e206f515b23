/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calm line under the header: one thing at a time, the one that matters most. It follows the link's
 * properties; a locked keyring has a screen of its own. */
#include "ehcp-link-notice.h"

#include <glib/gi18n.h>

#include "ehcp-time-words.h"

#define WARNED_BEFORE_S 120
#define LOOK_S 10

struct _EhcpLinkNotice
{
  AdwBin parent;
  GtkRevealer *revealer;
  GtkImage *icon;
  GtkLabel *label;
  GtkButton *button;
  EhcpLink *link;
  gboolean is_quiet;
  guint tick; /* of the clock, while a session has an end */
};

G_DEFINE_FINAL_TYPE (EhcpLinkNotice, ehcp_link_notice, ADW_TYPE_BIN)

/* An unrevealed line would still be read aloud: so it goes when it has slid away. */
static void
revealed_cb (EhcpLinkNotice *notice)
{
  if (!gtk_revealer_get_reveal_child (notice->revealer))
    gtk_widget_set_visible (GTK_WIDGET (notice), FALSE);
}

static void
say (EhcpLinkNotice *notice, const char *icon, const char *heading, const char *text)
{
  g_autofree char *markup = g_markup_printf_escaped ("<b>%s</b> %s", heading, text);

  gtk_image_set_from_icon_name (notice->icon, icon);
  gtk_label_set_markup (notice->label, markup);
  gtk_widget_set_visible (GTK_WIDGET (notice->button), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (notice), TRUE);
  gtk_revealer_set_reveal_child (notice->revealer, TRUE);
}

static void
offer (EhcpLinkNotice *notice, const char *label, const char *action, const char *target)
{
  gtk_button_set_label (notice->button, label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (notice->button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (notice->button), action);
  gtk_widget_set_visible (GTK_WIDGET (notice->button), TRUE);
}

static void
say_offline (EhcpLinkNotice *notice)
{
  gint64 updated_at = ehcp_link_get_updated_at (notice->link);
  gint64 now = ehcp_clock_now (ehcp_link_get_clock (notice->link));
  g_autofree char *saved = ehcp_time_words_saved (updated_at, now);
  g_autofree char *text = NULL;

  if (updated_at == 0)
    text = g_strdup (_("Nothing has been saved on this computer yet."));
  else
    /* Translators: %s is "at 14:05" or "on Monday at 14:05" */
    text = g_strdup_printf (_("Showing what was saved %s. You can read, write and fill in forms; it goes "
                              "out when the connection is back."),
                            saved);
  say (notice, "network-offline-symbolic", _("Offline."), text);
}

/* WCAG 2.2.1: warned of in time, and told how to go on. */
static void
say_session_end (EhcpLinkNotice *notice, gint64 ends_at)
{
  g_autofree char *clock = ehcp_time_words_clock (ends_at);
  g_autofree char *heading = g_strdup_printf (_("You will be signed out at %s."), clock);

  say (notice, "dialog-information-symbolic", heading,
       _("Press any key to stay signed in. What you typed is kept here; after signing in again you are where you were."));
}

static gboolean
is_about_to_end (EhcpLinkNotice *notice)
{
  gint64 ends_at = ehcp_link_get_session_ends_at (notice->link);

  return ends_at > 0 && ends_at - ehcp_clock_now (ehcp_link_get_clock (notice->link)) <= WARNED_BEFORE_S;
}

static void
update (EhcpLinkNotice *notice)
{
  EhcpLinkStatus status = notice->link != NULL ? ehcp_link_get_status (notice->link)
                                               : EHCP_LINK_STARTING;

  if (notice->is_quiet)
    gtk_revealer_set_reveal_child (notice->revealer, FALSE);
  else if (status == EHCP_LINK_ENDED)
    {
      say (notice, "dialog-information-symbolic", _("You have been signed out."),
           _("What is saved on this computer stays. Sign in again to go on."));
      offer (notice, _("Sign in again"), "win.go", "sign-in");
    }
  else if (status == EHCP_LINK_SIGNED_IN && !ehcp_link_is_online (notice->link))
    say_offline (notice);
  else if (status == EHCP_LINK_SIGNED_IN && is_about_to_end (notice))
    say_session_end (notice, ehcp_link_get_session_ends_at (notice->link));
  else if (status == EHCP_LINK_SIGNED_IN && ehcp_link_is_memory_only (notice->link))
    say (notice, "dialog-information-symbolic", _("This session only."),
         _("Nothing is kept on this computer when the program is closed: next time you sign in again."));
  else
    gtk_revealer_set_reveal_child (notice->revealer, FALSE);
}

static gboolean
tick_cb (gpointer notice)
{
  update (notice);
  return G_SOURCE_CONTINUE;
}

static void
ehcp_link_notice_dispose (GObject *object)
{
  EhcpLinkNotice *notice = EHCP_LINK_NOTICE (object);

  g_clear_handle_id (&notice->tick, g_source_remove);
  ehcp_link_notice_set_link (notice, NULL);
  G_OBJECT_CLASS (ehcp_link_notice_parent_class)->dispose (object);
}

static void
ehcp_link_notice_class_init (EhcpLinkNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_link_notice_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-link-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpLinkNotice, revealer);
  gtk_widget_class_bind_template_child (widget_class, EhcpLinkNotice, icon);
  gtk_widget_class_bind_template_child (widget_class, EhcpLinkNotice, label);
  gtk_widget_class_bind_template_child (widget_class, EhcpLinkNotice, button);
  gtk_widget_class_bind_template_callback (widget_class, revealed_cb);
}

static void
ehcp_link_notice_init (EhcpLinkNotice *notice)
{
  gtk_widget_init_template (GTK_WIDGET (notice));
  notice->tick = g_timeout_add_seconds (LOOK_S, tick_cb, notice);
}

void
ehcp_link_notice_set_link (EhcpLinkNotice *notice, EhcpLink *link)
{
  static const char *const watched[] = { "notify::status", "notify::is-online",
                                         "notify::updated-at", "notify::is-memory-only",
                                         "notify::session-ends-at" };

  if (notice->link != NULL)
    g_signal_handlers_disconnect_by_data (notice->link, notice);
  if (!g_set_object (&notice->link, link) || link == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_swapped (link, watched[i], G_CALLBACK (update), notice);
  update (notice);
}

void
ehcp_link_notice_set_quiet (EhcpLinkNotice *notice, gboolean is_quiet)
{
  if (notice->is_quiet == is_quiet)
    return;
  notice->is_quiet = is_quiet;
  update (notice);
}
