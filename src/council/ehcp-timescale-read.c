/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a question to "timescale": strict about what it does not know, lenient about the form of what it
 * does. Every refusal names the member at fault. */
#include "ehcp-timescale-private.h"

#include "ehcp-error.h"
#include "ehcp-json.h"

#include <stdlib.h>
#include <string.h>

#define MAX_BYTES (1024 * 1024)

static const char *const top_members[] = { "today", "facts", "closure", "transfer-year", "phase", "ground",
                                           "reason", NULL };
static const char *const fact_members[] = { "event", "date", "until", "value", "kind", "phase", "outcome",
                                            "about", "closure", "rule", "part", "ground", "reason", "note",
                                            NULL };
/* All of these say what a fact's value is. */
static const char *const value_members[] = { "value", "kind", "phase", "outcome", "about", NULL };
static const char *const order_kinds[] = { "assess", "make-plan", "amend", "school" };
static const char *const phases[] = { "early-years-to-school", "infant-to-junior", "primary-to-middle",
                                      "primary-to-secondary", "middle-to-secondary",
                                      "secondary-to-post16", NULL };

typedef struct
{
  EhcpTimescale *timescale;
  JsonObject *object;
  const char *pointer;  /* of the object: "/facts/3", "" */
} Reading;

static void
free_claim (EhcpClaim *claim)
{
  g_free (claim->target);
  g_free (claim->reason);
  g_free (claim);
}

/** ehcp_timescale_free: Frees a question with its texts. */
void
ehcp_timescale_free (EhcpTimescale *timescale)
{
  g_array_unref (timescale->facts);
  g_ptr_array_unref (timescale->claims);
  g_ptr_array_unref (timescale->texts);
  g_free (timescale);
}

static gboolean
refuse (const Reading *reading, const char *member, EhcpError code, const char *words, GError **error)
{
  g_autofree char *field = member != NULL ? g_strdup_printf ("%s/%s", reading->pointer, member)
                                          : g_strdup (reading->pointer);

  ehcp_set_error (error, code, field, "%s", words);
  return FALSE;
}

static const char *
keep (EhcpTimescale *timescale, const char *text)
{
  char *copy = g_strdup (text);

  if (copy != NULL)
    g_ptr_array_add (timescale->texts, copy);
  return copy;
}

static gboolean
check_members (const Reading *reading, const char *const *known, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (reading->object);

  for (GList *member = members; member != NULL; member = member->next)
    if (!g_strv_contains (known, member->data))
      return refuse (reading, member->data, EHCP_ERROR_UNKNOWN_FIELD, "there is no such member", error);
  return TRUE;
}

