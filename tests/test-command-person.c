/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way into a case: invited, verified, answered, activated, withdrawn. */
#include "council-fixture.h"

#include "ehcp-error.h"
#include "ehcp-invitation.h"
#include "ehcp-text.h"

#include <string.h>

#define DAY_S (24 * 60 * 60)
#define HELEN "helen.marlow@family.example"
#define ABSENT "99999999-9999-4999-8999-999999999999"

static void
assert_access (CouncilFixture *f, const char *person, const char *access)
{
  g_autoptr (EhcpRecord) record = council_find (f, EHCP_KIND_PERSON, person);

  g_assert_cmpstr (ehcp_record_get_text (record, "access"), ==, access);
}

static void
verify_refused (CouncilFixture *f, const char *case_id, const char *person, const char *code,
                EhcpError why, const char *field)
{
  council_refused (f, &f->priya, why, field,
                   "{'kind':'identity.verify','case':'%s','person':'%s','code':'%s','checked':'c'}",
                   case_id, person, code);
}

static void
test_invite (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *person = council_invite (f, case_id, "Helen.Marlow@family.example", FALSE);
  g_autofree char *mail = council_mail (f, HELEN, "unique-code");
  g_autofree char *code = council_unique_code (f, HELEN);
  g_autofree char *plain = ehcp_text_normalise_unique_code (code);
  g_autoptr (EhcpRecord) contact = council_find_where (f, EHCP_KIND_CONTACT, "person", person);

  assert_access (f, person, "invited");
  g_assert_cmpstr (ehcp_record_get_text (contact, "email"), ==, HELEN);
  g_assert_cmpstr (ehcp_record_get_text (contact, "audience"), ==, "staff");
  g_assert_null (strstr (mail, "Isla"));
  g_assert_null (strstr (mail, "WY-2026"));
  g_assert_cmpint (council_sql (f, "SELECT count (*) FROM unique_code"), ==, 1);
  g_assert_false (council_sees (f, &f->helen, EHCP_KIND_PERSON, person));
  {
    g_autoptr (GError) error = NULL;
    EhcpDb *db = ehcp_council_get_reader (f->council, &error);
    g_autofree char *stored = ehcp_db_get_text (db, &error, "SELECT code FROM unique_code", "");

    g_assert_null (strstr (stored, plain));
    g_assert_cmpuint (strlen (stored), ==, 64);
  }
}

static void
test_invite_refused (CouncilFixture *f, gconstpointer data)
{
  static const char format[] = "{'kind':'person.invite','case':'%s','forename':'A','surname':'B',"
                               "'email':'%s','relationship':'Carer'}";
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *other = council_open_case (f, "Theo", "2026-09-07");
  g_autofree char *person = council_invite (f, case_id, HELEN, FALSE);
  g_autofree char *second = council_invite (f, other, HELEN, FALSE);
  g_autoptr (JsonObject) withdrawn = NULL;
  g_autofree char *again = NULL;

  council_refused (f, &f->priya, EHCP_ERROR_MALFORMED, "/email", format, case_id, "helen at home");
  council_refused (f, &f->priya, EHCP_ERROR_CONFLICT, "/email", format, case_id,
                   "HELEN.marlow@family.example");
  withdrawn = council_send (f, &f->priya, NULL, "{'kind':'access.withdraw','case':'%s','person':'%s'}",
                            case_id, person);
  again = council_invite (f, case_id, HELEN, FALSE);
  g_assert_cmpstr (again, !=, person);
  g_assert_cmpuint (council_count_mails (f, HELEN, "withdrawn"), ==, 0);
}

static void
test_verify (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *person = council_invite (f, case_id, HELEN, FALSE);
  g_autofree char *other = council_invite (f, case_id, "david.marlow@family.example", FALSE);
  g_autofree char *code = council_unique_code (f, HELEN);
  g_autofree char *theirs = council_unique_code (f, "david.marlow@family.example");
  g_autofree char *typed = g_ascii_strdown (code, -1);
  g_autofree char *mail = NULL;
  g_autoptr (JsonObject) result = NULL;

  verify_refused (f, case_id, person, "AAAA-AAAA", EHCP_ERROR_WRONG_CODE, "/code");
  verify_refused (f, case_id, person, "12", EHCP_ERROR_WRONG_CODE, "/code");
  verify_refused (f, case_id, person, theirs, EHCP_ERROR_WRONG_CODE, "/code");
  verify_refused (f, case_id, ABSENT, code, EHCP_ERROR_NOT_FOUND, "/person");
  assert_access (f, person, "invited");
  g_assert_cmpuint (council_count_mails (f, HELEN, "invitation"), ==, 0);

  result = council_send (f, &f->priya, NULL,
                         "{'kind':'identity.verify','case':'%s','person':'%s','code':' %s ',"
                         "'checked':'Date of birth and address'}",
                         case_id, person, typed);
  assert_access (f, person, "verified");
  mail = council_mail (f, HELEN, "invitation");
  g_assert_nonnull (strstr (mail, "Accept Portal Invitation"));
  g_assert_null (strstr (mail, "Isla"));
  {
    g_autoptr (EhcpRecord) contact = council_find_where (f, EHCP_KIND_CONTACT, "person", person);

    g_assert_cmpstr (ehcp_record_get_text (contact, "checked"), ==, "Date of birth and address");
    g_assert_true (ehcp_record_has (contact, "invited_at"));
  }
}

