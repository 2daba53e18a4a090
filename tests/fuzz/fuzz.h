/* SPDX-License-Identifier: BSD-2-Clause */
/* The fuzzing targets: what each does with one input. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void fuzz_pipeline(const uint8_t *, size_t, bool drawing);      /* drawing: the diagrams as well, which take most of the time */
void fuzz_lock(const uint8_t *, size_t);
void fuzz_shell(const uint8_t *, size_t);
void fuzz_jailconf(const uint8_t *, size_t);

#endif
