/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The base of every screen. It holds what the window's header shows; the window watches the properties. */
#include "ehcp-view.h"

#include "ehcp-narrow-words.h"
#include "ehcp-row-names.h"
#include "ehcp-text-scale.h"

#define NARROW_BELOW_PX 480 /* with text of 100 % */

typedef struct
{
  EhcpLink *link;
  char *argument;
  char *title;
  char *subtitle;
  char *avatar;
  char *back_label;
  GtkWidget *header_start;
  GtkWidget *header_title;
  GtkWidget *header_end;
  GCancellable *cancellable;
  gboolean has_back;
  gboolean has_person;
  gboolean is_narrow;
  guint fit_source;
} EhcpViewPrivate;

enum
{
  PROP_LINK = 1,
  PROP_ARGUMENT,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_AVATAR,
  PROP_BACK_LABEL,
  PROP_HAS_BACK,
  PROP_HAS_PERSON,
  PROP_HEADER_START,
  PROP_HEADER_TITLE,
  PROP_HEADER_END,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (EhcpView, ehcp_view, ADW_TYPE_BIN)

#define PRIV(v) ((EhcpViewPrivate *) ehcp_view_get_instance_private (v))

static void
set_text (EhcpView *view, char **place, const char *text, guint prop)
{
  if (g_strcmp0 (*place, text) == 0)
    return;
  g_clear_pointer (place, g_free);
  *place = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (view), props[prop]);
}

static void
ehcp_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EhcpViewPrivate *priv = PRIV (EHCP_VIEW (object));

  switch (id)
    {
    case PROP_LINK:
      g_value_set_object (value, priv->link);
      break;
    case PROP_ARGUMENT:
      g_value_set_string (value, priv->argument);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, priv->subtitle);
      break;
    case PROP_AVATAR:
      g_value_set_string (value, priv->avatar);
      break;
    case PROP_BACK_LABEL:
      g_value_set_string (value, priv->back_label);
      break;
    case PROP_HAS_BACK:
      g_value_set_boolean (value, priv->has_back);
      break;
    case PROP_HAS_PERSON:
      g_value_set_boolean (value, priv->has_person);
      break;
    case PROP_HEADER_START:
      g_value_set_object (value, priv->header_start);
      break;
    case PROP_HEADER_TITLE:
      g_value_set_object (value, priv->header_title);
      break;
    case PROP_HEADER_END:
      g_value_set_object (value, priv->header_end);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ehcp_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EhcpView *view = EHCP_VIEW (object);
  EhcpViewPrivate *priv = PRIV (view);

  switch (id)
    {
    case PROP_LINK:
      priv->link = g_value_dup_object (value);
      break;
    case PROP_ARGUMENT:
      priv->argument = g_value_dup_string (value);
      break;
    case PROP_TITLE:
      ehcp_view_set_title (view, g_value_get_string (value));
      break;
    case PROP_SUBTITLE:
      ehcp_view_set_subtitle (view, g_value_get_string (value));
      break;
    case PROP_AVATAR:
      ehcp_view_set_avatar (view, g_value_get_string (value));
      break;
    case PROP_BACK_LABEL:
      ehcp_view_set_back_label (view, g_value_get_string (value));
      break;
    case PROP_HAS_BACK:
      ehcp_view_set_has_back (view, g_value_get_boolean (value));
      break;
    case PROP_HAS_PERSON:
      priv->has_person = g_value_get_boolean (value);
      break;
    case PROP_HEADER_START:
      ehcp_view_set_header_start (view, g_value_get_object (value));
      break;
    case PROP_HEADER_TITLE:
      ehcp_view_set_header_title (view, g_value_get_object (value));
      break;
    case PROP_HEADER_END:
      ehcp_view_set_header_end (view, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ehcp_view_dispose (GObject *object)
{
  EhcpViewPrivate *priv = PRIV (EHCP_VIEW (object));

  g_cancellable_cancel (priv->cancellable);
  g_clear_handle_id (&priv->fit_source, g_source_remove);
  g_clear_object (&priv->header_start);
  g_clear_object (&priv->header_title);
  g_clear_object (&priv->header_end);
  g_clear_object (&priv->link);
  G_OBJECT_CLASS (ehcp_view_parent_class)->dispose (object);
}

static void
ehcp_view_finalize (GObject *object)
{
  EhcpViewPrivate *priv = PRIV (EHCP_VIEW (object));

  g_clear_object (&priv->cancellable);
  g_clear_pointer (&priv->argument, g_free);
  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->subtitle, g_free);
  g_clear_pointer (&priv->avatar, g_free);
  g_clear_pointer (&priv->back_label, g_free);
  G_OBJECT_CLASS (ehcp_view_parent_class)->finalize (object);
}

static void
ehcp_view_class_init (EhcpViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags once = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY;

  object_class->get_property = ehcp_view_get_property;
  object_class->set_property = ehcp_view_set_property;
  object_class->dispose = ehcp_view_dispose;
  object_class->finalize = ehcp_view_finalize;

  props[PROP_LINK] = g_param_spec_object ("link", NULL, NULL, EHCP_TYPE_LINK, once);
  props[PROP_ARGUMENT] = g_param_spec_string ("argument", NULL, NULL, NULL, once);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  props[PROP_AVATAR] = g_param_spec_string ("avatar", NULL, NULL, NULL, flags);
  props[PROP_BACK_LABEL] = g_param_spec_string ("back-label", NULL, NULL, NULL, flags);
  props[PROP_HAS_BACK] = g_param_spec_boolean ("has-back", NULL, NULL, TRUE, flags);
  props[PROP_HAS_PERSON] = g_param_spec_boolean ("has-person", NULL, NULL, TRUE, flags);
  props[PROP_HEADER_START] = g_param_spec_object ("header-start", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_HEADER_TITLE] = g_param_spec_object ("header-title", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_HEADER_END] = g_param_spec_object ("header-end", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

/* The width */

static gboolean
fit_cb (gpointer data)
{
  EhcpViewPrivate *priv = PRIV (EHCP_VIEW (data));

  priv->fit_source = 0;
  ehcp_narrow_words_fit (GTK_WIDGET (data), priv->is_narrow);
  return G_SOURCE_REMOVE;
}

static GtkSizeRequestMode
request_mode (GtkWidget *widget)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  return child != NULL ? gtk_widget_get_request_mode (child) : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

/* Told from idle: what changes within an allocation would be lost. */
static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  EhcpViewPrivate *priv = PRIV (EHCP_VIEW (widget));
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  gboolean is_narrow = width < NARROW_BELOW_PX * ehcp_text_scale_get (gtk_widget_get_pango_context (widget));

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_allocate (child, width, height, baseline, NULL);
  if (is_narrow == priv->is_narrow)
    return;
  priv->is_narrow = is_narrow;
  if (priv->fit_source == 0)
    priv->fit_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, widget, NULL);
}

static void
ehcp_view_init (EhcpView *view)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (view), gtk_custom_layout_new (request_mode, measure, allocate));
  PRIV (view)->cancellable = g_cancellable_new ();
  PRIV (view)->has_back = TRUE;
  PRIV (view)->has_person = TRUE;
}

