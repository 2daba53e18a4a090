/* SPDX-License-Identifier: BSD-2-Clause */
/* libFuzzer's entry: VNETC_FUZZ says which target, pipeline (the default), diagram, lock, shell or jailconf. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *target = getenv("VNETC_FUZZ");

	if (target != NULL && strcmp(target, "lock") == 0)
		fuzz_lock(data, size);
	else if (target != NULL && strcmp(target, "shell") == 0)
		fuzz_shell(data, size);
	else if (target != NULL && strcmp(target, "jailconf") == 0)
		fuzz_jailconf(data, size);
	else
		fuzz_pipeline(data, size, target != NULL && strcmp(target, "diagram") == 0);
	return (0);
}
