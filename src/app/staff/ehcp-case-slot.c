/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells listen to the place and not to the row, so that sorting fills them anew and makes none. */
#include "ehcp-case-slot.h"

struct _EhcpCaseSlot
{
  GObject parent_instance;
  EhcpCaseRow *row;
  guint64 shown; /* the number of the summary that was shown last */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (EhcpCaseSlot, ehcp_case_slot, G_TYPE_OBJECT)

static void
ehcp_case_slot_finalize (GObject *object)
{
  g_clear_object (&EHCP_CASE_SLOT (object)->row);
  G_OBJECT_CLASS (ehcp_case_slot_parent_class)->finalize (object);
}

static void
ehcp_case_slot_class_init (EhcpCaseSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ehcp_case_slot_finalize;
  changed_signal = g_signal_new ("changed", EHCP_TYPE_CASE_SLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
ehcp_case_slot_init (EhcpCaseSlot *slot)
{
}

EhcpCaseSlot *
ehcp_case_slot_new (EhcpCaseRow *row)
{
  EhcpCaseSlot *slot = g_object_new (EHCP_TYPE_CASE_SLOT, NULL);

  slot->row = g_object_ref (row);
  slot->shown = ehcp_case_row_get (row)->number;
  return slot;
}

const EhcpCaseSummary *
ehcp_case_slot_get (EhcpCaseSlot *slot)
{
  return ehcp_case_row_get (slot->row);
}

void
ehcp_case_slot_take (EhcpCaseSlot *slot, EhcpCaseRow *row)
{
  guint64 number = ehcp_case_row_get (row)->number;

  g_set_object (&slot->row, row);
  if (slot->shown == number)
    return;
  slot->shown = number;
  g_signal_emit (slot, changed_signal, 0);
}
