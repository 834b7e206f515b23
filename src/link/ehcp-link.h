/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's side of the wire, for one council: what the screens call. Main thread; every wait is an
 * async call with a GCancellable; the work is done in the link's own threads. */
#pragma once

#include "ehcp-book.h"
#include "ehcp-clock.h"
#include "ehcp-commands.h"
#include "ehcp-error.h"
#include "ehcp-past-act.h"
#include "ehcp-service.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_LINK_STARTING,     /* looking for a stored session */
  EHCP_LINK_SIGNED_OUT,   /* nothing of anybody is kept here, also once the council has ended the account */
  EHCP_LINK_LOCKED,       /* there may be a session, and the keyring is locked or its prompt was dismissed */
  EHCP_LINK_SIGNED_IN,
  EHCP_LINK_ENDED,        /* the session was ended by the council, by a reset or by age: sign in again;
                             the offline copy and what was not sent stay */
  EHCP_LINK_OVERDUE,      /* signed in, but the council has not answered for so long that nothing may be shown before it
                             does: see ehcp-lease.h. The book is filled, and is for nobody's eyes */
} EhcpLinkStatus;

typedef enum
{
  EHCP_KEYRING_WORKS,
  EHCP_KEYRING_NONE,      /* no Secret Service, or no session bus */
  EHCP_KEYRING_LOCKED,
  EHCP_KEYRING_DISMISSED, /* the user closed the unlock prompt */
} EhcpKeyringState;

/* Which flow a code belongs to. */
typedef enum
{
  EHCP_FLOW_REGISTRATION,
  EHCP_FLOW_SIGN_IN,
  EHCP_FLOW_PASSWORD_RESET,
} EhcpFlow;

#define EHCP_TYPE_LINK (ehcp_link_get_type ())
G_DECLARE_FINAL_TYPE (EhcpLink, ehcp_link, EHCP, LINK, GObject)

/* Properties, all read-only and notifying:
 *   "url" string; "service" EhcpService or NULL; "status" int EhcpLinkStatus;
 *   "keyring" int EhcpKeyringState; "is-memory-only" boolean: this session only, nothing on disk;
 *   "is-online" boolean: the last request was answered;
 *   "is-syncing" boolean; "updated-at" int64: when the server last answered a pull, s since 1970, 0 never;
 *   "session-ends-at" int64: when the council will end it if nobody is there, s since 1970, 0 not known;
 *   "has-first-sync" boolean: the book holds a whole view (from the cache or the server);
 *   "n-waiting" uint: commands in the outbox that are not sent; "n-refused" uint. */
EhcpLink *ehcp_link_new (const char *url, const char *cache_dir, EhcpClock *clock);
void ehcp_link_close (EhcpLink *link);

const char *ehcp_link_get_url (EhcpLink *link);
EhcpBook *ehcp_link_get_book (EhcpLink *link);
EhcpClock *ehcp_link_get_clock (EhcpLink *link);
EhcpService *ehcp_link_get_service (EhcpLink *link);
EhcpLinkStatus ehcp_link_get_status (EhcpLink *link);
EhcpKeyringState ehcp_link_get_keyring (EhcpLink *link);
gboolean ehcp_link_is_online (EhcpLink *link);
gboolean ehcp_link_is_memory_only (EhcpLink *link);
gint64 ehcp_link_get_updated_at (EhcpLink *link);
gint64 ehcp_link_get_session_ends_at (EhcpLink *link);
guint ehcp_link_get_n_waiting (EhcpLink *link);
guint ehcp_link_get_n_refused (EhcpLink *link);

/* Before it starts: which account's session is looked for. NULL: whoever signed in last; "": nobody's. */
void ehcp_link_set_account (EhcpLink *link, const char *account);

