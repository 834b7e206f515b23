/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A note on a case, for staff alone. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_NOTE_BOX (ehcp_note_box_get_type ())
G_DECLARE_FINAL_TYPE (EhcpNoteBox, ehcp_note_box, EHCP, NOTE_BOX, AdwBin)

GtkWidget *ehcp_note_box_new (EhcpView *view, const char *case_id);

G_END_DECLS
