/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To register: personal details; address and password; the code that proves the address. Nothing that was
 * typed goes when something is wrong or when somebody looks back a page. */
#include "ehcp-register-view.h"

#include <glib/gi18n.h>

#include "ehcp-code-panel.h"
#include "ehcp-details-check.h"
#include "ehcp-error-row.h"
#include "ehcp-error-summary.h"
#include "ehcp-error-words.h"
#include "ehcp-language.h"
#include "ehcp-menu-names.h"
#include "ehcp-password-policy.h"
#include "ehcp-stack-pages.h"
#include "ehcp-steps.h"
#include "ehcp-tick.h"

#define MAX_NAME 100
#define MAX_ADDRESS 300

struct _EhcpRegisterView
{
  EhcpView parent;
  GtkStack *pages;
  GtkWidget *page_1, *page_2, *page_3, *done;
  GtkWidget *box_1, *box_2;
  EhcpErrorSummary *summary_1, *summary_2;
  AdwComboRow *person_title;
  GtkEditable *forename, *surname, *date_of_birth;
  EhcpErrorRow *forename_error, *surname_error, *date_of_birth_error;
  GtkEditable *telephone, *address, *postcode;
  EhcpErrorRow *telephone_error, *address_error, *postcode_error;
  GtkEditable *relationship;
  EhcpErrorRow *relationship_error;
  GtkWidget *relationship_menu;
  GtkCheckButton *professional;
  GtkEditable *email, *password, *again;
  EhcpErrorRow *email_error, *password_error, *again_error;
  EhcpPasswordPolicy *policy;
  GtkWidget *next_2, *next_3, *sign_in;
  GtkSpinner *spinner;
  EhcpCodePanel *panel;
};

G_DEFINE_FINAL_TYPE (EhcpRegisterView, ehcp_register_view, EHCP_TYPE_VIEW)

/* Page 1 */

static void
check_text (EhcpErrorRow *row, GtkEditable *field, const char *when_missing, gsize max)
{
  ehcp_error_row_take_message (
      row, ehcp_details_check_text (gtk_editable_get_text (field), when_missing, max));
}

static gint32
today (EhcpRegisterView *view)
{
  return ehcp_clock_today (ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (view))));
}

static void
check_person (EhcpRegisterView *view)
{
  g_autofree char *postcode = NULL;
  gint32 born;

  check_text (view->forename_error, view->forename, _("Enter your forename"), MAX_NAME);
  check_text (view->surname_error, view->surname, _("Enter your surname"), MAX_NAME);
  ehcp_error_row_take_message (view->date_of_birth_error,
                               ehcp_details_check_date_of_birth (
                                   gtk_editable_get_text (view->date_of_birth), today (view), &born));
  ehcp_error_row_take_message (
      view->telephone_error, ehcp_details_check_telephone (gtk_editable_get_text (view->telephone)));
  check_text (view->address_error, view->address, _("Enter your address"), MAX_ADDRESS);
  ehcp_error_row_take_message (view->postcode_error,
                               ehcp_details_check_postcode (gtk_editable_get_text (view->postcode),
                                                            &postcode));
  check_text (view->relationship_error, view->relationship, _("Enter your relationship to the child"),
              MAX_NAME);
}

/* A button clicks a moment after it was pressed by a key or by assistive technology: its page may be gone
 * by then. */
static gboolean
is_on (EhcpRegisterView *view, GtkWidget *page)
{
  return gtk_stack_get_visible_child (view->pages) == page;
}

static void
show_page (EhcpRegisterView *view, GtkWidget *page, GtkWidget *focus)
{
  gtk_stack_set_visible_child (view->pages, page);
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}

static void
next_cb (EhcpRegisterView *view)
{
  const char *personal[] = { gtk_editable_get_text (view->forename),
                             gtk_editable_get_text (view->surname),
                             gtk_editable_get_text (view->email), NULL };

  if (!is_on (view, view->page_1))
    return;
  check_person (view);
  if (ehcp_error_summary_gather (view->summary_1, view->box_1))
    return;
  ehcp_password_policy_set_personal (view->policy, personal);
  show_page (view, view->page_2, GTK_WIDGET (view->email));
}

static void
relationship_action (GtkWidget *widget, const char *name, GVariant *target)
{
  EhcpRegisterView *view = EHCP_REGISTER_VIEW (widget);

  gtk_editable_set_text (view->relationship, g_variant_get_string (target, NULL));
}

/* Page 2 */

