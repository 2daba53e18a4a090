/* SPDX-License-Identifier: BSD-2-Clause */
/* The wire of the language server protocol: JSON-RPC messages behind Content-Length, and places counted in UTF-16. */
#ifndef CMD_LSP_WIRE_H
#define CMD_LSP_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <jansson.h>

/* The next message; NULL at the end of input or when it is none (*broken says which). The caller owns it. */
json_t *wire_read(FILE *, bool *broken);
/* Writes a message and gives up its reference. */
void wire_write(FILE *, json_t *);
void wire_answer(FILE *, json_t *id, json_t *result);           /* gives up result; id stays the caller's */
void wire_error(FILE *, json_t *id, int code, const char *text);

/* The place {line, character} of a byte, and back. Lines end at \n. */
json_t *wire_position(const char *text, size_t len, size_t off);
size_t wire_offset(const char *text, size_t len, json_t *position);
json_t *wire_range(const char *text, size_t len, size_t off, size_t n);

#endif
