/* SPDX-License-Identifier: BSD-2-Clause */
/* The field table as vnetc.yaml(5), in mdoc. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "decl/reference.h"

#define WIDTH 74                /* mandoc -T lint objects to lines over 80 bytes */

/* A word of the reference's Markdown as roff: `x` bold, a link its text. in_code: between two backquotes. */
static void
add_word(struct text *line, const char *s, size_t n, bool *in_code)
{
	if (line->n == 0 && n > 0 && (s[0] == '.' || s[0] == '\''))
		text_add(line, "\\&");
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '`') {
			text_add(line, *in_code ? "\\fR" : "\\fB");
			*in_code = !*in_code;
		} else if (n - i >= 7 && strncmp(s + i, "FreeBSD", 7) == 0) {
			text_add(line, "Free\\&BSD");    /* mandoc asks for .Fx, which is no word of a sentence */
			i += 6;
		} else if (s[i] == '\\')
			text_add(line, "\\e");
		else if (s[i] == '-' && *in_code)
			text_add(line, "\\-");
		else if (s[i] == ']' && s[i + 1] == '(')
			i += strcspn(s + i, ")");
		else if (s[i] != '[' || *in_code)
			text_addn(line, s + i, 1);
	}
}

static void
end_line(struct arena *a, struct text *line, FILE *out)
{
	if (line->n > 0)
		fprintf(out, "%s\n", text_end(line));
	*line = (struct text){ .arena = a };
}

/* Running text, a sentence to a line. */
static void
write_text(struct arena *a, const char *s, FILE *out)
{
	struct text line = { .arena = a };
	bool in_code = false;

	while (*s != '\0') {
		size_t n = strcspn(s, " ");

		if (line.n > 0 && line.n + n + 1 > WIDTH)
			end_line(a, &line, out);
		if (line.n > 0)
			text_add(&line, " ");
		add_word(&line, s, n, &in_code);
		if (s[n] == ' ' && n > 1 && s[n - 1] == '.' && !in_code)
			end_line(a, &line, out);
		s += n + strspn(s + n, " ");
	}
	end_line(a, &line, out);
}

static void
write_field(struct arena *a, const struct field *f, FILE *out)
{
	fprintf(out, ".It Cm %s\n", f->key);
	write_text(a, f->doc, out);
	write_text(a, arena_printf(a, "Takes %s%s", field_type(a, f), f->flags & FIELD_REQUIRED ? "; must be given." : "."), out);
	if (f->preset != NULL)
		write_text(a, arena_printf(a, "Default: %s.", f->preset), out);
	if (f->releases != NULL)
		fprintf(out, "From\n.Fx %s\non.\n", f->releases);
	fputs(".Bd -literal -offset indent\n", out);
	for (const char *s = f->example; *s != '\0'; s++) {
		if (s == f->example && (*s == '.' || *s == '\''))
			fputs("\\&", out);
		fputs(*s == '\\' ? "\\e" : *s == '-' ? "\\-" : (char[]){ *s, '\0' }, out);
	}
	fputs("\n.Ed\n", out);
}

void
manual_write(FILE *out)
{
	struct arena *a = arena_new();

	fputs(".\\\" SPDX-License-Identifier: BSD-2-Clause\n.\\\" Made from src/decl/tables.c; edits are lost.\n"
	      ".Dd November 24, 2026\n.Dt VNETC.YAML 5\n.Os\n"
	      ".Sh NAME\n.Nm vnetc.yaml\n.Nd the topology of a host and its jails\n"
	      ".Sh DESCRIPTION\n", out);
	write_text(a, "A topology is one YAML document, a mapping, that vnetc(1) compiles. A scalar is read as its key demands: `no` is a text "
	    "where a text is taken, and booleans are `true` and `false`. Where a list is taken, one value alone stands for a list of one. A "
	    "mapping none of whose keys must be given may be left empty. A key is a thing's name in this file; `name` is what it is called on "
	    "the machine. In what stands below a range of jails, `web[1-8]`, `$n` is the jail's number and an address that ends in `+` counts "
	    "up with it.", out);
	for (const struct record *const *r = records; *r != NULL; r++) {
		fprintf(out, ".Ss %s\n", (*r)->id);
		write_text(a, (*r)->doc, out);
		fputs(".Bl -tag -width Ds\n", out);
		for (const struct field *f = (*r)->field; f->key != NULL; f++)
			write_field(a, f, out);
		fputs(".El\n", out);
	}
	fputs(".Sh SEE ALSO\n.Xr vnetc 1 ,\n.Xr jail.conf 5 ,\n.Xr rc.conf 5 ,\n.Xr vnetc-rules 7\n", out);
	arena_free(a);
}