/* Start-up: finds the stored session, opens the cache, fills the book; never prompts. */
void ehcp_link_start_async (EhcpLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer data);
gboolean ehcp_link_start_finish (EhcpLink *link, GAsyncResult *result, GError **error);
/* Asks the keyring to unlock (it may show its prompt), then starts as above. */
void ehcp_link_unlock_async (EhcpLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data);
gboolean ehcp_link_unlock_finish (EhcpLink *link, GAsyncResult *result, GError **error);
/* From LOCKED or a keyring that does not work: keeps token, key and cache in memory alone. */
void ehcp_link_use_memory_only (EhcpLink *link);

void ehcp_link_fetch_service_async (EhcpLink *link, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
EhcpService *ehcp_link_fetch_service_finish (EhcpLink *link, GAsyncResult *result, GError **error);

/* Accounts. Errors are EHCP_ERROR with the protocol's codes and field, or EHCP_ERROR_OFFLINE. */
void ehcp_link_register_async (EhcpLink *link, EhcpRecord *registration, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);
EhcpCodeSent *ehcp_link_register_finish (EhcpLink *link, GAsyncResult *result, GError **error);
void ehcp_link_verify_async (EhcpLink *link, const char *registration_id, const char *code,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean ehcp_link_verify_finish (EhcpLink *link, GAsyncResult *result, GError **error);
void ehcp_link_resend_async (EhcpLink *link, EhcpFlow flow, const char *id, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
EhcpCodeSent *ehcp_link_resend_finish (EhcpLink *link, GAsyncResult *result, GError **error);
void ehcp_link_sign_in_async (EhcpLink *link, const char *email, const char *password,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
EhcpCodeSent *ehcp_link_sign_in_finish (EhcpLink *link, GAsyncResult *result, GError **error);
/* On success the session is in the keyring (or in memory), sync runs, status is SIGNED_IN. */
void ehcp_link_finish_sign_in_async (EhcpLink *link, const char *sign_in_id, const char *code,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
gboolean ehcp_link_finish_sign_in_finish (EhcpLink *link, GAsyncResult *result, GError **error);
/* Staff, and families that have one: after the mailed code the council asks for an authenticator app's. */
const EhcpAuthenticator *ehcp_link_get_authenticator (EhcpLink *link);
void ehcp_link_answer_authenticator_async (EhcpLink *link, const char *code, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer data);
gboolean ehcp_link_answer_authenticator_finish (EhcpLink *link, GAsyncResult *result, GError **error);
void ehcp_link_reset_password_async (EhcpLink *link, const char *email, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
EhcpCodeSent *ehcp_link_reset_password_finish (EhcpLink *link, GAsyncResult *result, GError **error);
void ehcp_link_finish_reset_async (EhcpLink *link, const char *reset_id, const char *code,
                                   const char *password, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);
gboolean ehcp_link_finish_reset_finish (EhcpLink *link, GAsyncResult *result, GError **error);
/* The one-use link of a staff account: sets its first password. */
void ehcp_link_finish_staff_link_async (EhcpLink *link, const char *code, const char *password,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data);
gboolean ehcp_link_finish_staff_link_finish (EhcpLink *link, GAsyncResult *result, GError **error);
void ehcp_link_change_password_async (EhcpLink *link, const char *password, const char *new_password,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);
gboolean ehcp_link_change_password_finish (EhcpLink *link, GAsyncResult *result, GError **error);
void ehcp_link_list_devices_async (EhcpLink *link, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);
GPtrArray *ehcp_link_list_devices_finish (EhcpLink *link, GAsyncResult *result, GError **error);
void ehcp_link_end_device_async (EhcpLink *link, const char *session_id, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);
gboolean ehcp_link_end_device_finish (EhcpLink *link, GAsyncResult *result, GError **error);
/* Ends the session on the server (when it can be reached), then removes session, keys and cache here. */
void ehcp_link_log_out_async (EhcpLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data);
gboolean ehcp_link_log_out_finish (EhcpLink *link, GAsyncResult *result, GError **error);
/* Whether that happened because the council ended the account; until somebody signs in. */
gboolean ehcp_link_is_account_ended (EhcpLink *link);

/* The covered screen: whether the account's password can be told offline, and whether this is it. */
gboolean ehcp_link_has_lock (EhcpLink *link);
void ehcp_link_check_password_async (EhcpLink *link, const char *password, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
gboolean ehcp_link_check_password_finish (EhcpLink *link, GAsyncResult *result, GError **error);

/* The outbox. @command is a record of a command's shape; its id is minted here and becomes the id of the
 * record that it makes, which is in the book at once with delivery WAITING. @files: paths' contents were
 * read by the caller. Finishes when the command is safe on disk; returns its id. hold_ms: not sent before
 * that, so that it can be undone. */
typedef struct
{
  char *name;
  char *media_type;
  GBytes *content;
} EhcpFile;

EhcpFile *ehcp_file_new (const char *name, const char *media_type, GBytes *content);
void ehcp_file_free (EhcpFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpFile, ehcp_file_free)

void ehcp_link_send_async (EhcpLink *link, EhcpRecord *command, GPtrArray *files, guint hold_ms,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char *ehcp_link_send_finish (EhcpLink *link, GAsyncResult *result, GError **error);
/* FALSE when it was sent already, or may have been. What was typed goes with it: the caller, who knows it,
 * saves it as a draft again. */
gboolean ehcp_link_undo (EhcpLink *link, const char *command_id);
/* A refused command: again under a new id, or away with it. */
void ehcp_link_retry (EhcpLink *link, const char *command_id);
void ehcp_link_discard (EhcpLink *link, const char *command_id);
/* The council's own copy of a record, under what waits here or was refused; NULL when it has none. */
EhcpRecord *ehcp_link_find_under (EhcpLink *link, EhcpKind kind, const char *id);
/* Away with every refused command that was about that record. */
void ehcp_link_discard_about (EhcpLink *link, EhcpKind kind, const char *id);
/* Takes back the commands that make or change that record and were not sent yet: a message by one of its attachments.
 * FALSE when there are none, or the council may have one of them. */
gboolean ehcp_link_undo_about (EhcpLink *link, EhcpKind kind, const char *id);
/* What became of a command sent in this session: the "result" member of its answer as JSON, or the
 * refusal. Finishes after the next pull, so that the book has what it made; not while there is no answer. */
void ehcp_link_await_async (EhcpLink *link, const char *command_id, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);
char *ehcp_link_await_finish (EhcpLink *link, GAsyncResult *result, GError **error);
/* Try at once: after a press of "Try again", or when the window comes to the front. */
void ehcp_link_wake (EhcpLink *link);
/* Somebody is at the program: staff sessions end after half an hour without it. Cheap; for each key and move. */
void ehcp_link_note_activity (EhcpLink *link);

/* Drafts: records of EHCP_KIND_DRAFT, on this computer alone; in the book at once, on disk when finished.
 * Deleting one that does not exist is not an error. */
void ehcp_link_save_draft (EhcpLink *link, EhcpRecord *draft);
void ehcp_link_delete_draft (EhcpLink *link, const char *draft_id);

/* Documents. From the cache when kept there, otherwise fetched, checked against its hash and, when the
 * person wants it offline, stored sealed. Every reading is reported to the council by the caller's
 * document.read command. */
void ehcp_link_load_document_async (EhcpLink *link, EhcpRecord *document, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
GBytes *ehcp_link_load_document_finish (EhcpLink *link, GAsyncResult *result, GError **error);
void ehcp_link_note_saved (EhcpLink *link, const char *case_id, const char *path);
void ehcp_link_keep_document (EhcpLink *link, EhcpRecord *document, gboolean keep);
void ehcp_link_set_keep_all (EhcpLink *link, const char *case_id, gboolean keep_all);
gboolean ehcp_link_get_keep_all (EhcpLink *link, const char *case_id);

/* Staff: what the audit says of a case, page by page. */
void ehcp_link_case_history_async (EhcpLink *link, const char *case_id, gint64 before,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GPtrArray *ehcp_link_case_history_finish (EhcpLink *link, GAsyncResult *result, gboolean *has_more,
                                          GError **error);

G_END_DECLS
