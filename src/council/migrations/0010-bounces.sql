-- SPDX-License-Identifier: GPL-3.0-or-later
-- When an e-mail to this address last came back, or was refused by the relay for good.
ALTER TABLE kind_contact ADD COLUMN "bounced_at" TEXT;
