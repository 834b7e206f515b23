/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Field tables of the commands and of the bodies that the routes take. What a command does, and who may
 * send it, is the council's business. */
#include "ehcp-commands.h"

#define REQUIRED EHCP_FIELD_REQUIRED
#define SECRET EHCP_FIELD_SECRET
#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

#define ID(field_name, more) { field_name, EHCP_FIELD_TEXT, EHCP_FIELD_ID | (more), 36, NULL }
#define LINE(field_name, more, most) \
  { field_name, EHCP_FIELD_TEXT, EHCP_FIELD_LINE | (more), most, NULL }
#define TEXT(field_name, more, most) { field_name, EHCP_FIELD_TEXT, more, most, NULL }
#define TIME(field_name, more) { field_name, EHCP_FIELD_TEXT, EHCP_FIELD_TIME | (more), 20, NULL }
#define DATE(field_name, more) { field_name, EHCP_FIELD_DATE, more, 0, NULL }
#define INT(field_name, more) { field_name, EHCP_FIELD_INT, more, 0, NULL }
#define BOOL(field_name, more) { field_name, EHCP_FIELD_BOOL, more, 0, NULL }
#define LIST(field_name, more, most) { field_name, EHCP_FIELD_TEXT, EHCP_FIELD_LIST | (more), most, NULL }
#define ENUM(field_name, more, ...) { field_name, EHCP_FIELD_ENUM, more, 0, NAMES (__VA_ARGS__) }

#define KIND LINE ("kind", REQUIRED, 40)
#define ON_CASE KIND, ID ("case", REQUIRED), INT ("base", 0)

static const EhcpField access_activate_fields[] = { ON_CASE, ID ("person", REQUIRED) };
static const EhcpField access_withdraw_fields[] = { ON_CASE, ID ("person", REQUIRED),
                                                    TEXT ("reason", 0, 500) };

static const EhcpField account_update_fields[] = {
  KIND, INT ("base", 0), LINE ("title", 0, 40), LINE ("forename", REQUIRED, 100),
  LINE ("surname", REQUIRED, 100), LINE ("telephone", REQUIRED, 40), LINE ("address", REQUIRED, 300),
  LINE ("postcode", REQUIRED, 10),
};

/* The command's id becomes that of the form which the sender keeps. `answers`: a JSON object of question and
 * answer. `questions`: which question each upload answers. */
static const EhcpField assessment_request_fields[] = {
  KIND, LINE ("definition", REQUIRED, 80), TEXT ("answers", REQUIRED, 200000), TIME ("composed_at", REQUIRED),
  LIST ("uploads", 0, 20), LIST ("questions", 0, 20),
};

static const EhcpField case_allocate_fields[] = { ON_CASE, ID ("caseworker", REQUIRED) };

/* The command's id becomes the case's. With `request` its sender is invited, and `checked` says how the
 * council knows who that is. */
static const EhcpField case_open_fields[] = {
  KIND, LINE ("child_forename", REQUIRED, 100), LINE ("child_surname", REQUIRED, 100),
  DATE ("date_of_birth", REQUIRED), LINE ("school", 0, 200), DATE ("received", REQUIRED),
  LINE ("reference", 0, 40), ID ("request", 0), TEXT ("checked", 0, 500),
};

static const EhcpField comment_decide_fields[] = {
  ON_CASE, ID ("comment", REQUIRED), ENUM ("state", REQUIRED, "received", "accepted", "declined"),
  TEXT ("reason", 0, 2000),
};

static const EhcpField case_reallocate_fields[] = {
  ON_CASE, ID ("caseworker", REQUIRED), TEXT ("reason", 0, 500),
};

/* The command's id becomes the cover's, unless `cover` names one that is to be changed or ended. */
static const EhcpField cover_set_fields[] = {
  KIND, INT ("base", 0), ID ("cover", 0), ID ("covered", REQUIRED), ID ("covering", REQUIRED),
  DATE ("from", REQUIRED), DATE ("until", REQUIRED), BOOL ("end", 0),
};

/* The command's id becomes the document's, which its sender and staff see. */
static const EhcpField document_add_fields[] = {
  ON_CASE, ID ("upload", REQUIRED), LINE ("title", REQUIRED, 200),
  ENUM ("document_kind", REQUIRED, "letter", "report", "other"), DATE ("issued", 0),
};

