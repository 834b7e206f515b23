/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each route answers to whom, in the columns and letters of commands.h, besides:
 *
 *   A the same answer for everybody, token or not: `status`
 */
#pragma once

typedef struct
{
  const char *path; /* the route's, with a placeholder of scene.c in the place of its ID */
  Expected expected;
  const char *body; /* NULL: none */
  const char *headers[4];
} RouteRow;

typedef struct
{
  const char *method;
  const char *pattern;
} RouteName;

#define ROW(name) static const RouteRow route_##name
#define SIGNED_IN "1YYYYY" "YYYYY" "Y11"
#define NOT_THERE "144444" "44444" "411"
#define EVERYBODY(code) { "AAAAAA" "AAAAA" "AAA", NULL, NULL, NULL, code }
#define TUS "Tus-Resumable: 1.0.0"

ROW (get_v1_changes) = { "/v1/changes?limit=1000", { SIGNED_IN } };
/* What a command may be about is commands.h's; here that nobody sends one without a session. */
ROW (put_v1_commands_id) = { "/v1/commands/{new}", { SIGNED_IN },
                             "{'kind':'account.update','forename':'F','surname':'S','telephone':'1','address':'a',"
                             "'postcode':'M1 1AA'}" };
ROW (get_v1_service) = { "/v1/service", EVERYBODY (200) };
/* An id of these is a secret of whoever asked for it, and a session adds nothing to it. */
ROW (post_v1_registrations) = { "/v1/registrations", EVERYBODY (422), "{}" };
ROW (post_v1_registrations_id_verify) = { "/v1/registrations/{new}/verify", EVERYBODY (410),
                                          "{'code':'123456'}" };
ROW (post_v1_registrations_id_resend) = { "/v1/registrations/{new}/resend", EVERYBODY (410), "" };
ROW (post_v1_sign_ins) = { "/v1/sign-ins", EVERYBODY (422), "{}" };
ROW (post_v1_sign_ins_id_finish) = { "/v1/sign-ins/{new}/finish", EVERYBODY (410),
                                     "{'code':'123456','device':'d'}" };
ROW (post_v1_sign_ins_id_authenticator) = { "/v1/sign-ins/{new}/authenticator", EVERYBODY (410),
                                            "{'code':'123456','device':'d'}" };
ROW (post_v1_sign_ins_id_resend) = { "/v1/sign-ins/{new}/resend", EVERYBODY (410), "" };
ROW (post_v1_password_resets) = { "/v1/password-resets", EVERYBODY (422), "{}" };
ROW (post_v1_password_resets_id_finish) = { "/v1/password-resets/{new}/finish", EVERYBODY (410),
                                            "{'code':'123456','password':'orchard gate at seven'}" };
ROW (post_v1_password_resets_id_resend) = { "/v1/password-resets/{new}/resend", EVERYBODY (410), "" };
ROW (post_v1_staff_links_finish) = { "/v1/staff-links/finish", EVERYBODY (422), "{}" };
/* Nobody here has a password: whoever is signed in comes as far as it being wrong. */
ROW (post_v1_password) = { "/v1/password", { "1RRRRR" "RRRRR" "R11" }, "{}" };
/* Staff cannot be without: they may not switch. A family comes as far as nothing being set up: too old. */
ROW (get_v1_authenticator) = { "/v1/authenticator", { SIGNED_IN } };
ROW (post_v1_authenticator) = { "/v1/authenticator", { "1RRRRR" "RRRRR" "R11" }, "{}" };
ROW (post_v1_authenticator_on) = { "/v1/authenticator/on", { "1EEEEE" "33333" "E11" }, "{'code':'123456'}" };
ROW (post_v1_authenticator_off) = { "/v1/authenticator/off", { "1EEEEE" "33333" "E11" }, "{'code':'123456'}" };
ROW (get_v1_sessions) = { "/v1/sessions", { SIGNED_IN } };
ROW (delete_v1_sessions_id) = { "/v1/sessions/{session}", { SIGNED_IN, NULL, NOT_THERE } };
ROW (delete_v1_session) = { "/v1/session", { SIGNED_IN } };
ROW (post_v1_uploads) = { "/v1/uploads", { SIGNED_IN }, "",
                          { TUS, "Upload-Length: 15",
                            "Upload-Metadata: filename YS5wZGY=,sha256 "
                            "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYQ==" } };
ROW (head_v1_uploads_id) = { "/v1/uploads/{open-upload}", { SIGNED_IN, NULL, NOT_THERE }, NULL, { TUS } };
ROW (patch_v1_uploads_id) = { "/v1/uploads/{open-upload}", { SIGNED_IN, NULL, NOT_THERE }, "%PDF-1.4\n%",
                              { TUS, "Upload-Offset: 0", "Content-Type: application/offset+octet-stream" } };
ROW (get_v1_documents_id_content) = { "/v1/documents/{document}/content", { "1Y4YY4" "Y4YY4" "411",
                                        "1Y4444" "Y4YY4" "411" } };
/* Of a case: for the staff who see it alone. */
ROW (get_v1_cases_id_history) = { "/v1/cases/{case}/history", { "144444" "Y4YY4" "411" } };
ROW (get_accept_code) = { "/accept/QQQQWWWW", EVERYBODY (200) };
ROW (get_staff_code) = { "/staff/QQQQWWWW", EVERYBODY (200) };
/* On a listener of their own; on this one they are not there. */
ROW (get_healthz) = { "/healthz", EVERYBODY (404) };
ROW (get_readyz) = { "/readyz", EVERYBODY (404) };
ROW (get_metrics) = { "/metrics", EVERYBODY (404) };

#undef ROW
