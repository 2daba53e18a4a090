/* SPDX-License-Identifier: BSD-2-Clause */
/* As much of FreeBSD's capsicum_helpers(3) as vnetc uses; capability_mode.c does it on Linux. */
#ifndef CAPSICUM_HELPERS_H
#define CAPSICUM_HELPERS_H

#define CAPH_READ 0x0002
#define CAPH_LOOKUP 0x0008

int caph_limit_stream(int fd, int flags);
int caph_limit_stdio(void);

#endif
