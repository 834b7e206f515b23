/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `ehcp-council form-check FILE`: what is wrong with a form's definition, or the form as a family sees it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int ehcp_form_check_run (int argc, char **argv);

G_END_DECLS
