/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entry for an e-mailed code. It counts from the moment the council's answer came, by a clock that
 * nobody can set, so a wrong clock on this computer does no harm. */
#include "ehcp-code-panel.h"

#include <glib/gi18n.h>

#include "ehcp-details-check.h"
#include "ehcp-error-words.h"
#include "ehcp-time-words.h"

#define LAST_MINUTE_S 60

struct _EhcpCodePanel
{
  AdwBin parent;
  GtkLabel *sent_to;
  GtkLabel *entry_label;
  GtkEntry *entry;
  GtkWidget *error_box;
  GtkLabel *error_label;
  GtkLabel *time_left;
  GtkLabel *announcement;
  AdwBin *action_place;
  GtkWidget *resend_box;
  GtkWidget *resend;
  GtkLabel *wait_label;

  char *label;
  EhcpLink *link;
  EhcpFlow flow;
  EhcpCodeSent *sent;
  gint64 started_us; /* monotonic */
  guint source;
  GCancellable *cancellable;
  gboolean is_asking;
};

enum
{
  PROP_LABEL = 1,
  PROP_ACTION,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint activated_signal;

G_DEFINE_FINAL_TYPE (EhcpCodePanel, ehcp_code_panel, ADW_TYPE_BIN)

static void
set_error (EhcpCodePanel *panel, const char *text)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (panel->entry)));

  gtk_label_set_label (panel->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (panel->error_box, text != NULL);
  gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID,
                               text != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (text != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (panel->entry), "error");
      gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
      gtk_widget_grab_focus (GTK_WIDGET (panel->entry));
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (panel->entry), "error");
      gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
    }
}

/* Whole seconds that have passed: what is left is rounded up, since the council refuses what comes early. */
static gint64
seconds_since_start (EhcpCodePanel *panel)
{
  return (g_get_monotonic_time () - panel->started_us) / G_USEC_PER_SEC;
}

static void
announce (EhcpCodePanel *panel, const char *text)
{
  gtk_label_set_label (panel->announcement, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (panel->announcement), text != NULL);
}

static void
show_time_left (EhcpCodePanel *panel, gint64 left)
{
  g_autofree char *clock = ehcp_time_words_countdown (left);
  g_autofree char *text = g_strdup_printf (_("Time left %s"), clock);

  gtk_label_set_label (panel->time_left, left > 0 ? text : _("Expired"));
  /* Said aloud twice only: a count each second would drown everything else. */
  if (left <= 0)
    announce (panel, _("This code has expired. Ask for a new one."));
  else if (left <= LAST_MINUTE_S)
    announce (panel, _("This code works for less than a minute from now."));
}

static void
show_wait (EhcpCodePanel *panel, gint64 wait)
{
  g_autofree char *clock = ehcp_time_words_countdown (wait);
  g_autofree char *text = g_strdup_printf (_("You can ask again in %s"), clock);

  gtk_label_set_label (panel->wait_label, wait > 0 ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (panel->wait_label), wait > 0);
  gtk_widget_set_sensitive (panel->resend, wait <= 0 && !panel->is_asking);
}

static gboolean
tick_cb (gpointer data)
{
  EhcpCodePanel *panel = data;
  gint64 passed = seconds_since_start (panel);

  show_time_left (panel, panel->sent->expires_in_s - passed);
  show_wait (panel, panel->sent->resend_after_s - passed);
  return G_SOURCE_CONTINUE;
}

static void
show_sent_to (EhcpCodePanel *panel)
{
  g_autofree char *clock = ehcp_time_words_clock (ehcp_clock_now (ehcp_link_get_clock (panel->link)));
  g_autofree char *address = g_markup_printf_escaped ("<b>%s</b>", panel->sent->sent_to);
  /* Translators: the first %s is a masked e-mail address, the second a time */
  g_autofree char *text = g_strdup_printf (_("We sent a code to %s at %s."), address, clock);

  gtk_label_set_markup (panel->sent_to, text);
}

static void
begin (EhcpCodePanel *panel, const EhcpCodeSent *sent)
{
  g_clear_pointer (&panel->sent, ehcp_code_sent_free);
  panel->sent = ehcp_code_sent_copy (sent);
  panel->started_us = g_get_monotonic_time ();
  announce (panel, NULL);
  show_sent_to (panel);
  if (panel->source == 0)
    panel->source = g_timeout_add_seconds (1, tick_cb, panel);
  tick_cb (panel);
}

static void
empty_entry (EhcpCodePanel *panel)
{
  gtk_editable_set_text (GTK_EDITABLE (panel->entry), "");
  set_error (panel, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (panel->entry));
}

static void
resent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpCodePanel) panel = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpCodeSent) sent = ehcp_link_resend_finish (EHCP_LINK (source), result, &error);

  panel->is_asking = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || panel->sent == NULL)
    return;
  if (sent != NULL)
    begin (panel, sent);
  else
    {
      panel->sent->resend_after_s = seconds_since_start (panel) + ehcp_error_get_retry_after (error);
      ehcp_code_panel_show_error (panel, error);
      tick_cb (panel);
    }
}

