/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message of an open thread: who and when, how it stands, its text and files; and what to do when the
 * council refused it. */
#include "ehcp-message-card.h"

#include <glib/gi18n.h>

#include "ehcp-document-saving.h"
#include "ehcp-document-words.h"
#include "ehcp-message-acts.h"
#include "ehcp-message-words.h"
#include "ehcp-moving-files.h"
#include "ehcp-size-words.h"
#include "ehcp-text.h"

struct _EhcpMessageCard
{
  AdwBin parent_instance;

  AdwAvatar *avatar;
  GtkLabel *sender;
  GtkLabel *time;
  GtkWidget *state_box;
  GtkImage *state_icon;
  GtkLabel *state;
  GtkLabel *text;
  GtkBox *attachments;
  EhcpMovingFiles *moving;
  GtkLabel *reason;
  GtkWidget *buttons;

  EhcpLink *link;
  EhcpRecord *message;
  char *attached; /* the ids that are shown */
};

G_DEFINE_FINAL_TYPE (EhcpMessageCard, ehcp_message_card, ADW_TYPE_BIN)

static void
edit_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpMessageCard *card = EHCP_MESSAGE_CARD (widget);

  ehcp_message_edit (widget, card->link, card->message);
}

static void
cancel_cb (EhcpMessageCard *card)
{
  g_autoptr (EhcpMessageCard) held = g_object_ref (card);

  ehcp_message_cancel (GTK_WIDGET (card), card->link, card->message);
}

static void
retry_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpMessageCard *card = EHCP_MESSAGE_CARD (widget);

  ehcp_link_retry (card->link, ehcp_record_get_id (card->message));
}

static void
delete_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpMessageCard *card = EHCP_MESSAGE_CARD (widget);

  ehcp_message_delete (widget, card->link, card->message);
}

static void
ehcp_message_card_dispose (GObject *object)
{
  EhcpMessageCard *card = EHCP_MESSAGE_CARD (object);

  g_clear_object (&card->link);
  g_clear_object (&card->message);
  g_clear_pointer (&card->attached, g_free);
  G_OBJECT_CLASS (ehcp_message_card_parent_class)->dispose (object);
}

static void
ehcp_message_card_class_init (EhcpMessageCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_message_card_dispose;
  g_type_ensure (EHCP_TYPE_MOVING_FILES);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "card.edit", NULL, edit_cb);
  gtk_widget_class_install_action (widget_class, "card.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "card.delete", NULL, delete_cb);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-message-card.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageCard, avatar);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageCard, sender);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageCard, time);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageCard, state_box);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageCard, state_icon);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageCard, state);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageCard, text);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageCard, attachments);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageCard, moving);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageCard, reason);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageCard, buttons);
}

static void
ehcp_message_card_init (EhcpMessageCard *card)
{
  gtk_widget_init_template (GTK_WIDGET (card));
}

EhcpMessageCard *
ehcp_message_card_new (EhcpLink *link, EhcpRecord *message)
{
  EhcpMessageCard *card = g_object_new (EHCP_TYPE_MESSAGE_CARD, NULL);

  card->link = g_object_ref (link);
  card->message = g_object_ref (message);
  ehcp_moving_files_describe_cancel (card->moving, _("Takes the message back to your drafts. Nothing of it is sent."));
  ehcp_message_card_refresh (card);
  return card;
}

EhcpRecord *
ehcp_message_card_get_message (EhcpMessageCard *card)
{
  return card->message;
}

/* Files */

static void
open_clicked_cb (GtkWidget *button, EhcpRecord *document)
{
  g_autofree char *place = g_strdup_printf ("documents/%s/%s", ehcp_record_get_case (document),
                                            ehcp_record_get_id (document));

  gtk_widget_activate_action (button, "win.go", "s", place);
}

typedef struct
{
  EhcpLink *link;
  EhcpRecord *document;
} Save;

static void
save_free (gpointer data, GClosure *closure)
{
  Save *save = data;

  g_object_unref (save->link);
  g_object_unref (save->document);
  g_free (save);
}

static void
save_clicked_cb (GtkWidget *button, Save *save)
{
  ehcp_document_save (button, save->link, save->document);
}

static GtkWidget *
make_open_button (EhcpRecord *document)
{
  const char *name = ehcp_record_get_text (document, "file_name");
  g_autofree char *size = ehcp_size_words (ehcp_record_get_int (document, "size"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *size_label = gtk_label_new (size);
  GtkWidget *button = gtk_button_new ();

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (size_label, "caption");
  gtk_widget_add_css_class (size_label, "dim");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("mail-attachment-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), size_label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "attachment");
  gtk_widget_set_tooltip_text (button, _("Open the file"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, size, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (open_clicked_cb), document, 0);
  return button;
}

static GtkWidget *
make_save_button (EhcpMessageCard *card, EhcpRecord *document)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-save-symbolic");
  /* Translators: the name of a file */
  g_autofree char *label = g_strdup_printf (_("Save %s to Downloads"),
                                            ehcp_record_get_text (document, "file_name"));
  Save *save = g_new0 (Save, 1);

  save->link = g_object_ref (card->link);
  save->document = g_object_ref (document);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (save_clicked_cb), save, save_free, 0);
  return button;
}

static void
add_attachment (EhcpMessageCard *card, EhcpRecord *document)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (row), make_open_button (document));
  gtk_box_append (GTK_BOX (row), make_save_button (card, document));
  gtk_box_append (card->attachments, row);
}

