/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms in words: due days, states, answers. Pure functions; all give (transfer full) text. */
#pragma once

#include "ehcp-day.h"
#include "ehcp-form-definition.h"
#include "ehcp-record.h"

G_BEGIN_DECLS

/* What the form needs from the person, or where it is. */
typedef enum
{
  EHCP_STANDING_TO_DO,
  EHCP_STANDING_RETURNED,
  EHCP_STANDING_WAITING,   /* submitted here, not at the council yet */
  EHCP_STANDING_NOT_SENT,  /* the council refused it */
  EHCP_STANDING_SENT,
  EHCP_STANDING_ACCEPTED,
  EHCP_STANDING_WITHDRAWN,
} EhcpFormStanding;

EhcpFormStanding ehcp_form_words_get_standing (EhcpRecord *form);
char *ehcp_form_words_state (EhcpRecord *form, gboolean is_started);
char *ehcp_form_words_detail (EhcpRecord *form, EhcpDay today);
char *ehcp_form_words_refusal (EhcpRecord *form);
char *ehcp_form_words_due_markup (EhcpRecord *form);
char *ehcp_form_words_left (EhcpRecord *form, EhcpDay today);
char *ehcp_form_words_fault (const EhcpQuestion *question, const GError *error);
const char *ehcp_form_words_part_state (EhcpPartState state);
char *ehcp_form_words_parts (guint n_completed, guint n_parts);
char *ehcp_form_words_saved (gint64 saved_at);
char *ehcp_form_words_sent_at (const char *time);

G_END_DECLS