EhcpLink *
ehcp_view_get_link (EhcpView *view)
{
  return PRIV (view)->link;
}

EhcpBook *
ehcp_view_get_book (EhcpView *view)
{
  return ehcp_link_get_book (PRIV (view)->link);
}

const char *
ehcp_view_get_argument (EhcpView *view)
{
  return PRIV (view)->argument;
}

/* Cancelled when the screen goes, so that no answer reaches a dead one. */
GCancellable *
ehcp_view_get_cancellable (EhcpView *view)
{
  return PRIV (view)->cancellable;
}

void
ehcp_view_set_title (EhcpView *view, const char *title)
{
  set_text (view, &PRIV (view)->title, title, PROP_TITLE);
}

void
ehcp_view_set_subtitle (EhcpView *view, const char *subtitle)
{
  set_text (view, &PRIV (view)->subtitle, subtitle, PROP_SUBTITLE);
}

void
ehcp_view_set_avatar (EhcpView *view, const char *name)
{
  set_text (view, &PRIV (view)->avatar, name, PROP_AVATAR);
}

void
ehcp_view_set_back_label (EhcpView *view, const char *label)
{
  set_text (view, &PRIV (view)->back_label, label, PROP_BACK_LABEL);
}

void
ehcp_view_set_has_back (EhcpView *view, gboolean has_back)
{
  if (PRIV (view)->has_back == has_back)
    return;
  PRIV (view)->has_back = has_back;
  g_object_notify_by_pspec (G_OBJECT (view), props[PROP_HAS_BACK]);
}

void
ehcp_view_set_header_start (EhcpView *view, GtkWidget *widget)
{
  if (g_set_object (&PRIV (view)->header_start, widget))
    g_object_notify_by_pspec (G_OBJECT (view), props[PROP_HEADER_START]);
}

void
ehcp_view_set_header_title (EhcpView *view, GtkWidget *widget)
{
  if (g_set_object (&PRIV (view)->header_title, widget))
    g_object_notify_by_pspec (G_OBJECT (view), props[PROP_HEADER_TITLE]);
}

void
ehcp_view_set_header_end (EhcpView *view, GtkWidget *widget)
{
  if (g_set_object (&PRIV (view)->header_end, widget))
    g_object_notify_by_pspec (G_OBJECT (view), props[PROP_HEADER_END]);
}

void
ehcp_view_shown (EhcpView *view)
{
  ehcp_row_names_tidy (GTK_WIDGET (view));
  ehcp_narrow_words_fit (GTK_WIDGET (view), PRIV (view)->is_narrow);
  if (EHCP_VIEW_GET_CLASS (view)->shown != NULL)
    EHCP_VIEW_GET_CLASS (view)->shown (view);
}

void
ehcp_view_leave (EhcpView *view)
{
  if (EHCP_VIEW_GET_CLASS (view)->leave != NULL)
    EHCP_VIEW_GET_CLASS (view)->leave (view);
}

gboolean
ehcp_view_search (EhcpView *view)
{
  return EHCP_VIEW_GET_CLASS (view)->search != NULL && EHCP_VIEW_GET_CLASS (view)->search (view);
}

gboolean
ehcp_view_close_inner (EhcpView *view)
{
  return EHCP_VIEW_GET_CLASS (view)->close_inner != NULL &&
         EHCP_VIEW_GET_CLASS (view)->close_inner (view);
}

void
ehcp_view_go (EhcpView *view, const char *format, ...)
{
  g_autofree char *place = NULL;
  va_list args;

  va_start (args, format);
  place = g_strdup_vprintf (format, args);
  va_end (args);
  gtk_widget_activate_action (GTK_WIDGET (view), "win.go", "s", place);
}

void
ehcp_view_replace (EhcpView *view, const char *format, ...)
{
  g_autofree char *place = NULL;
  va_list args;

  va_start (args, format);
  place = g_strdup_vprintf (format, args);
  va_end (args);
  gtk_widget_activate_action (GTK_WIDGET (view), "win.replace", "s", place);
}

void
ehcp_view_toast (EhcpView *view, const char *text)
{
  gtk_widget_activate_action (GTK_WIDGET (view), "win.toast", "s", text);
}
