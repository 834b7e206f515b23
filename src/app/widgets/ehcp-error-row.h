/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row under a field of a boxed list: says what is wrong with it, and is not there otherwise. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties: "field" GtkWidget, the row above; "member" string, the wire's name of what it holds;
 * "required" boolean: marks the field with a red * and tells assistive technology; "label" string: the
 * field's plain name, by default its title; "message" string or NULL: what is wrong. */
#define EHCP_TYPE_ERROR_ROW (ehcp_error_row_get_type ())
G_DECLARE_FINAL_TYPE (EhcpErrorRow, ehcp_error_row, EHCP, ERROR_ROW, GtkListBoxRow)

GtkWidget *ehcp_error_row_get_field (EhcpErrorRow *row);
const char *ehcp_error_row_get_member (EhcpErrorRow *row);
const char *ehcp_error_row_get_message (EhcpErrorRow *row);
void ehcp_error_row_set_message (EhcpErrorRow *row, const char *message);
void ehcp_error_row_take_message (EhcpErrorRow *row, char *message);
void ehcp_error_row_focus_field (EhcpErrorRow *row);

G_END_DECLS
