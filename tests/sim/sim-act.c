/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do. */
#include "sim-world.h"

#include "ehcp-access.h"
#include "ehcp-cache-private.h"
#include "ehcp-text.h"
#include "sim-threads.h"

#include <string.h>

static EhcpRecord *
make_command (EhcpCommand kind, const char *case_id)
{
  EhcpRecord *command = ehcp_record_new (ehcp_command_get_shape (kind));

  if (case_id != NULL)
    ehcp_record_set_text (command, "case", case_id);
  return command;
}

static char *
make_text (void)
{
  return g_strdup_printf ("text-%u-", ++sim_world.n_texts);
}

static guint
get_number (const SimDevice *device)
{
  return device - sim_world.devices;
}

static SimPromise *
promise (const char *id, SimDevice *device, EhcpCommand kind, const char *case_id, const char *text)
{
  SimPromise *made = g_new0 (SimPromise, 1);

  made->id = g_strdup (id);
  made->device = get_number (device);
  made->kind = kind;
  made->case_id = g_strdup (case_id);
  made->text = g_strdup (text);
  g_hash_table_insert (sim_world.promises, made->id, made);
  return made;
}

typedef struct
{
  SimDevice *device;
  EhcpLink *link;
  EhcpCommand kind;
  char *case_id;
  char *text;
} Sending;

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Sending *sending = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ehcp_link_send_finish (EHCP_LINK (source), result, &error);

  if (id == NULL)
    sim_step ("%s: not kept: %s", sending->device->name, error->message);
  else if (sending->device->link == sending->link) /* not told by a program that was killed meanwhile */
    {
      SimPromise *made = g_hash_table_lookup (sim_world.promises, id);

      if (made == NULL)
        made = promise (id, sending->device, sending->kind, sending->case_id, sending->text);
      /* Without a disk the window says so: what is written then lives as long as the program. */
      made->is_excused |= sim_is_being_revoked (sending->device) || sending->link->status != EHCP_LINK_SIGNED_IN;
      made->is_safe = !sending->link->is_memory_only;
      sim_step ("%s: %s is safe", sending->device->name, id);
    }
}

/* People act on what their program shows them. */
static gboolean
shows_case_of (SimDevice *device, EhcpRecord *command)
{
  return ehcp_shape_find (ehcp_record_get_shape (command), "case") == EHCP_FIELD_NONE ||
         ehcp_book_find (ehcp_link_get_book (device->link), EHCP_KIND_CASE,
                         ehcp_record_get_text (command, "case")) != NULL;
}

static void
send_command (SimDevice *device, EhcpRecord *command, GPtrArray *files, const char *text, guint hold_ms)
{
  Sending *sending;
  guint before;

  if (!shows_case_of (device, command))
    return;
  sending = g_new0 (Sending, 1);
  before = sim_set_host (device->host);
  sending->device = device;
  sending->link = device->link;
  sending->kind = ehcp_command_find (ehcp_record_get_kind (command));
  sending->case_id = g_strdup (ehcp_shape_find (ehcp_record_get_shape (command), "case") != EHCP_FIELD_NONE
                                   ? ehcp_record_get_text (command, "case")
                                   : NULL);
  sending->text = g_strdup (text);
  sim_step ("%s: %s %s", device->name, ehcp_record_get_kind (command), text != NULL ? text : "");
  ehcp_link_send_async (device->link, command, files, hold_ms, NULL, sent_cb, sending);
  sim_set_host (before);
}

static EhcpRecord *
pick (SimDevice *device, EhcpKind kind, const char *case_id)
{
  GListModel *list = ehcp_book_get_list (ehcp_link_get_book (device->link), kind, case_id);
  guint n = g_list_model_get_n_items (list);

  return n > 0 ? g_list_model_get_item (list, sim_random (n)) : NULL;
}

/* One that the device shows; NULL when it shows none. */
static const char *
pick_case (SimDevice *device)
{
  guint first = sim_chance (300) ? 1 : 0;

  for (guint i = 0; i < 2; i++)
    if (ehcp_book_find (ehcp_link_get_book (device->link), EHCP_KIND_CASE, sim_world.cases[first ^ i]) != NULL)
      return sim_world.cases[first ^ i];
  return NULL;
}

static EhcpFile *
make_file (const char *text)
{
  g_autofree char *content = g_strdup_printf ("%%PDF-1.4\n%% %s\n1 0 obj<</Type/Catalog>>endobj\n"
                                              "trailer<</Root 1 0 R>>\n%%%%EOF\n",
                                              text);
  g_autoptr (GBytes) bytes = g_bytes_new (content, strlen (content));

  return ehcp_file_new ("paper.pdf", "application/pdf", bytes);
}

