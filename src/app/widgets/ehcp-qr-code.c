/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the modules that libqrencode gives, in whole pixels. */
#include "ehcp-qr-code.h"

#include <qrencode.h>
#include <string.h>

#define SIDE 222      /* pixels, with the margin */
#define MARGIN 4      /* modules: what the standard asks for */

struct _EhcpQrCode
{
  GtkWidget parent;
  QRcode *code; /* or NULL */
};

G_DEFINE_FINAL_TYPE (EhcpQrCode, ehcp_qr_code, GTK_TYPE_WIDGET)

static void
forget (EhcpQrCode *self)
{
  if (self->code != NULL)
    explicit_bzero (self->code->data, (gsize) self->code->width * (gsize) self->code->width);
  g_clear_pointer (&self->code, QRcode_free);
}

static void
ehcp_qr_code_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SIDE;
}

static void
ehcp_qr_code_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  EhcpQrCode *self = EHCP_QR_CODE (widget);
  const GdkRGBA white = { 1, 1, 1, 1 };
  const GdkRGBA black = { 0, 0, 0, 1 };
  int left = (gtk_widget_get_width (widget) - SIDE) / 2;
  int top = (gtk_widget_get_height (widget) - SIDE) / 2;
  int side, start;

  if (self->code == NULL)
    return;
  side = SIDE / (self->code->width + 2 * MARGIN);
  start = (SIDE - side * self->code->width) / 2;
  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (left, top, SIDE, SIDE));
  for (int y = 0; y < self->code->width; y++)
    for (int x = 0; x < self->code->width; x++)
      if ((self->code->data[y * self->code->width + x] & 1) != 0)
        gtk_snapshot_append_color (snapshot, &black,
                                   &GRAPHENE_RECT_INIT (left + start + x * side, top + start + y * side, side, side));
}

static void
ehcp_qr_code_dispose (GObject *object)
{
  forget (EHCP_QR_CODE (object));
  G_OBJECT_CLASS (ehcp_qr_code_parent_class)->dispose (object);
}

static void
ehcp_qr_code_class_init (EhcpQrCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_qr_code_dispose;
  widget_class->measure = ehcp_qr_code_measure;
  widget_class->snapshot = ehcp_qr_code_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ehcp_qr_code_init (EhcpQrCode *self)
{
}

void
ehcp_qr_code_set_text (EhcpQrCode *self, const char *text)
{
  forget (self);
  if (text != NULL)
    self->code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
