/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An address or a person as one answer: a short line for each of its parts. */
#pragma once

#include <adwaita.h>

#include "ehcp-form-definition.h"

G_BEGIN_DECLS

/* Emits "changed" as a line is typed. */
#define EHCP_TYPE_LINES_FIELD (ehcp_lines_field_get_type ())
G_DECLARE_FINAL_TYPE (EhcpLinesField, ehcp_lines_field, EHCP, LINES_FIELD, AdwBin)

GtkWidget *ehcp_lines_field_new (const EhcpQuestion *question, const char *value);
/* (transfer full): a line each; "" when all are empty. */
char *ehcp_lines_field_get_value (EhcpLinesField *field);
/* What takes the focus: the first line that is empty and needed, or the first. */
GtkWidget *ehcp_lines_field_get_control (EhcpLinesField *field);

G_END_DECLS
