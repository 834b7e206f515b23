/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the caseworker's part of a case record; before one is named, says so. */
#include "ehcp-caseworker-card.h"

#include <glib/gi18n.h>

#include "ehcp-language.h"

struct _EhcpCaseworkerCard
{
  AdwBin parent_instance;
  char *case_id;
  GtkWidget *avatar;
  GtkWidget *name;
  GtkWidget *role;
  GtkWidget *telephone_box;
  GtkWidget *telephone;
  GtkWidget *email_box;
  GtkWidget *email;
  GtkWidget *hours;
};

G_DEFINE_FINAL_TYPE (EhcpCaseworkerCard, ehcp_caseworker_card, ADW_TYPE_BIN)

static void
new_message_cb (EhcpCaseworkerCard *card)
{
  g_autofree char *place = g_strdup_printf ("compose/%s", card->case_id);

  gtk_widget_activate_action (GTK_WIDGET (card), "win.go", "s", place);
}

static void
finalize (GObject *object)
{
  g_clear_pointer (&EHCP_CASEWORKER_CARD (object)->case_id, g_free);
  G_OBJECT_CLASS (ehcp_caseworker_card_parent_class)->finalize (object);
}

static void
ehcp_caseworker_card_class_init (EhcpCaseworkerCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-caseworker-card.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseworkerCard, avatar);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseworkerCard, name);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseworkerCard, role);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseworkerCard, telephone_box);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseworkerCard, telephone);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseworkerCard, email_box);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseworkerCard, email);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseworkerCard, hours);
  gtk_widget_class_bind_template_callback (widget_class, new_message_cb);
}

static void
ehcp_caseworker_card_init (EhcpCaseworkerCard *card)
{
  gtk_widget_init_template (GTK_WIDGET (card));
}

/* Where "New Message" leads. */
void
ehcp_caseworker_card_set_case (EhcpCaseworkerCard *card, const char *case_id)
{
  g_return_if_fail (EHCP_IS_CASEWORKER_CARD (card));
  g_free (card->case_id);
  card->case_id = g_strdup (case_id);
}

static void
show_line (GtkWidget *shown, GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (shown, text != NULL && *text != '\0');
}

void
ehcp_caseworker_card_show_case (EhcpCaseworkerCard *card, EhcpRecord *case_record)
{
  const char *name = ehcp_record_get_text (case_record, "caseworker_name");
  g_autofree char *telephone = NULL;

  g_return_if_fail (EHCP_IS_CASEWORKER_CARD (card));

  gtk_widget_set_visible (card->avatar, name != NULL);
  gtk_widget_set_visible (card->role, name != NULL);
  adw_avatar_set_text (ADW_AVATAR (card->avatar), name != NULL ? name : "");
  gtk_label_set_label (GTK_LABEL (card->name), name != NULL ? name : _("The SEND team will name one soon"));
  telephone = ehcp_left_to_right (ehcp_record_get_text (case_record, "caseworker_telephone"));
  show_line (card->telephone_box, card->telephone, telephone);
  show_line (card->email_box, card->email, ehcp_record_get_text (case_record, "caseworker_email"));
  show_line (card->hours, card->hours, ehcp_record_get_text (case_record, "caseworker_hours"));
}
