/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The field tables of the records. A change here changes the wire, the properties and the council's
 * columns at once: it needs a migration, a golden file and a line in src/PROTOCOL.md. */
#include "ehcp-kinds.h"

#define REQUIRED EHCP_FIELD_REQUIRED
#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

#define ID(field_name, more) { field_name, EHCP_FIELD_TEXT, EHCP_FIELD_ID | (more), 36, NULL }
#define LINE(field_name, more, most) \
  { field_name, EHCP_FIELD_TEXT, EHCP_FIELD_LINE | (more), most, NULL }
#define TEXT(field_name, more, most) { field_name, EHCP_FIELD_TEXT, more, most, NULL }
#define TIME(field_name, more) { field_name, EHCP_FIELD_TEXT, EHCP_FIELD_TIME | (more), 20, NULL }
#define DATE(field_name, more) { field_name, EHCP_FIELD_DATE, more, 0, NULL }
#define INT(field_name, more, most) { field_name, EHCP_FIELD_INT, more, most, NULL }
#define BOOL(field_name, more) { field_name, EHCP_FIELD_BOOL, more, 0, NULL }
#define LIST(field_name, more, most) { field_name, EHCP_FIELD_TEXT, EHCP_FIELD_LIST | (more), most, NULL }
#define ENUM(field_name, more, ...) { field_name, EHCP_FIELD_ENUM, more, 0, NAMES (__VA_ARGS__) }

/* Every record: who may see it. "staff" and nobody else; "adults": staff and all adults of the child;
 * "named": staff and the people in `named`; "private": only the people in `named`, not staff (a form
 * that was not sent yet); "account": the one account that it is about; "everyone": council-wide. */
#define ENVELOPE                                                                          \
  ID ("id", REQUIRED), ID ("case", 0), INT ("seq", REQUIRED, 0),                          \
      ENUM ("audience", REQUIRED, "staff", "adults", "named", "private", "account", "everyone"), \
      LIST ("named", 0, 50)

static const EhcpField account_fields[] = {
  ENVELOPE,
  LINE ("email", REQUIRED, 254),
  LINE ("title", 0, 40),
  LINE ("forename", REQUIRED, 100),
  LINE ("surname", REQUIRED, 100),
  DATE ("date_of_birth", 0),
  LINE ("telephone", 0, 40),
  LINE ("address", 0, 300),
  LINE ("postcode", 0, 10),
  LINE ("relationship", 0, 100),
  BOOL ("professional", 0),
  ENUM ("role", REQUIRED, "family", "caseworker", "manager", "administrator"),
  LINE ("team", 0, 100),
};

static const EhcpField activity_fields[] = {
  ENVELOPE,
  LINE ("what", REQUIRED, 60),
  LINE ("who", 0, 200),
  TIME ("at", REQUIRED),
  ID ("item", 0),
  LINE ("title", 0, 200),
};

static const EhcpField answer_fields[] = {
  ENVELOPE,
  ID ("form", REQUIRED),
  ID ("person", REQUIRED),
  LINE ("question", REQUIRED, 60),
  TEXT ("value", 0, 20000),
  TIME ("saved_at", REQUIRED),
  LINE ("saved_by", 0, 200),
};

static const EhcpField case_fields[] = {
  ENVELOPE,
  LINE ("reference", REQUIRED, 40),
  LINE ("child_forename", REQUIRED, 100),
  LINE ("child_surname", REQUIRED, 100),
  DATE ("date_of_birth", REQUIRED),
  LINE ("school", 0, 200),
  ENUM ("stage", REQUIRED, "request", "assess", "advice", "decide", "draft", "final", "review", "ended"),
  ENUM ("status", REQUIRED, "open", "closed"),
  ID ("caseworker", 0),
  LINE ("caseworker_name", 0, 200),
  LINE ("caseworker_telephone", 0, 40),
  LINE ("caseworker_email", 0, 254),
  LINE ("caseworker_hours", 0, 200),
  LINE ("team", 0, 100),
};

