/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a document, one under the other, white on a dark surround. Only those near to what is seen
 * are drawn. The zoom fits the width until somebody chooses another one. */
#include "ehcp-document-pages.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ehcp-document-page.h"
#include "ehcp-document-selection.h"

#define PIXELS_A_POINT (96.0 / 72.0)
#define MIN_ZOOM 0.25
#define MAX_ZOOM 5.0
#define STEP 1.2
#define EDGE 18 /* px between pages and around them */

struct _EhcpDocumentPages
{
  AdwBin parent_instance;

  GtkScrolledWindow *scroller;
  GtkBox *box;
  GPtrArray *pages; /* the box's */
  EhcpRenderDocument *document; /* NULL: none */
  GCancellable *finding;
  GArray *hits; /* EhcpRenderHit, or NULL */
  guint hit;    /* the one that is shown */
  EhcpTextSelection selection;
  double widest;    /* points */
  double zoom;
  gboolean is_fitted;
  guint current;
  guint settle_source;
};

enum
{
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EhcpDocumentPages, ehcp_document_pages, ADW_TYPE_BIN)

/* What is seen */

static gboolean
get_span (EhcpDocumentPages *self, guint n, double *top, double *bottom)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (g_ptr_array_index (self->pages, n), GTK_WIDGET (self->scroller), &bounds))
    return FALSE;
  *top = bounds.origin.y;
  *bottom = bounds.origin.y + bounds.size.height;
  return TRUE;
}

/* Pages within one screen above and two below are kept drawn: who scrolls does not wait. The current page is the one in the middle. */
static void
look (EhcpDocumentPages *self)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self->scroller));
  guint current = self->current;

  for (guint i = 0; i < self->pages->len; i++)
    {
      double top, bottom;

      if (!get_span (self, i, &top, &bottom))
        continue;
      ehcp_document_page_set_near (g_ptr_array_index (self->pages, i), bottom > -height && top < 3 * height);
      if (top <= height / 2 && bottom + EDGE > height / 2)
        current = i;
    }
  if (current == self->current)
    return;
  self->current = current;
  g_signal_emit (self, signals[MOVED], 0);
}

static void
apply_zoom (EhcpDocumentPages *self)
{
  for (guint i = 0; i < self->pages->len; i++)
    ehcp_document_page_set_scale (g_ptr_array_index (self->pages, i), self->zoom * PIXELS_A_POINT);
}

/* Never larger than on paper: a phone's letter would fill a large screen with three words. */
static double
get_fitting_zoom (EhcpDocumentPages *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self->scroller)) - 2 * EDGE;

  if (self->widest <= 0 || width <= 0)
    return 1;
  return CLAMP (width / (self->widest * PIXELS_A_POINT), MIN_ZOOM / 4, 1);
}

static gboolean
settle_cb (gpointer data)
{
  EhcpDocumentPages *self = data;
  double fitting = get_fitting_zoom (self);

  self->settle_source = 0;
  if (self->is_fitted && fabs (fitting - self->zoom) > 0.001)
    {
      self->zoom = fitting;
      apply_zoom (self);
      g_signal_emit (self, signals[MOVED], 0);
    }
  look (self);
  return G_SOURCE_REMOVE;
}

/* Sizes are known after the layout. */
static void
settle_soon (EhcpDocumentPages *self)
{
  if (self->settle_source == 0)
    self->settle_source = g_idle_add_full (GDK_PRIORITY_REDRAW + 5, settle_cb, self, NULL);
}

static void
ehcp_document_pages_dispose (GObject *object)
{
  EhcpDocumentPages *self = EHCP_DOCUMENT_PAGES (object);

  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  g_clear_object (&self->document);
  g_clear_pointer (&self->hits, g_array_unref);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  G_OBJECT_CLASS (ehcp_document_pages_parent_class)->dispose (object);
}

