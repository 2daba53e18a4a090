/* SPDX-License-Identifier: BSD-2-Clause */
/* Colours and type. Bars keep their colour in the dark, so that white text on them is as legible there; the least contrast of all text
 * on its ground is 4.9 to 1. librsvg knows no var(), so that each colour is spelled out where it is used. */
#include "diagram/theme.h"

#include "diagram/picture.h"
#include "diagram/widths.h"

#define HUE(h) (1U << (h))

static const struct {
	const char *class;
	enum face face;
	int size;               /* tenths of a px */
} styles[] = {
	[STYLE_TITLE] = { "ht", FACE_BOLD, 140 },
	[STYLE_OS] = { "ho", FACE_SANS, 110 },
	[STYLE_CLOUD] = { "cn", FACE_BOLD, 110 },
	[STYLE_NIC] = { "nt", FACE_BOLD, 100 },
	[STYLE_NIC_NOTE] = { "nn", FACE_SANS, 100 },
	[STYLE_CARD] = { "nm", FACE_BOLD, 130 },
	[STYLE_NODE] = { "nr", FACE_BOLD, 140 },
	[STYLE_ROW] = { "ns", FACE_BOLD, 110 },
	[STYLE_ROLE] = { "rl", FACE_SANS, 100 },
	[STYLE_IFACE] = { "if m", FACE_MONO, 95 },
	[STYLE_ADDRESS] = { "ad m", FACE_MONO, 105 },
	[STYLE_ROW_ADDRESS] = { "as m", FACE_MONO, 95 },
	[STYLE_BAR] = { "bl", FACE_BOLD, 120 },
	[STYLE_BAR_NAME] = { "bn", FACE_SANS, 110 },
	[STYLE_BAR_PREFIX] = { "bc m", FACE_MONO, 105 },
	[STYLE_LEGEND] = { "lg", FACE_SANS, 100 },
	[STYLE_WAY] = { "wy", FACE_BOLD, 110 },
};

static const struct {
	const char *zone, *zone_edge, *line, *text;             /* on light ground */
	const char *dark_zone, *dark_line, *dark_text;
} hues[] = {
	{ "#eff6ff", "#93c5fd", "#1d4ed8", "#1e40af", "#0f2138", "#3b82f6", "#bfdbfe" },
	{ "#ecfdf5", "#6ee7b7", "#047857", "#065f46", "#0b2620", "#10b981", "#a7f3d0" },
	{ "#fff7ed", "#fdba74", "#c2410c", "#9a3412", "#2b1a10", "#f97316", "#fed7aa" },
	{ "#f5f3ff", "#c4b5fd", "#6d28d9", "#5b21b6", "#1e1738", "#8b5cf6", "#ddd6fe" },
	{ "#fff1f2", "#fda4af", "#be123c", "#9f1239", "#2c121c", "#f43f5e", "#fecdd3" },
	{ "#ecfeff", "#67e8f9", "#0e7490", "#155e75", "#0a2530", "#06b6d4", "#a5f3fc" },
	{ "#fefce8", "#fde047", "#a16207", "#854d0e", "#262009", "#eab308", "#fef08a" },
	{ "#fdf4ff", "#f0abfc", "#a21caf", "#86198f", "#27122b", "#d946ef", "#f5d0fe" },
	{ "#f1f5f9", "#cbd5e1", "#475569", "#334155", "#1e293b", "#64748b", "#cbd5e1" },
};

static const char common[] =
    "text{font-family:Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif;fill:#0f172a}"
    ".m{font-family:ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace}"
    ".end{text-anchor:end}.mid{text-anchor:middle}\n"
    ".ht{font-size:14px;font-weight:700}.ho{font-size:11px;font-weight:400}.cn{font-size:11px;font-weight:700}.nt{font-size:10px;font-weight:700}"
    ".nn{font-size:10px;font-weight:400}"
    ".nm{font-size:13px;font-weight:700}.nr{font-size:14px;font-weight:700}.ns{font-size:11px;font-weight:700}.rl{font-size:10px;font-weight:400}"
    ".if{font-size:9.5px;font-weight:400}.ad{font-size:10.5px}.as{font-size:9.5px}.bl{font-size:12px;font-weight:700}"
    ".bn{font-size:11px;font-weight:400}.bc{font-size:10.5px;font-weight:400}.lg{font-size:10px}.wy{font-size:11px;font-weight:700;text-decoration:underline}\n"
    ".ho,.rl,.if,.lg{fill:#475569}.nt,.nn,.bl,.bn,.bc{fill:#fff}"
    ".bg{fill:#fff}.frame{fill:#f8fafc;stroke:#64748b;stroke-width:1.5}.card{fill:#fff;stroke:#94a3b8;stroke-width:1}"
    ".dev{fill:#fff;stroke:#334155;stroke-width:2}.host{fill:#f1f5f9;stroke:#334155;stroke-width:2}"
    ".far{stroke-dasharray:5 3}.old{stroke-dasharray:1 2.5;stroke-linecap:round;stroke-width:1.5}"
    ".cl{fill:#fff;stroke:#64748b;stroke-width:1.5}.nic{fill:#334155}.e{fill:none;stroke-width:1.75}"
    ".halo{fill:none;stroke:#f8fafc;stroke-width:6}.ic{fill:none;stroke:#334155;stroke-width:1.4}"
    ".st{fill:#64748b;fill-opacity:.07}.sep{fill:none;stroke:#cbd5e1;stroke-width:1}\n";

