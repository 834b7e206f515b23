/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields in the text of a message template: "{child}", "{due:final-plan}". One meaning for both sides. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the law has a rule of that id. */
typedef gboolean (*EhcpTemplateKnowsRule) (const char *rule);
/* (transfer full) (nullable): what stands for the field; NULL when it is not known of the case. */
typedef char *(*EhcpTemplateValue) (const char *name, gpointer data);

gboolean ehcp_template_is_field (const char *name);
const char *const *ehcp_template_list_fields (void);
char *ehcp_template_find_wrong (const char *text, EhcpTemplateKnowsRule knows);
char *ehcp_template_fill (const char *text, EhcpTemplateValue value, gpointer data, GStrv *missing);

G_END_DECLS
