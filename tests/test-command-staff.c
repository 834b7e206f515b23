/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What managers and administrators do: giving cases to others, covers, templates, staff accounts; and an exemption
 * with its ground. */
#include "council-fixture.h"

#include "ehcp-error.h"
#include "ehcp-feed.h"
#include "ehcp-housekeeping.h"
#include "ehcp-sight.h"
#include "ehcp-staff.h"
#include "ehcp-text.h"

#include <string.h>

#define DAY_S (24 * 60 * 60)

static char *
pull (CouncilFixture *f, const EhcpActorId *actor, const char *since)
{
  g_autoptr (GError) error = NULL;
  gboolean has_news;
  EhcpDb *db = ehcp_council_get_reader (f->council, &error);
  char *answer = ehcp_feed_read (f->council, db, actor, since, 1000, &has_news, &error);

  g_assert_no_error (error);
  return answer;
}

static char *
get_state (const char *answer)
{
  g_autoptr (JsonObject) object = ehcp_json_parse_object (answer, strlen (answer), G_MAXSSIZE, NULL);

  return g_strdup (ehcp_json_get_text (object, "state"));
}

static gboolean
has_in (const char *answer, const char *member, const char *id)
{
  g_autoptr (JsonObject) object = ehcp_json_parse_object (answer, strlen (answer), G_MAXSSIZE, NULL);
  JsonArray *list = ehcp_json_get_array (object, member);

  for (guint i = 0; i < json_array_get_length (list); i++)
    if (g_str_equal (json_array_get_string_element (list, i), id))
      return TRUE;
  return FALSE;
}

static void
send (CouncilFixture *f, const EhcpActorId *actor, const char *id, const char *body)
{
  g_autoptr (JsonObject) result = council_send (f, actor, id, "%s", body);
}

static void
test_reallocate (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = NULL, *to_priya = NULL, *to_omar = NULL, *before = NULL, *state = NULL, *after = NULL;
  g_autoptr (EhcpRecord) moved = NULL;

  council_set_team (f, &f->priya, "North");
  council_set_team (f, &f->omar, "South");
  id = council_open_case (f, "Isla", "2026-09-07");
  to_priya = g_strdup_printf ("{'kind':'case.allocate','case':'%s','caseworker':'%s'}", id, f->priya.account);
  to_omar = g_strdup_printf ("{'kind':'case.reallocate','case':'%s','caseworker':'%s','reason':'Load'}", id,
                             f->omar.account);
  send (f, &f->priya, NULL, to_priya);
  before = pull (f, &f->priya, NULL);
  state = get_state (before);
  council_refused (f, &f->priya, EHCP_ERROR_NOT_ALLOWED, NULL, "%s", to_omar);
  send (f, &f->manager, NULL, to_omar);
  moved = council_find (f, EHCP_KIND_CASE, id);
  g_assert_cmpstr (ehcp_record_get_text (moved, "caseworker"), ==, f->omar.account);
  g_assert_cmpstr (ehcp_record_get_text (moved, "caseworker_name"), ==, "Omar Aziz");
  g_assert_cmpstr (ehcp_record_get_text (moved, "team"), ==, "South");
  after = pull (f, &f->priya, state);
  g_assert_true (has_in (after, "revoked", id));
  g_assert_false (council_sees (f, &f->priya, EHCP_KIND_CASE, id));
  g_assert_cmpint (council_sql (f, "SELECT count (*) FROM audit WHERE what = 'case.reallocate' "
                                   "AND detail LIKE 'from %: Load'"),
                   ==, 1);
  council_refused (f, &f->manager, EHCP_ERROR_NOT_FOUND, "/caseworker",
                   "{'kind':'case.reallocate','case':'%s','caseworker':'%s'}", id, f->admin.account);
  council_refused (f, &f->manager, EHCP_ERROR_STALE, "/base",
                   "{'kind':'case.reallocate','case':'%s','caseworker':'%s','base':1}", id, f->priya.account);
}