static void
say (SimDevice *device)
{
  const char *case_id = pick_case (device);
  g_autoptr (EhcpRecord) command = make_command (EHCP_COMMAND_MESSAGE_SEND, case_id);
  g_autoptr (EhcpRecord) other = pick (device, EHCP_KIND_MESSAGE, case_id);
  g_autoptr (GPtrArray) files = NULL;
  g_autofree char *text = make_text ();

  ehcp_record_set_text (command, "message_type", COUNCIL_MESSAGE_TYPE);
  ehcp_record_set_text (command, "subject", "About it");
  ehcp_record_set_text (command, "text", text);
  if (other != NULL && sim_chance (300))
    ehcp_record_set_text (command, "thread", ehcp_record_get_text (other, "thread"));
  if (device->is_staff)
    ehcp_record_set_text (command, "audience", "adults");
  if (sim_chance (250))
    {
      files = g_ptr_array_new ();
      g_ptr_array_add (files, make_file (text));
    }
  send_command (device, command, files, text, sim_chance (300) ? 5000 : 0);
}

static void
save_answer (SimDevice *device)
{
  g_autoptr (EhcpRecord) command = make_command (EHCP_COMMAND_FORM_SAVE, sim_world.cases[0]);
  g_autoptr (EhcpRecord) form = pick (device, EHCP_KIND_FORM, sim_world.cases[0]);
  g_autofree char *text = make_text ();

  if (form == NULL)
    return;
  ehcp_record_set_text (command, "form", ehcp_record_get_id (form));
  ehcp_record_set_text (command, "question", "wish");
  ehcp_record_set_text (command, "value", text);
  send_command (device, command, NULL, text, 0);
}

static void
submit (SimDevice *device)
{
  g_autoptr (EhcpRecord) form = pick (device, EHCP_KIND_FORM, sim_world.cases[0]);
  g_autoptr (EhcpRecord) command = make_command (EHCP_COMMAND_FORM_SUBMIT, sim_world.cases[0]);

  if (form == NULL)
    return;
  ehcp_record_set_text (command, "form", ehcp_record_get_id (form));
  send_command (device, command, NULL, NULL, 0);
}

static void
handle_form (SimDevice *device)
{
  g_autoptr (EhcpRecord) form = pick (device, EHCP_KIND_FORM, sim_world.cases[0]);
  gboolean is_return = sim_chance (500);
  g_autoptr (EhcpRecord) command =
      make_command (is_return ? EHCP_COMMAND_FORM_RETURN : EHCP_COMMAND_FORM_ACCEPT, sim_world.cases[0]);

  if (form == NULL || sim_world.is_peaceful || sim_chance (300))
    {
      g_autoptr (EhcpRecord) ask = make_command (EHCP_COMMAND_FORM_ASK, sim_world.cases[0]);

      ehcp_record_set_text (ask, "definition", SIM_FORM);
      ehcp_record_set_text (ask, "person", sim_world.people[0][sim_random (2)]);
      send_command (device, ask, NULL, NULL, 0);
      return;
    }
  ehcp_record_set_text (command, "form", ehcp_record_get_id (form));
  if (is_return)
    ehcp_record_set_text (command, "reason", "Please say more.");
  send_command (device, command, NULL, NULL, 0);
}

static void
read_something (SimDevice *device)
{
  const char *case_id = pick_case (device);
  gboolean is_document = sim_chance (400);
  g_autoptr (EhcpRecord) item = pick (device, is_document ? EHCP_KIND_DOCUMENT : EHCP_KIND_MESSAGE, case_id);
  g_autoptr (EhcpRecord) command = NULL;

  if (item == NULL || ehcp_record_get_delivery (item) != EHCP_DELIVERY_DONE)
    return;
  command = make_command (is_document ? EHCP_COMMAND_DOCUMENT_READ : EHCP_COMMAND_MESSAGE_READ, case_id);
  ehcp_record_set_text (command, is_document ? "document" : "message", ehcp_record_get_id (item));
  send_command (device, command, NULL, NULL, 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GBytes) bytes = ehcp_link_load_document_finish (EHCP_LINK (source), result, NULL);
  g_autofree char *sha256 = data;
  g_autofree char *found = bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL;

  if (found != NULL && strcmp (found, sha256) != 0)
    sim_fail ("a document was given that is not the one: %s", sha256);
}

static void
use_document (SimDevice *device)
{
  g_autoptr (EhcpRecord) document = pick (device, EHCP_KIND_DOCUMENT, pick_case (device));
  guint before = sim_set_host (device->host);

  if (document != NULL)
    {
      sim_step ("%s: opens a document", device->name);
      ehcp_link_keep_document (device->link, document, sim_chance (700));
      ehcp_link_load_document_async (device->link, document, NULL, loaded_cb,
                                     g_strdup (ehcp_record_get_text (document, "sha256")));
    }
  sim_set_host (before);
}

