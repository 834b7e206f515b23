/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The invented council of data/demo, as it was written. */
#pragma once

#include "ehcp-json.h"

G_BEGIN_DECLS

typedef struct _EhcpDemoData EhcpDemoData;

EhcpDemoData *ehcp_demo_data_load (GError **error);
void ehcp_demo_data_free (EhcpDemoData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpDemoData, ehcp_demo_data_free)

JsonArray *ehcp_demo_data_get_staff (EhcpDemoData *data);
JsonArray *ehcp_demo_data_get_families (EhcpDemoData *data);
JsonObject *ehcp_demo_data_find_person (EhcpDemoData *data, const char *name);
JsonObject *ehcp_demo_data_find_email (EhcpDemoData *data, const char *email);
JsonObject *ehcp_demo_data_find_letter (EhcpDemoData *data, const char *name);
JsonObject *ehcp_demo_data_get_replies (EhcpDemoData *data);
GPtrArray *ehcp_demo_data_list_cases (EhcpDemoData *data);
gboolean ehcp_demo_data_write_files (const char *dir, GError **error);

G_END_DECLS
