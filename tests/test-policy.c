/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sees a record: every kind, in every audience, for every standing, through the single read and through
 * the feed. Who may send which command. */
#include "records-fixture.h"

#include "ehcp-audience.h"
#include "ehcp-policy.h"
#include "ehcp-text.h"

#include <string.h>

/* Readers, in this order. "Named" ones are in `named`; "owner" is the account of the audience "account";
 * "nobody" has no standing on the case; "elsewhere" has one on another case only; "ended" had one. */
enum
{
  STAFF,
  ADULT,
  NAMED_ADULT,
  PROFESSIONAL,
  NAMED_PROFESSIONAL,
  OWNER,
  NOBODY,
  ELSEWHERE,
  ENDED,
  N_READERS
};

static const char *const reader_names[N_READERS] = { "staff",        "adult",
                                                     "named adult",  "professional",
                                                     "named professional", "owner",
                                                     "nobody",       "staff elsewhere",
                                                     "ended" };

/* One letter for each reader: who sees it. */
static const struct
{
  const char *audience;
  const char *sees;
} audiences[] = {
  { "staff", "Y--------" },  { "adults", "YYY-Y----" },  { "named", "Y-Y-Y----" },
  { "private", "--Y-Y----" }, { "account", "-----Y---" }, { "everyone", "YYYYYYYYY" },
};

/* What is of no case and for all of the council's staff, whatever they stand on. */
static const char *const council_wide_sees = "Y------Y-";

/* Which audiences a kind may have, as letters: staff, adults, named, private, account, everyone. */
static const struct
{
  EhcpKind kind;
  const char *may;
} kinds[] = {
  { EHCP_KIND_ACCOUNT, "----A-" },         { EHCP_KIND_ACTIVITY, "AAA---" },
  { EHCP_KIND_ANSWER, "--AAA-" },          { EHCP_KIND_CASE, "AA----" },
  { EHCP_KIND_COLLEAGUE, "A-----" },       { EHCP_KIND_COVER, "A-----" },
  { EHCP_KIND_SCHOOL, "-----A" },
  { EHCP_KIND_COMMENT, "--A---" },         { EHCP_KIND_REQUEST, "A-----" },
  { EHCP_KIND_CONTACT, "A-----" },         { EHCP_KIND_DEADLINE, "AA----" },
  { EHCP_KIND_DOCUMENT, "AAA-A-" },        { EHCP_KIND_EVENT, "AAA---" },
  { EHCP_KIND_FORM, "--A-A-" },            { EHCP_KIND_FORM_DEFINITION, "-----A" },
  { EHCP_KIND_INVITATION, "----A-" },      { EHCP_KIND_INVITATION_CHILD, "----A-" },
  { EHCP_KIND_MESSAGE, "-AA---" },         { EHCP_KIND_MESSAGE_TYPE, "-----A" },
  { EHCP_KIND_NOTE, "A-----" },            { EHCP_KIND_PERSON, "A-A---" },
  { EHCP_KIND_READING, "A-A---" },         { EHCP_KIND_STAGE_TEXT, "-----A" },
  { EHCP_KIND_TEMPLATE, "A-----" },
};

#define NAMED_ADULT_PERSON DAVID
#define NAMED_PROFESSIONAL_PERSON SENCO
#define OTHER_PERSON "aaaaaaaa-0000-4000-8000-000000000009"

static void
take_standing (RecordsFixture *f, EhcpActorId *actor, guint reader, const char *case_id, const char *other)
{
  g_autofree char *id = ehcp_text_new_id ();

  g_strlcpy (actor->account, id, sizeof actor->account);
  actor->role = reader == STAFF || reader == ELSEWHERE ? EHCP_ROLE_CASEWORKER : EHCP_ROLE_FAMILY;
  switch (reader)
    {
    case STAFF:
      records_grant (f, actor, case_id, EHCP_STANDING_STAFF, NULL);
      break;
    case ADULT:
      records_grant (f, actor, case_id, EHCP_STANDING_ADULT, HELEN);
      break;
    case NAMED_ADULT:
      records_grant (f, actor, case_id, EHCP_STANDING_ADULT, NAMED_ADULT_PERSON);
      break;
    case PROFESSIONAL:
      records_grant (f, actor, case_id, EHCP_STANDING_PROFESSIONAL, OTHER_PERSON);
      break;
    case NAMED_PROFESSIONAL:
      records_grant (f, actor, case_id, EHCP_STANDING_PROFESSIONAL, NAMED_PROFESSIONAL_PERSON);
      break;
    case ELSEWHERE:
      records_grant (f, actor, other, EHCP_STANDING_STAFF, NULL);
      break;
    case ENDED:
      records_grant (f, actor, case_id, EHCP_STANDING_ADULT, NAMED_ADULT_PERSON);
      records_end (f, actor, case_id);
      break;
    default:
      break;
    }
}

