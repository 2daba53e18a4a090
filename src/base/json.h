/* SPDX-License-Identifier: BSD-2-Clause */
/* A streaming JSON writer: commas, indentation and escapes are its work. Control and bidi characters are written \u00XX. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct json { FILE *out; bool pretty; int depth; bool first[64]; bool after_key; };

void json_begin(struct json *, FILE *, bool pretty);
void json_object_begin(struct json *);
void json_object_end(struct json *);
void json_array_begin(struct json *);
void json_array_end(struct json *);
void json_key(struct json *, const char *);
void json_text(struct json *, const char *);          /* NULL: null */
void json_int(struct json *, int64_t);
void json_bool(struct json *, bool);
void json_none(struct json *);
/* key and value at once */
void json_member(struct json *, const char *key, const char *value);
void json_member_int(struct json *, const char *key, int64_t);
void json_member_bool(struct json *, const char *key, bool);

#endif
