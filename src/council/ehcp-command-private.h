/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One command while it is carried out, and what its handlers share. For the files of the commands only. */
#pragma once

#include "ehcp-access.h"
#include "ehcp-audit.h"
#include "ehcp-activity.h"
#include "ehcp-council.h"
#include "ehcp-form-definition.h"
#include "ehcp-json.h"
#include "ehcp-mail.h"
#include "ehcp-policy.h"
#include "ehcp-store.h"
#include "ehcp-text.h"
#include "ehcp-uploads.h"

G_BEGIN_DECLS

/* Everything is the task's own but for council, db and actor. It lives in the writer thread, for the time
 * of one savepoint. */
typedef struct
{
  EhcpCouncil *council;
  EhcpDb *db;
  const EhcpActorId *actor;
  const char *id;          /* the command's: often that of the record that it makes */
  EhcpRecord *command;
  EhcpRecord *sender;      /* the account */
  EhcpRecord *case_record; /* NULL for a command without `case` */
  EhcpRecord *subject;     /* the record that the duty table names, or NULL */
  EhcpAccess access;       /* the sender's on that case */
  char *now;
  gint32 today;

  GString *result;         /* the members of the answer's `result` */
  EhcpJson json;           /* writes into it */
  GPtrArray *warnings;     /* of static strings */
  char *audited_case;      /* what the audit row is about; by default case and subject */
  char *audited_item;
  char *detail;
  GPtrArray *spent_files;  /* paths that go once the commit is durable */
} EhcpTask;

typedef gboolean (*EhcpTaskFunc) (EhcpTask *task, GError **error);

/* ehcp-command-task.c */
void ehcp_task_clear (EhcpTask *task);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EhcpTask, ehcp_task_clear)
gboolean ehcp_task_is_staff (EhcpTask *task);
EhcpRecord *ehcp_task_find (EhcpTask *task, EhcpKind kind, const char *field, GError **error);
EhcpRecord *ehcp_task_find_staff (EhcpTask *task, const char *field, GError **error);
EhcpRecord *ehcp_task_find_id (EhcpTask *task, EhcpKind kind, const char *id, const char *pointer,
                               GError **error);
gboolean ehcp_task_check_base (EhcpTask *task, gint64 seq, GError **error);
gboolean ehcp_task_check_past (EhcpTask *task, const char *field, GError **error);
gboolean ehcp_task_check_named (EhcpTask *task, GError **error);
gboolean ehcp_task_refuse (GError **error, EhcpError code, const char *pointer);
gboolean ehcp_task_refuse_at (GError **error, const GError *failure, const char *pointer);
EhcpRecord *ehcp_task_make (EhcpTask *task, EhcpKind kind, const char *id, const char *audience,
                            const char *person);
gboolean ehcp_task_add (EhcpTask *task, EhcpRecord *record, GError **error);
gboolean ehcp_task_put (EhcpTask *task, EhcpRecord *record, GError **error);
gboolean ehcp_task_add_reading (EhcpTask *task, EhcpRecord *item, GError **error);
gboolean ehcp_task_tell (EhcpTask *task, const char *what, EhcpRecord *about, const char *title,
                         GError **error);
void ehcp_task_audit (EhcpTask *task, const char *item, const char *format, ...) G_GNUC_PRINTF (3, 4);
char *ehcp_task_sender_name (EhcpTask *task);
char *ehcp_task_take_reference (EhcpTask *task, const char *name, const char *middle, GError **error);
const char *ehcp_task_given (EhcpTask *task, const char *field);

/* ehcp-command-people.c */
char *ehcp_person_format_name (EhcpRecord *person);
char *ehcp_person_format_address (EhcpRecord *person);
GPtrArray *ehcp_task_list_readers (EhcpTask *task, EhcpRecord *record, GError **error);
char *ehcp_task_find_email (EhcpTask *task, EhcpRecord *person, GError **error);
char *ehcp_task_make_link (EhcpTask *task);

/* ehcp-command-event.c */
gboolean ehcp_task_append_event (EhcpTask *task, const char *id, const char *what, gint32 date,
                                 gint32 until, const char *value, const char *note,
                                 EhcpRecord *corrected, GError **error);