static const char interaction[] =
    ".g{outline:0}.g:hover>.z,.g:focus>.z,.g:focus-within>.z{stroke-width:2.5}"
    ".g:hover>.e,.g:focus>.e,.g:focus-within>.e{stroke-width:3.5}"
    ".g:hover>.card,.g:focus>.card,.g:focus-within>.card,a:hover>.card{stroke-width:2.5}"
    ".g:hover>.dev,.g:hover>.host,.g:focus>.dev,.g:focus>.host,.g:focus-within>.dev,.g:focus-within>.host{stroke-width:3.5}"
    ".g:hover>.ns,.g:focus>.ns,a:hover text,a:focus text{text-decoration:underline}\n";

static const char dark[] =
    "text{fill:#f1f5f9}.ho,.rl,.if,.lg{fill:#a8b5c7}.nt,.nn,.bl,.bn,.bc{fill:#fff}.bg{fill:#0b1120}.frame{fill:#0f172a;stroke:#64748b}"
    ".card{fill:#1e293b;stroke:#475569}.dev{fill:#1e293b;stroke:#94a3b8}.host{fill:#273449;stroke:#94a3b8}"
    ".card.far,.card.old{stroke:#94a3b8}.cl{fill:#1e293b;stroke:#94a3b8}.nic{fill:#475569}.halo{stroke:#0f172a}.ic{stroke:#cbd5e1}.sep{stroke:#334155}\n";

/* Black on white: what colour says is said by names too. Bars become frames, so that no ink is wasted on them. */
static const char print[] =
    "text,.ho,.rl,.if,.lg,.nt,.nn,.bl,.bn,.bc{fill:#000}.bg,.frame,.card,.dev,.host,.cl{fill:#fff;stroke:#000}.bg{stroke:none}"
    ".nic,.bar{fill:#fff;stroke:#000;stroke-width:1.5}.halo{stroke:#fff}.ic,.sep{stroke:#000}";

const char *
style_class(enum style style)
{
	return (styles[style].class);
}

int
style_width(enum style style, const char *s)
{
	return (text_width(s, styles[style].face, styles[style].size));
}

void
theme_write(struct text *t, unsigned used)
{
	unsigned i;

	text_add(t, "<style>\n");
	text_add(t, common);
	for (i = 0; i <= PICTURE_HUES; i++)
		if ((used & HUE(i)) != 0)
			text_printf(t, ".z%u{fill:%s;stroke:%s}.e%u{stroke:%s}.p%u{fill:%s}.t%u{fill:%s}\n", i, hues[i].zone, hues[i].zone_edge,
			    i, hues[i].line, i, hues[i].line, i, hues[i].text);
	text_add(t, interaction);
	text_add(t, "@media screen and (prefers-color-scheme:dark){\n");
	text_add(t, dark);
	for (i = 0; i <= PICTURE_HUES; i++)
		if ((used & HUE(i)) != 0)
			text_printf(t, ".z%u{fill:%s;stroke:%s;stroke-opacity:.6}.e%u{stroke:%s}.p%u{fill:%s}.bar.p%u{fill:%s}.t%u{fill:%s}\n",
			    i, hues[i].dark_zone, hues[i].dark_line, i, hues[i].dark_line, i, hues[i].dark_line, i, hues[i].line, i, hues[i].dark_text);
	text_add(t, "}\n@media print{\n");
	text_add(t, print);
	for (i = 0; i <= PICTURE_HUES; i++)
		if ((used & HUE(i)) != 0)
			text_printf(t, ".z%u{fill:#fff;stroke:#666}.e%u{stroke:#000}.p%u{fill:#000}.bar.p%u{fill:#fff}.t%u{fill:#000}", i, i, i, i, i);
	text_add(t, "\n}\n</style>\n");
}
