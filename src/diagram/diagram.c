/* SPDX-License-Identifier: BSD-2-Clause */
/* A picture drawn: which step follows which, and how many drawings it takes. */
#include "diagram/diagram.h"

#include <string.h>

#include "diagram/scene.h"
#include "diagram/svg.h"

enum {
	ONE_PAGE_JAILS = 1500,
	ONE_PAGE_WIDTH = 8000,
};

static const char *
render(struct arena *a, const struct picture *picture, const struct picture_options *options, size_t *len, int *width, const char **error)
{
	struct scene scene;

	scene_build(&scene, a, picture, options);
	*error = place(&scene);
	if (*error != NULL)
		return (NULL);
	arrange(&scene);
	route_lines(&scene);
	place_page(&scene);
	*width = scene.width;
	return (draw(&scene, len));
}

const char *
diagram_svg(struct arena *a, const struct picture *picture, const struct picture_options *options, size_t *len, const char **error)
{
	int width;

	return (render(a, picture, options, len, &width, error));
}

size_t
diagram_net_pages(struct arena *a, const struct picture *picture, size_t net)
{
	size_t n = view_leaves(a, picture, net);

	return (n <= PICTURE_PAGE_JAILS ? 1 : (n + PICTURE_PAGE_JAILS - 1) / PICTURE_PAGE_JAILS);
}

static void
add_page(struct arena *a, diagram_pages *pages, const char *name, const char *svg, size_t len)
{
	struct diagram_page *page = vec_push(a, pages);

	page->name = name;
	page->svg = svg;
	page->len = len;
}

bool
diagram_all(struct arena *a, const struct picture *picture, const struct picture_options *given, diagram_pages *pages, const char **error)
{
	struct picture_options options = *given;
	size_t jails = 0, len = 0;
	const char *svg = NULL;
	int width = 0;

	for (size_t i = 0; i < picture->nodes.n; i++)
		jails += picture->nodes.v[i].kind != PICTURE_HOST;
	options.view = PICTURE_FULL;
	if (jails <= ONE_PAGE_JAILS) {
		svg = render(a, picture, &options, &len, &width, error);
		if (svg == NULL)
			return (false);
	}
	if (svg == NULL || width > ONE_PAGE_WIDTH) {
		options.view = PICTURE_OVERVIEW;
		svg = render(a, picture, &options, &len, &width, error);
		if (svg == NULL)
			return (false);
	}
	add_page(a, pages, arena_printf(a, "%s.svg", options.stem), svg, len);
	if (options.view == PICTURE_FULL)
		return (true);
	options.view = PICTURE_ONE_NET;
	for (options.net = 0; options.net < picture->nets.n; options.net++) {
		const struct picture_net *net = &picture->nets.v[options.net];
		size_t n = diagram_net_pages(a, picture, options.net);

		if (net->kind == PICTURE_WIRE)
			continue;
		for (options.page = 0; options.page < n; options.page++) {
			svg = render(a, picture, &options, &len, &width, error);
			if (svg == NULL)
				return (false);
			add_page(a, pages, diagram_page_name(a, options.stem, net->name, options.page), svg, len);
		}
	}
	return (true);
}

const char *
diagram_page_name(struct arena *a, const char *stem, const char *net, size_t page)
{
	if (page == 0)
		return (arena_printf(a, "%s-%s.svg", stem, svg_file_name(a, net)));
	return (arena_printf(a, "%s-%s-%zu.svg", stem, svg_file_name(a, net), page + 1));
}