/* The commands, by area. */
gboolean ehcp_command_case_allocate (EhcpTask *task, GError **error);
gboolean ehcp_command_case_open (EhcpTask *task, GError **error);
gboolean ehcp_command_case_reallocate (EhcpTask *task, GError **error);
gboolean ehcp_command_event_correct (EhcpTask *task, GError **error);
gboolean ehcp_command_event_record (EhcpTask *task, GError **error);
gboolean ehcp_command_exemption_record (EhcpTask *task, GError **error);
gboolean ehcp_command_note_add (EhcpTask *task, GError **error);

gboolean ehcp_command_cover_set (EhcpTask *task, GError **error);
gboolean ehcp_command_staff_add (EhcpTask *task, GError **error);
gboolean ehcp_command_staff_disable (EhcpTask *task, GError **error);

gboolean ehcp_command_template_remove (EhcpTask *task, GError **error);
gboolean ehcp_command_template_save (EhcpTask *task, GError **error);

gboolean ehcp_command_access_activate (EhcpTask *task, GError **error);
gboolean ehcp_command_access_withdraw (EhcpTask *task, GError **error);
gboolean ehcp_command_identity_verify (EhcpTask *task, GError **error);
gboolean ehcp_command_person_invite (EhcpTask *task, GError **error);

gboolean ehcp_command_account_update (EhcpTask *task, GError **error);
gboolean ehcp_command_invitation_answer (EhcpTask *task, GError **error);
gboolean ehcp_command_invitation_open (EhcpTask *task, GError **error);

gboolean ehcp_command_message_read (EhcpTask *task, GError **error);
gboolean ehcp_command_message_send (EhcpTask *task, GError **error);

gboolean ehcp_command_document_add (EhcpTask *task, GError **error);
gboolean ehcp_command_document_publish (EhcpTask *task, GError **error);
gboolean ehcp_command_document_read (EhcpTask *task, GError **error);
gboolean ehcp_command_document_withdraw (EhcpTask *task, GError **error);

gboolean ehcp_command_comment_decide (EhcpTask *task, GError **error);
gboolean ehcp_task_take_comments (EhcpTask *task, EhcpRecord *form, const EhcpFormDefinition *definition,
                                  GPtrArray *answers, GError **error);

/* ehcp-command-form.c */
EhcpFormDefinition *ehcp_task_find_definition (EhcpTask *task, const char *name, const char *pointer,
                                               GError **error);
gboolean ehcp_task_is_current (EhcpTask *task, const char *definition, GError **error);
gboolean ehcp_form_may_be_filled_in (EhcpRecord *form);

/* ehcp-command-form-files.c */
typedef gboolean (*EhcpFormFileFunc) (EhcpTask *task, const char *question, const char *line, gpointer data,
                                      GError **error);

void ehcp_task_fill_document (EhcpTask *task, EhcpRecord *document, const EhcpUpload *upload);
gboolean ehcp_task_take_form_files (EhcpTask *task, const char *form, const EhcpFormDefinition *definition,
                                    EhcpAnswerFunc answer, gpointer answer_data, EhcpFormFileFunc add,
                                    gpointer data, GError **error);
gboolean ehcp_form_files_are_among (const char *value, const char *before);
char *ehcp_task_copy_form_files (EhcpTask *task, EhcpRecord *form, const char *value, GError **error);
gboolean ehcp_task_show_form_files (EhcpTask *task, const char *form, GError **error);
gboolean ehcp_task_hide_form_files (EhcpTask *task, const char *form, GError **error);
gboolean ehcp_task_remove_form_files (EhcpTask *task, const char *form, GError **error);

/* ehcp-command-request.c, and what is made of a request when its case is opened */
gboolean ehcp_command_assessment_request (EhcpTask *task, GError **error);
EhcpRecord *ehcp_task_find_request (EhcpTask *task, GError **error);
gboolean ehcp_task_open_request (EhcpTask *task, EhcpRecord *request, GError **error);
gboolean ehcp_task_settle_request (EhcpTask *task, EhcpRecord *person, GError **error);

gboolean ehcp_command_form_accept (EhcpTask *task, GError **error);
gboolean ehcp_command_form_ask (EhcpTask *task, GError **error);
gboolean ehcp_command_form_return (EhcpTask *task, GError **error);
gboolean ehcp_command_form_save (EhcpTask *task, GError **error);
gboolean ehcp_command_form_share (EhcpTask *task, GError **error);
gboolean ehcp_command_form_start (EhcpTask *task, GError **error);
gboolean ehcp_command_form_submit (EhcpTask *task, GError **error);

G_END_DECLS
