/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Everyone" are the active adults who are not there in a professional capacity, as the council decides it;
 * professionals see only what names them. */
#include "ehcp-audience-box.h"

#include <glib/gi18n.h>

#include "ehcp-tick.h"

struct _EhcpAudienceBox
{
  AdwBin parent_instance;

  EhcpBook *book;
  char *case_id;
  GtkCheckButton *adults, *named, *staff;
  GtkWidget *people;
  GtkLabel *who;
  GPtrArray *ticks; /* of GtkCheckButton, each with the id of its person */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EhcpAudienceBox, ehcp_audience_box, ADW_TYPE_BIN)

static gboolean
is_active (EhcpRecord *person)
{
  return g_strcmp0 (ehcp_record_get_text (person, "access"), "active") == 0;
}

GPtrArray *
ehcp_audience_list_people (GListModel *people, const char *audience, const char *const *named)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (EhcpRecord) person = g_list_model_get_item (people, i);
      gboolean is_named = named != NULL && g_strv_contains (named, ehcp_record_get_id (person));
      gboolean is_in = g_str_equal (audience, "adults")
                           ? is_named || !ehcp_record_get_bool (person, "professional")
                           : g_str_equal (audience, "named") && is_named;

      if (is_in && is_active (person))
        g_ptr_array_add (list, g_steal_pointer (&person));
    }
  return list;
}

static char *
say_person (EhcpRecord *person)
{
  return g_strdup_printf ("%s %s (%s)", ehcp_record_get_text (person, "forename"),
                          ehcp_record_get_text (person, "surname"),
                          ehcp_record_get_text (person, "relationship"));
}

char *
ehcp_audience_say_people (GPtrArray *people)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < people->len; i++)
    {
      g_autofree char *name = say_person (people->pdata[i]);

      /* Translators: between the last two of a list of people */
      g_string_append (text, i == 0 ? "" : i + 1 == people->len ? _(" and ") : ", ");
      g_string_append (text, name);
    }
  return people->len > 0 ? g_strdup (text->str) : NULL;
}

const char *
ehcp_audience_box_get_audience (EhcpAudienceBox *box)
{
  if (box->staff != NULL && gtk_check_button_get_active (box->staff))
    return "staff";
  return gtk_check_button_get_active (box->named) ? "named" : "adults";
}

GStrv
ehcp_audience_box_get_named (EhcpAudienceBox *box)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  if (!g_str_equal (ehcp_audience_box_get_audience (box), "named"))
    return NULL;
  for (guint i = 0; i < box->ticks->len; i++)
    if (gtk_check_button_get_active (box->ticks->pdata[i]))
      g_strv_builder_add (ids, g_object_get_data (G_OBJECT (box->ticks->pdata[i]), "person"));
  return g_strv_builder_end (ids);
}

static GPtrArray *
list_chosen (EhcpAudienceBox *box)
{
  g_auto (GStrv) named = ehcp_audience_box_get_named (box);

  return ehcp_audience_list_people (ehcp_book_get_list (box->book, EHCP_KIND_PERSON, box->case_id),
                                    ehcp_audience_box_get_audience (box), (const char *const *) named);
}

char *
ehcp_audience_box_get_problem (EhcpAudienceBox *box)
{
  g_auto (GStrv) named = ehcp_audience_box_get_named (box);

  if (named != NULL && named[0] == NULL)
    return g_strdup (_("Choose who will see this."));
  return NULL;
}

static void
show_who (EhcpAudienceBox *box)
{
  g_autoptr (GPtrArray) people = list_chosen (box);
  g_autofree char *names = ehcp_audience_say_people (people);
  const char *audience = ehcp_audience_box_get_audience (box);
  g_autofree char *text = NULL;

  if (names != NULL)
    /* Translators: the names of people */
    text = g_strdup_printf (_("%s will see this, and the council’s staff on this case."), names);
  else if (g_str_equal (audience, "staff"))
    text = g_strdup (_("The family will not see this."));
  else if (g_str_equal (audience, "named"))
    text = g_strdup (_("Nobody is chosen yet."));
  else
    text = g_strdup (_("Nobody of the family has access yet. They will see it once they are activated."));
  gtk_label_set_label (box->who, text);
  gtk_widget_set_visible (box->people, g_str_equal (audience, "named"));
}

