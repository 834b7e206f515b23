/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed goes three ways to be safe: into memory at once, into a draft on disk within a second,
 * and as an answer into the outbox when the page is left. A draft goes only after its answer is on disk
 * in the outbox, and only if nothing was typed since. */
#include "ehcp-form-filling-private.h"

#include <string.h>

#include "ehcp-form-request.h"

#include "ehcp-text.h"

#define STORE_AFTER_MS 1000

enum
{
  PROP_SAVED_AT = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (EhcpFormFilling, ehcp_form_filling, G_TYPE_OBJECT)

static char *
make_draft_id (EhcpFormFilling *filling, const char *question)
{
  g_autofree char *name = g_strconcat ("draft/", question, NULL);

  return ehcp_answer_id (ehcp_record_get_id (filling->form),
                         ehcp_record_get_text (filling->form, "person"), name);
}

EhcpRecord *
ehcp_form_filling_find_draft (EhcpFormFilling *filling, const char *question)
{
  g_autofree char *id = make_draft_id (filling, question);

  return ehcp_book_find (ehcp_link_get_book (filling->link), EHCP_KIND_DRAFT, id);
}

EhcpRecord *
ehcp_form_filling_find_answer (EhcpFormFilling *filling, const char *question)
{
  g_autofree char *id = ehcp_answer_id (ehcp_record_get_id (filling->form),
                                        ehcp_record_get_text (filling->form, "person"), question);

  return ehcp_book_find (ehcp_link_get_book (filling->link), EHCP_KIND_ANSWER, id);
}

static void
set_saved_now (EhcpFormFilling *filling)
{
  filling->saved_at = ehcp_clock_now (ehcp_link_get_clock (filling->link));
  g_object_notify_by_pspec (G_OBJECT (filling), props[PROP_SAVED_AT]);
}

/* The answer from which the typing began: that of the council as it was then. What was typed since does not
 * count, so that an answer that comes in the meantime is not written over. */
static const char *
find_seen (EhcpFormFilling *filling, const char *question)
{
  EhcpRecord *draft = ehcp_form_filling_find_draft (filling, question);
  EhcpRecord *answer = draft == NULL ? ehcp_form_filling_find_answer (filling, question) : NULL;
  const char *seen = draft != NULL ? ehcp_record_get_text (draft, "was") : NULL;

  if (answer != NULL)
    seen = ehcp_record_get_text (answer, "value");
  return seen != NULL ? seen : "";
}

void
ehcp_form_filling_store_draft (EhcpFormFilling *filling, const char *question, const char *value)
{
  g_autoptr (EhcpRecord) draft = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DRAFT));
  g_autofree char *id = make_draft_id (filling, question);
  g_autofree char *now = ehcp_clock_now_text (ehcp_link_get_clock (filling->link));

  ehcp_record_set_text (draft, "id", id);
  ehcp_record_set_text (draft, "case", ehcp_record_get_case (filling->form));
  ehcp_record_set_int (draft, "seq", 0);
  ehcp_record_set_text (draft, "audience", "private");
  ehcp_record_set_text (draft, "form", ehcp_record_get_id (filling->form));
  ehcp_record_set_text (draft, "question", question);
  ehcp_record_set_text (draft, "text", value);
  ehcp_record_set_text (draft, "saved_at", now);
  ehcp_record_set_text (draft, "was", find_seen (filling, question));
  ehcp_link_save_draft (filling->link, draft);
}

static void
store_typed (EhcpFormFilling *filling)
{
  GHashTableIter iter;
  gpointer question, value;

  g_clear_handle_id (&filling->store_source, g_source_remove);
  if (g_hash_table_size (filling->typed) == 0)
    return;
  g_hash_table_iter_init (&iter, filling->typed);
  while (g_hash_table_iter_next (&iter, &question, &value))
    {
      ehcp_form_filling_store_draft (filling, question, value);
      g_hash_table_iter_remove (&iter);
    }
  set_saved_now (filling);
}

static gboolean
store_cb (gpointer data)
{
  EhcpFormFilling *filling = data;

  filling->store_source = 0;
  store_typed (filling);
  return G_SOURCE_REMOVE;
}

static gboolean
is_part (EhcpFormFilling *filling, const EhcpFormPage *page)
{
  if (ehcp_form_filling_get_part_state (filling, page) == EHCP_PART_NOT_NEEDED)
    return FALSE;
  for (guint i = 0; i < page->questions->len; i++)
    if (((const EhcpQuestion *) g_ptr_array_index (page->questions, i))->kind != EHCP_QUESTION_DECLARATION)
      return TRUE;
  return FALSE;
}