static char *
format_cover (CouncilFixture *f, const char *from, const char *until, const char *more)
{
  return g_strdup_printf ("{'kind':'cover.set','covered':'%s','covering':'%s','from':'%s','until':'%s'%s}",
                          f->priya.account, f->omar.account, from, until, more);
}

static char *
open_allocated (CouncilFixture *f)
{
  char *id;
  g_autofree char *body = NULL;

  council_set_team (f, &f->priya, "North");
  council_set_team (f, &f->omar, "South");
  id = council_open_case (f, "Isla", "2026-09-07");
  body = g_strdup_printf ("{'kind':'case.allocate','case':'%s','caseworker':'%s'}", id, f->priya.account);
  send (f, &f->manager, NULL, body);
  return id;
}

static void
pass_days (CouncilFixture *f, int n, gboolean is_due)
{
  g_autoptr (GError) error = NULL;

  ehcp_clock_advance (f->clock, n * DAY_S);
  g_assert_cmpint (ehcp_sight_is_due (f->council, ehcp_council_get_reader (f->council, NULL), &error), ==,
                   is_due);
  g_assert_no_error (error);
  g_assert_true (ehcp_housekeeping_look (f->council, &error));
  g_assert_no_error (error);
}

static void
assert_state (CouncilFixture *f, const char *cover, const char *state)
{
  g_autoptr (EhcpRecord) record = council_find (f, EHCP_KIND_COVER, cover);

  g_assert_cmpstr (ehcp_record_get_text (record, "state"), ==, state);
  g_assert_cmpstr (ehcp_record_get_text (record, "covering_name"), ==, "Omar Aziz");
}

static void
test_cover_by_days (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = open_allocated (f);
  g_autofree char *cover = ehcp_text_new_id ();
  g_autofree char *body = format_cover (f, "2026-11-26", "2026-11-27", "");
  g_autofree char *before = NULL, *state = NULL, *begun = NULL, *state_begun = NULL, *over = NULL;

  send (f, &f->priya, cover, body);
  assert_state (f, cover, "planned");
  g_assert_false (council_sees (f, &f->omar, EHCP_KIND_CASE, id));
  before = pull (f, &f->omar, NULL);
  state = get_state (before);
  pass_days (f, 1, FALSE);
  pass_days (f, 1, TRUE);
  assert_state (f, cover, "active");
  begun = pull (f, &f->omar, state);
  g_assert_true (has_in (begun, "granted", id));
  state_begun = get_state (begun);
  pass_days (f, 1, FALSE);
  g_assert_true (council_sees (f, &f->omar, EHCP_KIND_CASE, id));
  pass_days (f, 1, TRUE);
  assert_state (f, cover, "ended");
  over = pull (f, &f->omar, state_begun);
  g_assert_true (has_in (over, "revoked", id));
  g_assert_false (council_sees (f, &f->omar, EHCP_KIND_CASE, id));
  pass_days (f, 1, FALSE);
}

/* Ended at once, handed on to somebody else, and what was allocated meanwhile. */
static void
test_cover_changed (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = open_allocated (f);
  g_autofree char *cover = ehcp_text_new_id ();
  g_autofree char *named = g_strdup_printf (",'cover':'%s'", cover);
  g_autofree char *ended = g_strdup_printf ("%s,'end':true", named);
  g_autofree char *set = format_cover (f, COUNCIL_TODAY, "2026-12-24", "");
  g_autofree char *longer = format_cover (f, COUNCIL_TODAY, "2026-12-31", named);
  g_autofree char *end = format_cover (f, COUNCIL_TODAY, "2026-12-31", ended);
  g_autofree char *second = NULL;
  g_autofree char *to_priya = NULL;

  send (f, &f->manager, cover, set);
  g_assert_true (council_sees (f, &f->omar, EHCP_KIND_CASE, id));
  second = council_open_case (f, "Theo", "2026-09-07");
  g_assert_false (council_sees (f, &f->omar, EHCP_KIND_CASE, second));
  to_priya = g_strdup_printf ("{'kind':'case.allocate','case':'%s','caseworker':'%s'}", second, f->priya.account);
  send (f, &f->manager, NULL, to_priya);
  g_assert_true (council_sees (f, &f->omar, EHCP_KIND_CASE, second));
  send (f, &f->priya, NULL, longer);
  assert_state (f, cover, "active");
  send (f, &f->priya, NULL, end);
  assert_state (f, cover, "ended");
  g_assert_false (council_sees (f, &f->omar, EHCP_KIND_CASE, id));
  g_assert_false (council_sees (f, &f->omar, EHCP_KIND_CASE, second));
  council_refused (f, &f->priya, EHCP_ERROR_CONFLICT, "/cover", "%s", longer);
}

