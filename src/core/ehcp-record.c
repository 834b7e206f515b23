/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of a field table, as an object. A subclass adds properties of the same names, so that screens
 * can bind to them; what the values mean is the table's business, and how they travel the codec's. */
#include "ehcp-record.h"

#include <string.h>

typedef struct
{
  gboolean is_set;
  char *text;
  GStrv list;
  gint64 number;
} EhcpValue;

typedef struct
{
  const EhcpShape *shape;
  EhcpValue *values;
  EhcpDelivery delivery;
  char *refusal;
  gboolean is_kept;
  int progress;
} EhcpRecordPrivate;

enum
{
  PROP_DELIVERY = 1,
  PROP_REFUSAL,
  PROP_KEPT,
  PROP_PROGRESS,
  N_BASE_PROPS
};

/* Properties of the field table start here, in the table's order. */
#define FIRST_FIELD_PROP 16

static GParamSpec *props[N_BASE_PROPS];

G_DEFINE_TYPE_WITH_PRIVATE (EhcpRecord, ehcp_record, G_TYPE_OBJECT)

#define PRIV(r) ((EhcpRecordPrivate *) ehcp_record_get_instance_private (r))

/**
 * ehcp_shape_find:
 * @shape: a field table
 * @name: a wire name
 *
 * Returns: the position of the field, or %EHCP_FIELD_NONE. Any thread.
 */
guint
ehcp_shape_find (const EhcpShape *shape, const char *name)
{
  for (guint i = 0; i < shape->n_fields; i++)
    if (strcmp (shape->fields[i].name, name) == 0)
      return i;
  return EHCP_FIELD_NONE;
}

static void
clear_value (const EhcpField *field, EhcpValue *value)
{
  if (value->text != NULL && (field->flags & EHCP_FIELD_SECRET))
    explicit_bzero (value->text, strlen (value->text));
  g_clear_pointer (&value->text, g_free);
  g_clear_pointer (&value->list, g_strfreev);
  value->number = 0;
  value->is_set = FALSE;
}

static gboolean
lists_equal (const char *const *a, const char *const *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strv_equal (a, b);
}

static gboolean
values_equal (const EhcpValue *a, const EhcpValue *b)
{
  return a->is_set == b->is_set && a->number == b->number && g_strcmp0 (a->text, b->text) == 0 &&
         lists_equal ((const char *const *) a->list, (const char *const *) b->list);
}

static guint
need_field (EhcpRecord *record, const char *name)
{
  guint n = ehcp_shape_find (PRIV (record)->shape, name);

  if (n == EHCP_FIELD_NONE)
    g_error ("record %s has no field %s", PRIV (record)->shape->name, name);
  return n;
}

static void
notify_field (EhcpRecord *record, guint n)
{
  EhcpRecordClass *klass = EHCP_RECORD_GET_CLASS (record);

  if (klass->shape != NULL)
    g_object_notify_by_pspec (G_OBJECT (record), klass->fields[n]);
}

static void
ehcp_record_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EhcpRecordPrivate *priv = PRIV (EHCP_RECORD (object));
  guint n = id - FIRST_FIELD_PROP;

  if (id == PROP_DELIVERY)
    g_value_set_int (value, priv->delivery);
  else if (id == PROP_REFUSAL)
    g_value_set_string (value, priv->refusal);
  else if (id == PROP_KEPT)
    g_value_set_boolean (value, priv->is_kept);
  else if (id == PROP_PROGRESS)
    g_value_set_int (value, priv->progress);
  else if (id < FIRST_FIELD_PROP || n >= priv->shape->n_fields)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (priv->shape->fields[n].flags & EHCP_FIELD_LIST)
    g_value_set_boxed (value, priv->values[n].list);
  else if (G_IS_PARAM_SPEC_STRING (pspec))
    g_value_set_string (value, ehcp_record_nth_text (EHCP_RECORD (object), n));
  else if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    g_value_set_boolean (value, priv->values[n].number != 0);
  else if (G_IS_PARAM_SPEC_INT (pspec))
    g_value_set_int (value, (int) priv->values[n].number);
  else
    g_value_set_int64 (value, priv->values[n].number);
}