static const EhcpField document_publish_fields[] = {
  ON_CASE, ID ("upload", REQUIRED), LINE ("title", REQUIRED, 200),
  ENUM ("document_kind", REQUIRED, "letter", "report", "draft-plan", "final-plan", "form", "other"),
  DATE ("issued", REQUIRED), DATE ("served_on", 0),
  ENUM ("audience", REQUIRED, "staff", "adults", "named"), LIST ("named", 0, 50),
};

static const EhcpField document_read_fields[] = { ON_CASE, ID ("document", REQUIRED) };
static const EhcpField document_withdraw_fields[] = { ON_CASE, ID ("document", REQUIRED),
                                                      TEXT ("reason", REQUIRED, 500) };

static const EhcpField event_correct_fields[] = {
  ON_CASE, ID ("corrects", REQUIRED), LINE ("what", REQUIRED, 60), DATE ("date", REQUIRED),
  DATE ("until", 0), LINE ("value", 0, 200), TEXT ("note", REQUIRED, 1000),
};

static const EhcpField event_record_fields[] = {
  ON_CASE, LINE ("what", REQUIRED, 60), DATE ("date", REQUIRED), DATE ("until", 0),
  LINE ("value", 0, 200), TEXT ("note", 0, 1000),
};

/* `part`: of a rule with several limits, or the adviser's or school's name. */
static const EhcpField exemption_record_fields[] = {
  ON_CASE, LINE ("rule", REQUIRED, 40), LINE ("part", 0, 100), LINE ("ground", REQUIRED, 40),
  DATE ("date", REQUIRED), DATE ("until", 0), TEXT ("reason", REQUIRED, 1000),
};

static const EhcpField form_accept_fields[] = { ON_CASE, ID ("form", REQUIRED) };

static const EhcpField form_ask_fields[] = {
  ON_CASE, LINE ("definition", REQUIRED, 80), ID ("person", REQUIRED), DATE ("due", 0),
  TEXT ("because", 0, 500),
};

static const EhcpField form_return_fields[] = {
  ON_CASE, ID ("form", REQUIRED), LINE ("question", 0, 60), TEXT ("reason", REQUIRED, 2000),
};

/* `was`: the answer that the sender saw; another one that is there by now is not written over. */
static const EhcpField form_save_fields[] = {
  ON_CASE, ID ("form", REQUIRED), LINE ("question", REQUIRED, 60), TEXT ("value", 0, 20000),
  TEXT ("was", 0, 20000),
};

static const EhcpField form_share_fields[] = { ON_CASE, ID ("form", REQUIRED), BOOL ("share", REQUIRED) };

/* The command's id becomes the form's. */
static const EhcpField form_start_fields[] = { ON_CASE, LINE ("definition", REQUIRED, 80) };

/* `digest`: of the answers that the sender saw, see ehcp_form_definition_digest(). `questions`: which question
 * each upload answers. */
static const EhcpField form_submit_fields[] = {
  ON_CASE, ID ("form", REQUIRED), TIME ("composed_at", REQUIRED), LINE ("digest", 0, 64),
  LIST ("uploads", 0, 20), LIST ("questions", 0, 20),
};

static const EhcpField identity_verify_fields[] = {
  ON_CASE, ID ("person", REQUIRED), LINE ("code", REQUIRED | SECRET, 20),
  TEXT ("checked", REQUIRED, 500),
};

static const EhcpField invitation_answer_fields[] = {
  KIND, INT ("base", 0), ID ("invitation", REQUIRED), BOOL ("accept", REQUIRED),
  LIST ("children", 0, 20),
};

static const EhcpField invitation_open_fields[] = { KIND, LINE ("code", REQUIRED | SECRET, 20) };

static const EhcpField message_read_fields[] = { ON_CASE, ID ("message", REQUIRED) };

/* The command's id becomes the message's. A first message of a thread has no `thread`. */
static const EhcpField message_send_fields[] = {
  ON_CASE, ID ("thread", 0), LINE ("message_type", REQUIRED, 100), LINE ("subject", REQUIRED, 200),
  TEXT ("text", REQUIRED, 20000), TIME ("composed_at", REQUIRED),
  ENUM ("audience", 0, "adults", "named"), LIST ("named", 0, 50), LIST ("uploads", 0, 20),
};

static const EhcpField note_add_fields[] = { ON_CASE, TEXT ("text", REQUIRED, 20000) };

/* The command's id becomes the person's. */
static const EhcpField person_invite_fields[] = {
  ON_CASE, LINE ("title", 0, 40), LINE ("forename", REQUIRED, 100), LINE ("surname", REQUIRED, 100),
  LINE ("email", REQUIRED, 254), LINE ("telephone", 0, 40), LINE ("relationship", REQUIRED, 100),
  BOOL ("professional", 0),
};

