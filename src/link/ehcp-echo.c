/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The local echo: a sent message is in the list at once, a saved answer in its form. Only what this person
 * did is foretold; deadlines, stages and what others may see are the council's to conclude. */
#include "ehcp-echo.h"

#include "ehcp-clock.h"
#include "ehcp-form-definition.h"
#include "ehcp-json.h"
#include "ehcp-text.h"

#include <string.h>

typedef struct
{
  EhcpOutgoing *outgoing;
  EhcpBook *book;
  const char *now;
} Echo;

static const char *
get (const Echo *echo, const char *field)
{
  return ehcp_record_get_text (echo->outgoing->command, field);
}

/* Who acts: the person on the case, or the account of a member of staff. */
static const char *
get_actor (const Echo *echo)
{
  EhcpRecord *person = ehcp_book_get_own_person (echo->book, ehcp_outgoing_get_case (echo->outgoing));
  EhcpRecord *account = ehcp_book_get_account (echo->book);

  return person != NULL    ? ehcp_record_get_id (person)
         : account != NULL ? ehcp_record_get_id (account)
                           : echo->outgoing->id;
}

static char *
make_actor_name (const Echo *echo)
{
  EhcpRecord *account = ehcp_book_get_account (echo->book);

  if (account == NULL)
    return g_strdup ("?");
  return g_strdup_printf ("%s %s", ehcp_record_get_text (account, "forename"),
                          ehcp_record_get_text (account, "surname"));
}

static gboolean
is_staff (const Echo *echo)
{
  EhcpRecord *account = ehcp_book_get_account (echo->book);

  return account != NULL && g_strcmp0 (ehcp_record_get_text (account, "role"), "family") != 0;
}

/* Takes the reference. */
static EhcpRecord *
add (const Echo *echo, EhcpKind kind, const char *id, const char *audience, const char *named)
{
  EhcpRecord *record = ehcp_record_new (ehcp_kind_get_shape (kind));
  const char *case_id = ehcp_outgoing_get_case (echo->outgoing);

  ehcp_record_set_text (record, "id", id);
  ehcp_record_set_text (record, "case", *case_id != '\0' ? case_id : NULL);
  ehcp_record_set_int (record, "seq", 0);
  ehcp_record_set_text (record, "audience", audience);
  if (named != NULL)
    ehcp_record_set_list (record, "named", (const char *const[]){ named, NULL });
  g_ptr_array_add (echo->outgoing->echo, record);
  return record;
}

/* A copy of a record that is in the book, to be changed; NULL when it is not there. */
static EhcpRecord *
add_copy (const Echo *echo, EhcpKind kind, const char *id)
{
  EhcpRecord *live = ehcp_book_find (echo->book, kind, id);
  EhcpRecord *copy = live != NULL ? ehcp_record_copy (live) : NULL;

  if (copy == NULL)
    return NULL;
  ehcp_record_set_delivery (copy, EHCP_DELIVERY_DONE, NULL);
  g_ptr_array_add (echo->outgoing->echo, copy);
  return copy;
}

static void
copy_fields (EhcpRecord *to, EhcpRecord *from, const char *const *fields)
{
  for (guint i = 0; fields[i] != NULL; i++)
    ehcp_record_set_text (to, fields[i], ehcp_record_get_text (from, fields[i]));
}

static EhcpRecord *
add_file (const Echo *echo, const EhcpOutgoingFile *file, const char *id, const char *audience)
{
  const char *named = g_str_equal (audience, "account") ? NULL : get_actor (echo);
  EhcpRecord *document = add (echo, EHCP_KIND_DOCUMENT, id, audience, named);

  ehcp_record_set_text (document, "media_type", file->media_type);
  ehcp_record_set_text (document, "file_name", file->name);
  ehcp_record_set_int (document, "size", file->size);
  ehcp_record_set_text (document, "sha256", file->sha256);
  ehcp_record_set_date (document, "issued", ehcp_clock_day_of (ehcp_time_parse (echo->now)));
  ehcp_record_set_text (document, "published_at", echo->now);
  return document;
}

static void
add_attachment (const Echo *echo, const EhcpOutgoingFile *file, const char *audience)
{
  EhcpRecord *document = add_file (echo, file, file->file, audience);

  ehcp_record_set_text (document, "title", file->name);
  ehcp_record_set_text (document, "kind", "attachment");
  ehcp_record_set_text (document, "message", echo->outgoing->id);
}

