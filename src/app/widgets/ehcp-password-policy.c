/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Password Policy": each rule with a sign and a word, so that nothing is told by colour alone. It reads
 * the fields and keeps no copy of what is in them. */
#include "ehcp-password-policy.h"

#include <glib/gi18n.h>

#define N_RULES 4
#define USUAL_MIN 12
#define USUAL_MAX 128

struct _EhcpPasswordPolicy
{
  AdwBin parent;
  GtkImage *signs[N_RULES];
  GtkLabel *texts[N_RULES];
  GtkLabel *states[N_RULES];
  GtkEditable *password; /* weak */
  GtkEditable *again;    /* weak */
  GStrv personal;
  GStrv local; /* NULL: not known yet */
  int min;
  int max;
};

G_DEFINE_FINAL_TYPE (EhcpPasswordPolicy, ehcp_password_policy, ADW_TYPE_BIN)

static EhcpPasswordMet
check (EhcpPasswordPolicy *policy)
{
  if (policy->password == NULL || policy->again == NULL)
    return 0;
  return ehcp_password_check (gtk_editable_get_text (policy->password),
                              gtk_editable_get_text (policy->again),
                              (const char *const *) policy->personal,
                              (const char *const *) policy->local, policy->min, policy->max);
}

static char *
length_text (EhcpPasswordPolicy *policy)
{
  glong n = policy->password != NULL ? g_utf8_strlen (gtk_editable_get_text (policy->password), -1) : 0;

  if (n > policy->max)
    return g_strdup_printf (_("At most %d characters (%ld so far)"), policy->max, n);
  if (n == 0)
    return g_strdup_printf (_("At least %d characters"), policy->min);
  return g_strdup_printf (_("At least %d characters (%ld so far)"), policy->min, n);
}

static void
update (EhcpPasswordPolicy *policy)
{
  EhcpPasswordMet met = check (policy);
  g_autofree char *length = length_text (policy);

  gtk_label_set_label (policy->texts[0], length);
  for (guint i = 0; i < N_RULES; i++)
    {
      gboolean is_met = (met & (1u << i)) != 0;
      const char *sign_classes[] = { is_met ? "good" : "dim", NULL };
      const char *state_classes[] = { "caption-heading", is_met ? "good" : "dim", NULL };

      gtk_image_set_from_icon_name (policy->signs[i],
                                    is_met ? "ehcp-done-symbolic" : "ehcp-ring-symbolic");
      gtk_widget_set_css_classes (GTK_WIDGET (policy->signs[i]), sign_classes);
      gtk_label_set_label (policy->states[i], is_met ? _("Met") : _("Not yet"));
      gtk_widget_set_css_classes (GTK_WIDGET (policy->states[i]), state_classes);
    }
}

static void
ehcp_password_policy_dispose (GObject *object)
{
  EhcpPasswordPolicy *policy = EHCP_PASSWORD_POLICY (object);

  g_clear_weak_pointer (&policy->password);
  g_clear_weak_pointer (&policy->again);
  G_OBJECT_CLASS (ehcp_password_policy_parent_class)->dispose (object);
}

static void
ehcp_password_policy_finalize (GObject *object)
{
  EhcpPasswordPolicy *policy = EHCP_PASSWORD_POLICY (object);

  g_strfreev (policy->personal);
  g_strfreev (policy->local);
  G_OBJECT_CLASS (ehcp_password_policy_parent_class)->finalize (object);
}

static void
ehcp_password_policy_class_init (EhcpPasswordPolicyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ehcp_password_policy_dispose;
  G_OBJECT_CLASS (klass)->finalize = ehcp_password_policy_finalize;
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_rule (EhcpPasswordPolicy *policy, GtkWidget *box, guint number, const char *text)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  policy->signs[number] = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                        GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  policy->texts[number] = GTK_LABEL (make_label (text, NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (policy->texts[number]), TRUE);
  policy->states[number] = GTK_LABEL (gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (policy->signs[number]));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (policy->texts[number]));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (policy->states[number]));
  gtk_box_append (GTK_BOX (box), line);
}

static void
ehcp_password_policy_init (EhcpPasswordPolicy *policy)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *hint = make_label (_("Three or four words that you can picture make a good password. Spaces "
                                  "are fine. You can paste it from a password manager."),
                                "caption");

  policy->personal = g_new0 (char *, 1);
  policy->min = USUAL_MIN;
  policy->max = USUAL_MAX;
  gtk_box_append (GTK_BOX (box), make_label (_("Password Policy"), "heading"));
  add_rule (policy, box, 0, "");
  add_rule (policy, box, 1, _("Not one of the passwords that many people use"));
  add_rule (policy, box, 2, _("Does not contain your name or e-mail address"));
  add_rule (policy, box, 3, _("Both passwords are the same"));
  gtk_widget_add_css_class (hint, "dim");
  gtk_box_append (GTK_BOX (box), hint);
  adw_bin_set_child (ADW_BIN (policy), box);
  gtk_widget_add_css_class (GTK_WIDGET (policy), "panel");
  update (policy);
}

void
ehcp_password_policy_watch (EhcpPasswordPolicy *policy, GtkEditable *password, GtkEditable *again)
{
  g_set_weak_pointer (&policy->password, password);
  g_set_weak_pointer (&policy->again, again);
  g_signal_connect_object (password, "changed", G_CALLBACK (update), policy, G_CONNECT_SWAPPED);
  g_signal_connect_object (again, "changed", G_CALLBACK (update), policy, G_CONNECT_SWAPPED);
  update (policy);
}

/* NULL: not known yet; the usual limits are shown. */
void
ehcp_password_policy_set_service (EhcpPasswordPolicy *policy, EhcpService *service)
{
  policy->min = service != NULL ? ehcp_service_get_min_password_length (service) : USUAL_MIN;
  policy->max = service != NULL ? ehcp_service_get_max_password_length (service) : USUAL_MAX;
  g_clear_pointer (&policy->local, g_strfreev);
  if (service != NULL)
    policy->local = g_strdupv ((char *[]){ (char *) ehcp_service_get_name (service),
                                           (char *) ehcp_service_get_team (service), NULL });
  update (policy);
}

void
ehcp_password_policy_set_personal (EhcpPasswordPolicy *policy, const char *const *personal)
{
  g_strfreev (policy->personal);
  policy->personal = g_strdupv ((GStrv) personal);
  update (policy);
}

char *
ehcp_password_policy_check_password (EhcpPasswordPolicy *policy)
{
  EhcpPasswordMet met = check (policy);

  if (gtk_editable_get_text (policy->password)[0] == '\0')
    return g_strdup (_("Enter a password"));
  if ((met & EHCP_PASSWORD_LONG) == 0)
    return g_strdup_printf (_("Use a password of %d to %d characters"), policy->min, policy->max);
  if ((met & EHCP_PASSWORD_UNCOMMON) == 0)
    return g_strdup (_("Choose another password: many people use this one or one like it"));
  if ((met & EHCP_PASSWORD_IMPERSONAL) == 0)
    return g_strdup (_("Choose a password without your name or e-mail address"));
  return NULL;
}

char *
ehcp_password_policy_check_again (EhcpPasswordPolicy *policy)
{
  if (gtk_editable_get_text (policy->again)[0] == '\0')
    return g_strdup (_("Enter the same password again"));
  if ((check (policy) & EHCP_PASSWORD_SAME) == 0)
    return g_strdup (_("The two passwords are not the same"));
  return NULL;
}
