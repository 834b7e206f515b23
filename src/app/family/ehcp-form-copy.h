/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The copy of a form that was sent, for a PDF or a printer. */
#pragma once

#include "ehcp-form-filling.h"
#include "ehcp-paper.h"

G_BEGIN_DECLS

/* (transfer full) */
EhcpPaper *ehcp_form_copy_new (EhcpLink *link, EhcpFormFilling *filling);
/* (transfer full): the file's name, "Parental Preference Form WY-F-00012.pdf" */
char *ehcp_form_copy_get_name (EhcpFormFilling *filling);

G_END_DECLS