static void
make_document (const Echo *echo)
{
  const EhcpOutgoingFile *file = echo->outgoing->files->len > 0
                                     ? g_ptr_array_index (echo->outgoing->files, 0)
                                     : NULL;
  g_autofree char *name = make_actor_name (echo);
  EhcpRecord *document;

  if (file == NULL)
    return;
  document = add_file (echo, file, echo->outgoing->id, "named");
  ehcp_record_set_text (document, "title", get (echo, "title"));
  ehcp_record_set_text (document, "kind", get (echo, "document_kind"));
  ehcp_record_set_text (document, "added_by", name);
}

static void
make_message (const Echo *echo)
{
  static const char *const fields[] = { "message_type", "subject", "text", "composed_at", NULL };
  const char *audience = get (echo, "audience") != NULL ? get (echo, "audience") : "named";
  EhcpRecord *message = add (echo, EHCP_KIND_MESSAGE, echo->outgoing->id, audience, get_actor (echo));
  g_autofree char *name = make_actor_name (echo);
  const char *thread = get (echo, "thread");

  copy_fields (message, echo->outgoing->command, fields);
  ehcp_record_set_text (message, "thread", thread != NULL ? thread : echo->outgoing->id);
  ehcp_record_set_text (message, "sender", get_actor (echo));
  ehcp_record_set_text (message, "sender_name", name);
  ehcp_record_set_bool (message, "from_council", is_staff (echo));
  for (guint i = 0; i < echo->outgoing->files->len; i++)
    add_attachment (echo, g_ptr_array_index (echo->outgoing->files, i), audience);
}

static EhcpRecord *
add_answer (const Echo *echo, const char *form, const char *person, const char *question, const char *audience)
{
  g_autofree char *id = ehcp_answer_id (form, person, question);
  EhcpRecord *answer = add_copy (echo, EHCP_KIND_ANSWER, id);

  if (answer == NULL)
    answer = add (echo, EHCP_KIND_ANSWER, id, audience, g_str_equal (audience, "account") ? NULL : person);
  ehcp_record_set_text (answer, "form", form);
  ehcp_record_set_text (answer, "person", person);
  ehcp_record_set_text (answer, "question", question);
  ehcp_record_set_text (answer, "saved_at", echo->now);
  return answer;
}

static EhcpRecord *
find_made (const Echo *echo, const char *question)
{
  for (guint i = 0; i < echo->outgoing->echo->len; i++)
    {
      EhcpRecord *record = g_ptr_array_index (echo->outgoing->echo, i);

      if (ehcp_kind_find (ehcp_record_get_kind (record)) == EHCP_KIND_ANSWER &&
          g_strcmp0 (ehcp_record_get_text (record, "question"), question) == 0)
        return record;
    }
  return NULL;
}

/* Each file is a document of its own at once, and a line of its answer: so it can be watched on its way. */
static void
make_form_files (const Echo *echo, const char *form, const char *person, const char *audience)
{
  const char *const *questions = ehcp_record_get_list (echo->outgoing->command, "questions");
  const char *of_documents = g_str_equal (audience, "account") ? "account" : "named";

  for (guint i = 0; questions != NULL && questions[i] != NULL && i < echo->outgoing->files->len; i++)
    {
      const EhcpOutgoingFile *file = g_ptr_array_index (echo->outgoing->files, i);
      EhcpRecord *document = add_file (echo, file, file->file, of_documents);
      EhcpRecord *answer = find_made (echo, questions[i]);
      g_autofree char *name = make_actor_name (echo);
      g_autofree char *value = NULL;

      if (answer == NULL)
        answer = add_answer (echo, form, person, questions[i], audience);
      value = ehcp_form_files_add (ehcp_record_get_text (answer, "value"), file->file, file->name);
      ehcp_record_set_text (answer, "value", value);
      ehcp_record_set_text (document, "title", file->name);
      ehcp_record_set_text (document, "kind", "other");
      ehcp_record_set_text (document, "form", form);
      ehcp_record_set_text (document, "added_by", name);
    }
}

static void
make_answer (const Echo *echo)
{
  EhcpRecord *form = ehcp_book_find (echo->book, EHCP_KIND_FORM, get (echo, "form"));
  const char *person = form != NULL ? ehcp_record_get_text (form, "person") : NULL;
  EhcpRecord *answer;

  /* Under any other id it would stay beside the council's. */
  if (person == NULL)
    return;
  answer = add_answer (echo, get (echo, "form"), person, get (echo, "question"), "private");
  ehcp_record_set_text (answer, "value", get (echo, "value"));
}

