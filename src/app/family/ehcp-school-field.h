/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name of a school: chosen from the council's list while it is typed, or typed when it is not there. */
#pragma once

#include <adwaita.h>

#include "ehcp-form-definition.h"

G_BEGIN_DECLS

/* Emits "changed". */
#define EHCP_TYPE_SCHOOL_FIELD (ehcp_school_field_get_type ())
G_DECLARE_FINAL_TYPE (EhcpSchoolField, ehcp_school_field, EHCP, SCHOOL_FIELD, AdwBin)

GtkWidget *ehcp_school_field_new (const EhcpQuestion *question, const char *value);
/* @schools: of `school` records; or NULL: nothing is offered. */
void ehcp_school_field_set_schools (EhcpSchoolField *field, GListModel *schools);
const char *ehcp_school_field_get_text (EhcpSchoolField *field);
GtkWidget *ehcp_school_field_get_control (EhcpSchoolField *field);

G_END_DECLS