static void
test_code_expires (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *person = council_invite (f, case_id, HELEN, FALSE);
  g_autofree char *code = council_unique_code (f, HELEN);

  ehcp_clock_advance (f->clock, 90 * DAY_S);
  verify_refused (f, case_id, person, code, EHCP_ERROR_EXPIRED, "/code");
}

static void
test_open (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *person = council_invite (f, case_id, HELEN, FALSE);
  g_autofree char *code = NULL;
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (EhcpRecord) child = NULL;
  const char *invitation;

  council_verify (f, case_id, person, HELEN);
  code = council_link_code (f, HELEN);
  /* Whoever has the letter but not the address finds nothing. */
  council_refused (f, &f->david, EHCP_ERROR_NOT_FOUND, "/code", "{'kind':'invitation.open','code':'%s'}",
                   code);
  council_refused (f, &f->helen, EHCP_ERROR_NOT_FOUND, "/code",
                   "{'kind':'invitation.open','code':'AAAAAAAA'}");

  result = council_send (f, &f->helen, NULL, "{'kind':'invitation.open','code':'%s'}", code);
  invitation = ehcp_json_get_text (result, "invitation");
  child = council_find_where (f, EHCP_KIND_INVITATION_CHILD, "invitation", invitation);
  g_assert_cmpstr (ehcp_record_get_text (child, "child_forename"), ==, "Isla");
  g_assert_cmpstr (ehcp_record_get_text (child, "state"), ==, "open");
  g_assert_true (council_sees (f, &f->helen, EHCP_KIND_INVITATION, invitation));
  g_assert_true (council_sees (f, &f->helen, EHCP_KIND_INVITATION_CHILD, ehcp_record_get_id (child)));
  g_assert_false (council_sees (f, &f->david, EHCP_KIND_INVITATION, invitation));
  g_assert_false (council_sees (f, &f->priya, EHCP_KIND_INVITATION_CHILD, ehcp_record_get_id (child)));
  g_assert_false (council_sees (f, &f->helen, EHCP_KIND_CASE, case_id));
}

/* One family, two children: one invitation, and both codes open it. */
static void
test_two_children (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *isla = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *theo = council_open_case (f, "Theo", "2026-10-07");
  g_autofree char *of_isla = council_invite (f, isla, HELEN, FALSE);
  g_autofree char *first = NULL;
  g_autofree char *of_theo = NULL;
  g_autoptr (JsonObject) opened = NULL;
  g_autoptr (JsonObject) answered = NULL;
  g_autoptr (GPtrArray) children = NULL;
  g_autoptr (GError) error = NULL;
  const char *invitation, *accepted = NULL;

  council_verify (f, isla, of_isla, HELEN);
  first = council_link_code (f, HELEN);
  of_theo = council_invite (f, theo, HELEN, FALSE);
  council_verify (f, theo, of_theo, HELEN);

  opened = council_send (f, &f->helen, NULL, "{'kind':'invitation.open','code':'%s'}", first);
  invitation = ehcp_json_get_text (opened, "invitation");
  children = ehcp_store_list_where (ehcp_council_get_reader (f->council, &error),
                                    EHCP_KIND_INVITATION_CHILD, "invitation", invitation, &error);
  g_assert_cmpuint (children->len, ==, 2);
  for (guint i = 0; i < children->len; i++)
    if (g_str_equal (ehcp_record_get_text (children->pdata[i], "person"), of_isla))
      accepted = ehcp_record_get_id (children->pdata[i]);
  answered = council_send (f, &f->helen, NULL,
                           "{'kind':'invitation.answer','invitation':'%s','accept':true,"
                           "'children':['%s']}",
                           invitation, accepted);
  assert_access (f, of_isla, "accepted");
  assert_access (f, of_theo, "declined");
  g_assert_cmpuint (council_count_mails (f, HELEN, "invitation-answered"), ==, 1);
  council_refused (f, &f->priya, EHCP_ERROR_CONFLICT, "/person",
                   "{'kind':'access.activate','case':'%s','person':'%s'}", theo, of_theo);
}