static void
make_submitted (const Echo *echo)
{
  EhcpRecord *form = add_copy (echo, EHCP_KIND_FORM, get (echo, "form"));

  if (form == NULL)
    return;
  ehcp_record_set_text (form, "state", "submitted");
  ehcp_record_set_text (form, "submitted_at", get (echo, "composed_at"));
  make_form_files (echo, get (echo, "form"), ehcp_record_get_text (form, "person"), "private");
}

static char *
find_form_title (const Echo *echo, const char *name)
{
  EhcpRecord *record = ehcp_book_find_where (echo->book, EHCP_KIND_FORM_DEFINITION, "definition", name);
  const char *body = record != NULL ? ehcp_record_get_text (record, "body") : NULL;
  g_autoptr (EhcpFormDefinition) definition =
      body != NULL ? ehcp_form_definition_parse (body, strlen (body), NULL) : NULL;

  return g_strdup (definition != NULL ? definition->title : name);
}

static EhcpRecord *
add_form (const Echo *echo, const char *audience, const char *person)
{
  EhcpRecord *form = add (echo, EHCP_KIND_FORM, echo->outgoing->id, audience,
                          g_str_equal (audience, "named") ? person : NULL);
  g_autofree char *title = find_form_title (echo, get (echo, "definition"));

  ehcp_record_set_text (form, "definition", get (echo, "definition"));
  ehcp_record_set_text (form, "title", title);
  ehcp_record_set_text (form, "person", person);
  return form;
}

static void
make_request (const Echo *echo)
{
  EhcpRecord *form = add_form (echo, "account", get_actor (echo));
  const char *text = get (echo, "answers");
  g_autoptr (JsonObject) answers = ehcp_json_parse_object (text, strlen (text), G_MAXINT32, NULL);
  g_autoptr (GList) members = answers != NULL ? json_object_get_members (answers) : NULL;

  ehcp_record_set_text (form, "state", "submitted");
  ehcp_record_set_text (form, "submitted_at", get (echo, "composed_at"));
  for (GList *l = members; l != NULL; l = l->next)
    {
      EhcpRecord *answer = add_answer (echo, echo->outgoing->id, get_actor (echo), l->data, "account");

      ehcp_record_set_text (answer, "value", ehcp_json_get_text (answers, l->data));
    }
  make_form_files (echo, echo->outgoing->id, get_actor (echo), "account");
}

static void
make_started (const Echo *echo)
{
  ehcp_record_set_text (add_form (echo, "named", get_actor (echo)), "state", "asked");
}

static void
make_shared (const Echo *echo)
{
  EhcpRecord *form = add_copy (echo, EHCP_KIND_FORM, get (echo, "form"));
  g_autofree char *name = make_actor_name (echo);

  if (form != NULL)
    ehcp_record_set_text (form, "shared_by",
                          ehcp_record_get_bool (echo->outgoing->command, "share") ? name : NULL);
}

static void
make_reading (const Echo *echo, const char *item)
{
  EhcpRecord *reading =
      add (echo, EHCP_KIND_READING, echo->outgoing->id, "named", get_actor (echo));

  ehcp_record_set_text (reading, "item", item);
  ehcp_record_set_text (reading, "reader", get_actor (echo));
  ehcp_record_set_text (reading, "read_at", echo->now);
}

static const char *const account_fields[] = { "title",     "forename", "surname",  "telephone",
                                              "address", "postcode", NULL };

static void
make_account (const Echo *echo)
{
  EhcpRecord *live = ehcp_book_get_account (echo->book);
  EhcpRecord *account =
      live != NULL ? add_copy (echo, EHCP_KIND_ACCOUNT, ehcp_record_get_id (live)) : NULL;

  if (account != NULL)
    copy_fields (account, echo->outgoing->command, account_fields);
}

static void
make_answered_child (const Echo *echo, EhcpRecord *live)
{
  const char *const *accepted = ehcp_record_get_list (echo->outgoing->command, "children");
  gboolean is_accepted = ehcp_record_get_bool (echo->outgoing->command, "accept") &&
                         accepted != NULL && g_strv_contains (accepted, ehcp_record_get_id (live));
  EhcpRecord *child = add_copy (echo, EHCP_KIND_INVITATION_CHILD, ehcp_record_get_id (live));

  ehcp_record_set_text (child, "state", is_accepted ? "accepted" : "declined");
}

