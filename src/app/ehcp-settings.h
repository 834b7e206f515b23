/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program remembers between two starts: the council, and how to reach it. No secrets. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NULL where nothing is known. Change them by ehcp_settings_set(). */
typedef struct
{
  char *path;
  char *url;
  char *name;      /* "Wyreshire Council" */
  char *telephone;
  char *hours;
} EhcpSettings;

EhcpSettings *ehcp_settings_load (const char *folder);
void ehcp_settings_free (EhcpSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpSettings, ehcp_settings_free)

void ehcp_settings_set (EhcpSettings *settings, const char *url, const char *name,
                        const char *telephone, const char *hours);

G_END_DECLS