static void
find_parts (EhcpFormFilling *filling)
{
  const GPtrArray *pages = filling->definition->pages;

  g_ptr_array_set_size (filling->parts, 0);
  for (guint i = 0; i < pages->len; i++)
    if (is_part (filling, g_ptr_array_index (pages, i)))
      g_ptr_array_add (filling->parts, g_ptr_array_index (pages, i));
}

void
ehcp_form_filling_changed (EhcpFormFilling *filling)
{
  find_parts (filling);
  g_signal_emit (filling, changed_signal, 0);
}

static void
ehcp_form_filling_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SAVED_AT)
    g_value_set_int64 (value, EHCP_FORM_FILLING (object)->saved_at);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ehcp_form_filling_dispose (GObject *object)
{
  EhcpFormFilling *filling = EHCP_FORM_FILLING (object);

  if (filling->link != NULL)
    {
      store_typed (filling);
      g_clear_signal_handler (&filling->book_handler, ehcp_link_get_book (filling->link));
    }
  g_clear_object (&filling->link);
  G_OBJECT_CLASS (ehcp_form_filling_parent_class)->dispose (object);
}

static void
ehcp_form_filling_finalize (GObject *object)
{
  EhcpFormFilling *filling = EHCP_FORM_FILLING (object);

  g_clear_object (&filling->form);
  g_clear_pointer (&filling->parts, g_ptr_array_unref);
  g_clear_pointer (&filling->definition, ehcp_form_definition_free);
  g_clear_pointer (&filling->typed, g_hash_table_unref);
  G_OBJECT_CLASS (ehcp_form_filling_parent_class)->finalize (object);
}

