/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program remembers between two starts: the council and how to reach it, who signed in on this
 * computer, what was chosen under Preferences, and where the window was. No secrets. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Somebody who signed in here and did not log out. */
typedef struct
{
  char *url;
  char *council; /* its name, or NULL */
  char *id;      /* of the account */
  char *name;    /* the person's */
} EhcpKnownAccount;

/* NULL where nothing is known. The council is changed by ehcp_settings_set(), the list by
 * ehcp_settings_know() and _forget(); whoever changes another member calls ehcp_settings_save(). */
typedef struct
{
  char *path;
  char *url;
  char *name;      /* "Wyreshire Council" */
  char *telephone;
  char *hours;
  char *account;   /* whose session is opened; NULL: the newest */
  GPtrArray *accounts; /* of EhcpKnownAccount, in the order of signing in */

  gboolean notify;           /* default TRUE */
  gboolean notify_details;   /* say the child's name and what it is about; default FALSE */
  gboolean run_in_background;
  gboolean is_covered;       /* the privacy lock: it holds over an end of the program */

  int width, height;         /* 0: not known */
  gboolean is_maximized;
  char *place;               /* the last one of @place_account */
  char *place_account;
} EhcpSettings;

EhcpSettings *ehcp_settings_load (const char *folder);
void ehcp_settings_free (EhcpSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpSettings, ehcp_settings_free)

void ehcp_settings_save (EhcpSettings *settings);
void ehcp_settings_set (EhcpSettings *settings, const char *url, const char *name,
                        const char *telephone, const char *hours);
void ehcp_settings_know (EhcpSettings *settings, const char *url, const char *council, const char *id,
                         const char *name);
void ehcp_settings_forget (EhcpSettings *settings, const char *url, const char *id);
gboolean ehcp_settings_replace (char **place, const char *value);

G_END_DECLS