static void
ehcp_record_constructed (GObject *object)
{
  EhcpRecordPrivate *priv = PRIV (EHCP_RECORD (object));
  const EhcpShape *shape = EHCP_RECORD_GET_CLASS (object)->shape;

  if (shape != NULL)
    {
      priv->shape = shape;
      priv->values = g_new0 (EhcpValue, shape->n_fields);
    }
  G_OBJECT_CLASS (ehcp_record_parent_class)->constructed (object);
}

static void
ehcp_record_finalize (GObject *object)
{
  EhcpRecordPrivate *priv = PRIV (EHCP_RECORD (object));

  for (guint i = 0; priv->values != NULL && i < priv->shape->n_fields; i++)
    clear_value (&priv->shape->fields[i], &priv->values[i]);
  g_clear_pointer (&priv->values, g_free);
  g_clear_pointer (&priv->refusal, g_free);
  G_OBJECT_CLASS (ehcp_record_parent_class)->finalize (object);
}

static void
ehcp_record_class_init (EhcpRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = ehcp_record_constructed;
  object_class->finalize = ehcp_record_finalize;
  object_class->get_property = ehcp_record_get_property;
  props[PROP_DELIVERY] = g_param_spec_int ("delivery", NULL, NULL, EHCP_DELIVERY_DONE,
                                           EHCP_DELIVERY_REFUSED, EHCP_DELIVERY_DONE, flags);
  props[PROP_REFUSAL] = g_param_spec_string ("refusal", NULL, NULL, NULL, flags);
  props[PROP_KEPT] = g_param_spec_boolean ("kept", NULL, NULL, FALSE, flags);
  props[PROP_PROGRESS] = g_param_spec_int ("progress", NULL, NULL, 0, 100, 0, flags);
  g_object_class_install_properties (object_class, N_BASE_PROPS, props);
}

static void
ehcp_record_init (EhcpRecord *record)
{
}

static GParamSpec *
make_pspec (const EhcpField *field)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  g_autofree char *dashed = g_strdelimit (g_strdup (field->name), "_", '-');
  const char *name = g_intern_string (dashed);

  if (field->flags & EHCP_FIELD_LIST)
    return g_param_spec_boxed (name, NULL, NULL, G_TYPE_STRV, flags);
  switch (field->kind)
    {
    case EHCP_FIELD_INT:
      return g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case EHCP_FIELD_BOOL:
      return g_param_spec_boolean (name, NULL, NULL, FALSE, flags);
    case EHCP_FIELD_DATE:
      return g_param_spec_int (name, NULL, NULL, 0, G_MAXINT, 0, flags);
    case EHCP_FIELD_TEXT:
    case EHCP_FIELD_ENUM:
    default:
      return g_param_spec_string (name, NULL, NULL, NULL, flags);
    }
}

/**
 * ehcp_record_class_set_shape:
 * @klass: a subclass, in its class_init
 * @shape: (transfer none): its field table; static
 *
 * Gives the subclass a readable, notifying property for each field.
 */
void
ehcp_record_class_set_shape (EhcpRecordClass *klass, const EhcpShape *shape)
{
  klass->shape = shape;
  klass->fields = g_new (GParamSpec *, shape->n_fields);
  G_OBJECT_CLASS (klass)->get_property = ehcp_record_get_property;
  for (guint i = 0; i < shape->n_fields; i++)
    {
      klass->fields[i] = make_pspec (&shape->fields[i]);
      g_object_class_install_property (G_OBJECT_CLASS (klass), FIRST_FIELD_PROP + i, klass->fields[i]);
    }
}