static void
ehcp_form_filling_class_init (EhcpFormFillingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ehcp_form_filling_get_property;
  object_class->dispose = ehcp_form_filling_dispose;
  object_class->finalize = ehcp_form_filling_finalize;
  props[PROP_SAVED_AT] = g_param_spec_int64 ("saved-at", NULL, NULL, 0, G_MAXINT64, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                                 G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  changed_signal = g_signal_new ("changed", EHCP_TYPE_FORM_FILLING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
ehcp_form_filling_init (EhcpFormFilling *filling)
{
  filling->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  filling->parts = g_ptr_array_new ();
}

static gint64
find_saved_at (EhcpFormFilling *filling)
{
  const EhcpFormDefinition *definition = filling->definition;
  gint64 newest = 0;

  for (guint i = 0; i < definition->pages->len; i++)
    {
      const EhcpFormPage *page = g_ptr_array_index (definition->pages, i);

      for (guint j = 0; j < page->questions->len; j++)
        {
          const EhcpQuestion *question = g_ptr_array_index (page->questions, j);
          EhcpRecord *draft = ehcp_form_filling_find_draft (filling, question->id);
          EhcpRecord *kept = draft != NULL ? draft : ehcp_form_filling_find_answer (filling, question->id);

          if (kept != NULL)
            newest = MAX (newest, ehcp_time_parse (ehcp_record_get_text (kept, "saved_at")));
        }
    }
  return newest;
}

EhcpFormFilling *
ehcp_form_filling_new (EhcpLink *link, const char *form_id, GError **error)
{
  EhcpBook *book = ehcp_link_get_book (link);
  EhcpRecord *asked = ehcp_book_find (book, EHCP_KIND_FORM, form_id);
  g_autoptr (EhcpRecord) form = asked != NULL ? g_object_ref (asked) : ehcp_form_request_make (link, form_id);
  EhcpRecord *body = form == NULL ? NULL
                                  : ehcp_book_find_where (book, EHCP_KIND_FORM_DEFINITION, "definition",
                                                          ehcp_record_get_text (form, "definition"));
  g_autoptr (EhcpFormDefinition) definition = NULL;
  EhcpFormFilling *filling;
  const char *text;

  if (body == NULL)
    return NULL;
  text = ehcp_record_get_text (body, "body");
  definition = ehcp_form_definition_parse (text, strlen (text), error);
  if (definition == NULL)
    return NULL;
  filling = g_object_new (EHCP_TYPE_FORM_FILLING, NULL);
  filling->link = g_object_ref (link);
  filling->is_request = ehcp_record_get_case (form) == NULL;
  filling->form = g_steal_pointer (&form);
  filling->definition = g_steal_pointer (&definition);
  ehcp_form_filling_drop_lost_files (filling);
  find_parts (filling);
  filling->saved_at = find_saved_at (filling);
  filling->book_handler = g_signal_connect_swapped (book, "changed", G_CALLBACK (ehcp_form_filling_changed),
                                                    filling);
  return filling;
}

EhcpRecord *
ehcp_form_filling_get_form (EhcpFormFilling *filling)
{
  return filling->form;
}

const EhcpFormDefinition *
ehcp_form_filling_get_definition (EhcpFormFilling *filling)
{
  return filling->definition;
}

/* Whether it can still be filled in: asked for, or returned, and not on its way already. */
gboolean
ehcp_form_filling_is_open (EhcpFormFilling *filling)
{
  const char *state = ehcp_record_get_text (filling->form, "state");
  EhcpDelivery delivery = ehcp_record_get_delivery (filling->form);

  /* A request that was refused was sent, but is nobody's yet: it can be put right. */
  if (filling->is_request && delivery == EHCP_DELIVERY_REFUSED)
    return TRUE;
  return g_strcmp0 (state, "asked") == 0 || g_strcmp0 (state, "returned") == 0;
}

gboolean
ehcp_form_filling_is_request (EhcpFormFilling *filling)
{
  return filling->is_request;
}

gboolean
ehcp_form_filling_is_others (EhcpFormFilling *filling)
{
  EhcpRecord *own = ehcp_book_get_own_person (ehcp_link_get_book (filling->link),
                                              ehcp_record_get_case (filling->form));

  return own != NULL &&
         g_strcmp0 (ehcp_record_get_id (own), ehcp_record_get_text (filling->form, "person")) != 0;
}

gboolean
ehcp_form_filling_is_gone (EhcpFormFilling *filling)
{
  EhcpBook *book = ehcp_link_get_book (filling->link);
  const char *id = ehcp_record_get_id (filling->form);

  return filling->is_request && ehcp_book_find (book, EHCP_KIND_FORM, id) == NULL &&
         ehcp_book_find (book, EHCP_KIND_DRAFT, id) == NULL;
}

gint64
ehcp_form_filling_get_saved_at (EhcpFormFilling *filling)
{
  return filling->saved_at;
}

guint
ehcp_form_filling_count_parts (EhcpFormFilling *filling)
{
  return filling->parts->len;
}

const EhcpFormPage *
ehcp_form_filling_nth_part (EhcpFormFilling *filling, guint n)
{
  g_return_val_if_fail (n < filling->parts->len, NULL);
  return g_ptr_array_index (filling->parts, n);
}

/* -1 when there is no such part. */
int
ehcp_form_filling_find_part (EhcpFormFilling *filling, const char *page)
{
  for (guint i = 0; i < filling->parts->len; i++)
    {
      const EhcpFormPage *part = g_ptr_array_index (filling->parts, i);

      if (g_strcmp0 (part->id, page) == 0)
        return (int) i;
    }
  return -1;
}

EhcpPartState
ehcp_form_filling_get_part_state (EhcpFormFilling *filling, const EhcpFormPage *page)
{
  return ehcp_form_page_get_state (page, ehcp_form_filling_get_answer, filling,
                                   ehcp_form_filling_get_today (filling));
}

EhcpDay
ehcp_form_filling_get_today (EhcpFormFilling *filling)
{
  return ehcp_clock_today (ehcp_link_get_clock (filling->link));
}

/* A part that is all optional may be left as it is; one that cannot start yet waits for an answer. */
gboolean
ehcp_form_filling_may_check (EhcpFormFilling *filling)
{
  if (ehcp_form_filling_count_conflicts (filling) > 0)
    return FALSE;
  for (guint i = 0; i < filling->parts->len; i++)
    {
      const EhcpFormPage *page = g_ptr_array_index (filling->parts, i);

      if (ehcp_form_filling_get_part_state (filling, page) == EHCP_PART_CANNOT_START ||
          !ehcp_form_page_check (page, ehcp_form_filling_get_answer, filling,
                                 ehcp_form_filling_get_today (filling), NULL))
        return FALSE;
    }
  return TRUE;
}

guint
ehcp_form_filling_count_completed (EhcpFormFilling *filling)
{
  guint n = 0;

  for (guint i = 0; i < filling->parts->len; i++)
    if (ehcp_form_filling_get_part_state (filling, g_ptr_array_index (filling->parts, i)) ==
        EHCP_PART_COMPLETED)
      n++;
  return n;
}

const char *
ehcp_form_filling_get_answer (const char *question, gpointer data)
{
  EhcpFormFilling *filling = data;
  const char *typed = g_hash_table_lookup (filling->typed, question);
  EhcpRecord *kept;

  if (typed != NULL)
    return typed;
  kept = ehcp_form_filling_find_draft (filling, question);
  if (kept != NULL)
    return ehcp_record_get_text (kept, "text");
  kept = ehcp_form_filling_find_answer (filling, question);
  return kept != NULL ? ehcp_record_get_text (kept, "value") : NULL;
}

void
ehcp_form_filling_type (EhcpFormFilling *filling, const char *question, const char *value,
                        gboolean at_once)
{
  const char *old = ehcp_form_filling_get_answer (question, filling);

  if (g_strcmp0 (old != NULL ? old : "", value) == 0)
    return;
  g_hash_table_insert (filling->typed, g_strdup (question), g_strdup (value));
  if (at_once)
    store_typed (filling);
  else if (filling->store_source == 0)
    filling->store_source = g_timeout_add (STORE_AFTER_MS, store_cb, filling);
  ehcp_form_filling_changed (filling);
}

typedef struct
{
  EhcpFormFilling *filling;
  char *question;
  char *value;
} Saving;

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autofree char *id = ehcp_link_send_finish (EHCP_LINK (source), result, NULL);
  EhcpRecord *draft = ehcp_form_filling_find_draft (saving->filling, saving->question);

  /* When it failed, the draft stays, and the next leaving of the page tries again. */
  if (id != NULL && draft != NULL &&
      g_strcmp0 (ehcp_record_get_text (draft, "text"), saving->value) == 0)
    ehcp_link_delete_draft (saving->filling->link, ehcp_record_get_id (draft));
  g_clear_object (&saving->filling);
  g_clear_pointer (&saving->question, g_free);
  g_clear_pointer (&saving->value, g_free);
  g_free (saving);
}

EhcpRecord *
ehcp_form_filling_make_command (EhcpFormFilling *filling, EhcpCommand command)
{
  EhcpRecord *record = ehcp_record_new (ehcp_command_get_shape (command));

  ehcp_record_set_text (record, "kind", ehcp_command_get_shape (command)->name);
  ehcp_record_set_text (record, "case", ehcp_record_get_case (filling->form));
  ehcp_record_set_text (record, "form", ehcp_record_get_id (filling->form));
  return record;
}

/* Files of this computer stay in the draft until the form is sent; what travels is which of those that the council
 * has are to stay. (transfer full) (nullable): the answer that is to be sent, or NULL for none. */
static char *
make_value (EhcpFormFilling *filling, const EhcpQuestion *question, EhcpRecord *draft)
{
  EhcpRecord *answer = ehcp_form_filling_find_answer (filling, question->id);
  g_autofree char *kept = NULL;
  const char *had;

  if (question->kind != EHCP_QUESTION_FILE)
    return g_strdup (ehcp_record_get_text (draft, "text"));
  kept = ehcp_form_files_keep_documents (ehcp_record_get_text (draft, "text"));
  had = answer != NULL ? ehcp_record_get_text (answer, "value") : NULL;
  return g_strcmp0 (kept, had != NULL ? had : "") != 0 ? g_steal_pointer (&kept) : NULL;
}

static void
save_question (EhcpFormFilling *filling, const EhcpQuestion *question)
{
  EhcpRecord *draft = ehcp_form_filling_find_draft (filling, question->id);
  g_autofree char *value = draft != NULL ? make_value (filling, question, draft) : NULL;
  g_autoptr (EhcpRecord) command = NULL;
  Saving *saving;

  if (value == NULL)
    return;
  command = ehcp_form_filling_make_command (filling, EHCP_COMMAND_FORM_SAVE);
  ehcp_record_set_text (command, "question", question->id);
  ehcp_record_set_text (command, "value", value);
  if (question->kind != EHCP_QUESTION_FILE)
    ehcp_record_set_text (command, "was", find_seen (filling, question->id));
  saving = g_new0 (Saving, 1);
  saving->filling = g_object_ref (filling);
  saving->question = g_strdup (question->id);
  saving->value = g_strdup (ehcp_record_get_text (draft, "text"));
  ehcp_link_send_async (filling->link, command, NULL, 0, NULL, saved_cb, saving);
}

void
ehcp_form_filling_save (EhcpFormFilling *filling)
{
  store_typed (filling);
  if (filling->is_request || !ehcp_form_filling_is_open (filling))
    return;
  for (guint i = 0; i < filling->definition->pages->len; i++)
    {
      const EhcpFormPage *page = g_ptr_array_index (filling->definition->pages, i);

      for (guint j = 0; j < page->questions->len; j++)
        save_question (filling, g_ptr_array_index (page->questions, j));
    }
}

void
ehcp_form_filling_discard_request (EhcpFormFilling *filling)
{
  g_return_if_fail (filling->is_request);

  g_clear_handle_id (&filling->store_source, g_source_remove);
  g_hash_table_remove_all (filling->typed);
  ehcp_form_request_clear (filling->link, filling->form);
}
