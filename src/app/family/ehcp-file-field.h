/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer to a question for files. */
#pragma once

#include <adwaita.h>

#include "ehcp-form-definition.h"

G_BEGIN_DECLS

/* Emits "changed" after a file was added or removed. */
#define EHCP_TYPE_FILE_FIELD (ehcp_file_field_get_type ())
G_DECLARE_FINAL_TYPE (EhcpFileField, ehcp_file_field, EHCP, FILE_FIELD, AdwBin)

GtkWidget *ehcp_file_field_new (const EhcpQuestion *question, const char *value);
void ehcp_file_field_set_max_bytes (EhcpFileField *field, gint64 max_bytes);
char *ehcp_file_field_get_value (EhcpFileField *field);
GtkWidget *ehcp_file_field_get_control (EhcpFileField *field);
/* (transfer full): why a file that was chosen cannot go, or NULL. */
char *ehcp_file_field_get_problem (EhcpFileField *field);

G_END_DECLS