/**
 * ehcp_record_new:
 * @shape: a field table; static
 *
 * Returns: (transfer full): a record with no field set, of the table's own type when it has one.
 */
EhcpRecord *
ehcp_record_new (const EhcpShape *shape)
{
  EhcpRecord *record;

  g_return_val_if_fail (shape != NULL, NULL);

  record = g_object_new (shape->get_type != NULL ? shape->get_type () : EHCP_TYPE_RECORD, NULL);
  if (PRIV (record)->shape == NULL)
    {
      PRIV (record)->shape = shape;
      PRIV (record)->values = g_new0 (EhcpValue, shape->n_fields);
    }
  return record;
}

/**
 * ehcp_record_copy:
 * @record: a record
 *
 * Returns: (transfer full): a new record of the same kind with the same values and local state, that
 *   may go to another thread.
 */
EhcpRecord *
ehcp_record_copy (EhcpRecord *record)
{
  EhcpRecord *copy = ehcp_record_new (PRIV (record)->shape);

  ehcp_record_update (copy, record);
  PRIV (copy)->delivery = PRIV (record)->delivery;
  PRIV (copy)->refusal = g_strdup (PRIV (record)->refusal);
  PRIV (copy)->is_kept = PRIV (record)->is_kept;
  return copy;
}

/** ehcp_record_get_shape: Returns: (transfer none): the field table. */
const EhcpShape *
ehcp_record_get_shape (EhcpRecord *record)
{
  return PRIV (record)->shape;
}

/** ehcp_record_get_kind: Returns: (transfer none): the name of the field table, such as "message". */
const char *
ehcp_record_get_kind (EhcpRecord *record)
{
  return PRIV (record)->shape->name;
}

/** ehcp_record_get_id: Returns: (nullable) (transfer none): the field "id", of records only. */
const char *
ehcp_record_get_id (EhcpRecord *record)
{
  return ehcp_record_get_text (record, "id");
}

/** ehcp_record_get_case: Returns: (nullable) (transfer none): the id of the case that it belongs to. */
const char *
ehcp_record_get_case (EhcpRecord *record)
{
  return ehcp_record_get_text (record, "case");
}

/** ehcp_record_nth_has: Returns: whether the @n-th field has a value. */
gboolean
ehcp_record_nth_has (EhcpRecord *record, guint n)
{
  return PRIV (record)->values[n].is_set;
}

/** ehcp_record_nth_text: Returns: (nullable) (transfer none): text, or the name of an enum's value. */
const char *
ehcp_record_nth_text (EhcpRecord *record, guint n)
{
  return PRIV (record)->values[n].text;
}

/** ehcp_record_nth_int: Returns: number, truth value or Julian day; 0 when not set. */
gint64
ehcp_record_nth_int (EhcpRecord *record, guint n)
{
  return PRIV (record)->values[n].number;
}

/** ehcp_record_nth_list: Returns: (nullable) (transfer none): the texts of a list. */
const char *const *
ehcp_record_nth_list (EhcpRecord *record, guint n)
{
  return (const char *const *) PRIV (record)->values[n].list;
}

static void
replace_value (EhcpRecord *record, guint n, EhcpValue *value)
{
  EhcpRecordPrivate *priv = PRIV (record);
  gboolean is_equal = values_equal (&priv->values[n], value);

  clear_value (&priv->shape->fields[n], &priv->values[n]);
  priv->values[n] = *value;
  if (!is_equal)
    notify_field (record, n);
}

/** ehcp_record_nth_take_text: Sets text or enum; @value (nullable) (transfer full): %NULL clears it. */
void
ehcp_record_nth_take_text (EhcpRecord *record, guint n, char *value)
{
  replace_value (record, n, &(EhcpValue){ .is_set = value != NULL, .text = value });
}

/** ehcp_record_nth_set_int: Sets number, truth value or Julian day. */
void
ehcp_record_nth_set_int (EhcpRecord *record, guint n, gint64 value)
{
  replace_value (record, n, &(EhcpValue){ .is_set = TRUE, .number = value });
}