static void
ehcp_document_pages_class_init (EhcpDocumentPagesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ehcp_document_pages_dispose;
  signals[MOVED] = g_signal_new ("moved", EHCP_TYPE_DOCUMENT_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
follow (EhcpDocumentPages *self, GtkAdjustment *adjustment)
{
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (settle_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (settle_soon), self, G_CONNECT_SWAPPED);
}

/* By the keyboard */

static gboolean
scroll_by_key (EhcpDocumentPages *self, guint key)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double value = gtk_adjustment_get_value (adjustment);
  double page = gtk_adjustment_get_page_size (adjustment);

  switch (key)
    {
    case GDK_KEY_Down:
      value += 60;
      break;
    case GDK_KEY_Up:
      value -= 60;
      break;
    case GDK_KEY_Page_Down:
    case GDK_KEY_space:
      value += page * .9;
      break;
    case GDK_KEY_Page_Up:
    case GDK_KEY_BackSpace:
      value -= page * .9;
      break;
    case GDK_KEY_Home:
      value = 0;
      break;
    case GDK_KEY_End:
      value = gtk_adjustment_get_upper (adjustment);
      break;
    default:
      return FALSE;
    }
  gtk_adjustment_set_value (adjustment, value);
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        EhcpDocumentPages *self)
{
  return (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0 && scroll_by_key (self, key);
}

/* Selecting */

static void
show_selection (EhcpDocumentPages *self)
{
  for (guint i = 0; i < self->pages->len; i++)
    {
      guint from = 0, to = 0;

      if (!ehcp_text_selection_get_part (&self->selection, i, &from, &to))
        from = to = 0;
      ehcp_document_page_select (g_ptr_array_index (self->pages, i), from, to);
    }
  g_signal_emit (self, signals[MOVED], 0);
}

/* Beside or between pages, the nearest one above is meant. */
static gboolean
find_place (EhcpDocumentPages *self, double x, double y, EhcpTextPlace *place)
{
  gboolean is_found = FALSE;

  for (guint i = 0; i < self->pages->len; i++)
    {
      GtkWidget *page = g_ptr_array_index (self->pages, i);
      graphene_point_t at;

      if (!gtk_widget_compute_point (GTK_WIDGET (self->box), page,
                                     &GRAPHENE_POINT_INIT ((float) x, (float) y), &at) ||
          (at.y < 0 && is_found))
        break;
      place->page = i;
      place->at = ehcp_document_page_get_place (EHCP_DOCUMENT_PAGE (page), at.x, at.y);
      is_found = TRUE;
      if (at.y < gtk_widget_get_height (page))
        break;
    }
  return is_found;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, EhcpDocumentPages *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->scroller));
  if (find_place (self, x, y, &self->selection.anchor))
    {
      self->selection.end = self->selection.anchor;
      show_selection (self);
    }
}

static void
drag_update_cb (GtkGestureDrag *gesture, double x, double y, EhcpDocumentPages *self)
{
  double begin_x, begin_y;

  if (gtk_gesture_drag_get_start_point (gesture, &begin_x, &begin_y) &&
      find_place (self, begin_x + x, begin_y + y, &self->selection.end))
    show_selection (self);
}

static void
add_controllers (EhcpDocumentPages *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->scroller), key);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->box), GTK_EVENT_CONTROLLER (drag));
}

static void
ehcp_document_pages_init (EhcpDocumentPages *self)
{
  self->pages = g_ptr_array_new ();
  self->zoom = 1;
  self->is_fitted = TRUE;
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, EDGE));
  gtk_widget_set_margin_top (GTK_WIDGET (self->box), EDGE);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->box), EDGE);
  gtk_widget_set_margin_start (GTK_WIDGET (self->box), EDGE);
  gtk_widget_set_margin_end (GTK_WIDGET (self->box), EDGE);
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->box));
  gtk_widget_set_focusable (GTK_WIDGET (self->scroller), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Pages"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->scroller));
  gtk_widget_add_css_class (GTK_WIDGET (self), "surround");
  follow (self, gtk_scrolled_window_get_vadjustment (self->scroller));
  follow (self, gtk_scrolled_window_get_hadjustment (self->scroller));
  add_controllers (self);
  ehcp_text_selection_add_menu (GTK_WIDGET (self->scroller));
}

void
ehcp_document_pages_clear (EhcpDocumentPages *self)
{
  for (guint i = 0; i < self->pages->len; i++)
    gtk_box_remove (self->box, g_ptr_array_index (self->pages, i));
  g_ptr_array_set_size (self->pages, 0);
  g_cancellable_cancel (self->finding);
  g_clear_object (&self->document);
  g_clear_pointer (&self->hits, g_array_unref);
  self->hit = 0;
  self->selection = (EhcpTextSelection){ 0 };
  self->widest = 0;
  self->current = 0;
  self->is_fitted = TRUE;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
add_page (EhcpDocumentPages *self, EhcpDocumentPage *page)
{
  self->widest = MAX (self->widest, ehcp_document_page_get_points (page));
  ehcp_document_page_set_scale (page, self->zoom * PIXELS_A_POINT);
  g_ptr_array_add (self->pages, page);
  gtk_box_append (self->box, GTK_WIDGET (page));
}

static void
show_first (EhcpDocumentPages *self)
{
  self->zoom = get_fitting_zoom (self);
  apply_zoom (self);
  settle_soon (self);
  g_signal_emit (self, signals[MOVED], 0);
}

void
ehcp_document_pages_show_document (EhcpDocumentPages *self, EhcpRenderDocument *document)
{
  ehcp_document_pages_clear (self);
  for (guint i = 0; i < ehcp_render_document_get_n_pages (document); i++)
    add_page (self, ehcp_document_page_new (document, i));
  self->document = g_object_ref (document);
  show_first (self);
}

guint
ehcp_document_pages_get_n_pages (EhcpDocumentPages *self)
{
  return self->pages->len;
}

/* Counts from 0. */
guint
ehcp_document_pages_get_current (EhcpDocumentPages *self)
{
  return self->current;
}

static double
zoom_after (EhcpDocumentPages *self, int steps)
{
  return steps == 0 ? get_fitting_zoom (self) : CLAMP (self->zoom * pow (STEP, steps), MIN_ZOOM, MAX_ZOOM);
}

/* What is at the top of the window stays there. */
void
ehcp_document_pages_zoom (EhcpDocumentPages *self, int steps)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double before = self->zoom;

  if (self->pages->len == 0)
    return;
  self->is_fitted = steps == 0;
  self->zoom = zoom_after (self, steps);
  apply_zoom (self);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) * self->zoom / before);
  settle_soon (self);
  g_signal_emit (self, signals[MOVED], 0);
}

