/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a password would be guessed: one verdict for the program and the council. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ehcp_password_is_easy (const char *password, const char *const *local);
gboolean ehcp_password_is_personal (const char *password, const char *const *personal);

G_END_DECLS
