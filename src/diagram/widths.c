/* SPDX-License-Identifier: BSD-2-Clause */
/* Text widths: of each character the wider of Helvetica and DejaVu Sans, the two ends of what a sans-serif font is on FreeBSD, Linux,
 * macOS and Windows. */
#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "diagram/widths.h"

/* Space to tilde, thousandths of an em. */
static const short sans[] = {
	318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337,
	637, 637, 637, 637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838, 838, 557,
	1016, 685, 687, 723, 771, 667, 611, 778, 752, 295, 500, 667, 558, 863, 749, 788,
	667, 788, 723, 667, 611, 732, 685, 989, 686, 667, 686, 391, 337, 391, 838, 557,
	500, 613, 635, 550, 635, 616, 353, 635, 634, 278, 278, 580, 278, 975, 634, 612,
	635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637, 337, 637, 838,
};
static const short bold[] = {
	349, 457, 521, 838, 696, 1002, 873, 307, 458, 458, 523, 838, 380, 416, 380, 366,
	696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 611,
	1000, 774, 763, 734, 831, 684, 684, 821, 837, 373, 557, 775, 638, 996, 837, 851,
	733, 851, 771, 721, 683, 813, 774, 1104, 771, 725, 726, 458, 366, 458, 838, 557,
	500, 675, 716, 593, 716, 679, 436, 716, 712, 343, 343, 666, 343, 1042, 712, 688,
	716, 716, 494, 596, 479, 712, 652, 924, 646, 652, 583, 712, 366, 712, 838,
};

#define MONO_WIDTH 602          /* DejaVu Sans Mono; Menlo, Consolas, Liberation Mono are narrower or equal */
#define WIDE_WIDTH 1000         /* what is not ASCII: a full-width character's em */
#define PICTOGRAPH_WIDTH 1400   /* colour fonts exceed the em */
#define PICTOGRAPHS 0x1f000

int
glyph_width(unsigned long cp, enum face face)
{
	if (cp >= PICTOGRAPHS)
		return (PICTOGRAPH_WIDTH);
	if (cp < ' ' || cp > '~')
		return (WIDE_WIDTH);
	switch (face) {
	case FACE_SANS:
		return (sans[cp - ' ']);
	case FACE_BOLD:
		return (bold[cp - ' ']);
	case FACE_MONO:
		break;
	}
	return (MONO_WIDTH);
}

int
text_width(const char *s, enum face face, int size)
{
	size_t n, used;
	long sum = 0;
	uint32_t cp;

	if (s == NULL)
		return (0);
	for (n = strlen(s); n > 0; s += used, n -= used) {
		used = utf8_decode(s, n, &cp);
		if (used == 0) {
			used = 1;
			cp = 0xfffd;
		}
		sum += glyph_width(cp, face);
	}
	return ((int)((sum * size + 9999) / 10000));
}
