/* SPDX-License-Identifier: BSD-2-Clause */
/* As much of FreeBSD's capsicum(4) as vnetc uses; capability_mode.c does it on Linux. */
#ifndef SYS_CAPSICUM_H
#define SYS_CAPSICUM_H

int cap_enter(void);

#endif