static void
test_answer_refused (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *person = council_invite (f, case_id, HELEN, FALSE);
  g_autoptr (EhcpRecord) invitation = NULL;
  g_autoptr (EhcpRecord) child = NULL;
  g_autoptr (JsonObject) no = NULL;
  const char *id;

  council_verify (f, case_id, person, HELEN);
  invitation = council_find_where (f, EHCP_KIND_INVITATION, "email", HELEN);
  g_assert_nonnull (invitation); /* the account was there already: no code is needed */
  id = ehcp_record_get_id (invitation);
  child = council_find_where (f, EHCP_KIND_INVITATION_CHILD, "invitation", id);

#define REFUSED(actor, code, field, ...)                                                            \
  council_refused (f, actor, code, field, "{'kind':'invitation.answer','invitation':'%s',%s}", \
                   __VA_ARGS__)
  REFUSED (&f->helen, EHCP_ERROR_MISSING, "/children", id, "'accept':true");
  REFUSED (&f->helen, EHCP_ERROR_MISSING, "/children", id, "'accept':true,'children':[]");
  REFUSED (&f->helen, EHCP_ERROR_NOT_FOUND, "/children/0", id, "'accept':true,'children':['" ABSENT "']");
  REFUSED (&f->helen, EHCP_ERROR_RANGE, "/children", id, "'accept':false,'children':['" ABSENT "']");
  REFUSED (&f->david, EHCP_ERROR_NOT_FOUND, "/invitation", id, "'accept':false");
  REFUSED (&f->helen, EHCP_ERROR_NOT_FOUND, "/invitation", ABSENT, "'accept':false");
  REFUSED (&f->helen, EHCP_ERROR_STALE, "/base", id, "'accept':false,'base':1");
  no = council_send (f, &f->helen, NULL, "{'kind':'invitation.answer','invitation':'%s','accept':false}",
                     id);
  assert_access (f, person, "declined");
  REFUSED (&f->helen, EHCP_ERROR_CONFLICT, "/invitation", id, "'accept':false");

  /* Declined by mistake: the caseworker verifies once more, and a new invitation goes out. */
  council_verify (f, case_id, person, HELEN);
  council_accept (f, &f->helen);
  assert_access (f, person, "accepted");
#undef REFUSED
}

static void
test_activate (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *person = council_invite (f, case_id, HELEN, FALSE);
  g_autofree char *mail = NULL;
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (EhcpRecord) child = NULL;

  council_refused (f, &f->priya, EHCP_ERROR_CONFLICT, "/person",
                   "{'kind':'access.activate','case':'%s','person':'%s'}", case_id, person);
  council_verify (f, case_id, person, HELEN);
  council_accept (f, &f->helen);
  g_assert_false (council_sees (f, &f->helen, EHCP_KIND_CASE, case_id));
  result = council_send (f, &f->priya, NULL, "{'kind':'access.activate','case':'%s','person':'%s'}",
                         case_id, person);
  assert_access (f, person, "active");
  g_assert_true (council_sees (f, &f->helen, EHCP_KIND_CASE, case_id));
  g_assert_true (council_sees (f, &f->helen, EHCP_KIND_PERSON, person));
  child = council_find_where (f, EHCP_KIND_INVITATION_CHILD, "person", person);
  g_assert_cmpstr (ehcp_record_get_text (child, "state"), ==, "active");
  mail = council_mail (f, HELEN, "activated");
  g_assert_null (strstr (mail, "Isla"));
  g_assert_cmpint (council_sql (f, "SELECT count (*) FROM unique_code"), ==, 0);
}

static void
test_professional (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *person = council_join (f, case_id, &f->senco, TRUE);
  g_autoptr (EhcpRecord) deadline = council_first (f, EHCP_KIND_DEADLINE, case_id);
  g_autoptr (EhcpRecord) event = council_first (f, EHCP_KIND_EVENT, case_id);
  g_autoptr (JsonObject) result = NULL;

  g_assert_true (council_sees (f, &f->senco, EHCP_KIND_CASE, case_id));
  g_assert_false (council_sees (f, &f->senco, EHCP_KIND_DEADLINE, ehcp_record_get_id (deadline)));
  g_assert_false (council_sees (f, &f->senco, EHCP_KIND_EVENT, ehcp_record_get_id (event)));
  result = council_send (f, &f->priya, NULL, "{'kind':'access.withdraw','case':'%s','person':'%s'}",
                         case_id, person);
  g_assert_false (council_sees (f, &f->senco, EHCP_KIND_CASE, case_id));
  {
    g_autoptr (EhcpRecord) of_case = council_find (f, EHCP_KIND_CASE, case_id);
    const char *const *named = ehcp_record_get_list (of_case, "named");

    g_assert_true (named == NULL || named[0] == NULL);
  }
}