/** ehcp_record_nth_take_list: Sets a list; @value (nullable) (transfer full): %NULL clears it. */
void
ehcp_record_nth_take_list (EhcpRecord *record, guint n, GStrv value)
{
  replace_value (record, n, &(EhcpValue){ .is_set = value != NULL, .list = value });
}

/** ehcp_record_has: Returns: whether @field has a value. A field that the table lacks aborts. */
gboolean
ehcp_record_has (EhcpRecord *record, const char *field)
{
  return ehcp_record_nth_has (record, need_field (record, field));
}

/** ehcp_record_get_text: Returns: (nullable) (transfer none): text, or the name of an enum's value. */
const char *
ehcp_record_get_text (EhcpRecord *record, const char *field)
{
  return ehcp_record_nth_text (record, need_field (record, field));
}

/** ehcp_record_get_int: Returns: the number, 0 when not set. */
gint64
ehcp_record_get_int (EhcpRecord *record, const char *field)
{
  return ehcp_record_nth_int (record, need_field (record, field));
}

/** ehcp_record_get_bool: Returns: the truth value, %FALSE when not set. */
gboolean
ehcp_record_get_bool (EhcpRecord *record, const char *field)
{
  return ehcp_record_nth_int (record, need_field (record, field)) != 0;
}

/** ehcp_record_get_date: Returns: a GLib Julian day, 0 when not set. */
gint32
ehcp_record_get_date (EhcpRecord *record, const char *field)
{
  return (gint32) ehcp_record_nth_int (record, need_field (record, field));
}

/** ehcp_record_get_list: Returns: (nullable) (transfer none): the texts of a list. */
const char *const *
ehcp_record_get_list (EhcpRecord *record, const char *field)
{
  return ehcp_record_nth_list (record, need_field (record, field));
}

/** ehcp_record_set_text: Sets text or enum; %NULL clears it. Notifies when it changed. */
void
ehcp_record_set_text (EhcpRecord *record, const char *field, const char *value)
{
  ehcp_record_nth_take_text (record, need_field (record, field), g_strdup (value));
}

/** ehcp_record_set_int: Sets a number. Notifies when it changed. */
void
ehcp_record_set_int (EhcpRecord *record, const char *field, gint64 value)
{
  ehcp_record_nth_set_int (record, need_field (record, field), value);
}

/** ehcp_record_set_bool: Sets a truth value. Notifies when it changed. */
void
ehcp_record_set_bool (EhcpRecord *record, const char *field, gboolean value)
{
  ehcp_record_nth_set_int (record, need_field (record, field), value != FALSE);
}

/** ehcp_record_set_date: Sets a GLib Julian day; 0 clears it. Notifies when it changed. */
void
ehcp_record_set_date (EhcpRecord *record, const char *field, gint32 value)
{
  if (value == 0)
    ehcp_record_clear (record, field);
  else
    ehcp_record_nth_set_int (record, need_field (record, field), value);
}

/** ehcp_record_set_list: Sets a list of texts; %NULL clears it. Notifies when it changed. */
void
ehcp_record_set_list (EhcpRecord *record, const char *field, const char *const *values)
{
  ehcp_record_nth_take_list (record, need_field (record, field), g_strdupv ((GStrv) values));
}

/** ehcp_record_clear: Takes the value of @field away. */
void
ehcp_record_clear (EhcpRecord *record, const char *field)
{
  replace_value (record, need_field (record, field), &(EhcpValue){ .is_set = FALSE });
}

static EhcpValue
copy_value (const EhcpValue *value)
{
  return (EhcpValue){ .is_set = value->is_set,
                      .text = g_strdup (value->text),
                      .list = g_strdupv (value->list),
                      .number = value->number };
}

/**
 * ehcp_record_update:
 * @record: the record to change in place
 * @newer: a record of the same kind
 *
 * Takes over every value, so that what is bound to @record follows. Main thread when it is shown.
 *
 * Returns: whether anything changed.
 */