static void
set_text (EhcpRecord *record, const char *field, GtkEditable *editable)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (editable)));

  ehcp_record_set_text (record, field, text);
}

static EhcpRecord *
make_registration (EhcpRegisterView *view, const char *email)
{
  EhcpRecord *record = ehcp_record_new (ehcp_body_get_shape (EHCP_BODY_REGISTRATION));
  GtkStringObject *title = adw_combo_row_get_selected_item (view->person_title);
  g_autofree char *postcode = NULL, *message = NULL, *none = NULL;
  gint32 born;

  if (adw_combo_row_get_selected (view->person_title) > 0)
    ehcp_record_set_text (record, "title", gtk_string_object_get_string (title));
  set_text (record, "forename", view->forename);
  set_text (record, "surname", view->surname);
  message = ehcp_details_check_date_of_birth (gtk_editable_get_text (view->date_of_birth), today (view),
                                              &born);
  ehcp_record_set_date (record, "date_of_birth", born);
  set_text (record, "telephone", view->telephone);
  set_text (record, "address", view->address);
  none = ehcp_details_check_postcode (gtk_editable_get_text (view->postcode), &postcode);
  ehcp_record_set_text (record, "postcode", postcode);
  set_text (record, "relationship", view->relationship);
  ehcp_record_set_bool (record, "professional", gtk_check_button_get_active (view->professional));
  ehcp_record_set_text (record, "email", email);
  ehcp_record_set_text (record, "password", gtk_editable_get_text (view->password));
  return record;
}

static void
set_busy (EhcpRegisterView *view, gboolean is_busy)
{
  gtk_widget_set_sensitive (view->next_2, !is_busy);
  gtk_spinner_set_spinning (view->spinner, is_busy);
}

static gboolean
is_of_page_2 (const GError *error)
{
  const char *field = ehcp_error_words_get_field (error);

  return field == NULL || g_str_equal (field, "email") || g_str_equal (field, "password");
}

/* A refusal is shown on the page of its field. */
static void
show_refusal (EhcpRegisterView *view, const GError *error)
{
  if (is_of_page_2 (error))
    ehcp_error_summary_show_error (view->summary_2, view->box_2, error);
  else
    {
      gtk_stack_set_visible_child (view->pages, view->page_1);
      ehcp_error_summary_show_error (view->summary_1, view->box_1, error);
    }
}

static void
registered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpRegisterView) view = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpCodeSent) sent = ehcp_link_register_finish (EHCP_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (view, FALSE);
  if (sent == NULL)
    {
      show_refusal (view, error);
      return;
    }
  gtk_stack_set_visible_child (view->pages, view->page_3);
  ehcp_code_panel_start (view->panel, EHCP_LINK (source), EHCP_FLOW_REGISTRATION, sent);
}

static void
register_cb (EhcpRegisterView *view)
{
  g_autofree char *email = NULL;
  g_autoptr (EhcpRecord) record = NULL;
  EhcpView *base = EHCP_VIEW (view);

  if (!is_on (view, view->page_2) || !gtk_widget_get_sensitive (view->next_2))
    return;
  ehcp_error_row_take_message (view->email_error,
                               ehcp_details_check_email (gtk_editable_get_text (view->email), &email));
  ehcp_error_row_take_message (view->password_error, ehcp_password_policy_check_password (view->policy));
  ehcp_error_row_take_message (view->again_error, ehcp_password_policy_check_again (view->policy));
  if (ehcp_error_summary_gather (view->summary_2, view->box_2))
    return;
  set_busy (view, TRUE);
  record = make_registration (view, email);
  ehcp_link_register_async (ehcp_view_get_link (base), record, ehcp_view_get_cancellable (base),
                            registered_cb, g_object_ref (view));
}

static void
email_changed_cb (EhcpRegisterView *view)
{
  const char *personal[] = { gtk_editable_get_text (view->forename),
                             gtk_editable_get_text (view->surname),
                             gtk_editable_get_text (view->email), NULL };

  ehcp_password_policy_set_personal (view->policy, personal);
}

/* Page 3 */

static void
forget_passwords (EhcpRegisterView *view)
{
  gtk_editable_set_text (view->password, "");
  gtk_editable_set_text (view->again, "");
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpRegisterView) view = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = ehcp_link_verify_finish (EHCP_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (view->next_3, TRUE);
  if (!is_done)
    {
      ehcp_code_panel_show_error (view->panel, error);
      return;
    }
  ehcp_code_panel_stop (view->panel);
  forget_passwords (view);
  ehcp_view_set_has_back (EHCP_VIEW (view), FALSE);
  show_page (view, view->done, view->sign_in);
}

