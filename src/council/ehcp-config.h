/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The council's one configuration file. Read once, then never written: any thread may read the members. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  EHCP_MAIL_FOLDER, /* a file for each mail, for trying it out */
  EHCP_MAIL_SMTP,
} EhcpMailTransport;

typedef enum
{
  EHCP_SMTP_NONE,     /* loopback only */
  EHCP_SMTP_STARTTLS, /* required, never opportunistic */
  EHCP_SMTP_TLS,
} EhcpSmtpSecurity;

/* Strings are NULL where the key is optional and absent. */
typedef struct
{
  char *name;             /* [council] name, team, telephone, email, hours */
  char *team;
  char *telephone;
  char *email;
  char *hours;
  char *url;              /* how programs reach it, without a slash at the end */
  char *reference_prefix; /* "WY" */
  char *data_dir;         /* database, documents and uploads; absolute */
  char **message_types;   /* at least one */

  char *address;          /* [server] address, port (0: any free one), threads, connections */
  guint port;
  guint n_threads;
  guint n_connections;
  gboolean may_be_in_clear;    /* [server] in-clear: plain HTTP on an address that others reach */
  gboolean believes_forwarded; /* [server] forwarded-for: behind a proxy that sets X-Forwarded-For */
  char *operations_address; /* [operations] address, port; port 0: no such listener */
  guint operations_port;

  EhcpMailTransport mail_transport; /* [mail] transport, folder | host, port, security, user, password-file */
  char *mail_folder;
  char *mail_host;
  guint mail_port;
  EhcpSmtpSecurity mail_security;
  char *mail_user;
  char *mail_password;    /* the content of password-file */
  char *mail_ca_file;     /* optional: trusted for the relay besides the system's */
  char *mail_from;

  char *audit_mail;       /* [audit] mail: gets the audit's head each day */
  char *clamd;            /* [files] clamd: "unix:/path" or "tcp:host:port"; NULL: files are not scanned */
  guint case_megabytes;   /* [files] case-megabytes: room for the documents of one case; 0: no limit */
  char *forms_dir;        /* [forms] dir */
  char *schools_file;     /* [schools] file: optional */
  char *stage_text_file;  /* [stage-text] file */
  guint session_idle_s;   /* [sessions] idle-minutes, days: of families */
  guint session_max_s;
  guint staff_idle_s;     /* [sessions] staff-idle-minutes, staff-hours; 0: 30 minutes, 12 hours */
  guint staff_max_s;
  char *staff_key_file;   /* [staff] key-file: seals authenticators; NULL: staff.key in the data folder */
  char *staff_issuer;     /* [staff] authenticator-name: what the app calls the account; NULL: the council's name */
  guint sign_in_resend_s; /* [codes] resend-seconds: 30 */

  guint64 password_memory; /* of Argon2id, in bytes: no key; tests make it cheap before they start */
  guint password_passes;
  guint answer_beat_ms;   /* answers about accounts leave on this beat; no key; 0: at once, for tests */
} EhcpConfig;

guint ehcp_config_get_idle_s (const EhcpConfig *config, gboolean is_staff);
guint ehcp_config_get_max_s (const EhcpConfig *config, gboolean is_staff);
EhcpConfig *ehcp_config_load (const char *path, GError **error);
void ehcp_config_free (EhcpConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpConfig, ehcp_config_free)

G_END_DECLS