gboolean
ehcp_record_update (EhcpRecord *record, EhcpRecord *newer)
{
  EhcpRecordPrivate *to = PRIV (record);
  EhcpRecordPrivate *from = PRIV (newer);
  gboolean is_changed = FALSE;

  g_return_val_if_fail (to->shape == from->shape, FALSE);

  g_object_freeze_notify (G_OBJECT (record));
  for (guint i = 0; i < to->shape->n_fields; i++)
    if (!values_equal (&to->values[i], &from->values[i]))
      {
        EhcpValue value = copy_value (&from->values[i]);

        replace_value (record, i, &value);
        is_changed = TRUE;
      }
  g_object_thaw_notify (G_OBJECT (record));
  return is_changed;
}

/** ehcp_record_equal: Returns: whether both are of one kind and hold the same values. */
gboolean
ehcp_record_equal (EhcpRecord *a, EhcpRecord *b)
{
  if (PRIV (a)->shape != PRIV (b)->shape)
    return FALSE;
  for (guint i = 0; i < PRIV (a)->shape->n_fields; i++)
    if (!values_equal (&PRIV (a)->values[i], &PRIV (b)->values[i]))
      return FALSE;
  return TRUE;
}

/** ehcp_record_get_delivery: Returns: how far it is on its way to the council. */
EhcpDelivery
ehcp_record_get_delivery (EhcpRecord *record)
{
  return PRIV (record)->delivery;
}

/**
 * ehcp_record_set_delivery:
 * @record: a record
 * @delivery: how far it is
 * @refusal: (nullable): the protocol's code of a refusal
 *
 * Sets the properties "delivery" and "refusal".
 */
void
ehcp_record_set_delivery (EhcpRecord *record, EhcpDelivery delivery, const char *refusal)
{
  EhcpRecordPrivate *priv = PRIV (record);

  g_object_freeze_notify (G_OBJECT (record));
  if (priv->delivery != delivery)
    {
      priv->delivery = delivery;
      g_object_notify_by_pspec (G_OBJECT (record), props[PROP_DELIVERY]);
    }
  if (g_strcmp0 (priv->refusal, refusal) != 0)
    {
      g_autofree char *old = g_steal_pointer (&priv->refusal);

      priv->refusal = g_strdup (refusal);
      g_object_notify_by_pspec (G_OBJECT (record), props[PROP_REFUSAL]);
    }
  g_object_thaw_notify (G_OBJECT (record));
}

/** ehcp_record_get_refusal: Returns: (nullable) (transfer none): the protocol's code of a refusal. */
const char *
ehcp_record_get_refusal (EhcpRecord *record)
{
  return PRIV (record)->refusal;
}

/** ehcp_record_is_kept: Returns: whether a document's content is stored on this computer. */
gboolean
ehcp_record_is_kept (EhcpRecord *record)
{
  return PRIV (record)->is_kept;
}

/** ehcp_record_set_kept: Sets the property "kept". */
void
ehcp_record_set_kept (EhcpRecord *record, gboolean is_kept)
{
  if (PRIV (record)->is_kept == is_kept)
    return;
  PRIV (record)->is_kept = is_kept;
  g_object_notify_by_pspec (G_OBJECT (record), props[PROP_KEPT]);
}

/** ehcp_record_get_progress: Returns: how much of a document's content was sent, 0 to 100. */
int
ehcp_record_get_progress (EhcpRecord *record)
{
  return PRIV (record)->progress;
}

/** ehcp_record_set_progress: Sets the property "progress". */
void
ehcp_record_set_progress (EhcpRecord *record, int percent)
{
  if (PRIV (record)->progress == percent)
    return;
  PRIV (record)->progress = percent;
  g_object_notify_by_pspec (G_OBJECT (record), props[PROP_PROGRESS]);
}