static void
verify_cb (EhcpRegisterView *view)
{
  g_autofree char *code = NULL;
  EhcpView *base = EHCP_VIEW (view);

  if (!is_on (view, view->page_3) || !gtk_widget_get_sensitive (view->next_3))
    return;
  code = ehcp_code_panel_take_code (view->panel);
  if (code == NULL)
    return;
  gtk_widget_set_sensitive (view->next_3, FALSE);
  ehcp_link_verify_async (ehcp_view_get_link (base), ehcp_code_panel_get_id (view->panel), code,
                          ehcp_view_get_cancellable (base), verified_cb, g_object_ref (view));
}

static void
ehcp_register_view_shown (EhcpView *base)
{
  EhcpService *service = ehcp_link_get_service (ehcp_view_get_link (base));

  ehcp_view_set_subtitle (base, service != NULL ? ehcp_service_get_name (service) : NULL);
  ehcp_password_policy_set_service (EHCP_REGISTER_VIEW (base)->policy, service);
}

static void
ehcp_register_view_leave (EhcpView *base)
{
  forget_passwords (EHCP_REGISTER_VIEW (base));
}

static gboolean
ehcp_register_view_close_inner (EhcpView *base)
{
  EhcpRegisterView *view = EHCP_REGISTER_VIEW (base);
  GtkWidget *page = gtk_stack_get_visible_child (view->pages);

  if (page == view->page_2)
    show_page (view, view->page_1, GTK_WIDGET (view->forename));
  else if (page == view->page_3)
    {
      ehcp_code_panel_stop (view->panel);
      gtk_widget_set_sensitive (view->next_3, TRUE);
      show_page (view, view->page_2, GTK_WIDGET (view->email));
    }
  else
    return FALSE;
  return TRUE;
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, EhcpRegisterView, name)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (pages);
  BIND (page_1);
  BIND (page_2);
  BIND (page_3);
  BIND (done);
  BIND (box_1);
  BIND (box_2);
  BIND (summary_1);
  BIND (summary_2);
  BIND (person_title);
  BIND (forename);
  BIND (forename_error);
  BIND (surname);
  BIND (surname_error);
  BIND (date_of_birth);
  BIND (date_of_birth_error);
  BIND (telephone);
  BIND (telephone_error);
  BIND (address);
  BIND (address_error);
  BIND (postcode);
  BIND (postcode_error);
  BIND (relationship);
  BIND (relationship_error);
  BIND (relationship_menu);
  BIND (professional);
  BIND (email);
  BIND (email_error);
  BIND (password);
  BIND (password_error);
  BIND (again);
  BIND (again_error);
  BIND (policy);
  BIND (next_2);
  BIND (next_3);
  BIND (sign_in);
  BIND (spinner);
  BIND (panel);
}

static void
ehcp_register_view_class_init (EhcpRegisterViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  EHCP_VIEW_CLASS (klass)->shown = ehcp_register_view_shown;
  EHCP_VIEW_CLASS (klass)->leave = ehcp_register_view_leave;
  EHCP_VIEW_CLASS (klass)->close_inner = ehcp_register_view_close_inner;
  g_type_ensure (EHCP_TYPE_CODE_PANEL);
  g_type_ensure (EHCP_TYPE_ERROR_ROW);
  g_type_ensure (EHCP_TYPE_ERROR_SUMMARY);
  g_type_ensure (EHCP_TYPE_PASSWORD_POLICY);
  g_type_ensure (EHCP_TYPE_STEPS);
  g_type_ensure (EHCP_TYPE_TICK);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-register-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, register_cb);
  gtk_widget_class_bind_template_callback (widget_class, verify_cb);
  gtk_widget_class_install_action (widget_class, "register.relationship", "s", relationship_action);
}

static void
ehcp_register_view_init (EhcpRegisterView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
  ehcp_editable_left_to_right (view->telephone);
  ehcp_stack_pages_hide_others (view->pages);
  ehcp_password_policy_watch (view->policy, view->password, view->again);
  g_signal_connect_object (view->email, "changed", G_CALLBACK (email_changed_cb), view, G_CONNECT_SWAPPED);
  ehcp_menu_names_watch (GTK_MENU_BUTTON (view->relationship_menu));
  gtk_accessible_update_property (GTK_ACCESSIBLE (view->relationship_menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Choose a relationship"), -1);
}
