/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record: values of one field table, as an object whose properties notify. */
#pragma once

#include "ehcp-field.h"

G_BEGIN_DECLS

/* Where a record that was made on this computer is on its way to the council. */
typedef enum
{
  EHCP_DELIVERY_DONE,    /* the server has it: every record that came by the feed */
  EHCP_DELIVERY_DRAFT,   /* not sent, and not asked to be */
  EHCP_DELIVERY_WAITING, /* in the outbox */
  EHCP_DELIVERY_SENDING, /* the request is under way */
  EHCP_DELIVERY_REFUSED, /* the server said no: see "refusal" */
} EhcpDelivery;

#define EHCP_TYPE_RECORD (ehcp_record_get_type ())
G_DECLARE_DERIVABLE_TYPE (EhcpRecord, ehcp_record, EHCP, RECORD, GObject)

struct _EhcpRecordClass
{
  GObjectClass parent_class;
  const EhcpShape *shape;
  GParamSpec **fields; /* the properties in the table's order */
};

void ehcp_record_class_set_shape (EhcpRecordClass *klass, const EhcpShape *shape);

EhcpRecord *ehcp_record_new (const EhcpShape *shape);
EhcpRecord *ehcp_record_copy (EhcpRecord *record);
const EhcpShape *ehcp_record_get_shape (EhcpRecord *record);
const char *ehcp_record_get_kind (EhcpRecord *record);
const char *ehcp_record_get_id (EhcpRecord *record);
const char *ehcp_record_get_case (EhcpRecord *record);

gboolean ehcp_record_has (EhcpRecord *record, const char *field);
const char *ehcp_record_get_text (EhcpRecord *record, const char *field);
gint64 ehcp_record_get_int (EhcpRecord *record, const char *field);
gboolean ehcp_record_get_bool (EhcpRecord *record, const char *field);
gint32 ehcp_record_get_date (EhcpRecord *record, const char *field);
const char *const *ehcp_record_get_list (EhcpRecord *record, const char *field);

void ehcp_record_set_text (EhcpRecord *record, const char *field, const char *value);
void ehcp_record_set_int (EhcpRecord *record, const char *field, gint64 value);
void ehcp_record_set_bool (EhcpRecord *record, const char *field, gboolean value);
void ehcp_record_set_date (EhcpRecord *record, const char *field, gint32 value);
void ehcp_record_set_list (EhcpRecord *record, const char *field, const char *const *values);
void ehcp_record_clear (EhcpRecord *record, const char *field);

gboolean ehcp_record_nth_has (EhcpRecord *record, guint n);
const char *ehcp_record_nth_text (EhcpRecord *record, guint n);
gint64 ehcp_record_nth_int (EhcpRecord *record, guint n);
const char *const *ehcp_record_nth_list (EhcpRecord *record, guint n);
void ehcp_record_nth_take_text (EhcpRecord *record, guint n, char *value);
void ehcp_record_nth_set_int (EhcpRecord *record, guint n, gint64 value);
void ehcp_record_nth_take_list (EhcpRecord *record, guint n, GStrv value);

gboolean ehcp_record_update (EhcpRecord *record, EhcpRecord *newer);
gboolean ehcp_record_equal (EhcpRecord *a, EhcpRecord *b);

EhcpDelivery ehcp_record_get_delivery (EhcpRecord *record);
void ehcp_record_set_delivery (EhcpRecord *record, EhcpDelivery delivery, const char *refusal);
const char *ehcp_record_get_refusal (EhcpRecord *record);
gboolean ehcp_record_is_kept (EhcpRecord *record);
void ehcp_record_set_kept (EhcpRecord *record, gboolean is_kept);
int ehcp_record_get_progress (EhcpRecord *record);
void ehcp_record_set_progress (EhcpRecord *record, int percent);

G_END_DECLS
