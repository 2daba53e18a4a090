/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc lsp: a language server on standard input and output: diagnostics as one types, completion, hover, definitions, quick fixes,
 * symbols. */
#include <stdlib.h>
#include <string.h>

#include "cmd/commands.h"
#include "cmd/lsp_place.h"
#include "cmd/lsp_wire.h"
#include "decl/tables.h"

/* An open document and what it says; a new arena for each version of it. */
struct document {
	char *uri, *path;               /* path: below the directory of the document; includes are read from there */
	struct arena *arena;
	const char *text;
	size_t len;
	struct compilation compilation;
	struct document *next;
};

struct server {
	FILE *in, *out;
	struct document *documents;
	bool asked_to_end;
	int status;
};

/* Documents */

static int
hex(char c)
{
	return (c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1);
}

/* The path of a file: URI; NULL: it is of another kind. The caller frees it. */
static char *
path_of_uri(const char *uri)
{
	char *path, *p;

	if (strncmp(uri, "file://", 7) != 0)
		return (NULL);
	uri = strchr(uri + 7, '/');
	if (uri == NULL || (path = malloc(strlen(uri) + 1)) == NULL)
		return (NULL);
	for (p = path; *uri != '\0'; uri++) {
		if (*uri == '%' && hex(uri[1]) >= 0 && hex(uri[2]) >= 0) {
			*p++ = (char)(hex(uri[1]) * 16 + hex(uri[2]));
			uri += 2;
		} else
			*p++ = *uri;
	}
	*p = '\0';
	return (path);
}

static const char *
uri_of_path(struct arena *arena, const char *path)
{
	struct text uri = { .arena = arena };

	text_add(&uri, "file://");
	for (; *path != '\0'; path++) {
		if (strchr("/-_.~", *path) != NULL || (*path >= '0' && *path <= '9') || (*path >= 'A' && *path <= 'Z') || (*path >= 'a' && *path <= 'z'))
			text_addn(&uri, path, 1);
		else
			text_printf(&uri, "%%%02X", (unsigned char)*path);
	}
	return (text_end(&uri));
}

static struct document *
find_document(struct server *s, const char *uri)
{
	for (struct document *d = s->documents; d != NULL; d = d->next)
		if (uri != NULL && strcmp(d->uri, uri) == 0)
			return (d);
	return (NULL);
}

static void
forget_analysis(struct document *d)
{
	if (d->arena == NULL)
		return;
	compilation_free(&d->compilation);
	arena_free(d->arena);
	d->arena = NULL;
}

static const char *
directory_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	return (slash == NULL ? "." : slash == path ? "/" : arena_strndup(arena, path, (size_t)(slash - path)));
}

static void
analyse(struct document *d, const char *text, size_t len)
{
	struct compilation *c = &d->compilation;
	struct out_error error;
	const char *lock;

	forget_analysis(d);
	d->arena = arena_new();
	d->text = arena_strndup(d->arena, text, len);
	d->len = len;
	memset(c, 0, sizeof(*c));
	c->arena = d->arena;
	c->name = d->path != NULL && strrchr(d->path, '/') != NULL ? strrchr(d->path, '/') + 1 : "topology.yaml";
	c->text = d->text;
	c->len = d->len;
	c->reader = tree_file_reader(d->arena, d->path != NULL ? directory_of(d->arena, d->path) : ".", -1);
	c->lock_name = arena_printf(d->arena, "%s.lock", stem_of(d->arena, c->name));
	if (d->path != NULL) {
		lock = path_join(d->arena, directory_of(d->arena, d->path), c->lock_name);
		c->lock_text = file_read(d->arena, lock, TREE_FILE_MAX, &c->lock_len, &error);
	}
	compile(c, STAGE_PLAN);
	diags_sort(&c->diags);
}

/* Diagnostics */

static const char *
uri_of_source(struct document *d, const struct source *source)
{
	if (source == NULL || source->order == 0 || d->path == NULL)
		return (d->uri);
	return (uri_of_path(d->arena, path_join(d->arena, directory_of(d->arena, d->path), source->path)));
}

