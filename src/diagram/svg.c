/* SPDX-License-Identifier: BSD-2-Clause */
/* Writing SVG. */
#include "diagram/svg.h"

#include <stdint.h>
#include <string.h>

void
svg_init(struct svg *s, struct arena *a, const char *id_prefix)
{
	memset(s, 0, sizeof(*s));
	s->out.arena = a;
	s->ids = map_new(a);
	s->id_prefix = id_prefix == NULL ? "" : id_prefix;
}

void
svg_escape(struct text *t, const char *s)
{
	size_t n, used;
	uint32_t cp;

	for (n = strlen(s); n > 0; s += used, n -= used) {
		used = utf8_decode(s, n, &cp);
		if (used == 0) {
			text_add(t, "\xef\xbf\xbd");
			used = 1;
			continue;
		}
		switch (cp) {
		case '&':
			text_add(t, "&amp;");
			break;
		case '<':
			text_add(t, "&lt;");
			break;
		case '>':
			text_add(t, "&gt;");
			break;
		case '"':
			text_add(t, "&quot;");
			break;
		case '\n':
			text_add(t, "\n");
			break;
		case '\t':
			text_add(t, " ");
			break;
		default:
			if (char_is_hidden(cp))
				text_add(t, "\xef\xbf\xbd");
			else
				text_addn(t, s, used);
		}
	}
}

/* Alphanumeric characters of ASCII and those of also as they are, others by their number behind escape. */
static void
add_name(struct text *t, const char *name, const char *also, char escape)
{
	const unsigned char *c;

	for (c = (const unsigned char *)name; *c != '\0'; c++)
		if ((*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') || strchr(also, *c) != NULL)
			text_addn(t, (const char *)c, 1);
		else
			text_printf(t, "%c%02X", escape, *c);
}

const char *
svg_file_name(struct arena *a, const char *name)
{
	struct text t = { .arena = a };

	add_name(&t, name, ".-_", '_');
	return (text_end(&t));
}

const char *
svg_anchor(struct arena *a, const char *name)
{
	struct text t = { .arena = a };

	add_name(&t, name, ".-_~", '%');
	return (text_end(&t));
}

const char *
svg_id(struct svg *s, const char *kind, const char *name)
{
	struct text t = { .arena = s->out.arena };
	const char *id;
	unsigned n;

	text_add(&t, s->id_prefix);
	text_add(&t, kind);
	text_add(&t, "-");
	add_name(&t, name, ".-", '_');
	id = text_end(&t);
	/* An underscore follows no hexadecimal digits here, so that no name of the reader's can be the same. */
	for (n = 2; map_put(s->ids, id, s) != NULL; n++)
		id = arena_printf(s->out.arena, "%s__%u", text_end(&t), n);
	return (id);
}

void
svg_rect(struct svg *s, int x, int y, int w, int h, int rx, const char *classes)
{
	text_printf(&s->out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"", x, y, w, h);
	if (rx > 0)
		text_printf(&s->out, " rx=\"%d\"", rx);
	text_printf(&s->out, " class=\"%s\"/>\n", classes);
}

void
svg_rect_hue(struct svg *s, int x, int y, int w, int h, int rx, const char *class, char hue_class, unsigned hue)
{
	text_printf(&s->out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\" class=\"%s%c%u\"/>\n", x, y, w, h, rx, class, hue_class,
	    hue);
}

void
svg_port(struct svg *s, int x, int y, unsigned hue)
{
	svg_rect_hue(s, x - 4, y - 4, 8, 8, 2, "", 'p', hue);
}

static const char *const anchors[] = { "", " mid", " end" };

void
svg_text(struct svg *s, int x, int y, enum style style, int hue, enum anchor anchor, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	text_printf(&s->out, "<text x=\"%d\" y=\"%d\" class=\"%s", x, y, style_class(style));
	if (hue != SVG_NO_HUE)
		text_printf(&s->out, " t%d", hue);
	text_printf(&s->out, "%s\">", anchors[anchor]);
	svg_escape(&s->out, text);
	text_add(&s->out, "</text>\n");
}

void
svg_text_begin(struct svg *s, int x, int y, enum style style, enum anchor anchor, const char *text)
{
	text_printf(&s->out, "<text x=\"%d\" y=\"%d\" class=\"%s%s\">", x, y, style_class(style), anchors[anchor]);
	svg_escape(&s->out, text == NULL ? "" : text);
}

void
svg_text_more(struct svg *s, int dx, enum style style, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	text_printf(&s->out, "<tspan dx=\"%d\" class=\"%s\">", dx, style_class(style));
	svg_escape(&s->out, text);
	text_add(&s->out, "</tspan>");
}

void
svg_text_end(struct svg *s)
{
	text_add(&s->out, "</text>\n");
}

void
svg_group_begin(struct svg *s, const char *id, const char *what, bool focus, const char *title)
{
	text_printf(&s->out, "<g id=\"%s\" class=\"g\" role=\"group\"", id);
	if (what != NULL)
		text_printf(&s->out, " aria-roledescription=\"%s\"", what);
	text_add(&s->out, focus ? " tabindex=\"0\"><title>" : "><title>");
	svg_escape(&s->out, title);
	text_add(&s->out, "</title>\n");
}

void
svg_group_end(struct svg *s)
{
	text_add(&s->out, "</g>\n");
}

void
svg_link_begin(struct svg *s, const char *href, const char *label)
{
	text_add(&s->out, "<a href=\"");
	svg_escape(&s->out, href);
	if (label != NULL) {
		text_add(&s->out, "\" aria-label=\"");
		svg_escape(&s->out, label);
	}
	text_add(&s->out, "\">");
}

void
svg_link_end(struct svg *s)
{
	text_add(&s->out, "</a>\n");
}
