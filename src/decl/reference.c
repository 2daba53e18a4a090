/* SPDX-License-Identifier: BSD-2-Clause */
/* The field table in Markdown: for each record where it stands, for each key its prose, what it takes, its default, an example. */
#include "decl/reference.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "decl/tables.h"

struct noun { const char *one, *many; };

static struct noun
noun_of(enum form form)
{
	switch (form) {
	case FORM_TEXT:
		return ((struct noun){ "a text", "texts" });
	case FORM_NAME:
	case FORM_JAIL:
		return ((struct noun){ "a name", "names" });
	case FORM_IFNAME:
		return ((struct noun){ "a name of an interface, at most 15 bytes", "names of interfaces, at most 15 bytes each" });
	case FORM_ADDRESS:
		return ((struct noun){ "an address", "addresses" });
	case FORM_IFADDRESS:
		return ((struct noun){ "an address with or without a length, `auto`, `dhcp` or `slaac`",
		    "addresses with or without a length, `auto`, `dhcp`, `slaac`" });
	case FORM_PREFIX:
		return ((struct noun){ "a prefix", "prefixes" });
	case FORM_RANGE:
		return ((struct noun){ "an address, a prefix or FIRST-LAST", "addresses, prefixes or ranges FIRST-LAST" });
	case FORM_MAC:
		return ((struct noun){ "`auto`, `kernel`, on a bridge `inherit`, or six pairs of hex digits with `:`",
		    "MAC addresses" });
	case FORM_HOSTNAME:
		return ((struct noun){ "a host name", "host names" });
	case FORM_RELEASE:
		return ((struct noun){ "a release: `14`, `14.4`, `15.1-RELEASE-p1`", "releases" });
	case FORM_GATEWAY:
		return ((struct noun){ "an address, a name or `none`", "addresses, a name, or `none`" });
	case FORM_VIA:
		return ((struct noun){ "an address, a name, `reject`, `blackhole` or `none`", "addresses, names, `reject`, `blackhole`, `none`" });
	case FORM_TARGET:
		return ((struct noun){ "an address or a name", "addresses or names" });
	case FORM_EPAIR:
		return ((struct noun){ "`epairN`, or a name where the key says so", "names" });
	case FORM_VARIABLE:
		return ((struct noun){ "a variable", "variables" });
	case FORM_PARAMETER:
		return ((struct noun){ "NAME or NAME=VALUE", "NAME or NAME=VALUE" });
	case FORM_FILE:
		return ((struct noun){ "a file", "files" });
	case FORM_END:
		return ((struct noun){ "a jail, machine, subnet, address, `host` or `outside`",
		    "jails, machines, subnets, addresses, `host`, `outside`" });
	case FORM_COMMAND:
		return ((struct noun){ "a command", "commands" });
	case FORM_CLASSIC_IP:
		return ((struct noun){ "INTERFACE|ADDRESS", "INTERFACE|ADDRESS" });
	case FORM_GROUP:
		return ((struct noun){ "a group", "groups" });
	}
	return ((struct noun){ "a text", "texts" });
}

static const char *
words_of(struct arena *a, const struct field *f, const char *last)
{
	struct text t = { .arena = a };

	for (const char *const *word = f->words; *word != NULL; word++)
		text_printf(&t, "%s`%s`", word == f->words ? "" : word[1] == NULL ? last : ", ", *word);
	return (text_end(&t));
}

static const char *
range_of(struct arena *a, const struct field *f)
{
	if (f->words != NULL)
		return (words_of(a, f, " or "));
	return (arena_printf(a, "from %" PRId64 " to %" PRId64, f->min, f->max));
}

static const char *
link_to(struct arena *a, const struct record *record)
{
	return (arena_printf(a, "[%s](#%s)", record->name, record->id));
}

