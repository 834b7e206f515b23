/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places that were gone through. A screen lives while it is in the history, so that Back finds it as
 * it was left, with what was typed and the focus where it was. A place is in it once at most. */
#include "ehcp-history.h"

#include <string.h>

typedef struct
{
  char *target;
  EhcpView *view;        /* the stack's */
  GtkWidget *last_focus; /* weak */
} Entry;

struct _EhcpHistory
{
  GObject parent;
  GtkStack *stack;
  GPtrArray *entries;
};

enum
{
  PROP_CURRENT = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (EhcpHistory, ehcp_history, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;
  GtkWidget *stack = gtk_widget_get_parent (GTK_WIDGET (entry->view));

  g_clear_weak_pointer (&entry->last_focus);
  if (stack != NULL)
    gtk_stack_remove (GTK_STACK (stack), GTK_WIDGET (entry->view));
  g_object_unref (entry->view);
  g_free (entry->target);
  g_free (entry);
}

static Entry *
top (EhcpHistory *history)
{
  if (history->entries->len == 0)
    return NULL;
  return g_ptr_array_index (history->entries, history->entries->len - 1);
}

static void
ehcp_history_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EhcpHistory *history = EHCP_HISTORY (object);

  switch (id)
    {
    case PROP_CURRENT:
      g_value_set_object (value, ehcp_history_get_current (history));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ehcp_history_dispose (GObject *object)
{
  EhcpHistory *history = EHCP_HISTORY (object);

  g_ptr_array_set_size (history->entries, 0);
  g_clear_object (&history->stack);
  G_OBJECT_CLASS (ehcp_history_parent_class)->dispose (object);
}

static void
ehcp_history_finalize (GObject *object)
{
  g_ptr_array_unref (EHCP_HISTORY (object)->entries);
  G_OBJECT_CLASS (ehcp_history_parent_class)->finalize (object);
}

static void
ehcp_history_class_init (EhcpHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ehcp_history_get_property;
  object_class->dispose = ehcp_history_dispose;
  object_class->finalize = ehcp_history_finalize;

  props[PROP_CURRENT] = g_param_spec_object ("current", NULL, NULL, EHCP_TYPE_VIEW,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ehcp_history_init (EhcpHistory *history)
{
  history->entries = g_ptr_array_new_with_free_func (entry_free);
}

EhcpHistory *
ehcp_history_new (GtkStack *stack)
{
  EhcpHistory *history = g_object_new (EHCP_TYPE_HISTORY, NULL);

  history->stack = g_object_ref (stack);
  return history;
}

EhcpView *
ehcp_history_get_current (EhcpHistory *history)
{
  Entry *entry = top (history);

  return entry != NULL ? entry->view : NULL;
}

const char *
ehcp_history_get_target (EhcpHistory *history)
{
  Entry *entry = top (history);

  return entry != NULL ? entry->target : NULL;
}

/* The screen that Back leads to, or NULL. */
EhcpView *
ehcp_history_get_previous (EhcpHistory *history)
{
  if (history->entries->len < 2)
    return NULL;
  return ((Entry *) g_ptr_array_index (history->entries, history->entries->len - 2))->view;
}

static gboolean
is_open (Entry *entry)
{
  const EhcpPlace *place = ehcp_places_find (entry->target);

  return place != NULL && (place->flags & EHCP_PLACE_OPEN) != 0;
}

/* Whether Back leads to a screen that anybody may see. */
gboolean
ehcp_history_is_previous_open (EhcpHistory *history)
{
  return history->entries->len >= 2 && is_open (g_ptr_array_index (history->entries, history->entries->len - 2));
}

/* Whether it holds a screen that only somebody who is signed in may see. */
gboolean
ehcp_history_has_closed_place (EhcpHistory *history)
{
  for (guint i = 0; i < history->entries->len; i++)
    if (!is_open (g_ptr_array_index (history->entries, i)))
      return TRUE;
  return FALSE;
}

/* Remembers where the focus was, and lets the screen store what was typed. The focus goes first: an entry
 * row of libadwaita 1.2 that still has it complains when it is taken away. */
static void
leave (EhcpHistory *history, Entry *entry)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (entry->view));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (entry->view)))
    {
      g_set_weak_pointer (&entry->last_focus, focus);
      gtk_root_set_focus (root, NULL);
    }
  ehcp_view_leave (entry->view);
}