static EhcpRecord *
make (EhcpKind kind, const char *case_id, const char *audience)
{
  static const char *const named[] = { NAMED_ADULT_PERSON, NAMED_PROFESSIONAL_PERSON, NULL };
  gboolean is_uncased = g_str_equal (audience, "account") || g_str_equal (audience, "everyone") ||
                        ehcp_audience_is_council_wide (kind);
  EhcpRecord *record = records_make (kind, NULL, is_uncased ? NULL : case_id, audience, NULL);

  /* A case is its own: it takes the id of the one on which the readers stand. */
  if (kind == EHCP_KIND_CASE)
    ehcp_record_set_text (record, "id", case_id);
  ehcp_record_set_list (record, "named", named);
  return record;
}

static void
check_reader (RecordsFixture *f, const EhcpActorId *actor, EhcpRecord *record, EhcpKind kind,
              gboolean should_see)
{
  const char *id = ehcp_record_get_id (record);
  g_autoptr (Reader) reader = reader_new (f, actor);
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) found = ehcp_policy_find (records_db (f), actor, kind, id, &error);

  g_assert_cmpint (found != NULL, ==, should_see);
  if (found == NULL)
    g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND);
  else
    g_assert_true (ehcp_record_equal (found, record));
  reader_pull (reader, 100);
  g_assert_cmpint (reader_has (reader, id), ==, should_see);
}

static void
test_matrix (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *other = records_new_case (f);

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint a = 0; a < G_N_ELEMENTS (audiences); a++)
      {
        const char *audience = audiences[a].audience;
        g_autofree char *case_id = ehcp_text_new_id ();
        g_autoptr (EhcpRecord) record = make (kinds[k].kind, case_id, audience);
        gboolean is_owned = g_str_equal (audience, "account");
        const char *sees = ehcp_audience_is_council_wide (kinds[k].kind) ? council_wide_sees
                                                                         : audiences[a].sees;
        g_autoptr (GError) error = NULL;
        EhcpActorId actors[N_READERS] = { 0 };

        g_assert_cmpint (ehcp_audience_fits (kinds[k].kind, audience), ==, kinds[k].may[a] == 'A');
        for (guint r = 0; r < N_READERS && kinds[k].may[a] == 'A'; r++)
          take_standing (f, &actors[r], r, case_id, other);
        if (kinds[k].may[a] != 'A')
          {
            g_assert_false (records_try_add (f, record, is_owned ? HELEN : NULL, &error));
            g_assert_error (error, EHCP_ERROR, EHCP_ERROR_FAILED);
            continue;
          }
        records_add (f, record, is_owned ? actors[OWNER].account : NULL);
        for (guint r = 0; r < N_READERS; r++)
          {
            g_test_message ("%s for %s: %s", ehcp_record_get_kind (record), audience, reader_names[r]);
            check_reader (f, &actors[r], record, kinds[k].kind, sees[r] == 'Y');
          }
      }
}

/* What came with a request is all staff's, and nobody else's, for as long as it is of no case. */
static void
test_of_no_case (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *case_id = records_new_case (f);
  g_autofree char *other = records_new_case (f);
  g_autoptr (EhcpRecord) record = records_make (EHCP_KIND_DOCUMENT, NULL, NULL, "staff", NULL);
  EhcpActorId actors[N_READERS] = { 0 };

  for (guint r = 0; r < N_READERS; r++)
    take_standing (f, &actors[r], r, case_id, other);
  records_add (f, record, NULL);
  for (guint r = 0; r < N_READERS; r++)
    {
      g_test_message ("%s", reader_names[r]);
      check_reader (f, &actors[r], record, EHCP_KIND_DOCUMENT, council_wide_sees[r] == 'Y');
    }
}

/* What is not there, what is not for the person and what is of another kind answer with the same bytes. */
static void
test_same_refusal (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *case_id = records_new_case (f);
  g_autofree char *note = records_new (f, EHCP_KIND_NOTE, case_id, "staff", NULL);
  g_autofree char *event = records_new (f, EHCP_KIND_EVENT, case_id, "adults", NULL);
  const char *const ids[] = { note, event, f->david.account, HELEN, "" };
  g_autoptr (GError) first = NULL;

  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ehcp_policy_find (records_db (f), &f->helen, EHCP_KIND_NOTE, ids[i], &error));
      g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND);
      g_assert_null (ehcp_error_get_field (error));
      if (first == NULL)
        first = g_error_copy (error);
      g_assert_cmpstr (error->message, ==, first->message);
    }
}

/* One id inside another, or in a list with others. */
static void
test_named_is_a_whole_id (void)
{
  const char *const list[] = { HELEN "0", DAVID, NULL };
  g_autofree char *packed = ehcp_audience_pack (list);
  g_auto (GStrv) unpacked = ehcp_audience_unpack (packed);

  g_assert_true (g_strv_equal (list, (const char *const *) unpacked));
  g_assert_true (ehcp_audience_includes ("named", packed, EHCP_STANDING_ADULT, DAVID));
  g_assert_false (ehcp_audience_includes ("named", packed, EHCP_STANDING_ADULT, HELEN));
  g_assert_false (ehcp_audience_includes ("named", packed, EHCP_STANDING_ADULT, ""));
  g_assert_false (ehcp_audience_includes ("named", packed, EHCP_STANDING_ADULT, NULL));
  g_assert_false (ehcp_audience_includes ("named", NULL, EHCP_STANDING_ADULT, DAVID));
  g_assert_false (ehcp_audience_includes ("unheard-of", packed, EHCP_STANDING_STAFF, NULL));
  g_assert_false (ehcp_audience_includes (NULL, packed, EHCP_STANDING_STAFF, NULL));
  g_assert_null (ehcp_audience_pack (NULL));
}

