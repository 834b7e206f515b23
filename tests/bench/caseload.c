/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A manager's caseload: so many cases out of a sealed cache onto the screen, then sorted by each column, searched key
 * by key and scrolled. Prints one line NAME=VALUE for each figure (ms, MiB).
 *   caseload [N-CASES] */
#include <adwaita.h>
#include <stdlib.h>
#include <time.h>

#include "ehcp-cache.h"
#include "ehcp-link-private.h"
#include "ehcp-places.h"
#include "ehcp-text.h"

#define NOW "2026-11-24T14:05:00Z"
#define ACCOUNT "b1000000-0000-4000-8000-000000000002"
#define SCROLL_FRAMES 150
#define SCROLL_STEP 174 /* six rows */

enum
{
  PART_SORT,
  PART_FILTER,
  PART_SCROLL,
  N_PARTS
};

typedef struct
{
  guint n_cases;
  char *dir;
  EhcpKey key;
  EhcpLink *link;
  GtkWidget *window;
  EhcpView *view;
  GtkColumnView *table;
  GtkWidget *search;
  GtkAdjustment *adjustment;
  gint64 started; /* of the program, from which the peer is measured too */
  gint64 begun;
  guint step;
  gboolean is_timing; /* something was begun, and no frame was drawn since */
  gboolean has_rows;
  double begun_cpu;
  double slowest[N_PARTS], slowest_cpu[N_PARTS];
} Bench;

/* Of this process alone, which other work on the machine does not lengthen. */
static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1000000;
}

static double
ms_since (gint64 begun)
{
  return (double) (g_get_monotonic_time () - begun) / 1000;
}

/* Records */

static EhcpRecord *
make (EhcpKind kind, const char *case_id, guint n, guint m)
{
  EhcpRecord *record = ehcp_record_new (ehcp_kind_get_shape (kind));
  g_autofree char *id = g_strdup_printf ("%04x%04x-0000-4000-8000-%012x", kind + 1, m, n);

  ehcp_record_set_text (record, "id", id);
  ehcp_record_set_text (record, "case", case_id != NULL ? case_id : id);
  ehcp_record_set_int (record, "seq", 1 + n);
  ehcp_record_set_text (record, "audience", "adults");
  return record;
}

static void
add_deadline (EhcpBatch *batch, const char *case_id, guint n, guint m, const char *rule, int due)
{
  g_autoptr (EhcpRecord) deadline = make (EHCP_KIND_DEADLINE, case_id, n, m);

  ehcp_record_set_text (deadline, "rule", rule);
  ehcp_record_set_date (deadline, "due", due);
  ehcp_record_set_text (deadline, "state", "due");
  ehcp_record_set_text (deadline, "trigger", "request-received");
  ehcp_record_set_date (deadline, "trigger_date", due - 42);
  ehcp_record_set_text (deadline, "source", "SEND Regulations 2014, regs 4 and 5(1)");
  ehcp_record_set_text (deadline, "actor", "council");
  ehcp_batch_add_record (batch, deadline);
}

static void
add_message (EhcpBatch *batch, const char *case_id, guint n)
{
  g_autoptr (EhcpRecord) message = make (EHCP_KIND_MESSAGE, case_id, n, 0);
  const char *id = ehcp_record_get_id (message);

  ehcp_record_set_text (message, "thread", id);
  ehcp_record_set_text (message, "message_type", "Question about my child’s case");
  ehcp_record_set_text (message, "subject", "A question");
  ehcp_record_set_text (message, "text", "When will we hear from you? We were told that the report would come soon.");
  ehcp_record_set_text (message, "sender", id);
  ehcp_record_set_text (message, "sender_name", "A parent");
  ehcp_record_set_bool (message, "from_council", FALSE);
  ehcp_record_set_text (message, "composed_at", NOW);
  if (n % 10 != 0)
    ehcp_record_set_text (message, "read_at", NOW);
  ehcp_batch_add_record (batch, message);
}

