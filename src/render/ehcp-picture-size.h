/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large a JPEG or PNG picture is, without unpacking it. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EHCP_PICTURE_MAX_PIXELS (100 * 1000 * 1000)

typedef struct
{
  guint width; /* as stored: before it is turned */
  guint height;
  int turn;    /* degrees clockwise: 0, 90, 180 or 270 */
} EhcpPictureSize;

gboolean ehcp_picture_size (GBytes *content, EhcpPictureSize *size);
gboolean ehcp_picture_is_too_large (const EhcpPictureSize *size);

G_END_DECLS