gboolean
ehcp_document_pages_may_zoom (EhcpDocumentPages *self, int steps)
{
  if (self->pages->len == 0)
    return FALSE;
  return steps == 0 ? !self->is_fitted : fabs (zoom_after (self, steps) - self->zoom) > 0.001;
}

/* Finding */

static void
mark (EhcpDocumentPages *self, GArray *hits)
{
  GArray *before = self->hits;

  self->hits = hits != NULL ? g_array_ref (hits) : NULL;
  self->hit = 0;
  for (guint i = 0; i < self->pages->len; i++)
    ehcp_document_page_set_hits (g_ptr_array_index (self->pages, i), self->hits, 0);
  g_clear_pointer (&before, g_array_unref);
  g_signal_emit (self, signals[MOVED], 0);
}

/* One that is seen already needs no jump. */
static void
go_to (EhcpDocumentPages *self, const EhcpRenderHit *hit)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double height = gtk_adjustment_get_page_size (adjustment);
  double top, bottom;

  if (hit->page >= self->pages->len || !get_span (self, hit->page, &top, &bottom))
    return;
  top += hit->y * self->zoom * PIXELS_A_POINT;
  if (top < 0 || top > height * 3 / 4)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + top - height / 3);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpDocumentPages) self = data;
  g_autoptr (GArray) hits =
      ehcp_render_document_search_finish (EHCP_RENDER_DOCUMENT (source), result, NULL);

  if (hits == NULL || self->document == NULL)
    return;
  mark (self, hits);
  if (hits->len > 0)
    go_to (self, &g_array_index (hits, EhcpRenderHit, 0));
}

void
ehcp_document_pages_find (EhcpDocumentPages *self, const char *text)
{
  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  if (self->document == NULL || text == NULL || *text == '\0')
    {
      mark (self, NULL);
      return;
    }
  self->finding = g_cancellable_new ();
  ehcp_render_document_search_async (self->document, text, self->finding, found_cb, g_object_ref (self));
}

guint
ehcp_document_pages_get_n_hits (EhcpDocumentPages *self)
{
  return self->hits != NULL ? self->hits->len : 0;
}

/* The one that is shown; counts from 0. */
guint
ehcp_document_pages_get_hit (EhcpDocumentPages *self)
{
  return self->hit;
}

/* Behind the last comes the first. */
void
ehcp_document_pages_step (EhcpDocumentPages *self, int step)
{
  guint n_hits = ehcp_document_pages_get_n_hits (self);

  if (n_hits == 0)
    return;
  self->hit = step > 0 ? (self->hit + 1) % n_hits : (self->hit + n_hits - 1) % n_hits;
  for (guint i = 0; i < self->pages->len; i++)
    ehcp_document_page_set_hits (g_ptr_array_index (self->pages, i), self->hits, self->hit);
  go_to (self, &g_array_index (self->hits, EhcpRenderHit, self->hit));
  g_signal_emit (self, signals[MOVED], 0);
}

/* Counts from 0. */
void
ehcp_document_pages_go_to (EhcpDocumentPages *self, guint page)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double top, bottom;

  if (page < self->pages->len && get_span (self, page, &top, &bottom))
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + top - EDGE / 2);
  gtk_widget_grab_focus (GTK_WIDGET (self->scroller));
}

/* Text */

void
ehcp_document_pages_select_all (EhcpDocumentPages *self)
{
  if (self->pages->len == 0)
    return;
  self->selection = (EhcpTextSelection){ { 0, 0 }, { self->pages->len - 1, G_MAXUINT } };
  show_selection (self);
}

gboolean
ehcp_document_pages_has_selection (EhcpDocumentPages *self)
{
  return self->document != NULL && !ehcp_text_selection_is_empty (&self->selection);
}

void
ehcp_document_pages_copy (EhcpDocumentPages *self)
{
  if (ehcp_document_pages_has_selection (self))
    ehcp_text_selection_copy (&self->selection, self->document, GTK_WIDGET (self));
}