/* Letters: family, caseworker, manager, administrator. */
static void
test_senders (void)
{
  static const struct
  {
    const char *command;
    const char *may;
  } rows[] = {
    { "access.activate", "-YY-" },    { "access.withdraw", "-YY-" },   { "account.update", "YYYY" },
    { "case.allocate", "-YY-" },      { "case.open", "-YY-" },         { "document.add", "Y---" },
    { "document.publish", "-YY-" },
    { "document.read", "YYY-" },      { "document.withdraw", "-YY-" }, { "event.correct", "-YY-" },
    { "event.record", "-YY-" },       { "form.accept", "-YY-" },       { "form.ask", "-YY-" },
    { "form.return", "-YY-" },        { "form.save", "Y---" },         { "form.submit", "Y---" },
    { "identity.verify", "-YY-" },    { "invitation.answer", "Y---" }, { "invitation.open", "Y---" },
    { "message.read", "YYY-" },       { "message.send", "YYY-" },      { "note.add", "-YY-" },
    { "form.share", "Y---" }, { "form.start", "Y---" },
    { "assessment.request", "Y---" }, { "comment.decide", "-YY-" },
    { "person.invite", "-YY-" },      { "case.reallocate", "--Y-" },   { "cover.set", "-YY-" },
    { "exemption.record", "-YY-" },   { "staff.add", "---Y" },         { "staff.disable", "---Y" },
    { "template.remove", "--Y-" },    { "template.save", "--Y-" },
  };
  static const char *const roles[] = { "family", "caseworker", "manager", "administrator" };

  g_assert_cmpuint (G_N_ELEMENTS (rows), ==, EHCP_N_COMMANDS);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      int command = ehcp_command_find (rows[i].command);

      g_assert_cmpint (command, >=, 0);
      g_assert_false (ehcp_policy_may_send (EHCP_ROLE_NONE, command));
      for (guint r = 0; r < G_N_ELEMENTS (roles); r++)
        {
          g_test_message ("%s: %s", rows[i].command, roles[r]);
          g_assert_cmpint (ehcp_policy_may_send (ehcp_policy_parse_role (roles[r]), command), ==,
                           rows[i].may[r] == 'Y');
        }
    }
  g_assert_cmpint (ehcp_policy_parse_role ("none"), ==, EHCP_ROLE_NONE);
  g_assert_cmpint (ehcp_policy_parse_role ("root"), ==, EHCP_ROLE_NONE);
  g_assert_cmpint (ehcp_policy_parse_role (NULL), ==, EHCP_ROLE_NONE);
}

static void
test_access (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *a = records_new_case (f);
  g_autofree char *b = records_new_case (f);
  g_autoptr (GError) error = NULL;
  EhcpAccess access;

  g_assert_true (ehcp_access_find (records_db (f), f->joan.account, a, &access, &error));
  g_assert_cmpint (access.standing, ==, EHCP_STANDING_NONE);
  records_grant (f, &f->joan, a, EHCP_STANDING_STAFF, NULL);
  records_grant (f, &f->joan, b, EHCP_STANDING_STAFF, NULL);
  g_assert_true (ehcp_access_find (records_db (f), f->joan.account, b, &access, &error));
  g_assert_cmpint (access.standing, ==, EHCP_STANDING_STAFF);
  g_assert_cmpstr (access.person, ==, "");
  g_assert_cmpint (records_sql (f, "SELECT count (*) FROM access"), ==, 2);

  records_grant (f, &f->helen, a, EHCP_STANDING_PROFESSIONAL, HELEN);
  g_assert_true (ehcp_access_find (records_db (f), f->helen.account, a, &access, &error));
  g_assert_cmpint (access.standing, ==, EHCP_STANDING_PROFESSIONAL);
  g_assert_cmpstr (access.person, ==, HELEN);
  records_end (f, &f->helen, a);
  g_assert_true (ehcp_access_find (records_db (f), f->helen.account, a, &access, &error));
  g_assert_cmpint (access.standing, ==, EHCP_STANDING_NONE);
}

#define ADD(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_fixture_set_up, func, records_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/policy/matrix", test_matrix);
  ADD ("/policy/of-no-case", test_of_no_case);
  ADD ("/policy/same-refusal", test_same_refusal);
  g_test_add_func ("/policy/named", test_named_is_a_whole_id);
  g_test_add_func ("/policy/senders", test_senders);
  ADD ("/policy/access", test_access);
  return g_test_run ();
}
