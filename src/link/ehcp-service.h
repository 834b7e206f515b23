/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a council says of itself before anybody signs in, and the small answers of the sign-in routes. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* GET /v1/service. Read-only properties of the same names (with dashes). */
#define EHCP_TYPE_SERVICE (ehcp_service_get_type ())
G_DECLARE_FINAL_TYPE (EhcpService, ehcp_service, EHCP, SERVICE, GObject)

const char *ehcp_service_get_name (EhcpService *service);      /* "Wyreshire Council" */
const char *ehcp_service_get_team (EhcpService *service);      /* "SEND Assessment Team" */
const char *ehcp_service_get_telephone (EhcpService *service);
const char *ehcp_service_get_email (EhcpService *service);
const char *ehcp_service_get_hours (EhcpService *service);
int ehcp_service_get_min_password_length (EhcpService *service);
int ehcp_service_get_max_password_length (EhcpService *service);
gint64 ehcp_service_get_max_file_bytes (EhcpService *service);
EhcpService *ehcp_service_parse (GBytes *body, GError **error);

/* A code that is on its way: the answer to a registration, a sign-in or a reset. A plain struct. */
typedef struct
{
  char *id;              /* of the registration, sign-in or reset */
  char *sent_to;         /* masked: "h•••@example.org" */
  gint64 expires_in_s;   /* by the server's clock, counted from when the answer came */
  gint64 resend_after_s; /* seconds until another one may be asked for */
} EhcpCodeSent;

EhcpCodeSent *ehcp_code_sent_parse (GBytes *body, gint64 server_now, GError **error);
EhcpCodeSent *ehcp_code_sent_copy (const EhcpCodeSent *sent);
void ehcp_code_sent_free (EhcpCodeSent *sent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpCodeSent, ehcp_code_sent_free)

/* What a member of staff is asked for after the mailed code. A plain struct. */
typedef struct
{
  char *sign_in_id;
  char *secret;          /* of an app that is to be set up; NULL: the account has one */
  char *uri;             /* the same for its QR code */
  gint64 expires_in_s;
} EhcpAuthenticator;

EhcpAuthenticator *ehcp_authenticator_parse (JsonObject *answer, const char *sign_in_id, gint64 server_now);
void ehcp_authenticator_free (EhcpAuthenticator *authenticator);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpAuthenticator, ehcp_authenticator_free)

/* One line of "Signed-in devices". */
typedef struct
{
  char *id;
  char *device;
  char *signed_in_at; /* RFC 3339, UTC */
  char *last_used_at;
  gboolean is_this;
} EhcpDevice;

void ehcp_device_free (EhcpDevice *device);

G_END_DECLS
