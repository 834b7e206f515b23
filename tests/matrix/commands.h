/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may send which command about what: one row for each, in the columns of scene.h:
 *
 *   - nobody      P parent, of another Family, Other parent, Young person, Professional
 *   Caseworker, of another Team, coVering, Manager, Administrator     Withdrawn, Expired, other couNcil
 *
 * Y it is done · C it does not fit the state (conflict): allowed, but not now · 1 not signed in · 3 not allowed · 4 as if
 * it were not there. */
#pragma once

typedef struct
{
  const char *own;     /* about Isla's */
  const char *narrow;  /* about what is Isla's and for her first parent alone; NULL: there is no such thing */
  const char *foreign; /* about Theo's; NULL: it follows, as who is who turns round */
  const char *blind;   /* about what is not there; NULL: it follows: 3 for roles that never may, else 4 */
  int status;          /* of A */
} Expected;

typedef struct
{
  const char *body; /* the placeholders are scene.c's */
  Expected expected;
} CommandRow;

#define ROW(name) static const CommandRow command_##name
#define CASE "'case':'{case}'"
#define TODAY "'2026-11-24'"
#define NOW "'2026-11-24T14:00:00Z'"

ROW (access_activate) = { CASE ",'person':'{accepted}'", { "133333" "Y4YY3" "311" } };
ROW (access_withdraw) = { CASE ",'person':'{person}'", { "133333" "Y4YY3" "311" } };
ROW (account_update) = {
  "'forename':'F','surname':'S','telephone':'1','address':'a','postcode':'M1 1AA'", { "1YYYYY" "YYYYY" "Y11" } };
ROW (assessment_request) = {
  "'composed_at':" NOW ",'definition':'ask@1','answers':'{\\'child-forename\\':\\'N\\',\\'child-surname\\':\\'M\\',"
  "\\'child-birth\\':\\'2021-05-04\\',\\'relationship\\':\\'r\\'}'",
  { "1YYYYY" "33333" "Y11" } };
ROW (case_allocate) = { CASE ",'caseworker':'{sam}'", { "133333" "C4CC3" "311" } };
ROW (case_open) = {
  "'child_forename':'M','child_surname':'M','date_of_birth':'2021-05-04','received':" TODAY ",'request':'{request}',"
  "'checked':'c'",
  { "133333" "YYYY3" "311", NULL, "133333" "YYYY3" "311" } };
ROW (case_reallocate) = { CASE ",'caseworker':'{sam}'", { "133333" "333Y3" "311" } };
ROW (comment_decide) = { CASE ",'comment':'{comment}','state':'accepted'", { "133333" "Y4YY3" "311" } };
/* Covers are seen by all staff; nobody stands in by their own word. */
ROW (cover_set) = {
  "'cover':'{cover}','covered':'{priya}','covering':'{sam}','from':" TODAY ",'until':" TODAY, { "133333" "Y33Y3" "311", NULL, "133333" "C33C3" "311",
                                                                      "133333" "44443" "311" } };
ROW (document_add) = { CASE ",'upload':'{upload}','title':'t','document_kind':'report'", { "1Y4YYY" "33333" "411" } };
ROW (document_publish) = {
  CASE ",'upload':'{upload}','title':'t','document_kind':'letter','issued':" TODAY ",'audience':'staff'",
  { "133333" "Y4YY3" "311" } };
ROW (document_read) = { CASE ",'document':'{document}'", { "1Y4YY4" "Y4YY3" "411", "1Y4444" "Y4YY3" "411" } };
ROW (document_withdraw) = {
  CASE ",'document':'{document}','reason':'r'", { "133333" "Y4YY3" "311", "133333" "Y4YY3" "311" } };
ROW (event_correct) = {
  CASE ",'corrects':'{event}','what':'void','date':" TODAY ",'note':'n'", { "133333" "Y4YY3" "311" } };
ROW (event_record) = { CASE ",'what':'advice-asked','value':'School','date':" TODAY, { "133333" "Y4YY3" "311" } };
ROW (exemption_record) = {
  CASE ",'rule':'final-plan','ground':'personal','date':" TODAY ",'reason':'r'", { "133333" "Y4YY3" "311" } };
ROW (form_accept) = { CASE ",'form':'{submitted}'", { "133333" "Y4YY3" "311" } };
ROW (form_ask) = { CASE ",'definition':'little@1','person':'{person}'", { "133333" "Y4YY3" "311" } };
ROW (form_return) = { CASE ",'form':'{submitted}','reason':'r'", { "133333" "Y4YY3" "311" } };
/* A form is for whom it was asked of; the other adults see it once it is shared. */
ROW (form_save) = { CASE ",'form':'{form}','question':'about','value':'v'", { "1Y4444" "33333" "411" } };
ROW (form_share) = {
  CASE ",'form':'{form}','share':true", { "1Y4444" "33333" "411", NULL, "14C444" "33333" "411" } /* Theo has one parent */
};
ROW (form_start) = { CASE ",'definition':'little@1'", { "1C4YYY" "33333" "411" } };
ROW (form_submit) = { CASE ",'form':'{form}','composed_at':" NOW, { "1Y4444" "33333" "411" } };
ROW (identity_verify) = { CASE ",'person':'{invited}','code':'{unique}','checked':'c'", { "133333" "Y4YY3" "311" } };
/* Of the address to which it was sent, whatever else somebody may see. */
ROW (invitation_answer) = {
  "'invitation':'{invitation}','accept':true,'children':['{child}']", { "1Y4444" "33333" "411" } };
ROW (invitation_open) = { "'code':'{code}'", { "1Y4444" "33333" "411" } };
ROW (message_read) = { CASE ",'message':'{message}'", { "1Y4YY4" "Y4YY3" "411", "1Y4444" "Y4YY3" "411" } };
ROW (message_send) = {
  CASE ",'thread':'{message}','message_type':'Appointment','subject':'s','text':'t','composed_at':" NOW "{audience}",
  { "1Y4YY4" "Y4YY3" "411", "1Y4444" "Y4YY3" "411" } };
ROW (note_add) = { CASE ",'text':'t'", { "133333" "Y4YY3" "311" } };
ROW (person_invite) = {
  CASE ",'forename':'F','surname':'S','email':'new@family.example','relationship':'r'", { "133333" "Y4YY3" "311" } };
ROW (staff_add) = {
  "'role':'caseworker','email':'new@wyreshire.example','forename':'F','surname':'S'", { "133333" "3333Y" "311" } };
/* A family's account is none of the staff. */
ROW (staff_disable) = { "'account':'{account}'", { "133333" "3333Y" "311", NULL, "133333" "33334" "311" } };
ROW (template_remove) = { "'template':'{template}'", { "133333" "333Y3" "311" } };
ROW (template_save) = {
  "'template':'{template}','title':'n','message_type':'Appointment','subject':'s','text':'t'", { "133333" "333Y3" "311" } };

#undef ROW