static void
add_case (EhcpBatch *batch, guint n, gint32 today)
{
  static const char *const forenames[] = { "Isla", "Theo", "Béa", "Samir", "Maisie", "Jonah", "Ottilie", "Zoë" };
  static const char *const surnames[] = { "Marlow", "Kerr", "Larkwood", "Haddow", "Trent", "Pike", "Wren" };
  static const char *const stages[] = { "assess", "advice", "decide", "draft", "final" };
  g_autoptr (EhcpRecord) record = make (EHCP_KIND_CASE, NULL, n, 0);
  g_autoptr (EhcpRecord) event = NULL;
  const char *id = ehcp_record_get_id (record);
  g_autofree char *reference = g_strdup_printf ("WY-2026-%05u", n);
  g_autofree char *surname = g_strdup_printf ("%s-%u", surnames[n % G_N_ELEMENTS (surnames)], n);
  int due = today - 30 + (int) ((n * 7919u) % 140u);

  ehcp_record_set_text (record, "reference", reference);
  ehcp_record_set_text (record, "child_forename", forenames[n % G_N_ELEMENTS (forenames)]);
  ehcp_record_set_text (record, "child_surname", surname);
  ehcp_record_set_date (record, "date_of_birth", today - 3000);
  ehcp_record_set_text (record, "school", "Oakmere Primary School");
  ehcp_record_set_text (record, "stage", stages[n % G_N_ELEMENTS (stages)]);
  ehcp_record_set_text (record, "status", "open");
  ehcp_record_set_text (record, "caseworker", ACCOUNT);
  ehcp_record_set_text (record, "caseworker_name", "Priya Nair");
  ehcp_batch_add_record (batch, record);
  event = make (EHCP_KIND_EVENT, id, n, 0);
  ehcp_record_set_text (event, "what", "request-received");
  ehcp_record_set_date (event, "date", due - 100);
  ehcp_record_set_text (event, "entered_by", "Priya Nair");
  ehcp_record_set_text (event, "entered_at", NOW);
  ehcp_batch_add_record (batch, event);
  add_deadline (batch, id, n, 0, "assess-decision", due);
  add_deadline (batch, id, n, 1, "no-plan-decision", due + 70);
  add_deadline (batch, id, n, 2, "final-plan", due + 98);
  add_message (batch, id, n);
}

static void
add_account (EhcpBatch *batch)
{
  g_autoptr (EhcpRecord) account = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_ACCOUNT));

  ehcp_record_set_text (account, "id", ACCOUNT);
  ehcp_record_set_int (account, "seq", 1);
  ehcp_record_set_text (account, "audience", "account");
  ehcp_record_set_text (account, "email", "priya.nair@wyreshire.example");
  ehcp_record_set_text (account, "forename", "Priya");
  ehcp_record_set_text (account, "surname", "Nair");
  ehcp_record_set_text (account, "role", "manager");
  ehcp_batch_add_record (batch, account);
}

static void
fill_cache (Bench *bench)
{
  g_autoptr (EhcpCache) cache = NULL;
  g_autoptr (EhcpBatch) batch = ehcp_batch_new ();
  g_autoptr (EhcpClock) clock = ehcp_clock_new_fixed (ehcp_time_parse (NOW));
  g_autoptr (GError) error = NULL;

  ehcp_key_make (&bench->key);
  cache = ehcp_cache_open (bench->dir, &bench->key, &error);
  g_assert_no_error (error);
  batch->epoch = g_strdup ("e");
  batch->state = g_strdup ("s");
  add_account (batch);
  for (guint n = 0; n < bench->n_cases; n++)
    add_case (batch, n, ehcp_clock_today (clock));
  ehcp_cache_store_batch (cache, batch, 1000, &error);
  g_assert_no_error (error);
}

static void
read_cache (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpCache) cache = ehcp_cache_open (bench->dir, &bench->key, &error);
  g_autoptr (EhcpLoaded) loaded = NULL;

  g_assert_no_error (error);
  loaded = ehcp_cache_load (cache, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < loaded->records->len; i++)
    ehcp_book_put (ehcp_link_get_book (bench->link), loaded->records->pdata[i]);
  g_print ("records=%u\nread-cache=%.1f\nread-cache-cpu=%.1f\n", loaded->records->len, ms_since (bench->begun),
           cpu_ms () - bench->begun_cpu);
}

/* Steps: each is begun before a frame and ends after it was painted. */

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The page's own: each drop-down has one too. */
static GtkWidget *
find_search (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_SEARCH_ENTRY (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = GTK_IS_DROP_DOWN (child) ? NULL : find_search (child);
  return found;
}

static void
find_parts (Bench *bench)
{
  GtkWidget *scroller;

  bench->table = GTK_COLUMN_VIEW (find_type (GTK_WIDGET (bench->view), GTK_TYPE_COLUMN_VIEW));
  bench->search = find_search (GTK_WIDGET (bench->view));
  scroller = gtk_widget_get_ancestor (GTK_WIDGET (bench->table), GTK_TYPE_SCROLLED_WINDOW);
  bench->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static double
read_pss_mib (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL) || (line = strstr (text, "Pss:")) == NULL)
    return 0;
  return g_ascii_strtod (line + 4, NULL) / 1024;
}

static void
begin (Bench *bench)
{
  bench->begun = g_get_monotonic_time ();
  bench->begun_cpu = cpu_ms ();
  bench->is_timing = TRUE;
}

static void
sort_by (Bench *bench, guint n)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (gtk_column_view_get_columns (bench->table), n);

  begin (bench);
  gtk_column_view_sort_by_column (bench->table, column, GTK_SORT_ASCENDING);
}

