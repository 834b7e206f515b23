/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of the move box: which are shown, what they say, and what is wrong with that. */
#pragma once

#include <adwaita.h>

#include "ehcp-book.h"
#include "ehcp-rules.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_MOVE_ENTER,
  EHCP_MOVE_CORRECT,
  EHCP_MOVE_EXEMPT,
} EhcpMoveMode;

/* What the fields say. */
typedef struct
{
  char *what;      /* the fact; "void" of a correction; "exemption" */
  char *value;     /* or NULL */
  char *text;      /* note or reason, or NULL */
  char *rule, *part, *ground; /* of an exemption */
  EhcpDay date, until;
} EhcpMoveTyped;

void ehcp_move_typed_free (EhcpMoveTyped *typed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpMoveTyped, ehcp_move_typed_free)

/* Emits "changed" when somebody changes a field. */
#define EHCP_TYPE_MOVE_FIELDS (ehcp_move_fields_get_type ())
G_DECLARE_FINAL_TYPE (EhcpMoveFields, ehcp_move_fields, EHCP, MOVE_FIELDS, AdwBin)

void ehcp_move_fields_reset (EhcpMoveFields *fields, EhcpMoveMode mode, EhcpBook *book, EhcpRecord *case_record,
                             EhcpRecord *corrected, EhcpDay today);
/* (transfer full): what can be read of them so far. */
EhcpMoveTyped *ehcp_move_fields_read (EhcpMoveFields *fields);
/* Says at the fields what is missing or cannot be read; whether all is right. */
gboolean ehcp_move_fields_check (EhcpMoveFields *fields, const EhcpMoveTyped *typed, EhcpDay today);
/* @member: of a finding or a refusal: "what", "date", "until", "value", "ground" …; whether there is such a field. */
gboolean ehcp_move_fields_set_error (EhcpMoveFields *fields, const char *member, const char *message);
void ehcp_move_fields_clear_errors (EhcpMoveFields *fields);

G_END_DECLS