/* The command's id becomes the account's. */
static const EhcpField staff_add_fields[] = {
  KIND, ENUM ("role", REQUIRED, "caseworker", "manager", "administrator"), LINE ("email", REQUIRED, 254),
  LINE ("forename", REQUIRED, 100), LINE ("surname", REQUIRED, 100), LINE ("telephone", 0, 40),
  LINE ("team", 0, 100),
};

static const EhcpField staff_disable_fields[] = { KIND, ID ("account", REQUIRED) };

static const EhcpField template_remove_fields[] = { KIND, INT ("base", 0), ID ("template", REQUIRED) };

/* The command's id becomes the template's, unless `template` names one that is to be changed. */
static const EhcpField template_save_fields[] = {
  KIND, INT ("base", 0), ID ("template", 0), LINE ("title", REQUIRED, 100),
  LINE ("message_type", REQUIRED, 100), LINE ("subject", REQUIRED, 200), TEXT ("text", REQUIRED, 20000),
};

static const EhcpField registration_fields[] = {
  LINE ("title", 0, 40), LINE ("forename", REQUIRED, 100), LINE ("surname", REQUIRED, 100),
  DATE ("date_of_birth", REQUIRED), LINE ("telephone", REQUIRED, 40), LINE ("address", REQUIRED, 300),
  LINE ("postcode", REQUIRED, 10), LINE ("relationship", REQUIRED, 100), BOOL ("professional", 0),
  LINE ("email", REQUIRED, 254), TEXT ("password", REQUIRED | SECRET, 128),
};

static const EhcpField code_fields[] = { LINE ("code", REQUIRED | SECRET, 40) };
static const EhcpField sign_in_fields[] = { LINE ("email", REQUIRED, 254),
                                            TEXT ("password", REQUIRED | SECRET, 128) };
static const EhcpField sign_in_finish_fields[] = { LINE ("code", REQUIRED | SECRET, 40),
                                                   LINE ("device", REQUIRED, 100) };
static const EhcpField sign_in_authenticator_fields[] = { LINE ("code", REQUIRED | SECRET, 40),
                                                          LINE ("device", REQUIRED, 100) };
static const EhcpField password_reset_fields[] = { LINE ("email", REQUIRED, 254) };
static const EhcpField password_finish_fields[] = { LINE ("code", REQUIRED | SECRET, 80),
                                                    TEXT ("password", REQUIRED | SECRET, 128) };
static const EhcpField password_change_fields[] = { TEXT ("password", REQUIRED | SECRET, 128),
                                                    TEXT ("new_password", REQUIRED | SECRET, 128) };