static json_t *
range_of(const struct span *at)
{
	if (at->src == NULL)
		return (json_pack(
		    "{s:{s:i, s:i}, s:{s:i, s:i}}", "start", "line", 0, "character", 0, "end", "line", 0, "character", 0));
	return (wire_range(at->src->text, at->src->len, at->off, at->len));
}

/* What stands in another file is told at the top of this one, with its place. */
static json_t *
diagnostic_json(struct document *d, const struct diag *diag)
{
	static const int severities[] = { [SEV_OFF] = 4, [SEV_NOTE] = 3, [SEV_WARNING] = 2, [SEV_ERROR] = 1 };
	bool here = diag->head.at.src != NULL && diag->head.at.src->order == 0;
	const char *message = diag->help == NULL ? diag->head.text : arena_printf(d->arena, "%s\nhelp: %s", diag->head.text, diag->help);
	struct span nowhere = { 0 };
	json_t *related = json_array(), *json;

	if (!here && diag->head.at.src != NULL) {
		message = arena_printf(d->arena, "%s: %s", diag->head.at.src->name, message);
		json_array_append_new(related, json_pack("{s:{s:s, s:o}, s:s}", "location", "uri", uri_of_source(d, diag->head.at.src), "range",
		    range_of(&diag->head.at), "message", diag->head.text));
	}
	vec_each (const struct remark *, note, &diag->notes)
		if (note->at.src != NULL)
			json_array_append_new(related, json_pack("{s:{s:s, s:o}, s:s}", "location", "uri", uri_of_source(d, note->at.src), "range",
			    range_of(&note->at), "message", note->text));
	json = json_pack("{s:o, s:i, s:s, s:s, s:s, s:o}", "range", range_of(here ? &diag->head.at : &nowhere), "severity",
	    severities[diag->severity], "code", diag->rule->name, "source", "vnetc", "message", message, "relatedInformation", related);
	return (json != NULL ? json : json_object());
}

static void
publish(struct server *s, struct document *d, bool empty)
{
	json_t *list = json_array();

	if (!empty)
		vec_each (struct diag **, diag, &d->compilation.diags.all)
			json_array_append_new(list, diagnostic_json(d, *diag));
	wire_write(s->out, json_pack("{s:s, s:s, s:{s:s, s:o}}", "jsonrpc", "2.0", "method", "textDocument/publishDiagnostics", "params", "uri", d->uri,
	    "diagnostics", list));
}

/* Names that the document gives: from its tree, which is there even where the rest is wrong. */

static const struct tree *
section(const struct document *d, const char *name)
{
	const struct tree *root = d->compilation.load.root;
	const struct tree_pair *pair = root != NULL ? tree_get(root, name) : NULL;

	if (strcmp(name, "interfaces") == 0) {
		pair = root != NULL ? tree_get(root, "host") : NULL;
		pair = pair != NULL ? tree_get(pair->value, "interfaces") : NULL;
	}
	return (pair != NULL && pair->value->kind == TREE_MAP ? pair->value : NULL);
}

static const char *const sections[] = { "bridges", "subnets", "jails", "machines", "epairs", "interfaces", NULL };

/* Which sections a value of a field may name. */
static bool
may_name(const struct field *field, const char *what)
{
	const char *key = field->key;
	bool node = strcmp(what, "jails") == 0 || strcmp(what, "machines") == 0;

	if (strcmp(key, "bridge") == 0)
		return (strcmp(what, "bridges") == 0);
	if (strcmp(key, "subnet") == 0)
		return (strcmp(what, "subnets") == 0);
	if (strcmp(key, "epair") == 0)
		return (strcmp(what, "epairs") == 0);
	if (strcmp(key, "members") == 0 || strcmp(key, "interface") == 0 || strcmp(key, "parent") == 0 || strcmp(key, "ports") == 0)
		return (strcmp(what, "interfaces") == 0);
	if (strcmp(key, "nat") == 0)
		return (strcmp(what, "interfaces") == 0 || strcmp(what, "bridges") == 0 || strcmp(what, "epairs") == 0);
	if (strcmp(key, "start_after") == 0 || strcmp(key, "jail") == 0)
		return (strcmp(what, "jails") == 0);
	if (field->form == FORM_END)
		return (node || strcmp(what, "subnets") == 0);
	return (
	    node && (field->form == FORM_GATEWAY || field->form == FORM_VIA || strcmp(key, "path") == 0 || strcmp(key, "to") == 0));
}