static void
test_cover_refused (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *good = format_cover (f, COUNCIL_TODAY, COUNCIL_TODAY, "");
  g_autofree char *past = format_cover (f, "2026-11-01", "2026-11-23", "");
  g_autofree char *backwards = format_cover (f, "2026-11-30", "2026-11-29", "");
  g_autofree char *endless = format_cover (f, COUNCIL_TODAY, "2028-01-01", "");
  g_autofree char *unknown = format_cover (f, COUNCIL_TODAY, COUNCIL_TODAY,
                                           ",'cover':'aaaaaaaa-0000-4000-8000-000000000001'");

  council_refused (f, &f->omar, EHCP_ERROR_NOT_ALLOWED, "/covered", "%s", good);
  council_refused (f, &f->helen, EHCP_ERROR_NOT_ALLOWED, NULL, "%s", good);
  council_refused (f, &f->priya, EHCP_ERROR_RANGE, "/until", "%s", past);
  council_refused (f, &f->priya, EHCP_ERROR_RANGE, "/until", "%s", backwards);
  council_refused (f, &f->priya, EHCP_ERROR_RANGE, "/until", "%s", endless);
  council_refused (f, &f->priya, EHCP_ERROR_NOT_FOUND, "/cover", "%s", unknown);
  council_refused (f, &f->priya, EHCP_ERROR_RANGE, "/covering",
                   "{'kind':'cover.set','covered':'%s','covering':'%s','from':'2026-11-24','until':'2026-11-24'}",
                   f->priya.account, f->priya.account);
  council_refused (f, &f->priya, EHCP_ERROR_NOT_FOUND, "/covering",
                   "{'kind':'cover.set','covered':'%s','covering':'%s','from':'2026-11-24','until':'2026-11-24'}",
                   f->priya.account, f->helen.account);
}

#define TEMPLATE(more)                                                                                    \
  "{'kind':'template.save','title':'Draft plan sent','message_type':'" COUNCIL_MESSAGE_TYPE "',"          \
  "'subject':'The draft plan of {child}','text':'Please answer by {due:draft-comments}. {caseworker}'" more \
  "}"

#define CHANGE                                                                                             \
  "{'kind':'template.save','template':'%s','title':'Other','message_type':'Appointment','subject':'s'," \
  "'text':'t','base':%d}"

