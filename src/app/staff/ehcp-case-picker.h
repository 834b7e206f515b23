/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing several cases: a search over a list with a check box in each row. */
#pragma once

#include <adwaita.h>

#include "ehcp-book.h"

G_BEGIN_DECLS

/* Emits "changed" when the choice did. */
#define EHCP_TYPE_CASE_PICKER (ehcp_case_picker_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCasePicker, ehcp_case_picker, EHCP, CASE_PICKER, AdwBin)

GtkWidget *ehcp_case_picker_new (EhcpBook *book, const char *heading);
/* (transfer full): ids of the cases, by name. */
GStrv ehcp_case_picker_get_chosen (EhcpCasePicker *picker);
/* Only cases of which @filter says so; NULL: all open ones. */
void ehcp_case_picker_set_filter (EhcpCasePicker *picker, gboolean (*filter) (EhcpRecord *, gpointer),
                                  gpointer data);
gboolean ehcp_case_picker_focus_search (EhcpCasePicker *picker);

G_END_DECLS