static void
publish (SimDevice *device)
{
  g_autoptr (EhcpRecord) command = make_command (EHCP_COMMAND_DOCUMENT_PUBLISH, pick_case (device));
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autofree char *text = make_text ();

  ehcp_record_set_text (command, "title", text);
  ehcp_record_set_text (command, "document_kind", "letter");
  ehcp_record_set_date (command, "issued", ehcp_date_parse ("2026-11-20"));
  ehcp_record_set_text (command, "audience", sim_chance (600) ? "adults" : "staff");
  g_ptr_array_add (files, make_file (text));
  send_command (device, command, files, text, 0);
}

static void
withdraw_document (SimDevice *device)
{
  const char *case_id = pick_case (device);
  g_autoptr (EhcpRecord) document = pick (device, EHCP_KIND_DOCUMENT, case_id);
  g_autoptr (EhcpRecord) command = make_command (EHCP_COMMAND_DOCUMENT_WITHDRAW, case_id);

  if (document == NULL || ehcp_record_get_delivery (document) != EHCP_DELIVERY_DONE)
    return;
  ehcp_record_set_text (command, "document", ehcp_record_get_id (document));
  ehcp_record_set_text (command, "reason", "A mistake");
  send_command (device, command, NULL, NULL, 0);
}

static void
note (SimDevice *device)
{
  g_autoptr (EhcpRecord) command = make_command (EHCP_COMMAND_NOTE_ADD, pick_case (device));
  g_autofree char *text = make_text ();

  ehcp_record_set_text (command, "text", text);
  send_command (device, command, NULL, text, 0);
}

static void
withdraw_access (SimDevice *device)
{
  guint n = sim_random (2);
  g_autoptr (EhcpRecord) command = make_command (EHCP_COMMAND_ACCESS_WITHDRAW, sim_world.cases[n]);

  ehcp_record_set_text (command, "person", sim_world.people[n][n == 0 ? sim_random (2) : 0]);
  ehcp_record_set_text (command, "reason", "A court order");
  send_command (device, command, NULL, NULL, 0);
}

static void
allocate (SimDevice *device)
{
  g_autoptr (EhcpRecord) command = make_command (EHCP_COMMAND_CASE_ALLOCATE, sim_world.cases[sim_random (2)]);

  ehcp_record_set_text (command, "caseworker",
                        sim_chance (500) ? sim_world.devices[1].actor.account : sim_world.devices[3].actor.account);
  send_command (device, command, NULL, NULL, 0);
}

/* A grant of access as the council's own commands end in one, without the way there. */
typedef struct
{
  guint n_case;
  guint n_person;
} Grant;

static gboolean
write_grant (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  const Grant *grant = data;
  const char *person_id = sim_world.people[grant->n_case][grant->n_person];
  const EhcpActorId *actor = grant->n_person == 0 ? &sim_world.council.helen : &sim_world.council.david;
  g_autoptr (EhcpRecord) person = ehcp_store_find (db, EHCP_KIND_PERSON, person_id, error);

  if (person == NULL)
    return FALSE;
  ehcp_record_set_text (person, "access", "active");
  return ehcp_access_grant (council, db, actor->account, sim_world.cases[grant->n_case], EHCP_STANDING_ADULT,
                            person_id, error) &&
         ehcp_store_put (council, db, person, NULL, error);
}

static void
grant_again (void)
{
  static const Grant grants[] = { { 0, 0 }, { 0, 1 }, { 1, 0 } };

  if (!sim_world.is_council_up || sim_is_dying (SIM_COUNCIL))
    return;
  sim_step ("access is granted again");
  ehcp_council_write (sim_world.council.council, write_grant, NULL,
                      (gpointer) &grants[sim_random (G_N_ELEMENTS (grants))]);
}

typedef struct
{
  SimDevice *device;
  EhcpShelf *shelf;
  char *id;
  char *case_id;
} DraftMark;

/* Behind the writer's job: whether the draft is on the disk. */
static void
mark_draft (gpointer data)
{
  DraftMark *mark = data;
  g_autoptr (EhcpRows) rows = NULL;

  /* Who logs out takes everything away, drafts too. */
  if (mark->device->link == NULL || mark->device->link->status != EHCP_LINK_SIGNED_IN)
    return;
  if (mark->shelf->cache != NULL && mark->shelf->cache->dir != NULL)
    rows = ehcp_cache_query (mark->shelf->cache, NULL, "SELECT 1 FROM draft WHERE id = ?", "s", mark->id);
  if (rows == NULL || !ehcp_rows_step (rows))
    return;
  sim_step ("%s: the draft %s is safe", mark->device->name, mark->id);
  sim_draft_is_safe (mark->device, mark->id, mark->case_id);
}