static void
test_template (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = ehcp_text_new_id ();
  g_autofree char *of_staff = NULL, *of_family = NULL;
  g_autoptr (EhcpRecord) saved = NULL, changed = NULL;
  g_autoptr (JsonObject) result = NULL, removed = NULL;

  send (f, &f->manager, id, TEMPLATE (""));
  saved = council_find (f, EHCP_KIND_TEMPLATE, id);
  of_staff = pull (f, &f->omar, NULL);
  of_family = pull (f, &f->helen, NULL);
  g_assert_nonnull (strstr (of_staff, "\"template\":[{"));
  g_assert_nonnull (strstr (of_staff, "\"colleague\":[{"));
  g_assert_null (strstr (of_family, "template"));
  g_assert_null (strstr (of_family, "colleague"));
  g_assert_null (strstr (of_family, id));
  g_assert_false (council_sees (f, &f->helen, EHCP_KIND_TEMPLATE, id));
  council_refused (f, &f->priya, EHCP_ERROR_NOT_ALLOWED, NULL, TEMPLATE (""));
  council_refused (f, &f->manager, EHCP_ERROR_CONFLICT, "/title", TEMPLATE (""));
  council_refused (f, &f->manager, EHCP_ERROR_STALE, "/base", CHANGE, id, 1);
  result = council_send (f, &f->manager, NULL, CHANGE, id, (int) ehcp_record_get_int (saved, "seq"));
  g_assert_cmpstr (ehcp_json_get_text (result, "template"), ==, id);
  changed = council_find (f, EHCP_KIND_TEMPLATE, id);
  g_assert_cmpstr (ehcp_record_get_text (changed, "title"), ==, "Other");
  removed = council_send (f, &f->manager, NULL, "{'kind':'template.remove','template':'%s'}", id);
  g_assert_cmpint (council_sql (f, "SELECT count (*) FROM kind_template"), ==, 0);
}

