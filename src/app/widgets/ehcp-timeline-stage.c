/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list item without a look of its own: the chart draws the stage, this takes the focus and has the
 * sentence. */
#include "ehcp-timeline-stage.h"

struct _EhcpTimelineStage
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (EhcpTimelineStage, ehcp_timeline_stage, GTK_TYPE_WIDGET)

static void
ehcp_timeline_stage_class_init (EhcpTimelineStageClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "stage");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
ehcp_timeline_stage_init (EhcpTimelineStage *stage)
{
  gtk_widget_set_focusable (GTK_WIDGET (stage), TRUE);
}

GtkWidget *
ehcp_timeline_stage_new (int position, int n_stages)
{
  GtkWidget *stage = g_object_new (EHCP_TYPE_TIMELINE_STAGE, NULL);

  gtk_accessible_update_relation (GTK_ACCESSIBLE (stage), GTK_ACCESSIBLE_RELATION_POS_IN_SET, position,
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE, n_stages, -1);
  return stage;
}

void
ehcp_timeline_stage_set_spoken (EhcpTimelineStage *stage, const char *spoken)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (stage), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}