#define SHAPE(index, wire, prefix) \
  [index] = { wire, prefix##_fields, G_N_ELEMENTS (prefix##_fields), NULL }

static const EhcpShape commands[EHCP_N_COMMANDS] = {
  SHAPE (EHCP_COMMAND_ACCESS_ACTIVATE, "access.activate", access_activate),
  SHAPE (EHCP_COMMAND_ACCESS_WITHDRAW, "access.withdraw", access_withdraw),
  SHAPE (EHCP_COMMAND_ACCOUNT_UPDATE, "account.update", account_update),
  SHAPE (EHCP_COMMAND_ASSESSMENT_REQUEST, "assessment.request", assessment_request),
  SHAPE (EHCP_COMMAND_CASE_ALLOCATE, "case.allocate", case_allocate),
  SHAPE (EHCP_COMMAND_CASE_OPEN, "case.open", case_open),
  SHAPE (EHCP_COMMAND_CASE_REALLOCATE, "case.reallocate", case_reallocate),
  SHAPE (EHCP_COMMAND_COMMENT_DECIDE, "comment.decide", comment_decide),
  SHAPE (EHCP_COMMAND_COVER_SET, "cover.set", cover_set),
  SHAPE (EHCP_COMMAND_DOCUMENT_ADD, "document.add", document_add),
  SHAPE (EHCP_COMMAND_DOCUMENT_PUBLISH, "document.publish", document_publish),
  SHAPE (EHCP_COMMAND_DOCUMENT_READ, "document.read", document_read),
  SHAPE (EHCP_COMMAND_DOCUMENT_WITHDRAW, "document.withdraw", document_withdraw),
  SHAPE (EHCP_COMMAND_EVENT_CORRECT, "event.correct", event_correct),
  SHAPE (EHCP_COMMAND_EVENT_RECORD, "event.record", event_record),
  SHAPE (EHCP_COMMAND_EXEMPTION_RECORD, "exemption.record", exemption_record),
  SHAPE (EHCP_COMMAND_FORM_ACCEPT, "form.accept", form_accept),
  SHAPE (EHCP_COMMAND_FORM_ASK, "form.ask", form_ask),
  SHAPE (EHCP_COMMAND_FORM_RETURN, "form.return", form_return),
  SHAPE (EHCP_COMMAND_FORM_SAVE, "form.save", form_save),
  SHAPE (EHCP_COMMAND_FORM_SHARE, "form.share", form_share),
  SHAPE (EHCP_COMMAND_FORM_START, "form.start", form_start),
  SHAPE (EHCP_COMMAND_FORM_SUBMIT, "form.submit", form_submit),
  SHAPE (EHCP_COMMAND_IDENTITY_VERIFY, "identity.verify", identity_verify),
  SHAPE (EHCP_COMMAND_INVITATION_ANSWER, "invitation.answer", invitation_answer),
  SHAPE (EHCP_COMMAND_INVITATION_OPEN, "invitation.open", invitation_open),
  SHAPE (EHCP_COMMAND_MESSAGE_READ, "message.read", message_read),
  SHAPE (EHCP_COMMAND_MESSAGE_SEND, "message.send", message_send),
  SHAPE (EHCP_COMMAND_NOTE_ADD, "note.add", note_add),
  SHAPE (EHCP_COMMAND_PERSON_INVITE, "person.invite", person_invite),
  SHAPE (EHCP_COMMAND_STAFF_ADD, "staff.add", staff_add),
  SHAPE (EHCP_COMMAND_STAFF_DISABLE, "staff.disable", staff_disable),
  SHAPE (EHCP_COMMAND_TEMPLATE_REMOVE, "template.remove", template_remove),
  SHAPE (EHCP_COMMAND_TEMPLATE_SAVE, "template.save", template_save),
};

static const EhcpShape bodies[EHCP_N_BODIES] = {
  SHAPE (EHCP_BODY_REGISTRATION, "registration", registration),
  SHAPE (EHCP_BODY_CODE, "code", code),
  SHAPE (EHCP_BODY_SIGN_IN, "sign-in", sign_in),
  SHAPE (EHCP_BODY_SIGN_IN_FINISH, "sign-in-finish", sign_in_finish),
  SHAPE (EHCP_BODY_SIGN_IN_AUTHENTICATOR, "sign-in-authenticator", sign_in_authenticator),
  SHAPE (EHCP_BODY_PASSWORD_RESET, "password-reset", password_reset),
  SHAPE (EHCP_BODY_PASSWORD_FINISH, "password-finish", password_finish),
  SHAPE (EHCP_BODY_PASSWORD_CHANGE, "password-change", password_change),
};

/** ehcp_command_get_shape: Returns: (transfer none): the field table of @command; static. */
const EhcpShape *
ehcp_command_get_shape (EhcpCommand command)
{
  g_return_val_if_fail (command < EHCP_N_COMMANDS, NULL);
  return &commands[command];
}

/** ehcp_command_find: Returns: the #EhcpCommand of a wire name such as "message.send", or -1. */
int
ehcp_command_find (const char *kind)
{
  for (guint i = 0; i < EHCP_N_COMMANDS; i++)
    if (g_strcmp0 (kind, commands[i].name) == 0)
      return i;
  return -1;
}

/** ehcp_body_get_shape: Returns: (transfer none): the field table of @body; static. */
const EhcpShape *
ehcp_body_get_shape (EhcpBody body)
{
  g_return_val_if_fail (body < EHCP_N_BODIES, NULL);
  return &bodies[body];
}

/**
 * ehcp_answer_id:
 * @form: a form's id
 * @person: who fills it in: the id of the person record
 * @question: the question's id in the definition
 *
 * An answer's id follows from what it answers, so that two devices of one person, both offline, make
 * the same record. A UUID of version 8 (RFC 9562) over SHA-256.
 *
 * Returns: (transfer full): a lower-case UUID. Any thread.
 */
char *
ehcp_answer_id (const char *form, const char *person, const char *question)
{
  g_autofree char *name = g_strdup_printf ("answer\n%s\n%s\n%s", form, person, question);
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);

  hex[12] = '8';
  hex[16] = "89ab"[g_ascii_xdigit_value (hex[16]) & 3];
  return g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}