static void
make_answered (const Echo *echo)
{
  EhcpRecord *invitation = add_copy (echo, EHCP_KIND_INVITATION, get (echo, "invitation"));
  GListModel *children = ehcp_book_get_list (echo->book, EHCP_KIND_INVITATION_CHILD, NULL);

  if (invitation != NULL)
    ehcp_record_set_text (invitation, "state", "answered");
  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (EhcpRecord) child = g_list_model_get_item (children, i);

      if (g_strcmp0 (ehcp_record_get_text (child, "invitation"), get (echo, "invitation")) == 0 &&
          g_strcmp0 (ehcp_record_get_text (child, "state"), "open") == 0)
        make_answered_child (echo, child);
    }
}

static void
make_note (const Echo *echo)
{
  EhcpRecord *note = add (echo, EHCP_KIND_NOTE, echo->outgoing->id, "staff", NULL);
  g_autofree char *name = make_actor_name (echo);

  ehcp_record_set_text (note, "text", get (echo, "text"));
  ehcp_record_set_text (note, "author", name);
  ehcp_record_set_text (note, "written_at", echo->now);
}

/**
 * ehcp_echo_make:
 * @outgoing: a new command
 * @book: what there is
 * @now: the time, "YYYY-MM-DDTHH:MM:SSZ"
 *
 * Fills the command's `echo`, once, when it is given: it is stored with the command. Main thread.
 */
void
ehcp_echo_make (EhcpOutgoing *outgoing, EhcpBook *book, const char *now)
{
  Echo echo = { outgoing, book, now };

  switch ((int) ehcp_outgoing_get_command (outgoing))
    {
    case EHCP_COMMAND_MESSAGE_SEND:
      make_message (&echo);
      break;
    case EHCP_COMMAND_DOCUMENT_ADD:
      make_document (&echo);
      break;
    case EHCP_COMMAND_FORM_SAVE:
      make_answer (&echo);
      break;
    case EHCP_COMMAND_FORM_SUBMIT:
      make_submitted (&echo);
      break;
    case EHCP_COMMAND_FORM_START:
      make_started (&echo);
      break;
    case EHCP_COMMAND_FORM_SHARE:
      make_shared (&echo);
      break;
    case EHCP_COMMAND_ASSESSMENT_REQUEST:
      make_request (&echo);
      break;
    case EHCP_COMMAND_MESSAGE_READ:
      make_reading (&echo, get (&echo, "message"));
      break;
    case EHCP_COMMAND_DOCUMENT_READ:
      make_reading (&echo, get (&echo, "document"));
      break;
    case EHCP_COMMAND_ACCOUNT_UPDATE:
      make_account (&echo);
      break;
    case EHCP_COMMAND_INVITATION_ANSWER:
      make_answered (&echo);
      break;
    case EHCP_COMMAND_NOTE_ADD:
      make_note (&echo);
      break;
    default:
      break;
    }
}

/* What the command says of a record that is there; the rest of it is the council's. A refused one says
 * nothing of where the case stands, while what was typed stays to be seen. */
static const char *const *
get_said_fields (EhcpCommand command, EhcpKind kind, gboolean is_refused)
{
  static const char *const answer[] = { "value", "saved_at", NULL };
  static const char *const shared[] = { "shared_by", NULL };
  static const char *const form[] = { "state", "submitted_at", NULL };
  static const char *const state[] = { "state", NULL };
  static const char *const none[] = { NULL };

  switch ((int) kind)
    {
    case EHCP_KIND_ACCOUNT:
      return account_fields;
    case EHCP_KIND_ANSWER:
      return answer;
    case EHCP_KIND_FORM:
      return is_refused ? none : command == EHCP_COMMAND_FORM_SHARE ? shared : form;
    case EHCP_KIND_INVITATION:
    case EHCP_KIND_INVITATION_CHILD:
      return is_refused ? none : state;
    default:
      return none;
    }
}

/**
 * ehcp_echo_apply:
 * @outgoing: a command
 * @echo: one record of its `echo`
 * @under: (nullable): the council's record of that id, or what earlier commands made of it
 *
 * Returns: (transfer full): what the book shows, with the command's delivery
 */
EhcpRecord *
ehcp_echo_apply (const EhcpOutgoing *outgoing, EhcpRecord *echo, EhcpRecord *under)
{
  EhcpKind kind = ehcp_kind_find (ehcp_record_get_kind (echo));
  gboolean is_refused = outgoing->delivery == EHCP_DELIVERY_REFUSED;
  EhcpRecord *shown = ehcp_record_copy (under != NULL ? under : echo);

  if (under != NULL)
    copy_fields (shown, echo, get_said_fields (ehcp_outgoing_get_command (outgoing), kind, is_refused));
  ehcp_record_set_delivery (shown, outgoing->delivery, outgoing->refusal);
  return shown;
}
