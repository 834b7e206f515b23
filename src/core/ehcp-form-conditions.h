/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions of a form's questions and pages, while the definition is read. */
#pragma once

#include "ehcp-form-definition.h"

G_BEGIN_DECLS

void ehcp_condition_clear (EhcpCondition *condition);
gboolean ehcp_form_conditions_join (EhcpFormDefinition *definition, GError **error);

G_END_DECLS
