/* SPDX-License-Identifier: BSD-2-Clause */
/* How wide a text is at most, whatever fonts the reader has: no font is opened, so the same text is as wide on every machine. */
#ifndef DIAGRAM_WIDTHS_H
#define DIAGRAM_WIDTHS_H

enum face { FACE_SANS, FACE_BOLD, FACE_MONO };

/* Width in px, rounded up, of UTF-8 text at a size in tenths of a px (105: 10.5 px). NULL is an empty text. */
int text_width(const char *, enum face, int size);

/* Width of one code point in thousandths of an em. */
int glyph_width(unsigned long cp, enum face);

#endif