/* Answers */

static void
add_item(json_t *items, const char *label, int kind, const char *detail, const char *doc, const char *insert)
{
	json_t *item = json_pack("{s:s, s:i}", "label", label, "kind", kind);

	if (detail != NULL)
		json_object_set_new(item, "detail", json_string(detail));
	if (doc != NULL)
		json_object_set_new(item, "documentation", json_pack("{s:s, s:s}", "kind", "markdown", "value", doc));
	if (insert != NULL)
		json_object_set_new(item, "insertText", json_string(insert));
	json_array_append_new(items, item);
}

enum { ITEM_VALUE = 12, ITEM_KEY = 10, ITEM_NAME = 18, ITEM_WORD = 20 };

static void
complete_value(struct document *d, const struct field *field, json_t *items)
{
	static const char *const booleans[] = { "true", "false", NULL }, *const addresses[] = { "auto", "dhcp", "slaac", NULL };
	const char *const *words = field->words;

	if (field->kind == KIND_BOOL || (field->kind == KIND_TOGGLE && words == NULL))
		words = booleans;
	if (field->form == FORM_IFADDRESS)
		words = addresses;
	for (; words != NULL && *words != NULL; words++)
		add_item(items, *words, ITEM_WORD, NULL, NULL, NULL);
	for (size_t i = 0; sections[i] != NULL; i++) {
		const struct tree *names = may_name(field, sections[i]) ? section(d, sections[i]) : NULL;

		for (size_t k = 0; names != NULL && k < names->pairs.n; k++)
			add_item(items, names->pairs.v[k].key->text, ITEM_NAME, sections[i], NULL, NULL);
	}
	if (field->form == FORM_GATEWAY || field->form == FORM_VIA || field->form == FORM_END)
		add_item(items, "host", ITEM_WORD, NULL, NULL, NULL);
	if (field->form == FORM_END)
		add_item(items, "outside", ITEM_WORD, NULL, NULL, NULL);
}

static const char *
field_doc(struct arena *arena, const struct field *f)
{
	struct text text = { .arena = arena };

	text_add(&text, f->doc != NULL ? f->doc : "");
	if (f->preset != NULL)
		text_printf(&text, "\n\nDefault: %s", f->preset);
	if (f->releases != NULL)
		text_printf(&text, "\n\nFreeBSD %s", f->releases);
	if (f->example != NULL)
		text_printf(&text, "\n\n```yaml\n%s\n```", f->example);
	return (text_end(&text));
}

static bool
takes_block(const struct field *f)
{
	return (f->kind == KIND_RECORD || f->kind == KIND_MAP || f->kind == KIND_LIST || f->kind == KIND_PAIRS);
}

static json_t *
completion(struct document *d, size_t at)
{
	struct place place;
	json_t *items = json_array();

	place_find(d->arena, d->text, d->len, at, &place);
	if (place.field != NULL)
		complete_value(d, place.field, items);
	if (place.record != NULL && (place.field == NULL || place.field->kind == KIND_LIST))
		for (const struct field *f = place.record->field; f->key != NULL; f++)
			add_item(items, f->key, ITEM_KEY, place.record->name, field_doc(d->arena, f),
			    arena_printf(d->arena, takes_block(f) ? "%s:" : "%s: ", f->key));
	return (items);
}

