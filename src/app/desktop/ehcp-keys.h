/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys, as the page of shortcuts shows them. A test compares the table with what the sources bind. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *group;  /* untranslated; NULL ends the table */
  const char *accel;  /* as gtk_accelerator_parse() takes it; several with a space between */
  const char *what;   /* untranslated */
} EhcpKey;

const EhcpKey *ehcp_keys_get (void);

G_END_DECLS
