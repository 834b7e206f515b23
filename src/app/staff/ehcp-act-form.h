/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page for one act of staff: what it does, its fields, and one button that does it. */
#pragma once

#include "ehcp-act.h"

G_BEGIN_DECLS

#define EHCP_TYPE_ACT_FORM (ehcp_act_form_get_type ())
G_DECLARE_FINAL_TYPE (EhcpActForm, ehcp_act_form, EHCP, ACT_FORM, AdwBin)

/* Called when the button is pressed: checks the fields, and gives the command (transfer full), or NULL when
 * something is wrong, which ehcp_act_form_set_error() said. */
typedef EhcpRecord *(*EhcpActMakeFunc) (EhcpView *view);

/* Makes the form the content of @view. @done: said in a toast, then back to where one came from. */
EhcpActForm *ehcp_act_form_new (EhcpView *view, const char *heading, const char *intro);
void ehcp_act_form_add_note (EhcpActForm *form, const char *text);
void ehcp_act_form_add_widget (EhcpActForm *form, GtkWidget *widget);
AdwEntryRow *ehcp_act_form_add_entry (EhcpActForm *form, const char *member, const char *label, gboolean is_required);
AdwComboRow *ehcp_act_form_add_combo (EhcpActForm *form, const char *member, const char *label, GListModel *model);
GtkWidget *ehcp_act_form_add_switch (EhcpActForm *form, const char *label, const char *subtitle);
void ehcp_act_form_set_submit (EhcpActForm *form, const char *label, gboolean is_destructive, EhcpActMakeFunc make,
                               const char *done);
void ehcp_act_form_set_done (EhcpActForm *form, const char *done);
void ehcp_act_form_set_error (EhcpActForm *form, const char *member, const char *message);
/* (transfer full): what was typed, without spaces around. */
char *ehcp_act_form_get_text (AdwEntryRow *row);
/* Checks a required or optional line; whether it is right. */
gboolean ehcp_act_form_check (EhcpActForm *form, const char *member, AdwEntryRow *row, const char *when_missing,
                              gsize max);

G_END_DECLS