static void
test_withdraw (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *person = council_join (f, case_id, &f->helen, FALSE);
  g_autoptr (JsonObject) result = NULL;
  g_autofree char *again = NULL;

  result = council_send (f, &f->priya, NULL,
                         "{'kind':'access.withdraw','case':'%s','person':'%s','reason':'By order'}",
                         case_id, person);
  assert_access (f, person, "withdrawn");
  g_assert_false (council_sees (f, &f->helen, EHCP_KIND_CASE, case_id));
  g_assert_false (council_sees (f, &f->helen, EHCP_KIND_PERSON, person));
  g_assert_cmpuint (council_count_mails (f, HELEN, "withdrawn"), ==, 1);
  council_refused (f, &f->priya, EHCP_ERROR_CONFLICT, "/person",
                   "{'kind':'access.withdraw','case':'%s','person':'%s'}", case_id, person);

  again = council_join (f, case_id, &f->helen, FALSE);
  g_assert_true (council_sees (f, &f->helen, EHCP_KIND_CASE, case_id));
  g_assert_true (council_sees (f, &f->helen, EHCP_KIND_PERSON, again));
}

/* Withdrawn on the way: the link in the letter stops working. */
static void
test_withdraw_invited (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *person = council_invite (f, case_id, HELEN, FALSE);
  g_autofree char *code = NULL;
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (EhcpRecord) invitation = NULL;
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (f->council, &error);

  council_verify (f, case_id, person, HELEN);
  code = council_link_code (f, HELEN);
  g_assert_true (ehcp_invitation_find_code (f->council, db, code, &error));
  result = council_send (f, &f->priya, NULL, "{'kind':'access.withdraw','case':'%s','person':'%s'}",
                         case_id, person);
  g_assert_false (ehcp_invitation_find_code (f->council, db, code, &error));
  g_assert_no_error (error);
  council_refused (f, &f->helen, EHCP_ERROR_NOT_FOUND, "/code", "{'kind':'invitation.open','code':'%s'}",
                   code);
  invitation = council_find_where (f, EHCP_KIND_INVITATION, "email", HELEN);
  g_assert_cmpstr (ehcp_record_get_text (invitation, "state"), ==, "withdrawn");
}

static gboolean
expire (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_invitation_expire (council, db, error);
}

static void
test_invitation_expires (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *person = council_invite (f, case_id, HELEN, FALSE);
  g_autofree char *code = NULL;
  g_autoptr (EhcpRecord) before = NULL;
  g_autoptr (EhcpRecord) after = NULL;
  g_autoptr (GError) error = NULL;

  council_verify (f, case_id, person, HELEN);
  code = council_link_code (f, HELEN);
  before = council_find_where (f, EHCP_KIND_INVITATION, "email", HELEN);
  ehcp_clock_advance (f->clock, 28 * DAY_S);
  council_refused (f, &f->helen, EHCP_ERROR_EXPIRED, "/code", "{'kind':'invitation.open','code':'%s'}",
                   code);
  council_refused (f, &f->helen, EHCP_ERROR_EXPIRED, "/invitation",
                   "{'kind':'invitation.answer','invitation':'%s','accept':false}",
                   ehcp_record_get_id (before));
  ehcp_council_write_sync (f->council, expire, NULL, &error);
  g_assert_no_error (error);
  after = council_find (f, EHCP_KIND_INVITATION, ehcp_record_get_id (before));
  g_assert_cmpstr (ehcp_record_get_text (after, "state"), ==, "expired");
  g_assert_true (council_sees (f, &f->helen, EHCP_KIND_INVITATION, ehcp_record_get_id (before)));

  council_verify (f, case_id, person, HELEN);
  council_accept (f, &f->helen);
  assert_access (f, person, "accepted");
}

typedef struct
{
  EhcpRecord *account;
  gint64 seq; /* after it */
} SignIn;

static gboolean
attach (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  SignIn *sign_in = data;

  if (!ehcp_invitation_attach (council, db, sign_in->account, error))
    return FALSE;
  sign_in->seq = ehcp_store_get_seq (db, error);
  return TRUE;
}