static void
resend_cb (EhcpCodePanel *panel)
{
  panel->is_asking = TRUE;
  gtk_widget_set_sensitive (panel->resend, FALSE);
  /* Now and not with the answer: what is typed meanwhile stays. */
  empty_entry (panel);
  ehcp_link_resend_async (panel->link, panel->flow, panel->sent->id, panel->cancellable, resent_cb,
                          g_object_ref (panel));
}

static void
entry_activated_cb (EhcpCodePanel *panel)
{
  g_signal_emit (panel, activated_signal, 0);
}

static void
ehcp_code_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EhcpCodePanel *panel = EHCP_CODE_PANEL (object);

  switch (id)
    {
    case PROP_LABEL:
      g_value_set_string (value, panel->label);
      break;
    case PROP_ACTION:
      g_value_set_object (value, adw_bin_get_child (panel->action_place));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ehcp_code_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EhcpCodePanel *panel = EHCP_CODE_PANEL (object);

  switch (id)
    {
    case PROP_LABEL:
      panel->label = g_value_dup_string (value);
      break;
    case PROP_ACTION:
      adw_bin_set_child (panel->action_place, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ehcp_code_panel_constructed (GObject *object)
{
  EhcpCodePanel *panel = EHCP_CODE_PANEL (object);
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (panel->entry));

  G_OBJECT_CLASS (ehcp_code_panel_parent_class)->constructed (object);
  gtk_label_set_label (panel->entry_label, panel->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (panel->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  panel->label, GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, panel->label,
                                  GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE, -1);
}

static void
ehcp_code_panel_dispose (GObject *object)
{
  EhcpCodePanel *panel = EHCP_CODE_PANEL (object);

  g_clear_handle_id (&panel->source, g_source_remove);
  g_clear_pointer (&panel->sent, ehcp_code_sent_free);
  g_cancellable_cancel (panel->cancellable);
  g_clear_object (&panel->link);
  G_OBJECT_CLASS (ehcp_code_panel_parent_class)->dispose (object);
}

static void
ehcp_code_panel_finalize (GObject *object)
{
  EhcpCodePanel *panel = EHCP_CODE_PANEL (object);

  g_clear_object (&panel->cancellable);
  g_free (panel->label);
  G_OBJECT_CLASS (ehcp_code_panel_parent_class)->finalize (object);
}

static void
ehcp_code_panel_class_init (EhcpCodePanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ehcp_code_panel_get_property;
  object_class->set_property = ehcp_code_panel_set_property;
  object_class->constructed = ehcp_code_panel_constructed;
  object_class->dispose = ehcp_code_panel_dispose;
  object_class->finalize = ehcp_code_panel_finalize;

  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READWRITE |
                                           G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY);
  props[PROP_ACTION] = g_param_spec_object ("action", NULL, NULL, GTK_TYPE_WIDGET,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  activated_signal = g_signal_new ("activated", EHCP_TYPE_CODE_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-code-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpCodePanel, sent_to);
  gtk_widget_class_bind_template_child (widget_class, EhcpCodePanel, entry_label);
  gtk_widget_class_bind_template_child (widget_class, EhcpCodePanel, entry);
  gtk_widget_class_bind_template_child (widget_class, EhcpCodePanel, error_box);
  gtk_widget_class_bind_template_child (widget_class, EhcpCodePanel, error_label);
  gtk_widget_class_bind_template_child (widget_class, EhcpCodePanel, time_left);
  gtk_widget_class_bind_template_child (widget_class, EhcpCodePanel, announcement);
  gtk_widget_class_bind_template_child (widget_class, EhcpCodePanel, action_place);
  gtk_widget_class_bind_template_child (widget_class, EhcpCodePanel, resend_box);
  gtk_widget_class_bind_template_child (widget_class, EhcpCodePanel, resend);
  gtk_widget_class_bind_template_child (widget_class, EhcpCodePanel, wait_label);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, resend_cb);
}

static void
ehcp_code_panel_init (EhcpCodePanel *panel)
{
  panel->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (panel));
}

void
ehcp_code_panel_start (EhcpCodePanel *panel, EhcpLink *link, EhcpFlow flow, const EhcpCodeSent *sent)
{
  g_return_if_fail (EHCP_IS_CODE_PANEL (panel) && sent != NULL);

  g_set_object (&panel->link, link);
  panel->flow = flow;
  empty_entry (panel);
  begin (panel, sent);
}

const char *
ehcp_code_panel_get_id (EhcpCodePanel *panel)
{
  return panel->sent != NULL ? panel->sent->id : NULL;
}

char *
ehcp_code_panel_take_code (EhcpCodePanel *panel)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (panel->entry));
  char *code = ehcp_details_find_code (typed);

  if (code != NULL)
    set_error (panel, NULL);
  else if (typed[0] == '\0')
    set_error (panel, _("Enter the code from the e-mail."));
  else
    set_error (panel, _("Check the code: it has 6 digits."));
  return code;
}

void
ehcp_code_panel_show_error (EhcpCodePanel *panel, const GError *error)
{
  g_autofree char *words = ehcp_error_words (error);

  set_error (panel, words);
}

/* When its page is left: the clock stops, and the code goes. */
void
ehcp_code_panel_stop (EhcpCodePanel *panel)
{
  g_clear_handle_id (&panel->source, g_source_remove);
  g_clear_pointer (&panel->sent, ehcp_code_sent_free);
  gtk_editable_set_text (GTK_EDITABLE (panel->entry), "");
}
