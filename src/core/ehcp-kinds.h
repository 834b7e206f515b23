/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of record that the council's feed carries, and the kinds of the program's own. */
#pragma once

#include "ehcp-record.h"

G_BEGIN_DECLS

/* Records of the feed, in the order of the field tables in src/PROTOCOL.md. */
typedef enum
{
  EHCP_KIND_ACCOUNT,
  EHCP_KIND_ACTIVITY,
  EHCP_KIND_ANSWER,
  EHCP_KIND_CASE,
  EHCP_KIND_COLLEAGUE,
  EHCP_KIND_COMMENT,
  EHCP_KIND_CONTACT,
  EHCP_KIND_COVER,
  EHCP_KIND_DEADLINE,
  EHCP_KIND_DOCUMENT,
  EHCP_KIND_EVENT,
  EHCP_KIND_FORM,
  EHCP_KIND_FORM_DEFINITION,
  EHCP_KIND_INVITATION,
  EHCP_KIND_INVITATION_CHILD,
  EHCP_KIND_MESSAGE,
  EHCP_KIND_MESSAGE_TYPE,
  EHCP_KIND_NOTE,
  EHCP_KIND_PERSON,
  EHCP_KIND_READING,
  EHCP_KIND_REQUEST,
  EHCP_KIND_SCHOOL,
  EHCP_KIND_STAGE_TEXT,
  EHCP_KIND_TEMPLATE,
  EHCP_N_WIRE_KINDS,

  /* Of the program's own cache; never on the wire. */
  EHCP_KIND_DRAFT = EHCP_N_WIRE_KINDS,
  EHCP_N_KINDS
} EhcpKind;

const EhcpShape *ehcp_kind_get_shape (EhcpKind kind);
int ehcp_kind_find (const char *name);

GType ehcp_account_get_type (void);
GType ehcp_activity_get_type (void);
GType ehcp_answer_get_type (void);
GType ehcp_case_get_type (void);
GType ehcp_colleague_get_type (void);
GType ehcp_comment_get_type (void);
GType ehcp_contact_get_type (void);
GType ehcp_cover_get_type (void);
GType ehcp_deadline_get_type (void);
GType ehcp_document_get_type (void);
GType ehcp_event_get_type (void);
GType ehcp_form_get_type (void);
GType ehcp_form_definition_record_get_type (void);
GType ehcp_invitation_get_type (void);
GType ehcp_invitation_child_get_type (void);
GType ehcp_message_get_type (void);
GType ehcp_message_type_get_type (void);
GType ehcp_note_get_type (void);
GType ehcp_person_get_type (void);
GType ehcp_reading_get_type (void);
GType ehcp_request_get_type (void);
GType ehcp_school_get_type (void);
GType ehcp_stage_text_get_type (void);
GType ehcp_template_get_type (void);
GType ehcp_draft_get_type (void);

G_END_DECLS
