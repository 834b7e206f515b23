/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A QR code, dark on white in every style: readers need the contrast and the margin. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EHCP_TYPE_QR_CODE (ehcp_qr_code_get_type ())
G_DECLARE_FINAL_TYPE (EhcpQrCode, ehcp_qr_code, EHCP, QR_CODE, GtkWidget)

/* NULL: none. What was drawn is wiped, since it may hold a secret. */
void ehcp_qr_code_set_text (EhcpQrCode *code, const char *text);

G_END_DECLS
