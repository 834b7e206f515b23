/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outbox of the main thread. Under each record that a command touches lies the council's own copy
 * (nothing, for a new one): what the feed brings goes there, and the commands are laid over it again, in
 * their order. When the last one is gone, the council's copy is what is seen. */
#include "ehcp-outbox.h"

#include "ehcp-echo.h"

typedef struct
{
  EhcpKind kind;
  char *id;
  EhcpRecord *record; /* the council's, or NULL */
} Base;

struct _EhcpOutbox
{
  EhcpBook *book;
  GPtrArray *commands; /* of EhcpOutgoing, in the order of sending */
  GHashTable *bases;   /* key → Base, of each record that a command touches */
};

static void
free_base (gpointer data)
{
  Base *base = data;

  g_clear_object (&base->record);
  g_clear_pointer (&base->id, g_free);
  g_free (base);
}

/** ehcp_outbox_new: Returns: (transfer full): an empty one over @book, which must live longer. */
EhcpOutbox *
ehcp_outbox_new (EhcpBook *book)
{
  EhcpOutbox *outbox = g_new0 (EhcpOutbox, 1);

  outbox->book = book;
  outbox->commands = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_outgoing_free);
  outbox->bases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_base);
  return outbox;
}

/** ehcp_outbox_free: Gives it back; the book stays as it is. */
void
ehcp_outbox_free (EhcpOutbox *outbox)
{
  g_clear_pointer (&outbox->commands, g_ptr_array_unref);
  g_clear_pointer (&outbox->bases, g_hash_table_unref);
  g_free (outbox);
}

static char *
make_key (EhcpKind kind, const char *id)
{
  return g_strdup_printf ("%d/%s", kind, id);
}

static char *
make_key_of (EhcpRecord *record)
{
  return make_key (ehcp_kind_find (ehcp_record_get_kind (record)), ehcp_record_get_id (record));
}

static void
ensure_base (EhcpOutbox *outbox, EhcpRecord *echo)
{
  EhcpKind kind = ehcp_kind_find (ehcp_record_get_kind (echo));
  const char *id = ehcp_record_get_id (echo);
  EhcpRecord *live = ehcp_book_find (outbox->book, kind, id);
  g_autofree char *key = make_key (kind, id);
  Base *base;

  if (g_hash_table_contains (outbox->bases, key))
    return;
  base = g_new0 (Base, 1);
  base->kind = kind;
  base->id = g_strdup (id);
  base->record = live != NULL ? ehcp_record_copy (live) : NULL;
  g_hash_table_insert (outbox->bases, g_steal_pointer (&key), base);
}

/* Takes @shown (nullable), gives what one command makes of it. */
static EhcpRecord *
lay_over (const EhcpOutgoing *outgoing, const char *key, EhcpRecord *shown, gboolean *is_touched)
{
  for (guint i = 0; i < outgoing->echo->len; i++)
    {
      EhcpRecord *echo = g_ptr_array_index (outgoing->echo, i);
      g_autofree char *own_key = make_key_of (echo);
      g_autoptr (EhcpRecord) under = NULL;

      if (!g_str_equal (own_key, key))
        continue;
      under = shown;
      shown = ehcp_echo_apply (outgoing, echo, under);
      *is_touched = TRUE;
    }
  return shown;
}

static void
show (EhcpOutbox *outbox, const char *key)
{
  Base *base = g_hash_table_lookup (outbox->bases, key);
  g_autoptr (EhcpRecord) shown = NULL;
  gboolean is_touched = FALSE;

  if (base == NULL)
    return;
  shown = base->record != NULL ? g_object_ref (base->record) : NULL;
  for (guint i = 0; i < outbox->commands->len; i++)
    shown = lay_over (g_ptr_array_index (outbox->commands, i), key, shown, &is_touched);
  if (shown != NULL)
    ehcp_book_put (outbox->book, shown);
  else
    ehcp_book_remove (outbox->book, base->kind, base->id);
  if (!is_touched)
    g_hash_table_remove (outbox->bases, key);
}