static GPtrArray *
find_attachments (EhcpMessageCard *card)
{
  GListModel *documents = ehcp_book_get_list (ehcp_link_get_book (card->link), EHCP_KIND_DOCUMENT,
                                              ehcp_record_get_case (card->message));
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EhcpRecord) document = g_list_model_get_item (documents, i);

      if (g_strcmp0 (ehcp_record_get_text (document, "message"), ehcp_record_get_id (card->message)) == 0)
        g_ptr_array_add (found, g_steal_pointer (&document));
    }
  return found;
}

static gboolean
is_moving (EhcpRecord *document)
{
  EhcpDelivery delivery = ehcp_record_get_delivery (document);

  return delivery == EHCP_DELIVERY_WAITING || delivery == EHCP_DELIVERY_SENDING;
}

/* Those that are on their way are shown with how far they are. (transfer container): the others. */
static GPtrArray *
show_moving (EhcpMessageCard *card, GPtrArray *documents)
{
  g_autoptr (GPtrArray) moving = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *here = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < documents->len; i++)
    g_ptr_array_add (is_moving (documents->pdata[i]) ? moving : here, g_object_ref (documents->pdata[i]));
  ehcp_moving_files_show (card->moving, moving);
  return here;
}

/* Made anew only when the files are others, so that a focus on one of them stays. */
static void
show_attachments (EhcpMessageCard *card)
{
  g_autoptr (GPtrArray) all = find_attachments (card);
  g_autoptr (GPtrArray) documents = show_moving (card, all);
  g_autoptr (GString) ids = g_string_new (NULL);
  GtkWidget *child;

  for (guint i = 0; i < documents->len; i++)
    g_string_append_printf (ids, "%s ", ehcp_record_get_id (g_ptr_array_index (documents, i)));
  if (g_strcmp0 (card->attached, ids->str) == 0)
    return;
  g_free (card->attached);
  card->attached = g_strdup (ids->str);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (card->attachments))) != NULL)
    gtk_box_remove (card->attachments, child);
  for (guint i = 0; i < documents->len; i++)
    add_attachment (card, g_ptr_array_index (documents, i));
  gtk_widget_set_visible (GTK_WIDGET (card->attachments), documents->len > 0);
}

/* State */

/* "Read Mon 14:20" of one that the council has opened. */
static char *
make_state_words (EhcpRecord *message, EhcpMessageState state, gint64 now_s)
{
  gint64 read_at = state == EHCP_MESSAGE_READ
                       ? ehcp_time_parse (ehcp_record_get_text (message, "read_at")) : -1;
  g_autofree char *when = NULL;

  if (read_at < 0)
    return g_strdup (ehcp_message_state_words (state));
  when = ehcp_message_when_short (read_at, now_s);
  return g_strdup_printf (_("Read %s"), when);
}

static void
show_state (EhcpMessageCard *card, EhcpMessageState state, gint64 now_s)
{
  g_autofree char *words = make_state_words (card->message, state, now_s);
  const char *classes[] = { ehcp_message_state_style (state), NULL };

  gtk_image_set_from_icon_name (card->state_icon, ehcp_message_state_icon (state));
  gtk_label_set_label (card->state, words);
  gtk_widget_set_css_classes (card->state_box, classes);
  /* That somebody has read what they are reading needs no words. */
  gtk_widget_set_visible (card->state_box, state != EHCP_MESSAGE_OPENED && state != EHCP_MESSAGE_NEW);
}

static void
show_refusal (EhcpMessageCard *card, EhcpMessageState state)
{
  gboolean is_refused = state == EHCP_MESSAGE_NOT_SENT;
  g_autofree char *why = is_refused ? ehcp_message_refusal_words (card->message) : NULL;

  gtk_label_set_label (card->reason, why != NULL ? why : "");
  gtk_widget_set_visible (GTK_WIDGET (card->reason), is_refused);
  gtk_widget_set_visible (card->buttons, is_refused);
}

static void
show_kind (EhcpMessageCard *card, EhcpMessageState state)
{
  GtkWidget *widget = GTK_WIDGET (card);

  gtk_widget_remove_css_class (widget, "own");
  gtk_widget_remove_css_class (widget, "refused");
  if (state == EHCP_MESSAGE_NOT_SENT)
    gtk_widget_add_css_class (widget, "refused");
  else if (ehcp_record_get_bool (card->message, "from_council") ==
           ehcp_message_is_for_staff (ehcp_link_get_book (card->link)))
    gtk_widget_add_css_class (widget, "own");
}

/* After the record, or what belongs to it, has changed. */
void
ehcp_message_card_refresh (EhcpMessageCard *card)
{
  EhcpRecord *message = card->message;
  const char *sender = ehcp_record_get_text (message, "sender_name");
  const char *text = ehcp_record_get_text (message, "text");
  gint64 now_s = ehcp_clock_now (ehcp_link_get_clock (card->link));
  gint64 written = ehcp_message_time (message);
  EhcpBook *book = ehcp_link_get_book (card->link);
  gboolean is_read = ehcp_book_is_read (book, message);
  EhcpMessageState state = ehcp_message_is_for_staff (book) ? ehcp_message_state_for_staff (message, is_read)
                                                            : ehcp_message_state (message, is_read);
  g_autofree char *when = written >= 0 ? ehcp_message_when_long (written, now_s) : g_strdup ("");
  g_autofree char *spoken = g_strdup_printf ("%s, %s", sender != NULL ? sender : "", when);

  adw_avatar_set_text (card->avatar, sender);
  gtk_label_set_label (card->sender, sender);
  gtk_label_set_label (card->time, when);
  if (g_strcmp0 (gtk_label_get_label (card->text), text) != 0)
    gtk_label_set_label (card->text, text);
  show_state (card, state, now_s);
  show_refusal (card, state);
  show_kind (card, state);
  show_attachments (card);
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}