/* NULL when it is absent or null. */
static JsonNode *
get_member (const Reading *reading, const char *member)
{
  JsonNode *node = json_object_get_member (reading->object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static gboolean
is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
read_text (const Reading *reading, const char *member, const char **text, GError **error)
{
  JsonNode *node = get_member (reading, member);

  *text = NULL;
  if (node == NULL)
    return TRUE;
  if (!is_text (node))
    return refuse (reading, member, EHCP_ERROR_MALFORMED, "it is not a text", error);
  if (*json_node_get_string (node) != '\0')
    *text = json_node_get_string (node);
  return TRUE;
}

static gboolean
parse_day (const Reading *reading, const char *member, const char *text, EhcpDay *day, GError **error)
{
  *day = ehcp_day_parse (text);
  return *day != EHCP_DAY_NONE ||
         refuse (reading, member, EHCP_ERROR_MALFORMED, "it is not a day of the form YYYY-MM-DD", error);
}

/* "A/B" */
static gboolean
parse_days (const Reading *reading, const char *member, const char *text, EhcpDay *from, EhcpDay *until,
            GError **error)
{
  g_auto (GStrv) days = g_strsplit (text, "/", 2);

  if (days[0] == NULL)
    return refuse (reading, member, EHCP_ERROR_MISSING, "it is empty", error);
  return parse_day (reading, member, days[0], from, error) &&
         (days[1] == NULL || parse_day (reading, member, days[1], until, error));
}

static gboolean
parse_pair (const Reading *reading, const char *member, JsonArray *pair, EhcpDay *from, EhcpDay *until,
            GError **error)
{
  guint n = json_array_get_length (pair);

  if (n < 1 || n > 2)
    return refuse (reading, member, EHCP_ERROR_MALFORMED, "it must have one or two days", error);
  for (guint i = 0; i < n; i++)
    if (!is_text (json_array_get_element (pair, i)))
      return refuse (reading, member, EHCP_ERROR_MALFORMED, "its days must be texts", error);
  return parse_day (reading, member, json_array_get_string_element (pair, 0), from, error) &&
         (n == 1 || parse_day (reading, member, json_array_get_string_element (pair, 1), until, error));
}

/* A day, "A/B" or [A, B]; leaves alone what it does not find. */
static gboolean
read_days (const Reading *reading, const char *member, EhcpDay *from, EhcpDay *until, GError **error)
{
  JsonNode *node = get_member (reading, member);

  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return parse_pair (reading, member, json_node_get_array (node), from, until, error);
  if (!is_text (node))
    return refuse (reading, member, EHCP_ERROR_MALFORMED, "it is not a text", error);
  return parse_days (reading, member, json_node_get_string (node), from, until, error);
}

/* 2027, "2027" or any day of the year; the rules take any of its days. */
static gboolean
read_year (const Reading *reading, const char *member, EhcpDay *day, GError **error)
{
  JsonNode *node = get_member (reading, member);
  gint64 year = 0;

  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    year = json_node_get_int (node);
  else if (!is_text (node))
    return refuse (reading, member, EHCP_ERROR_MALFORMED, "it is neither a year nor a day", error);
  else if (strlen (json_node_get_string (node)) != 4)
    return parse_day (reading, member, json_node_get_string (node), day, error);
  else if (strspn (json_node_get_string (node), "0123456789") == 4)
    year = atoi (json_node_get_string (node));
  if (year < 1 || year > 9999)
    return refuse (reading, member, EHCP_ERROR_MALFORMED, "it is neither a year nor a day", error);
  *day = ehcp_day_from_ymd ((int) year, 1, 1);
  return TRUE;
}

static gboolean
read_value (const Reading *reading, const char **value, GError **error)
{
  *value = NULL;
  for (guint i = 0; value_members[i] != NULL; i++)
    {
      const char *text;

      if (!read_text (reading, value_members[i], &text, error))
        return FALSE;
      if (text != NULL && *value != NULL && strcmp (text, *value) != 0)
        return refuse (reading, value_members[i], EHCP_ERROR_CONFLICT,
                       "another member says something else", error);
      if (text != NULL)
        *value = text;
    }
  return TRUE;
}

static void
add_fact (EhcpTimescale *timescale, const char *name, EhcpDay date, EhcpDay until, const char *value)
{
  EhcpFact fact = { keep (timescale, name), date, until, keep (timescale, value) };

  g_array_append_val (timescale->facts, fact);
}

static void
add_claim (EhcpTimescale *timescale, const char *target, EhcpGround ground, EhcpDay from, EhcpDay until,
           const char *reason)
{
  EhcpClaim *claim = g_new0 (EhcpClaim, 1);

  claim->target = g_strdup (target);
  claim->ground = ground;
  claim->from = from;
  claim->until = until;
  claim->reason = g_strdup (reason);
  g_ptr_array_add (timescale->claims, claim);
}

static gboolean
read_ground (const Reading *reading, EhcpGround *ground, GError **error)
{
  const char *name;

  if (!read_text (reading, "ground", &name, error))
    return FALSE;
  *ground = ehcp_ground_from_string (name);
  return name == NULL || *ground != EHCP_GROUND_NONE ||
         refuse (reading, "ground", EHCP_ERROR_RANGE,
                 "the grounds are school-closed, early-years-closed, personal, absence and appointment", error);
}

static gboolean
read_reason (const Reading *reading, const char **reason, GError **error)
{
  if (!read_text (reading, "reason", reason, error))
    return FALSE;
  return *reason != NULL || !json_object_has_member (reading->object, "note") ||
         read_text (reading, "note", reason, error);
}

static gboolean
is_rule (const char *target)
{
  size_t length = strcspn (target, "/");

  for (guint i = 0; i < ehcp_rule_count (); i++)
    {
      const char *id = ehcp_rule_get_id (ehcp_rule_nth (i));

      if (strlen (id) == length && strncmp (id, target, length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* "value" holds rule and ground as the council's events have them; "rule", "part" and "ground" say the
 * same one by one. */
static gboolean
read_exemption (const Reading *reading, EhcpDay from, EhcpDay until, GError **error)
{
  const char *value, *rule, *part, *reason;
  g_autofree char *target = NULL;
  EhcpGround ground, named;

  if (!read_text (reading, "value", &value, error) || !read_text (reading, "rule", &rule, error) ||
      !read_text (reading, "part", &part, error) || !read_ground (reading, &ground, error) ||
      !read_reason (reading, &reason, error))
    return FALSE;
  if (part == NULL && !read_text (reading, "about", &part, error))
    return FALSE;
  if (rule == NULL)
    rule = value;
  if (rule == NULL && ground == EHCP_GROUND_NONE)
    return refuse (reading, "rule", EHCP_ERROR_MISSING, "say from which rule, or on which ground", error);
  named = ehcp_exemption_get_ground (rule);
  if (named != EHCP_GROUND_NONE)
    target = g_strndup (rule, (gsize) (strrchr (rule, ' ') - rule));
  else if (rule != NULL)
    target = part != NULL ? g_strconcat (rule, "/", part, NULL) : g_strdup (rule);
  if (target != NULL && !is_rule (target))
    return refuse (reading, rule == value ? "value" : "rule", EHCP_ERROR_RANGE, "there is no such rule",
                   error);
  add_claim (reading->timescale, target, named != EHCP_GROUND_NONE ? named : ground, from, until, reason);
  return TRUE;
}

static void
set_phase (EhcpTimescale *timescale, const char *phase)
{
  for (guint i = 0; i < timescale->facts->len; i++)
    {
      EhcpFact *fact = &g_array_index (timescale->facts, EhcpFact, i);

      if (strcmp (fact->name, "transfer-year") == 0 && fact->value == NULL)
        fact->value = keep (timescale, phase);
    }
}

static void
add_order (EhcpTimescale *timescale, EhcpDay date, const char *value)
{
  if (value != NULL)
    add_fact (timescale, "order", date, EHCP_DAY_NONE, value);
  for (guint i = 0; i < G_N_ELEMENTS (order_kinds) && value == NULL; i++)
    add_fact (timescale, "order", date, EHCP_DAY_NONE, order_kinds[i]);
  timescale->is_any_order |= value == NULL;
}

static gboolean
read_closure_claim (const Reading *reading, EhcpDay from, EhcpDay until, GError **error)
{
  EhcpGround ground;
  const char *reason;

  if (!read_ground (reading, &ground, error) || !read_reason (reading, &reason, error))
    return FALSE;
  if (ground != EHCP_GROUND_NONE)
    add_claim (reading->timescale, NULL, ground, from, until, reason);
  return TRUE;
}

static gboolean
read_dates (const Reading *reading, const char *event, EhcpDay *date, EhcpDay *until, GError **error)
{
  gboolean is_year = strcmp (event, "transfer-year") == 0;

  if (is_year ? !read_year (reading, "date", date, error)
              : !read_days (reading, "date", date, until, error))
    return FALSE;
  if (!read_days (reading, "closure", date, until, error) ||
      !read_days (reading, "until", until, until, error))
    return FALSE;
  if (*until != EHCP_DAY_NONE && *until < *date)
    return refuse (reading, "until", EHCP_ERROR_RANGE, "it is before the date", error);
  return *date != EHCP_DAY_NONE || strcmp (event, "exemption") == 0 ||
         refuse (reading, "date", EHCP_ERROR_MISSING, "it is missing", error);
}

static gboolean
read_dated (const Reading *reading, const char *event, GError **error)
{
  EhcpDay date = EHCP_DAY_NONE, until = EHCP_DAY_NONE;
  const char *value;

  if (!read_dates (reading, event, &date, &until, error))
    return FALSE;
  if (strcmp (event, "exemption") == 0)
    return read_exemption (reading, date, until, error);
  if (!read_value (reading, &value, error))
    return FALSE;
  if (strcmp (event, "order") == 0)
    add_order (reading->timescale, date, value);
  else
    add_fact (reading->timescale, event, date, until, value);
  return strcmp (event, "closure") != 0 || read_closure_claim (reading, date, until, error);
}

/* {"event":"phase","value":"…"}; the table of worked cases has it where other facts have their date. */
static gboolean
read_phase (const Reading *reading, const char **phase, GError **error)
{
  const char *value;

  if (!read_value (reading, &value, error))
    return FALSE;
  if (value == NULL && !read_text (reading, "date", &value, error))
    return FALSE;
  *phase = value;
  return value != NULL || refuse (reading, "value", EHCP_ERROR_MISSING, "it is missing", error);
}

static gboolean
read_fact (const Reading *reading, const char **phase, GError **error)
{
  const char *event;

  if (!check_members (reading, fact_members, error) || !read_text (reading, "event", &event, error))
    return FALSE;
  if (event == NULL)
    return refuse (reading, "event", EHCP_ERROR_MISSING, "it is missing", error);
  if (!ehcp_rules_knows_fact (event))
    return refuse (reading, "event", EHCP_ERROR_RANGE, "the rules know no such event", error);
  if (strcmp (event, "phase") == 0)
    return read_phase (reading, phase, error);
  return read_dated (reading, event, error);
}

static gboolean
read_facts (const Reading *reading, const char **phase, GError **error)
{
  JsonNode *node = get_member (reading, "facts");
  JsonArray *facts;

  if (node == NULL)
    return refuse (reading, "facts", EHCP_ERROR_MISSING, "it is missing", error);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (reading, "facts", EHCP_ERROR_MALFORMED, "it is not an array", error);
  facts = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (facts); i++)
    {
      JsonNode *element = json_array_get_element (facts, i);
      g_autofree char *pointer = g_strdup_printf ("/facts/%u", i);
      Reading fact = { reading->timescale, NULL, pointer };

      if (!JSON_NODE_HOLDS_OBJECT (element))
        return refuse (&fact, NULL, EHCP_ERROR_MALFORMED, "it is not an object", error);
      fact.object = json_node_get_object (element);
      if (!read_fact (&fact, phase, error))
        return FALSE;
    }
  return TRUE;
}

/* What stands beside "facts" instead of in it. */
static gboolean
read_beside (const Reading *reading, GError **error)
{
  EhcpDay closed = EHCP_DAY_NONE, reopens = EHCP_DAY_NONE, year = EHCP_DAY_NONE;
  const char *reason;
  EhcpGround ground;

  if (!read_days (reading, "closure", &closed, &reopens, error) ||
      !read_year (reading, "transfer-year", &year, error) || !read_ground (reading, &ground, error) ||
      !read_reason (reading, &reason, error))
    return FALSE;
  if (reopens != EHCP_DAY_NONE && reopens < closed)
    return refuse (reading, "closure", EHCP_ERROR_RANGE, "its end is before its beginning", error);
  if (closed != EHCP_DAY_NONE)
    add_fact (reading->timescale, "closure", closed, reopens, NULL);
  if (year != EHCP_DAY_NONE)
    add_fact (reading->timescale, "transfer-year", year, EHCP_DAY_NONE, NULL);
  if (ground != EHCP_GROUND_NONE)
    add_claim (reading->timescale, NULL, ground, closed, reopens, reason);
  return TRUE;
}

static gboolean
read_top (const Reading *reading, GError **error)
{
  EhcpTimescale *timescale = reading->timescale;
  const char *today, *beside, *phase = NULL;

  if (!check_members (reading, top_members, error) || !read_text (reading, "today", &today, error) ||
      !read_text (reading, "phase", &beside, error))
    return FALSE;
  if (today == NULL)
    return refuse (reading, "today", EHCP_ERROR_MISSING, "it is missing", error);
  if (!parse_day (reading, "today", today, &timescale->today, error) ||
      !read_facts (reading, &phase, error) || !read_beside (reading, error))
    return FALSE;
  if (phase == NULL)
    phase = beside;
  if (phase != NULL)
    set_phase (timescale, phase);
  for (guint i = 0; i < timescale->facts->len; i++)
    {
      EhcpFact *fact = &g_array_index (timescale->facts, EhcpFact, i);

      timescale->has_odd_phase |= strcmp (fact->name, "transfer-year") == 0 && fact->value != NULL &&
                                  !g_strv_contains (phases, fact->value);
    }
  return TRUE;
}

/**
 * ehcp_timescale_read:
 * @text: JSON
 * @length: its bytes
 * @error: return location
 *
 * Returns: (transfer full): the question; %NULL with an error whose field is a JSON Pointer.
 */
EhcpTimescale *
ehcp_timescale_read (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonObject) object = ehcp_json_parse_object (text, length, MAX_BYTES, error);
  g_autoptr (EhcpTimescale) timescale = NULL;

  if (object == NULL)
    return NULL;
  timescale = g_new0 (EhcpTimescale, 1);
  timescale->facts = g_array_new (FALSE, FALSE, sizeof (EhcpFact));
  timescale->claims = g_ptr_array_new_with_free_func ((GDestroyNotify) free_claim);
  timescale->texts = g_ptr_array_new_with_free_func (g_free);
  if (!read_top (&(Reading){ timescale, object, "" }, error))
    return NULL;
  return g_steal_pointer (&timescale);
}
