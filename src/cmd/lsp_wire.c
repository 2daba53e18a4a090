/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading and writing messages of the language server protocol. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cmd/lsp_wire.h"

#define MESSAGE_MAX ((size_t)64 << 20)

json_t *
wire_read(FILE *in, bool *broken)
{
	char line[256], *body;
	size_t len = 0;
	json_t *message;

	*broken = false;
	while (fgets(line, sizeof(line), in) != NULL && strcmp(line, "\r\n") != 0 && strcmp(line, "\n") != 0)
		if (strncasecmp(line, "Content-Length:", 15) == 0)
			len = strtoul(line + 15, NULL, 10);
	if (feof(in) || ferror(in))
		return (NULL);
	*broken = true;
	if (len == 0 || len > MESSAGE_MAX)
		return (NULL);
	body = malloc(len);
	if (body == NULL)
		return (NULL);
	message = fread(body, 1, len, in) == len ? json_loadb(body, len, 0, NULL) : NULL;
	free(body);
	*broken = message == NULL;
	return (message);
}

void
wire_write(FILE *out, json_t *message)
{
	char *text = json_dumps(message, JSON_COMPACT);

	if (text != NULL) {
		fprintf(out, "Content-Length: %zu\r\n\r\n%s", strlen(text), text);
		fflush(out);
	}
	free(text);
	json_decref(message);
}

void
wire_answer(FILE *out, json_t *id, json_t *result)
{
	wire_write(out, json_pack("{s:s, s:O, s:o}", "jsonrpc", "2.0", "id", id, "result", result));
}

void
wire_error(FILE *out, json_t *id, int code, const char *text)
{
	wire_write(out, json_pack("{s:s, s:O?, s:{s:i, s:s}}", "jsonrpc", "2.0", "id", id, "error", "code", code, "message", text));
}

/* Code points past U+FFFF are two units in UTF-16; in UTF-8 they are those of four bytes. */
static unsigned
units(unsigned char lead)
{
	return ((lead & 0xc0) == 0x80 ? 0 : lead >= 0xf0 ? 2 : 1);
}

json_t *
wire_position(const char *text, size_t len, size_t off)
{
	size_t line = 0, start = 0;
	unsigned character = 0;

	if (off > len)
		off = len;
	for (size_t i = 0; i < off; i++) {
		if (text[i] == '\n') {
			line++;
			start = i + 1;
		}
	}
	for (size_t i = start; i < off; i++)
		character += units((unsigned char)text[i]);
	return (json_pack("{s:i, s:i}", "line", (int)line, "character", (int)character));
}

size_t
wire_offset(const char *text, size_t len, json_t *position)
{
	json_int_t line = json_integer_value(json_object_get(position, "line"));
	json_int_t character = json_integer_value(json_object_get(position, "character"));
	size_t i = 0;

	for (; line > 0 && i < len; i++)
		if (text[i] == '\n')
			line--;
	while (i < len && text[i] != '\n' && character > 0) {
		character -= units((unsigned char)text[i++]);
		while (i < len && ((unsigned char)text[i] & 0xc0) == 0x80)
			i++;
	}
	return (i);
}

json_t *
wire_range(const char *text, size_t len, size_t off, size_t n)
{
	return (json_pack("{s:o, s:o}", "start", wire_position(text, len, off), "end", wire_position(text, len, off + n)));
}