/* The key or name at a byte, and the definition of it. */
static const struct tree_pair *
definition_of(const struct document *d, const char *word, const char **what)
{
	for (size_t i = 0; sections[i] != NULL; i++) {
		const struct tree *names = section(d, sections[i]);
		const struct tree_pair *pair = names != NULL ? tree_get(names, word) : NULL;

		*what = sections[i];
		if (pair != NULL)
			return (pair);
	}
	return (NULL);
}

static const char *
unquoted(struct arena *arena, const struct place *place)
{
	size_t n = strlen(place->word);

	if (n >= 2 && (place->word[0] == '"' || place->word[0] == '\'') && place->word[n - 1] == place->word[0])
		return (arena_strndup(arena, place->word + 1, n - 2));
	return (place->word);
}

static json_t *
hover(struct document *d, size_t at)
{
	struct place place;
	const struct field *field = NULL;
	const char *text = NULL, *word, *what;

	place_find(d->arena, d->text, d->len, at, &place);
	word = unquoted(d->arena, &place);
	if (*word == '\0')
		return (json_null());
	if (place.record != NULL && place.off + place.len < d->len && d->text[place.off + place.len] == ':')
		field = field_find(place.record, word);
	if (field != NULL)
		text = arena_printf(d->arena, "**%s** of %s\n\n%s", field->key, place.record->name, field_doc(d->arena, field));
	else if (definition_of(d, word, &what) != NULL) {
		uint32_t line = source_line(&definition_of(d, word, &what)->key->at);

		/* The file's own words are no Markdown. */
		text = arena_printf(d->arena, "%s of %s, line %u", shown_whole(d->arena, word), what, (unsigned)line);
	}
	if (text == NULL)
		return (json_null());
	return (json_pack("{s:{s:s, s:s}, s:o}", "contents", "kind", field != NULL ? "markdown" : "plaintext", "value", text, "range",
	    wire_range(d->text, d->len, place.off, place.len)));
}

static json_t *
definition(struct document *d, size_t at)
{
	struct place place;
	const char *what;
	const struct tree_pair *pair;

	place_find(d->arena, d->text, d->len, at, &place);
	pair = definition_of(d, unquoted(d->arena, &place), &what);
	if (pair == NULL)
		return (json_null());
	return (json_pack("{s:s, s:o}", "uri", uri_of_source(d, pair->key->at.src), "range", range_of(&pair->key->at)));
}

static size_t
end_of(const struct tree *tree)
{
	size_t end = tree->at.off + tree->at.len;

	for (size_t i = 0; i < tree->pairs.n; i++) {
		size_t value = tree->pairs.v[i].via == NULL ? end_of(tree->pairs.v[i].value) : end_of(tree->pairs.v[i].key);

		end = value > end ? value : end;
	}
	for (size_t i = 0; i < tree->items.n; i++)
		if (tree->items.v[i].via == NULL && end_of(tree->items.v[i].value) > end)
			end = end_of(tree->items.v[i].value);
	return (end);
}

static json_t *
symbol(struct document *d, const struct tree_pair *pair, int kind, json_t *children)
{
	size_t from = pair->key->at.off, to = end_of(pair->key), value = pair->via == NULL ? end_of(pair->value) : to;
	json_t *json = json_pack("{s:s, s:i, s:o, s:o}", "name", *pair->key->text != '\0' ? pair->key->text : "-", "kind", kind, "range",
	    wire_range(d->text, d->len, from, (value > to ? value : to) - from), "selectionRange", range_of(&pair->key->at));

	if (children != NULL)
		json_object_set_new(json, "children", children);
	return (json);
}

