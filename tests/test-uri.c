/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses of councils and the links of e-mails: what is taken, and above all what is not. */
#include "ehcp-uri.h"

static const struct
{
  const char *typed;
  const char *normalised; /* NULL: refused */
} councils[] = {
  { "https://send.wyreshire.example", "https://send.wyreshire.example" },
  { "  send.wyreshire.example/ ", "https://send.wyreshire.example" },
  { "HTTPS://Send.Wyreshire.Example", "https://send.wyreshire.example" },
  { "https://send.wyreshire.example:8443/portal/", "https://send.wyreshire.example:8443/portal" },
  { "http://127.0.0.1:8480", "http://127.0.0.1:8480" },
  { "http://localhost:8480/", "http://localhost:8480" },
  { "http://[::1]:8480", "http://[::1]:8480" },
  { "http://send.wyreshire.example", NULL },
  { "http://127.0.0.1.evil.example", NULL },
  { "https://name:word@send.wyreshire.example", NULL },
  { "https://send.wyreshire.example/?a=b", NULL },
  { "https://send.wyreshire.example/#top", NULL },
  { "ftp://send.wyreshire.example", NULL },
  { "file:///etc/passwd", NULL },
  { "Wyreshire Council", NULL },
  { "wyreshire", NULL },
  { "https://", NULL },
  { "", NULL },
};

static void
test_council (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (councils); i++)
    {
      g_autofree char *got = ehcp_uri_normalise_council (councils[i].typed);

      g_assert_cmpstr (got, ==, councils[i].normalised);
    }
}

static const struct
{
  const char *text;
  EhcpUriKind kind;
  const char *council;
  const char *code;
} links[] = {
  { "ehcp-portal:accept?council=https%3A%2F%2Fsend.wyreshire.example&code=K7QM-4XHD", EHCP_URI_ACCEPT,
    "https://send.wyreshire.example", "K7QM4XHD" },
  { "ehcp-portal:accept?code=k7qm4xhd&council=http://127.0.0.1:8480", EHCP_URI_ACCEPT,
    "http://127.0.0.1:8480", "K7QM4XHD" },
  { "ehcp-portal:staff?council=https://send.wyreshire.example&code=Zx9_-abc", EHCP_URI_STAFF,
    "https://send.wyreshire.example", "Zx9_-abc" },
};

static void
test_links (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr (EhcpUri) uri = ehcp_uri_parse (links[i].text);

      g_assert_nonnull (uri);
      g_assert_cmpint (uri->kind, ==, links[i].kind);
      g_assert_cmpstr (uri->council, ==, links[i].council);
      g_assert_cmpstr (uri->code, ==, links[i].code);
    }
}

static void
test_refused (void)
{
  static const char *const refused[] = {
    "",
    "ehcp-portal:",
    "ehcp-portal:accept",
    "ehcp-portal:accept?",
    "ehcp-portal:accept?council=https://a.example",
    "ehcp-portal:accept?code=K7QM4XHD",
    "ehcp-portal:accept?council=https://a.example&code=K7QM4XH",
    "ehcp-portal:accept?council=https://a.example&code=K7QM4XH0",
    "ehcp-portal:accept?council=http://a.example&code=K7QM4XHD",
    "ehcp-portal:accept?council=https://a.example&code=K7QM4XHD&code=K7QM4XHD",
    "ehcp-portal:accept?council=https://a.example&code=K7QM4XHD&more=1",
    "ehcp-portal:accept?council=https://a.example&code=K7QM4XHD#end",
    "ehcp-portal://accept?council=https://a.example&code=K7QM4XHD",
    "ehcp-portal:delete?council=https://a.example&code=K7QM4XHD",
    "ehcp-portal:staff?council=https://a.example&code=../../v1",
    "ehcp-portal:staff?council=https://a.example&code=",
    "https:accept?council=https://a.example&code=K7QM4XHD",
    "ehcp-portal:accept?council=https%3A%2F%2Fa.example%00&code=K7QM4XHD",
    "--council",
    "/etc/passwd",
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (EhcpUri) uri = ehcp_uri_parse (refused[i]);

      g_assert_null (uri);
    }
}

static void
test_too_long (void)
{
  g_autofree char *many = g_strnfill (5000, 'a');
  g_autofree char *text = g_strdup_printf ("ehcp-portal:staff?council=https://a.example&code=%s", many);
  g_autoptr (EhcpUri) uri = ehcp_uri_parse (text);

  g_assert_null (uri);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/uri/council", test_council);
  g_test_add_func ("/uri/links", test_links);
  g_test_add_func ("/uri/refused", test_refused);
  g_test_add_func ("/uri/too-long", test_too_long);
  return g_test_run ();
}