static void
show_top (EhcpHistory *history)
{
  Entry *entry = top (history);

  g_object_notify_by_pspec (G_OBJECT (history), props[PROP_CURRENT]);
  if (entry == NULL)
    return;
  gtk_stack_set_visible_child (history->stack, GTK_WIDGET (entry->view));
  if (entry->last_focus == NULL || !gtk_widget_grab_focus (entry->last_focus))
    gtk_widget_child_focus (GTK_WIDGET (entry->view), GTK_DIR_TAB_FORWARD);
  ehcp_view_shown (entry->view);
}

static gboolean
push (EhcpHistory *history, const char *target, EhcpLink *link)
{
  EhcpView *view = ehcp_places_make (target, link);
  Entry *entry;

  if (view == NULL)
    {
      g_warning ("there is no place \"%s\"", target);
      return FALSE;
    }
  entry = g_new0 (Entry, 1);
  entry->target = g_strdup (target);
  entry->view = g_object_ref_sink (view);
  gtk_stack_add_child (history->stack, GTK_WIDGET (view));
  g_ptr_array_add (history->entries, entry);
  return TRUE;
}

static gboolean
find (EhcpHistory *history, const char *target, guint *index)
{
  for (guint i = 0; i < history->entries->len; i++)
    if (g_strcmp0 (((Entry *) g_ptr_array_index (history->entries, i))->target, target) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

static size_t
measure_screen (const char *target)
{
  size_t name = strcspn (target, "/");

  return target[name] == '/' ? name + 1 + strcspn (target + name + 1, "/") : name;
}

/* Whether going there only opens another item on the screen that is shown. */
static gboolean
is_on_screen (EhcpHistory *history, const char *target, const EhcpPlace *place)
{
  Entry *entry = top (history);
  size_t length = measure_screen (target);

  return entry != NULL && place != NULL && (place->flags & EHCP_PLACE_INNER) != 0 &&
         measure_screen (entry->target) == length && strncmp (entry->target, target, length) == 0;
}

/* Shows a place: back to it when it is in the history already, and as the only one for a root. Returns
 * FALSE when there is none of that name. */
gboolean
ehcp_history_go (EhcpHistory *history, const char *target, EhcpLink *link)
{
  const EhcpPlace *place = ehcp_places_find (target);
  guint index, n_before = history->entries->len;

  if (find (history, target, &index))
    {
      if (index + 1 == n_before)
        return TRUE;
      leave (history, top (history));
      g_ptr_array_set_size (history->entries, (int) index + 1);
      show_top (history);
      return TRUE;
    }
  if (is_on_screen (history, target, place))
    return ehcp_history_replace (history, target, link);
  if (n_before > 0)
    leave (history, top (history));
  if (!push (history, target, link))
    return FALSE;
  if ((place->flags & EHCP_PLACE_ROOT) != 0)
    g_ptr_array_remove_range (history->entries, 0, n_before);
  show_top (history);
  return TRUE;
}

/* Shows a place in the turn of the current one. */
gboolean
ehcp_history_replace (EhcpHistory *history, const char *target, EhcpLink *link)
{
  Entry *old = top (history);
  guint index;

  if (old == NULL || find (history, target, &index) || ehcp_places_find (target) == NULL)
    return ehcp_history_go (history, target, link);
  leave (history, old);
  push (history, target, link);
  g_ptr_array_remove_index (history->entries, history->entries->len - 2);
  show_top (history);
  return TRUE;
}

/* One place back. Returns FALSE when there is nothing before. */
gboolean
ehcp_history_back (EhcpHistory *history)
{
  if (history->entries->len < 2)
    return FALSE;
  leave (history, top (history));
  g_ptr_array_set_size (history->entries, (int) history->entries->len - 1);
  show_top (history);
  return TRUE;
}

/* After signing in again: back to the screen, and to the field, where the session had ended. */
void
ehcp_history_leave_open_places (EhcpHistory *history)
{
  guint n = history->entries->len;

  while (n > 1 && is_open (g_ptr_array_index (history->entries, n - 1)))
    n--;
  if (n == history->entries->len)
    return;
  leave (history, top (history));
  g_ptr_array_set_size (history->entries, (int) n);
  show_top (history);
}

/* Before the window closes: each screen stores what was typed. */
void
ehcp_history_leave_all (EhcpHistory *history)
{
  for (guint i = 0; i < history->entries->len; i++)
    ehcp_view_leave (((Entry *) g_ptr_array_index (history->entries, i))->view);
}

void
ehcp_history_clear (EhcpHistory *history)
{
  g_ptr_array_set_size (history->entries, 0);
  g_object_notify_by_pspec (G_OBJECT (history), props[PROP_CURRENT]);
}