/* What a key takes: "a number from 1 to 4094". */
const char *
field_type(struct arena *a, const struct field *f)
{
	struct noun noun = noun_of(f->form);

	switch (f->kind) {
	case KIND_STR:
		return (strcmp(f->key, "epair") == 0 && f->preset != NULL ? "`true`, `false` or `epairN`" : noun.one);
	case KIND_WORD:
		return (words_of(a, f, " or "));
	case KIND_BOOL:
		return ("`true` or `false`");
	case KIND_INT:
		return (f->words != NULL ? range_of(a, f) : arena_printf(a, "a number %s", range_of(a, f)));
	case KIND_STRS:
		if (f->flags & FIELD_PAIR)
			return (arena_printf(a, "a list of two: %s", noun.many));
		return (arena_printf(a, "%s, or a list: %s", noun.one, noun.many));
	case KIND_WORDS:
		return (arena_printf(a, "one or a list of %s", words_of(a, f, ", ")));
	case KIND_INTS:
		return (arena_printf(a, "a number or a list of numbers %s", range_of(a, f)));
	case KIND_TOGGLE:
		if (f->words != NULL)
			return (arena_printf(a, "`true`, `false`, or a list of %s", words_of(a, f, " and ")));
		return (arena_printf(a, "`true`, `false`, or a list of %s", noun.many));
	case KIND_PAIRS:
		if (f->flags & FIELD_PAIR_LIST)
			return ("a mapping, name to value, or a list of NAME or NAME=VALUE");
		return ("a mapping, name to value");
	case KIND_RECORD:
		return (arena_printf(a, "a mapping: %s", link_to(a, f->record)));
	case KIND_MAP:
		return (arena_printf(a, "a mapping, %s to %s", f->flags & FIELD_TAGS ? "tag" : "name", link_to(a, f->record)));
	case KIND_LIST:
		return (arena_printf(a, "a list of mappings, or one: %s", link_to(a, f->record)));
	}
	return ("");
}

/* Where a record stands: "jails.NAME.interfaces[]". */
struct place { const struct record *record; const char *path; };
struct places { struct arena *arena; VEC(struct place) all; };

static void
find_places(struct places *p, const struct record *record, const char *path)
{
	*vec_push(p->arena, &p->all) = (struct place){ record, path };
	for (const struct field *f = record->field; f->key != NULL; f++) {
		const char *dot = path[0] == '\0' ? "" : ".", *of = "", *below;

		if (f->record == NULL)
			continue;
		if (f->kind == KIND_MAP)
			of = f->flags & FIELD_TAGS ? ".TAG" : ".NAME";
		else if (f->kind == KIND_LIST)
			of = "[]";
		below = arena_printf(p->arena, "%s%s%s%s", path, dot, f->key, of);
		/* What stands below the defaults is shown where it is used. */
		if (record == &record_defaults)
			*vec_push(p->arena, &p->all) = (struct place){ f->record, below };
		else
			find_places(p, f->record, below);
	}
}

static void
write_field(struct arena *a, const struct field *f, FILE *out)
{
	fprintf(out, "### `%s`\n\n%s\n\n", f->key, f->doc);
	fprintf(out, "* takes: %s\n", field_type(a, f));
	if (f->flags & FIELD_REQUIRED)
		fputs("* must be given\n", out);
	else if (f->preset == NULL)
		fputs("* default: nothing\n", out);
	else
		fprintf(out, "* default: %s\n", strspn(f->preset, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen(f->preset) ?
		    arena_printf(a, "`%s`", f->preset) : f->preset);
	if (f->releases != NULL)
		fprintf(out, "* releases: from FreeBSD %s on\n", f->releases);
	else
		fputs("* releases: all\n", out);
	fprintf(out, "\n```yaml\n%s\n```\n\n", f->example);
}

/* The heading is the place itself; others, as among the defaults, are told below it. */
static void
write_record(struct places *p, const struct record *record, FILE *out)
{
	const char *first = NULL;
	struct text others = { .arena = p->arena };

	vec_each(struct place *, place, &p->all) {
		bool is_default = strncmp(place->path, "defaults.", 9) == 0;

		if (place->record == record && first == NULL && !is_default)
			first = place->path;
		else if (place->record == record)
			text_printf(&others, "%s`%s`", others.n == 0 ? "" : ", ", place->path);
	}
	fprintf(out, "<a id=\"%s\"></a>\n\n## ", record->id);
	if (first == NULL || first[0] == '\0')
		fputs("The file\n\n", out);
	else if (strcmp(first, record->name) == 0)
		fprintf(out, "`%s`\n\n", first);
	else
		fprintf(out, "`%s`: %s\n\n", first, record->name);
	fprintf(out, "%s\n\n", record->doc);
	if (others.n > 0)
		fprintf(out, "Also at %s.\n\n", text_end(&others));
	for (const struct field *f = record->field; f->key != NULL; f++)
		write_field(p->arena, f, out);
}

void
reference_write(FILE *out)
{
	struct places places = { .arena = arena_new() };

	find_places(&places, &record_topology, "");
	fputs("# The keys of a topology\n\n"
	      "<!-- Made from src/decl/tables.c; edits are lost. -->\n\n"
	      "A key takes what is said here; where a list is taken, one value alone stands for a list of one. A mapping none of\n"
	      "whose keys must be given may be left empty: `re0:` is `re0: {}`. In what stands below a range of jails, `web[1-8]`,\n"
	      "`$n` is the jail's number and an address that ends in `+` counts up with it.\n\n",
	    out);
	for (const struct record *const *r = records; *r != NULL; r++)
		write_record(&places, *r, out);
	arena_free(places.arena);
}
