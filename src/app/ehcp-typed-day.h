/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days as people type them: "14/6/1986", "14 6 1986", "14 June 1986", "14.6.86" is not one. */
#pragma once

#include "ehcp-day.h"

G_BEGIN_DECLS

EhcpDay ehcp_typed_day_parse (const char *text);
/* (transfer full): "1986-06-14"; what cannot be read comes back as it was typed. */
char *ehcp_typed_day_to_value (const char *text);
/* (transfer full): "14/6/1986" for a value of that form; else the value. */
char *ehcp_typed_day_from_value (const char *value);

G_END_DECLS