static void
draft (SimDevice *device)
{
  g_autoptr (EhcpRecord) record = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DRAFT));
  const char *case_id = pick_case (device);
  DraftMark *mark = g_new0 (DraftMark, 1);
  guint before = sim_set_host (device->host);

  mark->device = device;
  mark->shelf = ehcp_shelf_ref (device->link->shelf);
  mark->id = ehcp_text_new_id ();
  mark->case_id = g_strdup (case_id);
  ehcp_record_set_text (record, "id", mark->id);
  ehcp_record_set_text (record, "case", case_id);
  ehcp_record_set_text (record, "text", "What I meant to say");
  sim_step ("%s: a draft %s", device->name, mark->id);
  ehcp_link_save_draft (device->link, record);
  ehcp_worker_push (device->link->writer, mark_draft, mark, NULL);
  sim_set_host (before);
}

gboolean
sim_may_act (const SimDevice *device)
{
  return device->is_used && device->link != NULL && device->link->status == EHCP_LINK_SIGNED_IN &&
         device->link->shelf != NULL && !sim_is_dying (device->host);
}

/* Behind the writer's job, when that could be done. */
static void
mark_taken_back (gpointer data)
{
  SimPromise *taken = data;
  EhcpLink *link = sim_world.devices[taken->device].link;
  EhcpCache *cache = link != NULL && link->shelf != NULL ? link->shelf->cache : NULL;
  g_autoptr (EhcpRows) rows = NULL;

  if (cache != NULL)
    rows = ehcp_cache_query (cache, NULL, "SELECT 1 FROM outbox WHERE id = ?", "s", taken->id);
  taken->is_away = rows != NULL && !ehcp_rows_step (rows) && ehcp_cache_is_read (cache, NULL);
}

/* Undo, retry or discard one that is in the book. */
static void
meddle (SimDevice *device)
{
  GHashTableIter iter;
  gpointer value;
  SimPromise *chosen = NULL;
  guint before = sim_set_host (device->host);
  guint n = 0;
  EhcpOutgoing *outgoing = NULL;

  g_hash_table_iter_init (&iter, sim_world.promises);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (&sim_world.devices[((SimPromise *) value)->device] == device &&
        ehcp_outbox_find (device->link->outbox, ((SimPromise *) value)->id) != NULL && sim_random (++n) == 0)
      chosen = value;
  if (chosen != NULL)
    outgoing = ehcp_outbox_find (device->link->outbox, chosen->id);
  if (outgoing != NULL && outgoing->delivery == EHCP_DELIVERY_REFUSED)
    {
      gboolean is_retry = sim_chance (500);

      chosen->is_taken_back = TRUE;
      sim_step ("%s: %s a refused command", device->name, is_retry ? "retries" : "discards");
      if (is_retry)
        ehcp_link_retry (device->link, chosen->id);
      else
        ehcp_link_discard (device->link, chosen->id);
    }
  else if (outgoing != NULL && ehcp_link_undo (device->link, chosen->id))
    {
      chosen->is_taken_back = TRUE;
      ehcp_worker_push (device->link->writer, mark_taken_back, chosen, NULL);
      sim_step ("%s: takes %s back", device->name, chosen->id);
    }
  sim_set_host (before);
}

/* After a restore two computers' work on one form cannot be put into its old order again: there one person
 * fills it in on one computer. */
static void
form_work (SimDevice *device, gboolean is_submission)
{
  if (device->is_staff)
    handle_form (device);
  else if (sim_world.is_peaceful && get_number (device) != 0)
    say (device);
  else if (is_submission)
    submit (device);
  else
    save_answer (device);
}

void
sim_act (void)
{
  SimDevice *device = &sim_world.devices[sim_random (sim_world.n_devices)];

  if (!sim_may_act (device) || pick_case (device) == NULL)
    return;
  switch (sim_random (sim_world.is_peaceful ? (device->is_staff ? 12 : 9) : device->is_staff ? 16 : 10))
    {
    case 0:
    case 1:
    case 2:
      say (device);
      break;
    case 3:
      form_work (device, FALSE);
      break;
    case 4:
      if (device->is_staff)
        note (device);
      else
        form_work (device, FALSE);
      break;
    case 5:
      form_work (device, TRUE);
      break;
    case 6:
      read_something (device);
      break;
    case 7:
      use_document (device);
      break;
    case 8:
      draft (device);
      break;
    case 9:
      if (!sim_world.is_peaceful)
        meddle (device);
      break;
    case 10:
    case 11:
      publish (device);
      break;
    case 12:
      withdraw_document (device);
      break;
    case 13:
      if (sim_chance (500))
        withdraw_access (device);
      else
        grant_again ();
      break;
    case 14:
      allocate (device);
      break;
    default:
      grant_again ();
    }
}
