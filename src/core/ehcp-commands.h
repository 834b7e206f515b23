/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands that a person can send, and the bodies of the routes: field tables of both sides. */
#pragma once

#include "ehcp-record.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_COMMAND_ACCESS_ACTIVATE,
  EHCP_COMMAND_ACCESS_WITHDRAW,
  EHCP_COMMAND_ACCOUNT_UPDATE,
  EHCP_COMMAND_CASE_ALLOCATE,
  EHCP_COMMAND_CASE_OPEN,
  EHCP_COMMAND_DOCUMENT_PUBLISH,
  EHCP_COMMAND_DOCUMENT_READ,
  EHCP_COMMAND_DOCUMENT_WITHDRAW,
  EHCP_COMMAND_EVENT_CORRECT,
  EHCP_COMMAND_EVENT_RECORD,
  EHCP_COMMAND_FORM_ACCEPT,
  EHCP_COMMAND_FORM_ASK,
  EHCP_COMMAND_FORM_RETURN,
  EHCP_COMMAND_FORM_SAVE,
  EHCP_COMMAND_FORM_SUBMIT,
  EHCP_COMMAND_IDENTITY_VERIFY,
  EHCP_COMMAND_INVITATION_ANSWER,
  EHCP_COMMAND_INVITATION_OPEN,
  EHCP_COMMAND_MESSAGE_READ,
  EHCP_COMMAND_MESSAGE_SEND,
  EHCP_COMMAND_NOTE_ADD,
  EHCP_COMMAND_PERSON_INVITE,
  EHCP_N_COMMANDS
} EhcpCommand;

typedef enum
{
  EHCP_BODY_REGISTRATION,
  EHCP_BODY_CODE,            /* {code}: registrations/ID/verify */
  EHCP_BODY_SIGN_IN,
  EHCP_BODY_SIGN_IN_FINISH,
  EHCP_BODY_PASSWORD_RESET,
  EHCP_BODY_PASSWORD_FINISH, /* {code, password}: password-resets/ID/finish and staff-links/finish */
  EHCP_BODY_PASSWORD_CHANGE,
  EHCP_N_BODIES
} EhcpBody;

const EhcpShape *ehcp_command_get_shape (EhcpCommand command);
int ehcp_command_find (const char *kind);
const EhcpShape *ehcp_body_get_shape (EhcpBody body);
char *ehcp_answer_id (const char *form, const char *person, const char *question);

G_END_DECLS