/* Invited before there was an account: the sign-in shows the invitation, once. */
static void
test_attach (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *person = council_invite (f, case_id, "new@family.example", FALSE);
  g_autoptr (EhcpRecord) none = NULL;
  g_autoptr (EhcpRecord) invitation = NULL;
  g_autoptr (EhcpRecord) account = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_ACCOUNT));
  EhcpActorId actor = { .role = EHCP_ROLE_FAMILY };
  g_autoptr (GError) error = NULL;
  SignIn first = { .account = account }, second = { .account = account };

  council_verify (f, case_id, person, "new@family.example");
  none = council_find_where (f, EHCP_KIND_INVITATION, "email", "new@family.example");
  g_assert_null (none);

  g_strlcpy (actor.account, "55555555-5555-4555-8555-555555555555", sizeof actor.account);
  ehcp_record_set_text (account, "id", actor.account);
  ehcp_record_set_text (account, "email", "new@family.example");
  ehcp_council_write_sync (f->council, attach, &first, &error);
  g_assert_no_error (error);
  invitation = council_find_where (f, EHCP_KIND_INVITATION, "email", "new@family.example");
  g_assert_true (council_sees (f, &actor, EHCP_KIND_INVITATION, ehcp_record_get_id (invitation)));
  ehcp_council_write_sync (f->council, attach, &second, &error);
  g_assert_no_error (error);
  g_assert_cmpint (first.seq, ==, second.seq);
}

static void
test_account (CouncilFixture *f, gconstpointer data)
{
  static const char format[] = "{'kind':'account.update','forename':'Helen','surname':'Marlow-Day',"
                               "'telephone':'01632 960 733','address':'18 Orchard Row','postcode':'%s'%s}";
  g_autoptr (EhcpRecord) before = council_find (f, EHCP_KIND_ACCOUNT, f->helen.account);
  g_autoptr (EhcpRecord) after = NULL;
  g_autoptr (JsonObject) result = NULL;

  council_refused (f, &f->helen, EHCP_ERROR_MALFORMED, "/postcode", format, "WY4", "");
  council_refused (f, &f->helen, EHCP_ERROR_STALE, "/base", format, "WY4 2QR", ",'base':0");
  result = council_send (f, &f->helen, NULL, format, "wy42qr", "");
  after = council_find (f, EHCP_KIND_ACCOUNT, f->helen.account);
  g_assert_cmpstr (ehcp_record_get_text (after, "surname"), ==, "Marlow-Day");
  g_assert_cmpstr (ehcp_record_get_text (after, "postcode"), ==, "WY4 2QR");
  g_assert_cmpstr (ehcp_record_get_text (after, "email"), ==, HELEN);
  g_assert_true (council_sees (f, &f->helen, EHCP_KIND_ACCOUNT, f->helen.account));
  g_assert_false (council_sees (f, &f->david, EHCP_KIND_ACCOUNT, f->helen.account));
}

static void
test_account_of_caseworker (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autoptr (JsonObject) allocated = NULL;
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (EhcpRecord) of_case = NULL;

  allocated = council_send (f, &f->priya, NULL,
                            "{'kind':'case.allocate','case':'%s','caseworker':'%s'}", case_id,
                            f->priya.account);
  result = council_send (f, &f->priya, NULL,
                         "{'kind':'account.update','forename':'Priya','surname':'Shah',"
                         "'telephone':'01632 960 418','address':'Town Hall','postcode':'WY1 1AA'}");
  of_case = council_find (f, EHCP_KIND_CASE, case_id);
  g_assert_cmpstr (ehcp_record_get_text (of_case, "caseworker_name"), ==, "Priya Shah");
  g_assert_cmpstr (ehcp_record_get_text (of_case, "caseworker_telephone"), ==, "01632 960 418");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) \
  g_test_add ("/command/person" path, CouncilFixture, NULL, council_fixture_set_up, test, \
              council_fixture_tear_down)
  ADD ("/invite", test_invite);
  ADD ("/invite-refused", test_invite_refused);
  ADD ("/verify", test_verify);
  ADD ("/code-expires", test_code_expires);
  ADD ("/open", test_open);
  ADD ("/two-children", test_two_children);
  ADD ("/answer-refused", test_answer_refused);
  ADD ("/activate", test_activate);
  ADD ("/professional", test_professional);
  ADD ("/withdraw", test_withdraw);
  ADD ("/withdraw-invited", test_withdraw_invited);
  ADD ("/invitation-expires", test_invitation_expires);
  ADD ("/attach", test_attach);
  ADD ("/account", test_account);
  ADD ("/account-of-caseworker", test_account_of_caseworker);
  return g_test_run ();
}