static void
test_template_refused (CouncilFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *type, *subject, *text, *field;
  } rows[] = {
    { "Appointment", "{chidl}", "t", "/subject" },
    { "Appointment", "s", "{due:final}", "/text" },
    { "Appointment", "s", "{due:}", "/text" },
    { "Appointment", "s", "{}", "/text" },
    { "Unknown", "s", "t", "/message_type" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    council_refused (f, &f->manager, EHCP_ERROR_RANGE, rows[i].field,
                     "{'kind':'template.save','title':'T','message_type':'%s','subject':'%s','text':'%s'}",
                     rows[i].type, rows[i].subject, rows[i].text);
  council_refused (f, &f->manager, EHCP_ERROR_NOT_FOUND, "/template",
                   "{'kind':'template.remove','template':'%s'}", f->helen.account);
}

static void
test_exemption (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2026-06-01");
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (EhcpRecord) event = NULL;
#define EXEMPTION "{'kind':'exemption.record','case':'%s','rule':'%s','ground':'%s','date':'%s','until':'%s'," \
                  "'reason':'%s'}"

  council_refused (f, &f->priya, EHCP_ERROR_RANGE, "/rule", EXEMPTION, id, "final-planx", "absence",
                   "2026-08-01", "2026-08-31", "r");
  council_refused (f, &f->priya, EHCP_ERROR_RANGE, "/ground", EXEMPTION, id, "final-plan", "holiday",
                   "2026-08-01", "2026-08-31", "r");
  council_refused (f, &f->priya, EHCP_ERROR_RANGE, "/ground", EXEMPTION, id, "final-plan", "absence",
                   "2026-08-01", "2026-08-20", "r");
  council_refused (f, &f->priya, EHCP_ERROR_RANGE, "/ground", EXEMPTION, id, "draft-comments", "absence",
                   "2026-08-01", "2026-08-31", "r");
  council_refused (f, &f->priya, EHCP_ERROR_MISSING, "/reason", EXEMPTION, id, "final-plan", "absence",
                   "2026-08-01", "2026-08-31", "");
  result = council_send (f, &f->priya, NULL, EXEMPTION, id, "final-plan", "absence", "2026-08-01",
                         "2026-08-31", "Away for five weeks.");
  event = council_find_where (f, EHCP_KIND_EVENT, "what", "exemption");
  g_assert_cmpstr (ehcp_record_get_text (event, "value"), ==, "final-plan absence");
  g_assert_cmpint (council_sql (f, "SELECT count (*) FROM kind_deadline WHERE rule = 'final-plan' AND "
                                   "state = 'excused' AND ground = 'Away for five weeks.'"),
                   ==, 1);
}

static void
test_staff_add (CouncilFixture *f, gconstpointer data)
{
  static const char format[] = "{'kind':'staff.add','role':'caseworker','email':'%s','forename':'Zoë',"
                               "'surname':'Quill','team':'North'}";
  g_autofree char *id = ehcp_text_new_id ();
  g_autofree char *case_id = NULL;
  g_autofree char *mail = NULL;
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (EhcpRecord) colleague = NULL;
  EhcpActorId zoe = { .role = EHCP_ROLE_CASEWORKER };

  council_set_team (f, &f->priya, "North");
  case_id = council_open_case (f, "Isla", "2026-09-07");
  council_refused (f, &f->manager, EHCP_ERROR_NOT_ALLOWED, NULL, format, "zoe.quill@wyreshire.example");
  council_refused (f, &f->admin, EHCP_ERROR_CONFLICT, "/email", format, "Omar.Aziz@wyreshire.example");
  council_refused (f, &f->admin, EHCP_ERROR_MALFORMED, "/email", format, "nobody");
  result = council_send (f, &f->admin, id, format, "zoe.quill@wyreshire.example");
  g_assert_cmpstr (ehcp_json_get_text (result, "account"), ==, id);
  mail = council_mail (f, "zoe.quill@wyreshire.example", "staff-link");
  g_assert_nonnull (strstr (mail, "https://portal.wyreshire.example/staff/"));
  colleague = council_find_where (f, EHCP_KIND_COLLEAGUE, "account", id);
  g_assert_cmpstr (ehcp_record_get_text (colleague, "name"), ==, "Zoë Quill");
  g_assert_cmpstr (ehcp_record_get_text (colleague, "team"), ==, "North");
  g_assert_true (ehcp_record_get_bool (colleague, "active"));
  g_strlcpy (zoe.account, id, sizeof zoe.account);
  g_assert_true (council_sees (f, &zoe, EHCP_KIND_CASE, case_id));
  /* The link is in the mail and nowhere else. */
  g_assert_cmpint (council_sql (f, "SELECT count (*) FROM receipt WHERE answer LIKE '%/staff/%'"), ==, 0);
}

static void
test_staff_disable (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2026-09-07");
  g_autoptr (EhcpRecord) colleague = NULL;
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (GError) error = NULL;

  council_refused (f, &f->admin, EHCP_ERROR_CONFLICT, "/account", "{'kind':'staff.disable','account':'%s'}",
                   f->admin.account);
  council_refused (f, &f->admin, EHCP_ERROR_NOT_FOUND, "/account", "{'kind':'staff.disable','account':'%s'}",
                   f->helen.account);
  result = council_send (f, &f->admin, NULL, "{'kind':'staff.disable','account':'%s'}", f->priya.account);
  g_assert_false (council_sees (f, &f->priya, EHCP_KIND_CASE, id));
  colleague = council_find_where (f, EHCP_KIND_COLLEAGUE, "account", f->priya.account);
  g_assert_false (ehcp_record_get_bool (colleague, "active"));
  council_refused (f, &f->manager, EHCP_ERROR_NOT_FOUND, "/caseworker",
                   "{'kind':'case.allocate','case':'%s','caseworker':'%s'}", id, f->priya.account);
  g_assert_false (ehcp_staff_disable (f->council, "nobody@wyreshire.example", &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (ehcp_staff_disable (f->council, "helen.marlow@family.example", &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (ehcp_staff_disable (f->council, "omar.aziz@wyreshire.example", &error));
  g_assert_no_error (error);
}

#define ADD(path, func) \
  g_test_add ("/staff" path, CouncilFixture, NULL, council_fixture_set_up, func, council_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/reallocate", test_reallocate);
  ADD ("/cover/by-days", test_cover_by_days);
  ADD ("/cover/changed", test_cover_changed);
  ADD ("/cover/refused", test_cover_refused);
  ADD ("/template", test_template);
  ADD ("/template/refused", test_template_refused);
  ADD ("/exemption", test_exemption);
  ADD ("/add", test_staff_add);
  ADD ("/disable", test_staff_disable);
  return g_test_run ();
}