/* The document's own sections, and the names in them. */
static json_t *
symbols(struct document *d)
{
	const struct tree *root = d->compilation.load.root;
	json_t *list = json_array();

	for (size_t i = 0; root != NULL && i < root->pairs.n; i++) {
		const struct tree_pair *pair = &root->pairs.v[i];
		json_t *children = json_array();

		if (pair->key->at.src == NULL || pair->key->at.src->order != 0) {
			json_decref(children);
			continue;
		}
		for (size_t k = 0; k < pair->value->pairs.n; k++)
			if (pair->value->pairs.v[k].key->at.src != NULL && pair->value->pairs.v[k].key->at.src->order == 0)
				json_array_append_new(children, symbol(d, &pair->value->pairs.v[k], 5, NULL));
		json_array_append_new(list, symbol(d, pair, 3, children));
	}
	return (list);
}

static json_t *
fix_json(struct document *d, const struct diag *diag)
{
	json_t *edits = json_array(), *changes = json_object();

	vec_each (const struct fix *, fix, &diag->fixes)
		json_array_append_new(edits, json_pack("{s:o, s:s}", "range", range_of(&fix->at), "newText", fix->replacement));
	json_object_set_new(changes, uri_of_source(d, diag->fixes.v[0].at.src), edits);
	return (json_pack("{s:s, s:s, s:[o], s:b, s:{s:o}}", "title",
	    diag->help != NULL ? diag->help : arena_printf(d->arena, "%s", diag->fixes.v[0].replacement), "kind", "quickfix",
	    "diagnostics", diagnostic_json(d, diag), "isPreferred", 1, "edit", "changes", changes));
}

static json_t *
code_actions(struct document *d, json_t *range)
{
	size_t from = wire_offset(d->text, d->len, json_object_get(range, "start")), to = wire_offset(d->text, d->len, json_object_get(range, "end"));
	json_t *list = json_array();

	vec_each (struct diag **, p, &d->compilation.diags.all) {
		const struct diag *diag = *p;

		if (diag->fixes.n != 0 && diag->head.at.src != NULL && diag->head.at.src->order == 0 && diag->head.at.off <= to &&
		    from <= diag->head.at.off + diag->head.at.len)
			json_array_append_new(list, fix_json(d, diag));
	}
	return (list);
}

/* Messages */

static json_t *
capabilities(void)
{
	return (json_pack("{s:{s:i, s:{s:[s,s,s,s]}, s:b, s:b, s:b, s:{s:[s]}}, s:{s:s, s:s}}", "capabilities", "textDocumentSync",
	    1, "completionProvider", "triggerCharacters", ":", " ", "[", "{", "hoverProvider", 1, "definitionProvider", 1,
	    "documentSymbolProvider", 1, "codeActionProvider", "codeActionKinds", "quickfix", "serverInfo", "name", "vnetc",
	    "version", VNETC_VERSION));
}

static void
did_open(struct server *s, json_t *params)
{
	json_t *item = json_object_get(params, "textDocument"), *text = json_object_get(item, "text");
	const char *uri = json_string_value(json_object_get(item, "uri"));
	struct document *d = find_document(s, uri);

	if (uri == NULL || !json_is_string(text))
		return;
	if (d == NULL) {
		d = calloc(1, sizeof(*d));
		if (d == NULL || (d->uri = malloc(strlen(uri) + 1)) == NULL) {
			free(d);
			return;
		}
		strcpy(d->uri, uri);
		d->path = path_of_uri(uri);
		d->next = s->documents;
		s->documents = d;
	}
	analyse(d, json_string_value(text), json_string_length(text));
	publish(s, d, false);
}

static void
did_change(struct server *s, struct document *d, json_t *params)
{
	json_t *changes = json_object_get(params, "contentChanges"), *last;

	last = json_array_get(changes, json_array_size(changes) - 1);
	if (d == NULL || json_object_get(last, "text") == NULL)
		return;
	analyse(d, json_string_value(json_object_get(last, "text")), json_string_length(json_object_get(last, "text")));
	publish(s, d, false);
}

static void
drop_document(struct server *s, struct document *gone)
{
	for (struct document **p = &s->documents; *p != NULL; p = &(*p)->next) {
		if (*p == gone) {
			*p = gone->next;
			forget_analysis(gone);
			free(gone->uri);
			free(gone->path);
			free(gone);
			return;
		}
	}
}