/* One of the council's staff, as the others know them. */
static const EhcpField colleague_fields[] = {
  ENVELOPE,
  ID ("account", REQUIRED),
  LINE ("name", REQUIRED, 200),
  LINE ("email", REQUIRED, 254),
  LINE ("telephone", 0, 40),
  ENUM ("role", REQUIRED, "caseworker", "manager", "administrator"),
  LINE ("team", 0, 100),
  BOOL ("active", REQUIRED),
};

/* What a family says of one section of a draft plan, and what became of it. */
static const EhcpField comment_fields[] = {
  ENVELOPE,
  ID ("form", REQUIRED),
  ID ("person", REQUIRED),
  ENUM ("section", REQUIRED, "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"),
  LINE ("question", REQUIRED, 60),
  TEXT ("text", REQUIRED, 20000),
  TEXT ("evidence", 0, 20000),
  TIME ("received_at", REQUIRED),
  ENUM ("state", REQUIRED, "received", "accepted", "declined"),
  TEXT ("reason", 0, 2000),
  LINE ("decided_by", 0, 200),
  TIME ("decided_at", 0),
};

static const EhcpField contact_fields[] = {
  ENVELOPE,
  ID ("person", REQUIRED),
  LINE ("email", REQUIRED, 254),
  LINE ("telephone", 0, 40),
  LINE ("checked", 0, 500),
  TIME ("code_sent_at", 0),
  TIME ("invited_at", 0),
  TIME ("bounced_at", 0),
};

/* Who stands in for whom, with both days included. */
static const EhcpField cover_fields[] = {
  ENVELOPE,
  ID ("covered", REQUIRED),
  ID ("covering", REQUIRED),
  LINE ("covered_name", REQUIRED, 200),
  LINE ("covering_name", REQUIRED, 200),
  DATE ("from", REQUIRED),
  DATE ("until", REQUIRED),
  ENUM ("state", REQUIRED, "planned", "active", "ended"),
};

static const EhcpField deadline_fields[] = {
  ENVELOPE,
  LINE ("rule", REQUIRED, 40),
  LINE ("part", 0, 40),
  DATE ("due", REQUIRED),
  ENUM ("state", REQUIRED, "due", "met", "late", "excused", "lapsed"),
  DATE ("met_on", 0),
  LINE ("trigger", REQUIRED, 60),
  DATE ("trigger_date", REQUIRED),
  LINE ("source", REQUIRED, 100),
  ENUM ("actor", REQUIRED, "council", "family", "adviser", "school"),
  LINE ("about", 0, 200),
  TEXT ("ground", 0, 500),
};

static const EhcpField document_fields[] = {
  ENVELOPE,
  LINE ("title", REQUIRED, 200),
  ENUM ("kind", REQUIRED, "letter", "report", "draft-plan", "final-plan", "form", "attachment", "other"),
  LINE ("media_type", REQUIRED, 100),
  LINE ("file_name", REQUIRED, 200),
  INT ("size", REQUIRED, 0),
  LINE ("sha256", REQUIRED, 64),
  DATE ("issued", REQUIRED),
  TIME ("published_at", REQUIRED),
  DATE ("served_on", 0),
  TIME ("read_at", 0),
  ID ("message", 0),
  LINE ("added_by", 0, 200),
  ENUM ("check", 0, "waiting", "infected"),
  ID ("form", 0),
};

static const EhcpField event_fields[] = {
  ENVELOPE,
  LINE ("what", REQUIRED, 60),
  DATE ("date", REQUIRED),
  DATE ("until", 0),
  LINE ("value", 0, 200),
  TEXT ("note", 0, 1000),
  LINE ("entered_by", REQUIRED, 200),
  TIME ("entered_at", REQUIRED),
  ID ("corrects", 0),
};