static void
show_all (EhcpOutbox *outbox, GPtrArray *echo)
{
  for (guint i = 0; i < echo->len; i++)
    {
      g_autofree char *key = make_key_of (g_ptr_array_index (echo, i));

      show (outbox, key);
    }
}

/** ehcp_outbox_add: Adds a command (transfer full), after the others, and shows what it makes. */
void
ehcp_outbox_add (EhcpOutbox *outbox, EhcpOutgoing *outgoing)
{
  g_ptr_array_add (outbox->commands, outgoing);
  for (guint i = 0; i < outgoing->echo->len; i++)
    ensure_base (outbox, g_ptr_array_index (outgoing->echo, i));
  show_all (outbox, outgoing->echo);
}

/** ehcp_outbox_find: Returns: (nullable) (transfer none): the command of that id. */
EhcpOutgoing *
ehcp_outbox_find (EhcpOutbox *outbox, const char *id)
{
  for (guint i = 0; i < outbox->commands->len; i++)
    {
      EhcpOutgoing *outgoing = g_ptr_array_index (outbox->commands, i);

      if (g_strcmp0 (outgoing->id, id) == 0)
        return outgoing;
    }
  return NULL;
}

/** ehcp_outbox_set_delivery: Notes how far a command is; nothing happens for one that is not there. */
void
ehcp_outbox_set_delivery (EhcpOutbox *outbox, const char *id, EhcpDelivery delivery,
                          const char *refusal, const char *field)
{
  EhcpOutgoing *outgoing = ehcp_outbox_find (outbox, id);

  if (outgoing == NULL)
    return;
  outgoing->delivery = delivery;
  g_free (outgoing->refusal);
  outgoing->refusal = g_strdup (refusal);
  g_free (outgoing->field);
  outgoing->field = g_strdup (field);
  show_all (outbox, outgoing->echo);
}

static EhcpOutgoing *
take (EhcpOutbox *outbox, const char *id)
{
  EhcpOutgoing *outgoing = ehcp_outbox_find (outbox, id);
  guint position = 0;

  if (outgoing == NULL || !g_ptr_array_find (outbox->commands, outgoing, &position))
    return NULL;
  return g_ptr_array_steal_index (outbox->commands, position);
}

/* A copy of the council's that came after the echo was made may hold what somebody did later: an answer that
 * was lost is repeated long after its command was carried out. The cache goes by the same rule. */
static gboolean
is_newer (EhcpRecord *base, EhcpRecord *echo, gboolean is_same_epoch)
{
  return !is_same_epoch || ehcp_record_get_int (base, "seq") > ehcp_record_get_int (echo, "seq");
}

/* What an acknowledged command made is the council's now, though its copy is still on its way. Attachments
 * come under other ids. */
static void
settle (EhcpOutbox *outbox, const EhcpOutgoing *outgoing, EhcpRecord *echo, gboolean is_same_epoch)
{
  g_autofree char *key = make_key_of (echo);
  Base *base = g_hash_table_lookup (outbox->bases, key);
  EhcpRecord *settled;

  if (base == NULL || base->kind == EHCP_KIND_DOCUMENT ||
      (base->record != NULL && is_newer (base->record, echo, is_same_epoch)))
    return;
  settled = ehcp_echo_apply (outgoing, echo, base->record);
  g_clear_object (&base->record);
  base->record = settled;
}

/** ehcp_outbox_finish: The council has it: what it made stays, as sent, unless a newer copy is there.
 * @is_same_epoch: whether the numbers in its echo can be compared with those that come. */
void
ehcp_outbox_finish (EhcpOutbox *outbox, const char *id, gboolean is_same_epoch)
{
  g_autoptr (EhcpOutgoing) outgoing = take (outbox, id);

  if (outgoing == NULL)
    return;
  outgoing->delivery = EHCP_DELIVERY_DONE;
  g_clear_pointer (&outgoing->refusal, g_free);
  for (guint i = 0; i < outgoing->echo->len; i++)
    settle (outbox, outgoing, g_ptr_array_index (outgoing->echo, i), is_same_epoch);
  show_all (outbox, outgoing->echo);
}

