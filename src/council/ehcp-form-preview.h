/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form's definition as a page to look at. */
#pragma once

#include "ehcp-form-definition.h"

G_BEGIN_DECLS

char *ehcp_form_preview_make (const EhcpFormDefinition *form);
char *ehcp_form_describe_condition (const EhcpCondition *condition);

G_END_DECLS
