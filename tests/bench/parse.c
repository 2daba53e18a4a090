/* SPDX-License-Identifier: BSD-2-Clause */
/* The floor: libyaml's events of a file and nothing else; then the bytes of a folder's files written to another, each made durable
 * where that is asked for. parse FILE [FROM TO [durable]] */
#define _XOPEN_SOURCE 700
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

static const char *from, *to;
static int durable;

static int
copy(const char *path, const struct stat *st, int kind, struct FTW *place)
{
	static char buffer[1 << 20];
	char target[4096];
	ssize_t n;
	int in, out;

	(void)place;
	snprintf(target, sizeof(target), "%s%s", to, path + strlen(from));
	if (kind == FTW_D)
		return (mkdir(target, st->st_mode & 0777) != 0 && access(target, W_OK) != 0);
	if (kind != FTW_F)
		return (0);
	in = open(path, O_RDONLY | O_CLOEXEC);
	out = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	while ((n = read(in, buffer, sizeof(buffer))) > 0)
		if (write(out, buffer, (size_t)n) != n)
			return (1);
	if (durable && fsync(out) != 0)
		return (1);
	close(in);
	return (close(out));
}

int
main(int argc, char *argv[])
{
	yaml_parser_t parser;
	yaml_event_t event;
	FILE *f = argc > 1 ? fopen(argv[1], "rb") : NULL;
	unsigned long events = 0;
	int last = 0;

	if (f == NULL || !yaml_parser_initialize(&parser))
		return (2);
	yaml_parser_set_input_file(&parser, f);
	do {
		if (!yaml_parser_parse(&parser, &event))
			return (1);
		last = event.type == YAML_STREAM_END_EVENT;
		events++;
		yaml_event_delete(&event);
	} while (!last);
	yaml_parser_delete(&parser);
	fclose(f);
	if (argc > 3) {
		from = argv[2];
		to = argv[3];
		durable = argc > 4;
		if (nftw(from, copy, 16, FTW_PHYS) != 0)
			return (1);
	}
	printf("%lu events\n", events);
	return (0);
}
