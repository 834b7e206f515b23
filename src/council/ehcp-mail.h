/* SPDX-License-Identifier: GPL-3.0-or-later */
/* E-mails: written from templates into the outbox table, sent by a thread of their own, tried again until
 * the relay takes them. None holds a child's name or anything else about a child. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_MAIL_UNIQUE_CODE,        /* "code", "name" (of the adult) */
  EHCP_MAIL_INVITATION,         /* "name", "link": subject "Accept Portal Invitation" */
  EHCP_MAIL_INVITATION_ANSWERED,/* "name" */
  EHCP_MAIL_REGISTRATION_CODE,  /* "code", "minutes" */
  EHCP_MAIL_REGISTRATION_KNOWN, /* somebody registered an address that has an account: no code */
  EHCP_MAIL_SIGN_IN_CODE,       /* "code", "minutes" */
  EHCP_MAIL_RESET_CODE,         /* "code", "minutes" */
  EHCP_MAIL_PASSWORD_CHANGED,   /* "time" */
  EHCP_MAIL_ACTIVATED,          /* "name", "link": the SEND Dashboard can be used */
  EHCP_MAIL_WITHDRAWN,          /* "name" */
  EHCP_MAIL_MESSAGE,            /* "name", "link": a new message */
  EHCP_MAIL_DOCUMENT,           /* "name", "link", "kind": in words, such as "letter" */
  EHCP_MAIL_FORM_ASKED,         /* "name", "link", "title", "due": in words, "" for none */
  EHCP_MAIL_FORM_RECEIVED,      /* "name", "title", "reference" */
  EHCP_MAIL_REQUEST_RECEIVED,   /* "name", "reference": of a request for an assessment */
  EHCP_MAIL_FORM_RETURNED,      /* "name", "link", "title" */
  EHCP_MAIL_AUDIT_HEAD,         /* "head": to whoever keeps the audit's head */
  EHCP_MAIL_STAFF_LINK,         /* "name", "link": the one-use link of a new staff account */
  EHCP_MAIL_UNUSUAL_SIGN_IN,    /* "device", "time" */
  EHCP_MAIL_AUTHENTICATOR_ON,   /* "time" */
  EHCP_MAIL_AUTHENTICATOR_OFF,  /* "time" */
  EHCP_MAIL_SESSIONS_ENDED,     /* "time": by the council, when somebody asked it to */
  EHCP_N_MAILS
} EhcpMailKind;

/* Queues one mail, inside the write transaction. @...: pairs of a field's name and its text (const char *),
 * then NULL. A field that the template wants and that is not given is a programmer's mistake. */
gboolean ehcp_mail_queue (EhcpCouncil *council, EhcpDb *db, EhcpMailKind kind, const char *to,
                          GError **error, ...) G_GNUC_NULL_TERMINATED;

/* The sending thread. Started and stopped by whoever serves; woken after each commit that queued mail. */
typedef struct _EhcpMailer EhcpMailer;
EhcpMailer *ehcp_mailer_start (EhcpCouncil *council, GError **error);
void ehcp_mailer_stop (EhcpMailer *mailer);

G_END_DECLS