/** ehcp_outbox_drop: Away with it: what it made goes, the council's copies are seen again. */
void
ehcp_outbox_drop (EhcpOutbox *outbox, const char *id)
{
  g_autoptr (EhcpOutgoing) outgoing = take (outbox, id);

  if (outgoing != NULL)
    show_all (outbox, outgoing->echo);
}

/** ehcp_outbox_forget_case: Drops every command about a case, before its records go. */
void
ehcp_outbox_forget_case (EhcpOutbox *outbox, const char *case_id)
{
  for (guint i = outbox->commands->len; i > 0; i--)
    {
      EhcpOutgoing *outgoing = g_ptr_array_index (outbox->commands, i - 1);
      g_autofree char *id = g_strdup (outgoing->id);

      if (g_str_equal (ehcp_outgoing_get_case (outgoing), case_id))
        ehcp_outbox_drop (outbox, id);
    }
}

/** ehcp_outbox_clear: Forgets every command; the book stays as it is. */
void
ehcp_outbox_clear (EhcpOutbox *outbox)
{
  g_ptr_array_set_size (outbox->commands, 0);
  g_hash_table_remove_all (outbox->bases);
}

/** ehcp_outbox_count: Counts the commands that are not sent, and those that were refused. */
void
ehcp_outbox_count (EhcpOutbox *outbox, guint *n_waiting, guint *n_refused)
{
  *n_waiting = *n_refused = 0;
  for (guint i = 0; i < outbox->commands->len; i++)
    {
      EhcpOutgoing *outgoing = g_ptr_array_index (outbox->commands, i);

      if (outgoing->delivery == EHCP_DELIVERY_REFUSED)
        (*n_refused)++;
      else
        (*n_waiting)++;
    }
}

/** ehcp_outbox_put: Takes the council's copy of a record into the book, under the commands. */
void
ehcp_outbox_put (EhcpOutbox *outbox, EhcpRecord *record)
{
  g_autofree char *key = make_key_of (record);
  Base *base = g_hash_table_lookup (outbox->bases, key);

  if (base == NULL)
    {
      ehcp_book_put (outbox->book, record);
      return;
    }
  g_set_object (&base->record, record);
  show (outbox, key);
}

/** ehcp_outbox_remove: The council's copy is gone; what a command made of it is still seen. */
void
ehcp_outbox_remove (EhcpOutbox *outbox, EhcpKind kind, const char *id)
{
  g_autofree char *key = make_key (kind, id);
  Base *base = g_hash_table_lookup (outbox->bases, key);

  if (base == NULL)
    {
      ehcp_book_remove (outbox->book, kind, id);
      return;
    }
  g_clear_object (&base->record);
  show (outbox, key);
}

/** ehcp_outbox_find_under: Returns: (nullable) (transfer none): the council's copy of a record that commands
 * touch; %NULL when there is none, or when no command touches it. */
EhcpRecord *
ehcp_outbox_find_under (EhcpOutbox *outbox, EhcpKind kind, const char *id)
{
  g_autofree char *key = make_key (kind, id);
  const Base *base = g_hash_table_lookup (outbox->bases, key);

  return base != NULL ? base->record : NULL;
}

/** ehcp_outbox_list_about: Returns: (transfer full): the ids of the commands that touch a record, in their order:
 * those that were refused, or (@is_refused %FALSE) those that were not; may be empty. */
GStrv
ehcp_outbox_list_about (EhcpOutbox *outbox, EhcpKind kind, const char *id, gboolean is_refused)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autofree char *key = make_key (kind, id);

  for (guint i = 0; i < outbox->commands->len; i++)
    {
      const EhcpOutgoing *outgoing = g_ptr_array_index (outbox->commands, i);

      if ((outgoing->delivery == EHCP_DELIVERY_REFUSED) != is_refused)
        continue;
      for (guint j = 0; j < outgoing->echo->len; j++)
        {
          g_autofree char *own_key = make_key_of (g_ptr_array_index (outgoing->echo, j));

          if (g_str_equal (own_key, key))
            {
              g_strv_builder_add (ids, outgoing->id);
              break;
            }
        }
    }
  return g_strv_builder_end (ids);
}
