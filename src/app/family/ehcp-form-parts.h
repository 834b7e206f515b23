/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a form's view shows, one widget for each kind of page. Each follows its filling by itself. */
#pragma once

#include "ehcp-form-filling.h"
#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_FORM_TASKS (ehcp_form_tasks_get_type ())
G_DECLARE_FINAL_TYPE (EhcpFormTasks, ehcp_form_tasks, EHCP, FORM_TASKS, AdwBin)
GtkWidget *ehcp_form_tasks_new (EhcpView *view, EhcpFormFilling *filling);

#define EHCP_TYPE_FORM_PAGE_BOX (ehcp_form_page_box_get_type ())
G_DECLARE_FINAL_TYPE (EhcpFormPageBox, ehcp_form_page_box, EHCP, FORM_PAGE_BOX, AdwBin)
GtkWidget *ehcp_form_page_box_new (EhcpView *view, EhcpFormFilling *filling, guint part);
/* Puts the focus on the field of that question, if it is on the page. */
void ehcp_form_page_box_focus (EhcpFormPageBox *box, const char *question);

#define EHCP_TYPE_FORM_CHECK (ehcp_form_check_get_type ())
G_DECLARE_FINAL_TYPE (EhcpFormCheck, ehcp_form_check, EHCP, FORM_CHECK, AdwBin)
GtkWidget *ehcp_form_check_new (EhcpView *view, EhcpFormFilling *filling);

#define EHCP_TYPE_FORM_SENT (ehcp_form_sent_get_type ())
G_DECLARE_FINAL_TYPE (EhcpFormSent, ehcp_form_sent, EHCP, FORM_SENT, AdwBin)
GtkWidget *ehcp_form_sent_new (EhcpView *view, EhcpFormFilling *filling);

G_END_DECLS