static json_t *
complete_at(struct document *d, json_t *params)
{
	return (completion(d, wire_offset(d->text, d->len, json_object_get(params, "position"))));
}

/* The whole word counts, not only what is left of the cursor. */
static json_t *
hover_at(struct document *d, json_t *params)
{
	size_t at = wire_offset(d->text, d->len, json_object_get(params, "position"));

	while (at < d->len && strchr(" \t\n,:{}[]#", d->text[at]) == NULL)
		at++;
	return (hover(d, at));
}

static json_t *
definition_at(struct document *d, json_t *params)
{
	return (definition(d, wire_offset(d->text, d->len, json_object_get(params, "position"))));
}

static json_t *
symbols_of(struct document *d, json_t *params)
{
	(void)params;
	return (symbols(d));
}

static json_t *
actions_in(struct document *d, json_t *params)
{
	return (code_actions(d, json_object_get(params, "range")));
}

static const struct { const char *method; json_t *(*answer)(struct document *, json_t *params); } requests[] = {
	{ "textDocument/completion", complete_at },
	{ "textDocument/hover", hover_at },
	{ "textDocument/definition", definition_at },
	{ "textDocument/documentSymbol", symbols_of },
	{ "textDocument/codeAction", actions_in },
};

/* An answer about a document; of one that is not open, null. NULL: the method is not known. */
static json_t *
ask(struct document *d, const char *method, json_t *params)
{
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
		if (strcmp(requests[i].method, method) == 0)
			return (d != NULL ? requests[i].answer(d, params) : json_null());
	return (NULL);
}

static void
notice(struct server *s, const char *method, json_t *params)
{
	struct document *d = find_document(s, json_string_value(json_object_get(json_object_get(params, "textDocument"), "uri")));

	if (strcmp(method, "textDocument/didOpen") == 0)
		did_open(s, params);
	else if (strcmp(method, "textDocument/didChange") == 0)
		did_change(s, d, params);
	else if (strcmp(method, "textDocument/didClose") == 0 && d != NULL) {
		publish(s, d, true);
		drop_document(s, d);
	}
}

static bool
handle(struct server *s, json_t *message)
{
	const char *method = json_string_value(json_object_get(message, "method"));
	json_t *id = json_object_get(message, "id"), *params = json_object_get(message, "params"), *answer;

	if (method == NULL)
		return (true);
	if (strcmp(method, "exit") == 0) {
		s->status = s->asked_to_end ? STATUS_DONE : STATUS_WRONG;
		return (false);
	}
	if (id == NULL) {
		notice(s, method, params);
		return (true);
	}
	if (strcmp(method, "initialize") == 0)
		wire_answer(s->out, id, capabilities());
	else if (strcmp(method, "shutdown") == 0) {
		s->asked_to_end = true;
		wire_answer(s->out, id, json_null());
	} else if ((answer = ask(find_document(s, json_string_value(json_object_get(json_object_get(params, "textDocument"), "uri"))), method, params)) != NULL)
		wire_answer(s->out, id, answer);
	else
		wire_error(s->out, id, -32601, "no such method");
	return (true);
}

static int
run(struct invocation *inv)
{
	struct server s = { .in = stdin, .out = stdout, .status = STATUS_WRONG };
	bool broken, goes_on = true;

	(void)inv;
	while (goes_on) {
		json_t *message = wire_read(s.in, &broken);

		if (message == NULL && !broken)
			break;
		if (message == NULL)
			wire_error(s.out, NULL, -32700, "not JSON");
		else
			goes_on = handle(&s, message);
		json_decref(message);
	}
	while (s.documents != NULL)
		drop_document(&s, s.documents);
	return (s.status);
}

const struct command command_lsp = {
	.name = "lsp",
	.args = "",
	.summary = "serve an editor: diagnostics, completion, hover, definitions",
	.about = "A language server on standard input and output (LSP 3.17). Editors start it for topology.yaml; docs/editors.md says how.",
	.run = run,
};