static const EhcpField form_fields[] = {
  ENVELOPE,
  LINE ("definition", REQUIRED, 80),
  LINE ("title", REQUIRED, 200),
  ID ("person", REQUIRED),
  DATE ("due", 0),
  TEXT ("because", 0, 500),
  ENUM ("state", REQUIRED, "asked", "submitted", "accepted", "returned", "withdrawn"),
  TEXT ("returned_because", 0, 2000),
  LINE ("returned_question", 0, 60),
  TIME ("submitted_at", 0),
  LINE ("reference", 0, 40),
  LINE ("shared_by", 0, 200),
};

static const EhcpField form_definition_fields[] = {
  ENVELOPE,
  LINE ("definition", REQUIRED, 80),
  TEXT ("body", REQUIRED, 200000),
  ENUM ("state", REQUIRED, "current", "superseded", "withdrawn"),
};

static const EhcpField invitation_fields[] = {
  ENVELOPE,
  LINE ("council", REQUIRED, 200),
  LINE ("email", REQUIRED, 254),
  ENUM ("state", REQUIRED, "sent", "opened", "answered", "expired", "withdrawn"),
  TIME ("sent_at", REQUIRED),
  TIME ("expires_at", REQUIRED),
};

static const EhcpField invitation_child_fields[] = {
  ENVELOPE,
  ID ("invitation", REQUIRED),
  ID ("person", REQUIRED),
  LINE ("child_forename", REQUIRED, 100),
  LINE ("child_surname", REQUIRED, 100),
  LINE ("relationship", 0, 100),
  ENUM ("state", REQUIRED, "open", "accepted", "declined", "active", "withdrawn"),
};

static const EhcpField message_fields[] = {
  ENVELOPE,
  ID ("thread", REQUIRED),
  LINE ("message_type", REQUIRED, 100),
  LINE ("subject", REQUIRED, 200),
  TEXT ("text", REQUIRED, 20000),
  ID ("sender", REQUIRED),
  LINE ("sender_name", REQUIRED, 200),
  BOOL ("from_council", REQUIRED),
  TIME ("composed_at", REQUIRED),
  TIME ("received_at", 0),
  TIME ("read_at", 0),
};

static const EhcpField message_type_fields[] = {
  ENVELOPE,
  LINE ("name", REQUIRED, 100),
  INT ("position", REQUIRED, 1000),
};

static const EhcpField note_fields[] = {
  ENVELOPE,
  TEXT ("text", REQUIRED, 20000),
  LINE ("author", REQUIRED, 200),
  TIME ("written_at", REQUIRED),
};

static const EhcpField person_fields[] = {
  ENVELOPE,
  ID ("account", 0),
  LINE ("title", 0, 40),
  LINE ("forename", REQUIRED, 100),
  LINE ("surname", REQUIRED, 100),
  LINE ("relationship", REQUIRED, 100),
  BOOL ("professional", 0),
  ENUM ("access", REQUIRED, "invited", "verified", "accepted", "declined", "active", "withdrawn"),
};

static const EhcpField reading_fields[] = {
  ENVELOPE,
  ID ("item", REQUIRED),
  ID ("reader", REQUIRED),
  TIME ("read_at", REQUIRED),
};

/* Somebody with an account asked for an assessment: for all staff, of no case. `answers` is a JSON object of
 * question and answer; `form` is what the sender keeps, `person` and `opened_case` what was made of it. */
static const EhcpField request_fields[] = {
  ENVELOPE,
  LINE ("reference", REQUIRED, 40),
  LINE ("definition", REQUIRED, 80),
  ID ("form", REQUIRED),
  ID ("account", REQUIRED),
  LINE ("sender_name", REQUIRED, 200),
  LINE ("email", REQUIRED, 254),
  LINE ("telephone", 0, 40),
  LINE ("relationship", REQUIRED, 100),
  BOOL ("professional", 0),
  LINE ("child_forename", REQUIRED, 100),
  LINE ("child_surname", REQUIRED, 100),
  DATE ("date_of_birth", REQUIRED),
  LINE ("school", 0, 200),
  DATE ("received", REQUIRED),
  TIME ("received_at", REQUIRED),
  TEXT ("answers", REQUIRED, 200000),
  ENUM ("state", REQUIRED, "received", "opened"),
  ID ("opened_case", 0),
  ID ("person", 0),
};