static void
type_key (Bench *bench, guint n)
{
  static const char *const typed[] = { "b", "be", "bea", "bea ", "bea l", "bea la", "bea", "" };

  begin (bench);
  gtk_editable_set_text (GTK_EDITABLE (bench->search), typed[n]);
}

#define N_KEYS 8

static void
end (Bench *bench)
{
  static const char *const names[] = { [PART_SORT] = "sort", [PART_FILTER] = "filter", [PART_SCROLL] = "scroll-frame" };

  for (guint i = 0; i < N_PARTS; i++)
    g_print ("%s=%.1f\n%s-cpu=%.1f\n", names[i], bench->slowest[i], names[i], bench->slowest_cpu[i]);
  g_print ("pss=%.1f\n", read_pss_mib ());
  gtk_window_destroy (GTK_WINDOW (bench->window));
}

static gboolean
next_cb (gpointer data)
{
  Bench *bench = data;
  guint n_columns = g_list_model_get_n_items (gtk_column_view_get_columns (bench->table));
  guint step = bench->step++;

  if (step < n_columns)
    sort_by (bench, step);
  else if (step < n_columns + N_KEYS)
    type_key (bench, step - n_columns);
  else if (step < n_columns + N_KEYS + SCROLL_FRAMES)
    {
      begin (bench);
      gtk_adjustment_set_value (bench->adjustment, gtk_adjustment_get_value (bench->adjustment) + SCROLL_STEP);
    }
  else
    {
      end (bench);
      return G_SOURCE_REMOVE;
    }
  gtk_widget_queue_draw (GTK_WIDGET (bench->table));
  return G_SOURCE_REMOVE;
}

static void
note (Bench *bench, guint part, double took, double took_cpu)
{
  bench->slowest[part] = MAX (bench->slowest[part], took);
  bench->slowest_cpu[part] = MAX (bench->slowest_cpu[part], took_cpu);
}

/* The first rows, and then the whole list, which grows in the frames after it. */
static void
wait_for_rows (Bench *bench, double took, double took_cpu)
{
  double height;

  find_parts (bench);
  height = gtk_adjustment_get_upper (bench->adjustment);
  if (height < 1000)
    return;
  if (!bench->has_rows)
    g_print ("first-rows=%.1f\nfirst-rows-cpu=%.1f\nfrom-start=%.1f\n", took, took_cpu, ms_since (bench->started));
  bench->has_rows = TRUE;
  if (height < 20. * bench->n_cases)
    return;
  bench->is_timing = FALSE;
  g_print ("whole-list=%.1f\n", took);
  g_timeout_add (20, next_cb, bench);
}

static void
after_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  guint n_columns = g_list_model_get_n_items (gtk_column_view_get_columns (bench->table));
  double took = ms_since (bench->begun);
  double took_cpu = cpu_ms () - bench->begun_cpu;

  if (!bench->is_timing)
    return;
  if (bench->step == 0)
    {
      wait_for_rows (bench, took, took_cpu);
      return;
    }
  bench->is_timing = FALSE;
  note (bench, bench->step <= n_columns ? PART_SORT : bench->step <= n_columns + N_KEYS ? PART_FILTER : PART_SCROLL,
        took, took_cpu);
  g_timeout_add (20, next_cb, bench);
}

static void
activate_cb (GtkApplication *app, Bench *bench)
{
  begin (bench);
  read_cache (bench);
  bench->view = ehcp_places_make ("caseload", bench->link);
  bench->window = adw_application_window_new (app);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (bench->window), GTK_WIDGET (bench->view));
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1100, 760);
  ehcp_view_shown (bench->view);
  find_parts (bench);
  gtk_widget_realize (bench->window);
  g_signal_connect (gtk_widget_get_frame_clock (bench->window), "after-paint", G_CALLBACK (after_paint_cb), bench);
  gtk_window_present (GTK_WINDOW (bench->window));
}

int
main (int argc, char *argv[])
{
  Bench bench = { .n_cases = argc > 1 ? (guint) atoi (argv[1]) : 10000 };
  g_autoptr (EhcpClock) clock = ehcp_clock_new_fixed (ehcp_time_parse (NOW));
  g_autoptr (AdwApplication) app = NULL;

  bench.dir = g_dir_make_tmp ("caseload-XXXXXX", NULL);
  fill_cache (&bench);
  bench.link = ehcp_link_new ("http://127.0.0.1:9/", bench.dir, clock);
  ehcp_link_set_status (bench.link, EHCP_LINK_SIGNED_IN);
  ehcp_link_set_first_sync (bench.link, TRUE);
  bench.started = g_get_monotonic_time ();
  app = adw_application_new ("io.github.ehcp_portal.EhcpPortal", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (app, "activate", G_CALLBACK (activate_cb), &bench);
  g_application_run (G_APPLICATION (app), 1, argv);
  ehcp_link_close (bench.link);
  g_object_unref (bench.link);
  return EXIT_SUCCESS;
}