static void
toggled_cb (EhcpAudienceBox *box)
{
  show_who (box);
  g_signal_emit (box, signals[CHANGED], 0);
}

static GtkWidget *
make_tick (const char *label, gboolean is_radio, EhcpAudienceBox *box)
{
  GtkWidget *tick = g_object_new (EHCP_TYPE_TICK, "accessible-role",
                                  is_radio ? GTK_ACCESSIBLE_ROLE_RADIO : GTK_ACCESSIBLE_ROLE_CHECKBOX, NULL);

  gtk_check_button_set_label (GTK_CHECK_BUTTON (tick), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (tick, "toggled", G_CALLBACK (toggled_cb), box, G_CONNECT_SWAPPED);
  return tick;
}

static void
add_people (EhcpAudienceBox *box)
{
  GListModel *people = ehcp_book_get_list (box->book, EHCP_KIND_PERSON, box->case_id);

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (EhcpRecord) person = g_list_model_get_item (people, i);
      g_autofree char *name = say_person (person);
      GtkWidget *tick;

      if (!is_active (person))
        continue;
      tick = make_tick (name, FALSE, box);
      g_object_set_data_full (G_OBJECT (tick), "person", g_strdup (ehcp_record_get_id (person)), g_free);
      g_ptr_array_add (box->ticks, tick);
      gtk_box_append (GTK_BOX (box->people), tick);
    }
}

static void
ehcp_audience_box_dispose (GObject *object)
{
  EhcpAudienceBox *box = EHCP_AUDIENCE_BOX (object);

  g_clear_object (&box->book);
  g_clear_pointer (&box->case_id, g_free);
  g_clear_pointer (&box->ticks, g_ptr_array_unref);
  G_OBJECT_CLASS (ehcp_audience_box_parent_class)->dispose (object);
}

static void
ehcp_audience_box_class_init (EhcpAudienceBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ehcp_audience_box_dispose;
  signals[CHANGED] = g_signal_new ("changed", EHCP_TYPE_AUDIENCE_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
ehcp_audience_box_init (EhcpAudienceBox *box)
{
  box->ticks = g_ptr_array_new ();
}

GtkWidget *
ehcp_audience_box_new (EhcpBook *book, const char *case_id, gboolean with_staff)
{
  EhcpAudienceBox *box = g_object_new (EHCP_TYPE_AUDIENCE_BOX, NULL);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "label", _("Who will see this"), "xalign", 0., NULL);

  box->book = g_object_ref (book);
  box->case_id = g_strdup (case_id);
  box->adults = GTK_CHECK_BUTTON (make_tick (_("Everyone of the family"), TRUE, box));
  box->named = GTK_CHECK_BUTTON (make_tick (_("Only some people"), TRUE, box));
  gtk_check_button_set_group (box->named, box->adults);
  box->people = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_start (box->people, 30);
  box->who = g_object_new (GTK_TYPE_LABEL, "xalign", 0., "wrap", TRUE, NULL);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (GTK_WIDGET (box->who), "dim");
  gtk_box_append (GTK_BOX (content), heading);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (box->adults));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (box->named));
  gtk_box_append (GTK_BOX (content), box->people);
  if (with_staff)
    {
      box->staff = GTK_CHECK_BUTTON (make_tick (_("Only the council’s staff"), TRUE, box));
      gtk_check_button_set_group (box->staff, box->adults);
      gtk_box_append (GTK_BOX (content), GTK_WIDGET (box->staff));
    }
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (box->who));
  add_people (box);
  gtk_check_button_set_active (box->adults, TRUE);
  adw_bin_set_child (ADW_BIN (box), content);
  show_who (box);
  return GTK_WIDGET (box);
}