/* Of the council's list, for those who name one in a form. */
static const EhcpField school_fields[] = {
  ENVELOPE,
  LINE ("name", REQUIRED, 200),
  LINE ("town", 0, 100),
  LINE ("type", 0, 100),
  LINE ("urn", 0, 20),
};

static const EhcpField stage_text_fields[] = {
  ENVELOPE,
  LINE ("stage", REQUIRED, 40),
  LINE ("title", REQUIRED, 200),
  TEXT ("summary", REQUIRED, 300),
  TEXT ("text", REQUIRED, 8000),
};

static const EhcpField template_fields[] = {
  ENVELOPE,
  LINE ("title", REQUIRED, 100),
  LINE ("message_type", REQUIRED, 100),
  LINE ("subject", REQUIRED, 200),
  TEXT ("text", REQUIRED, 20000),
};

/* What was typed and not sent: a message (thread: the one that it answers), or one form's question (was: the
 * answer that was there when the typing began). A form that nobody asked for yet has a draft without a
 * question, whose subject is its definition; the place where somebody stopped is one with its page. */
static const EhcpField draft_fields[] = {
  ENVELOPE,
  ID ("thread", 0),
  ID ("form", 0),
  LINE ("question", 0, 60),
  LINE ("message_type", 0, 100),
  TEXT ("subject", 0, 200),
  TEXT ("text", 0, 20000),
  LIST ("attachments", 0, 20),
  TIME ("saved_at", REQUIRED),
  TEXT ("was", 0, 20000),
};

