/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes drawings to be looked at and checked: random_pictures [-v VIEW] DIR NAME|FIRST-LAST ..., each in all views or the one, and
 * beside each DIR/NAME.names with the texts that it must show. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "diagram/diagram.h"
#include "pictures.h"

static const struct { const char *name; enum picture_view view; } views[] = {
	{ "full", PICTURE_FULL }, { "l2", PICTURE_L2 }, { "l3", PICTURE_L3 }, { "overview", PICTURE_OVERVIEW }, { "net", PICTURE_ONE_NET },
};

static FILE *
create(const char *dir, const char *name, const char *suffix)
{
	char path[512];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s%s", dir, name, suffix);
	f = fopen(path, "w");
	if (f == NULL) {
		perror(path);
		exit(1);
	}
	return (f);
}

static void
one_text(FILE *f, const char *kind, const char *text)
{
	if (text != NULL)
		fprintf(f, "%s\t%s\n", kind, text);
}

static void
write_names(const char *dir, const char *name, const struct picture *p)
{
	FILE *f = create(dir, name, ".names");

	for (size_t i = 0; i < p->nodes.n; i++)
		if (p->nodes.v[i].kind != PICTURE_HOST)
			one_text(f, "node", p->nodes.v[i].name);
	for (size_t i = 0; i < p->nets.n; i++)
		if (p->nets.v[i].kind != PICTURE_WIRE)
			one_text(f, "net", p->nets.v[i].name);
	for (size_t i = 0; i < p->nics.n; i++)
		one_text(f, "nic", p->nics.v[i].name);
	for (size_t i = 0; i < p->nets.n; i++)
		for (size_t k = 0; k < p->nets.v[i].subnets.n; k++) {
			const struct picture_subnet *s = &p->subnets.v[p->nets.v[i].subnets.v[k]];

			for (size_t m = 0; m < s->prefixes.n; m++)
				one_text(f, "prefix", s->prefixes.v[m]);
		}
	for (size_t i = 0; i < p->ports.n; i++) {
		const struct picture_port *port = &p->ports.v[i];

		if (port->node == PICTURE_NONE)
			continue;
		one_text(f, "iface", port->net == PICTURE_NONE ? NULL : port->net_side);
		one_text(f, "iface", port->node_side);
		for (size_t k = 0; k < port->v4.n; k++)
			one_text(f, "address", port->v4.v[k]);
		for (size_t k = 0; k < port->v6.n; k++)
			one_text(f, "address", port->v6.v[k]);
	}
	fclose(f);
}

static int
draw_all(const char *dir, const char *name, const char *stem, const char *only)
{
	struct arena *a = arena_new();
	const struct picture *p = picture_named(a, name);
	int failed = 0;

	if (p == NULL) {
		fprintf(stderr, "%s: no such picture\n", name);
		arena_free(a);
		return (1);
	}
	write_names(dir, name, p);
	for (size_t i = 0; i < sizeof(views) / sizeof(*views); i++) {
		struct picture_options options = { .view = views[i].view, .stem = stem, .anchors = stem == NULL ? NULL : "topology.md#" };
		const char *error, *svg;
		char suffix[32];
		size_t len;
		FILE *f;

		if ((only != NULL && strcmp(only, views[i].name) != 0) || (views[i].view == PICTURE_ONE_NET && p->nets.n == 0))
			continue;
		svg = diagram_svg(a, p, &options, &len, &error);
		if (svg == NULL) {
			fprintf(stderr, "%s: %s\n", name, error);
			failed = 1;
			continue;
		}
		snprintf(suffix, sizeof(suffix), "-%s.svg", views[i].name);
		f = create(dir, name, suffix);
		fwrite(svg, 1, len, f);
		fclose(f);
	}
	arena_free(a);
	return (failed);
}

int
main(int argc, char *argv[])
{
	unsigned first, last;
	const char *only = NULL;
	int failed = 0, c;

	while ((c = getopt(argc, argv, "v:")) != -1)
		if (c == 'v')
			only = optarg;
	if (argc - optind < 2) {
		fprintf(stderr, "usage: random_pictures [-v VIEW] DIR NAME ...\n");
		return (2);
	}
	for (int i = optind + 1; i < argc; i++)
		if (sscanf(argv[i], "%u-%u", &first, &last) == 2)
			for (unsigned n = first; n <= last; n++) {
				char name[16];

				snprintf(name, sizeof(name), "%u", n);
				failed |= draw_all(argv[optind], name, n % 2 == 0 ? NULL : "topology", only);
			}
		else
			failed |= draw_all(argv[optind], argv[i], NULL, only);
	return (failed);
}