#define SHAPE(kind, wire, prefix)                                               \
  [EHCP_KIND_##kind] = { wire, prefix##_fields, G_N_ELEMENTS (prefix##_fields), \
                         ehcp_##prefix##_get_type }

#define ehcp_form_definition_get_type ehcp_form_definition_record_get_type

static const EhcpShape shapes[EHCP_N_KINDS] = {
  SHAPE (ACCOUNT, "account", account),
  SHAPE (ACTIVITY, "activity", activity),
  SHAPE (ANSWER, "answer", answer),
  SHAPE (CASE, "case", case),
  SHAPE (COLLEAGUE, "colleague", colleague),
  SHAPE (COMMENT, "comment", comment),
  SHAPE (CONTACT, "contact", contact),
  SHAPE (COVER, "cover", cover),
  SHAPE (DEADLINE, "deadline", deadline),
  SHAPE (DOCUMENT, "document", document),
  SHAPE (EVENT, "event", event),
  SHAPE (FORM, "form", form),
  SHAPE (FORM_DEFINITION, "form-definition", form_definition),
  SHAPE (INVITATION, "invitation", invitation),
  SHAPE (INVITATION_CHILD, "invitation-child", invitation_child),
  SHAPE (MESSAGE, "message", message),
  SHAPE (MESSAGE_TYPE, "message-type", message_type),
  SHAPE (NOTE, "note", note),
  SHAPE (PERSON, "person", person),
  SHAPE (READING, "reading", reading),
  SHAPE (REQUEST, "request", request),
  SHAPE (SCHOOL, "school", school),
  SHAPE (STAGE_TEXT, "stage-text", stage_text),
  SHAPE (TEMPLATE, "template", template),
  SHAPE (DRAFT, "draft", draft),
};

#define RECORD_TYPE(Type, prefix, kind)                                     \
  typedef EhcpRecord Type;                                                  \
  typedef EhcpRecordClass Type##Class;                                      \
  G_DEFINE_FINAL_TYPE (Type, prefix, EHCP_TYPE_RECORD)                      \
  static void prefix##_class_init (Type##Class *klass)                      \
  {                                                                         \
    ehcp_record_class_set_shape (klass, &shapes[kind]);                     \
  }                                                                         \
  static void prefix##_init (Type *record) {}

/* clang-format off */
RECORD_TYPE (EhcpAccount, ehcp_account, EHCP_KIND_ACCOUNT)
RECORD_TYPE (EhcpActivity, ehcp_activity, EHCP_KIND_ACTIVITY)
RECORD_TYPE (EhcpAnswer, ehcp_answer, EHCP_KIND_ANSWER)
RECORD_TYPE (EhcpCase, ehcp_case, EHCP_KIND_CASE)
RECORD_TYPE (EhcpColleague, ehcp_colleague, EHCP_KIND_COLLEAGUE)
RECORD_TYPE (EhcpComment, ehcp_comment, EHCP_KIND_COMMENT)
RECORD_TYPE (EhcpContact, ehcp_contact, EHCP_KIND_CONTACT)
RECORD_TYPE (EhcpCover, ehcp_cover, EHCP_KIND_COVER)
RECORD_TYPE (EhcpDeadline, ehcp_deadline, EHCP_KIND_DEADLINE)
RECORD_TYPE (EhcpDocument, ehcp_document, EHCP_KIND_DOCUMENT)
RECORD_TYPE (EhcpEvent, ehcp_event, EHCP_KIND_EVENT)
RECORD_TYPE (EhcpForm, ehcp_form, EHCP_KIND_FORM)
RECORD_TYPE (EhcpFormDefinitionRecord, ehcp_form_definition_record, EHCP_KIND_FORM_DEFINITION)
RECORD_TYPE (EhcpInvitation, ehcp_invitation, EHCP_KIND_INVITATION)
RECORD_TYPE (EhcpInvitationChild, ehcp_invitation_child, EHCP_KIND_INVITATION_CHILD)
RECORD_TYPE (EhcpMessage, ehcp_message, EHCP_KIND_MESSAGE)
RECORD_TYPE (EhcpMessageType, ehcp_message_type, EHCP_KIND_MESSAGE_TYPE)
RECORD_TYPE (EhcpNote, ehcp_note, EHCP_KIND_NOTE)
RECORD_TYPE (EhcpPerson, ehcp_person, EHCP_KIND_PERSON)
RECORD_TYPE (EhcpReading, ehcp_reading, EHCP_KIND_READING)
RECORD_TYPE (EhcpRequest, ehcp_request, EHCP_KIND_REQUEST)
RECORD_TYPE (EhcpSchool, ehcp_school, EHCP_KIND_SCHOOL)
RECORD_TYPE (EhcpStageText, ehcp_stage_text, EHCP_KIND_STAGE_TEXT)
RECORD_TYPE (EhcpTemplate, ehcp_template, EHCP_KIND_TEMPLATE)
RECORD_TYPE (EhcpDraft, ehcp_draft, EHCP_KIND_DRAFT)
/* clang-format on */

/**
 * ehcp_kind_get_shape:
 * @kind: a kind
 *
 * Returns: (transfer none): its field table; static. Any thread.
 */
const EhcpShape *
ehcp_kind_get_shape (EhcpKind kind)
{
  g_return_val_if_fail (kind < EHCP_N_KINDS, NULL);
  return &shapes[kind];
}

/**
 * ehcp_kind_find:
 * @name: (nullable): a name, such as "message"
 *
 * Returns: the #EhcpKind, or -1 for a name that this version does not know. Any thread.
 */
int
ehcp_kind_find (const char *name)
{
  for (guint i = 0; i < EHCP_N_KINDS; i++)
    if (g_strcmp0 (name, shapes[i].name) == 0)
      return i;
  return -1;
}
