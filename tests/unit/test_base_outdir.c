/* SPDX-License-Identifier: BSD-2-Clause */
/* base/outdir: what stands in a directory after each build, and after each way one can fail. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/outdir.h"
#include "unit.h"

struct place {
	struct arena *arena;
	char *root;             /* a fresh directory */
	const char *dir;        /* in it, not there yet */
};

static int
setup(void **state)
{
	struct arena *a = arena_new();
	struct place *p = NEW(a, struct place);
	const char *tmp = getenv("TMPDIR");

	p->arena = a;
	p->root = arena_printf(a, "%s/vnetc-test.XXXXXX", tmp != NULL ? tmp : "/tmp");
	*state = p;
	if (mkdtemp(p->root) == NULL)
		return (-1);
	p->dir = arena_printf(a, "%s/generated", p->root);
	return (0);
}

static void
remove_tree(struct arena *a, const char *path)
{
	struct dirent *e;
	DIR *d = opendir(path);

	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		const char *inner = arena_printf(a, "%s/%s", path, e->d_name);
		struct stat st;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		assert_int_equal(lstat(inner, &st), 0);
		if (S_ISDIR(st.st_mode))
			remove_tree(a, inner);
		else
			unlink(inner);
	}
	closedir(d);
	rmdir(path);
}

static int
teardown(void **state)
{
	struct place *p = *state;

	remove_tree(p->arena, p->root);
	arena_free(p->arena);
	return (0);
}

/* "a=1 b/c=2": the files and their texts. */
static struct outdir
files(struct arena *a, const char *spec)
{
	char *copy = arena_strdup(a, spec), *word, *rest = copy;
	struct outdir o;

	outdir_init(&o, a);
	while ((word = strtok_r(rest, " ", &rest)) != NULL) {
		char *equals = strchr(word, '=');

		*equals = '\0';
		outdir_add(&o, word, equals + 1, strlen(equals + 1));
	}
	return (o);
}

static const char *
changes_text(struct arena *a, const out_changes *changes)
{
	static const char *const words[] = { "same", "changed", "new", "leftover" };
	struct text t = { .arena = a };

	for (size_t i = 0; i < changes->n; i++)
		text_printf(&t, "%s%s:%s", i > 0 ? " " : "", words[changes->v[i].state], changes->v[i].path);
	return (text_end(&t));
}

/* What a build or a comparison says: its changes, or its error. */
static const char *
built(struct place *p, const char *spec)
{
	struct outdir o = files(p->arena, spec);
	struct out_error e;
	out_changes c;

	if (!outdir_write(&o, p->dir, "web", &c, &e)) {
		assert_non_null(e.text);
		return (e.text);
	}
	return (changes_text(p->arena, &c));
}

static const char *
compared(struct place *p, const char *spec)
{
	struct outdir o = files(p->arena, spec);
	struct out_error e;
	out_changes c;

	if (!outdir_compare(&o, p->dir, "web", &c, &e))
		return (e.text);
	return (changes_text(p->arena, &c));
}

static const char *
in(struct place *p, const char *path)
{
	return (arena_printf(p->arena, "%s/%s", p->dir, path));
}

static void
put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static int
by_name(const void *a, const void *b)
{
	return (strcmp(*(const char *const *)a, *(const char *const *)b));
}

static void
gather(struct arena *a, const char *dir, const char *under, strings *all)
{
	const char *path = *under == '\0' ? dir : arena_printf(a, "%s/%s", dir, under);
	struct dirent *e;
	DIR *d = opendir(path);

	if (d == NULL)
		return;
	while ((e = readdir(d)) != NULL) {
		const char *inner = *under == '\0' ? arena_strdup(a, e->d_name) : arena_printf(a, "%s/%s", under, e->d_name);
		struct stat st;
		struct out_error error;
		size_t len;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		assert_int_equal(lstat(arena_printf(a, "%s/%s", dir, inner), &st), 0);
		if (S_ISDIR(st.st_mode)) {
			*vec_push(a, all) = arena_printf(a, "%s/", inner);
			gather(a, dir, inner, all);
		} else if (S_ISREG(st.st_mode) && strcmp(inner, ".vnetc") != 0)
			*vec_push(a, all) = arena_printf(a, "%s=%s", inner,
			    file_read(a, arena_printf(a, "%s/%s", dir, inner), 1 << 20, &len, &error));
		else
			*vec_push(a, all) = inner;
	}
	closedir(d);
}

/* All that stands in the directory, sorted: "a=1 b/ b/c=2", the list by name only. */
static const char *
standing(struct place *p)
{
	strings all = { 0 };

	gather(p->arena, p->dir, "", &all);
	if (all.n > 0)
		qsort(all.v, all.n, sizeof(all.v[0]), by_name);
	return (str_join(p->arena, &all, " "));
}

static const char *
list(struct place *p)
{
	struct out_error e;
	size_t len;

	return (file_read(p->arena, in(p, ".vnetc"), 1 << 20, &len, &e));
}

static void
test_new_changed_same_leftover(void **state)
{
	struct place *p = *state;

	assert_string_equal(compared(p, "a=1 b/c=2"), "new:a new:b/c");
	assert_string_equal(standing(p), "");
	assert_string_equal(built(p, "b/c=2 a=1 b/d/e=3"), "new:a new:b/c new:b/d/e");
	assert_string_equal(standing(p), ".vnetc a=1 b/ b/c=2 b/d/ b/d/e=3");
	assert_string_equal(list(p), "vnetc 1 web\na\nb/c\nb/d/e\n");
	assert_string_equal(compared(p, "a=1 b/c=22 x="), "same:a changed:b/c leftover:b/d/e new:x");
	assert_string_equal(built(p, "a=1 b/c=22 x="), "same:a changed:b/c leftover:b/d/e new:x");
	assert_string_equal(standing(p), ".vnetc a=1 b/ b/c=22 x=");
	assert_string_equal(list(p), "vnetc 1 web\na\nb/c\nx\n");
	assert_string_equal(compared(p, "a=1 b/c=22 x="), "same:a same:b/c same:x");
}

static void
test_old_text_is_told(void **state)
{
	struct place *p = *state;
	struct outdir o = files(p->arena, "a=new");
	struct out_error e;
	out_changes c;

	built(p, "a=old b=rest");
	assert_true(outdir_compare(&o, p->dir, "web", &c, &e));
	assert_int_equal(c.n, 2);
	assert_int_equal(c.v[0].old_len, 3);
	assert_memory_equal(c.v[0].old_text, "old", 3);
	assert_string_equal(c.v[0].file->text, "new");
	assert_memory_equal(c.v[1].old_text, "rest", 4);
	assert_null(c.v[1].file);
}

static void
test_unchanged_is_untouched(void **state)
{
	struct place *p = *state;
	struct timespec old[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };
	struct stat st;

	built(p, "a=1 b=1");
	assert_int_equal(utimensat(AT_FDCWD, in(p, "a"), old, 0), 0);
	assert_int_equal(utimensat(AT_FDCWD, p->dir, old, 0), 0);
	built(p, "a=1 b=1");
	assert_int_equal(stat(p->dir, &st), 0);
	assert_int_equal(st.st_mtime, 1000000000);
	built(p, "a=1 b=2");
	assert_int_equal(stat(in(p, "a"), &st), 0);
	assert_int_equal(st.st_mtime, 1000000000);
	assert_int_equal(stat(in(p, "b"), &st), 0);
	assert_true(st.st_mtime > 1000000000);
}

static void
test_foreign_files_stay(void **state)
{
	struct place *p = *state;

	built(p, "a=1 d/b=1");
	put(in(p, "mine"), "hand-made");
	put(in(p, "d/mine"), "hand-made");
	assert_string_equal(compared(p, "a=1"), "same:a leftover:d/b");
	built(p, "a=1");
	assert_string_equal(standing(p), ".vnetc a=1 d/ d/mine=hand-made mine=hand-made");
	assert_string_equal(built(p, "a=2 mine=x"),
	    arena_printf(p->arena, "cannot write %s: a file of that name is there and vnetc did not write it", in(p, "mine")));
	assert_string_equal(standing(p), ".vnetc a=1 d/ d/mine=hand-made mine=hand-made");
	/* The same text is no conflict. */
	assert_string_equal(built(p, "a=2 mine=hand-made"), "changed:a same:mine");
}

static void
test_directory_of_another(void **state)
{
	struct place *p = *state;
	struct outdir o = files(p->arena, "a=2");
	struct out_error e;
	out_changes c;

	built(p, "a=1");
	assert_false(outdir_write(&o, p->dir, "mail", &c, &e));
	assert_int_equal(e.code, 0);
	assert_string_equal(e.text, arena_printf(p->arena, "%s was written from web", p->dir));
	assert_false(outdir_compare(&o, p->dir, "mail", &c, &e));
	assert_string_equal(standing(p), ".vnetc a=1");
}

static void
test_file_and_directory_change_places(void **state)
{
	struct place *p = *state;

	built(p, "a=1 b/c=1 b/d=1");
	assert_string_equal(built(p, "a/x/y=2 b=2"), "leftover:a new:a/x/y new:b leftover:b/c leftover:b/d");
	assert_string_equal(standing(p), ".vnetc a/ a/x/ a/x/y=2 b=2");
	built(p, "a=1 b/c=1 b/d=1");
	assert_string_equal(standing(p), ".vnetc a=1 b/ b/c=1 b/d=1");
	/* Not where something else stands in the directory. */
	put(in(p, "b/mine"), "x");
	assert_string_equal(built(p, "a=1 b=2"), arena_printf(p->arena, "cannot write %s: Is a directory", in(p, "b")));
	assert_non_null(strstr(standing(p), "b/mine=x"));
	/* Half-way the list knows old and new. */
	assert_string_equal(list(p), "vnetc 1 web\na\nb\nb/c\nb/d\n");
}

static void
test_links_are_not_followed(void **state)
{
	struct place *p = *state;
	const char *target = arena_printf(p->arena, "%s/target", p->root), *away = arena_printf(p->arena, "%s/away", p->root);

	built(p, "a=1 d/b=1 e/f=1");
	put(target, "precious");
	assert_int_equal(mkdir(away, 0755), 0);
	put(arena_printf(p->arena, "%s/b", away), "precious");
	unlink(in(p, "a"));
	assert_int_equal(symlink(target, in(p, "a")), 0);
	assert_string_equal(built(p, "a=2 d/b=1 e/f=1"),
	    arena_printf(p->arena, "cannot write %s: it is a symbolic link", in(p, "a")));
	assert_string_equal(built(p, "d/b=1 e/f=1"), arena_printf(p->arena, "cannot remove %s: it is a symbolic link", in(p, "a")));
	unlink(in(p, "a"));
	unlink(in(p, "d/b"));
	rmdir(in(p, "d"));
	assert_int_equal(symlink(away, in(p, "d")), 0);
	assert_string_equal(built(p, "a=1 d/b=2 e/f=1"),
	    arena_printf(p->arena, "cannot write %s: d is a symbolic link", in(p, "d/b")));
	assert_string_equal(built(p, "a=1 e/f=1"), arena_printf(p->arena, "cannot remove %s: d is a symbolic link", in(p, "d/b")));
	unlink(in(p, ".vnetc"));
	assert_int_equal(symlink(target, in(p, ".vnetc")), 0);
	assert_string_equal(built(p, "x=1"), arena_printf(p->arena, "cannot read %s: it is a symbolic link", in(p, ".vnetc")));
	p->dir = p->root;
	assert_non_null(strstr(standing(p), " target=precious"));
	assert_non_null(strstr(standing(p), "away/b=precious "));
}

static void
test_bad_paths(void **state)
{
	static const char *const bad[] = { "../x=1", "/x=1", "a/../x=1", "a//b=1", "a/=1", "./a=1", "=1", ".vnetc=1", "a/.vnetc.tmp.1=1",
		"a\nb=1" };
	struct place *p = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (strstr(built(p, bad[i]), ": it is no name for an output") == NULL)
			fail_msg("%s was written", bad[i]);
	assert_string_equal(standing(p), "");
}

static void
test_damaged_list(void **state)
{
	static const char *const lists[] = { "", "x", "vnetc 2 web\n", "vnetc 1 web", "vnetc 1 web\n../precious\n", "vnetc 1 web\n/etc/x\n",
		"vnetc 1 web\n\n", "vnetc 1 web\na" };
	struct place *p = *state;

	built(p, "a=1");
	put(arena_printf(p->arena, "%s/precious", p->root), "x");
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		put(in(p, ".vnetc"), lists[i]);
		assert_string_equal(built(p, "a=1"), arena_printf(p->arena, "%s is not a list that vnetc wrote", in(p, ".vnetc")));
	}
	assert_int_equal(access(arena_printf(p->arena, "%s/precious", p->root), F_OK), 0);
}

static void
test_owner_is_one_line(void **state)
{
	struct place *p = *state;
	struct outdir o = files(p->arena, "a=1");
	struct out_error e;
	out_changes c;

	assert_true(outdir_write(&o, p->dir, "two\nlines", &c, &e));
	assert_string_equal(list(p), "vnetc 1 two\\x0alines\na\n");
	assert_true(outdir_write(&o, p->dir, "two\nlines", &c, &e));
}

static void
test_parents_are_made(void **state)
{
	struct place *p = *state;

	p->dir = arena_printf(p->arena, "%s/x/y/", p->root);
	assert_string_equal(built(p, "a=1"), "new:a");
	assert_string_equal(standing(p), ".vnetc a=1");
	put(arena_printf(p->arena, "%s/file", p->root), "x");
	p->dir = arena_printf(p->arena, "%s/file", p->root);
	assert_string_equal(built(p, "a=1"), arena_printf(p->arena, "cannot read %s: Not a directory", p->dir));
	p->dir = arena_printf(p->arena, "%s/file/y", p->root);
	assert_string_equal(built(p, "a=1"), arena_printf(p->arena, "cannot read %s: Not a directory", p->dir));
}

/* A killed build: the list with old and new, temporaries, a lock, some files renamed, an empty directory. */
static void
test_finishes_a_killed_build(void **state)
{
	struct place *p = *state;

	built(p, "a=1 b/c=1 gone/x=1");
	put(in(p, ".vnetc"), "vnetc 1 web\na\nb/c\ngone/x\nnew/y\n");
	put(in(p, ".vnetc.lock"), "");
	put(in(p, ".vnetc.tmp.0"), "half");
	put(in(p, ".vnetc.tmp.list"), "half");
	put(in(p, "b/.vnetc.tmp.1"), "half");
	mkdir(in(p, "new"), 0755);
	put(in(p, "new/.vnetc.tmp.2"), "half");
	put(in(p, "a"), "2");
	unlink(in(p, "gone/x"));
	assert_string_equal(built(p, "a=2 b/c=2 new/y=2"), "same:a changed:b/c new:new/y");
	assert_string_equal(standing(p), ".vnetc a=2 b/ b/c=2 new/ new/y=2");
	assert_string_equal(list(p), "vnetc 1 web\na\nb/c\nnew/y\n");
	/* Also when the topology was set back meanwhile. */
	put(in(p, ".vnetc.lock"), "");
	put(in(p, "b/.vnetc.tmp.1"), "half");
	assert_string_equal(built(p, "a=2 b/c=2 new/y=2"), "same:a same:b/c same:new/y");
	assert_string_equal(standing(p), ".vnetc a=2 b/ b/c=2 new/ new/y=2");
}

/* Files may not grow past this: the write fails as on a full disk. */
static void
limit_file_size(rlim_t size)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = size;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void
test_failed_write_changes_nothing(void **state)
{
	struct place *p = *state;
	char big[5001];
	const char *before, *after, *said;

	memset(big, 'x', 5000);
	big[5000] = '\0';
	built(p, "a=1 b/c=1 gone=1");
	before = standing(p);
	signal(SIGXFSZ, SIG_IGN);
	limit_file_size(1000);
	said = built(p, arena_printf(p->arena, "a=2 b/c=2 new/d/e=3 z=%s", big));
	limit_file_size(RLIM_INFINITY);
	assert_string_equal(said, arena_printf(p->arena, "cannot write %s: File too large", in(p, "z")));
	after = standing(p);
	assert_string_equal(after, before);
	assert_string_equal(list(p), "vnetc 1 web\na\nb/c\ngone\n");
	/* And nothing at all where nothing was. */
	p->dir = arena_printf(p->arena, "%s/not/yet", p->root);
	limit_file_size(1000);
	said = built(p, arena_printf(p->arena, "a/b=2 z=%s", big));
	limit_file_size(RLIM_INFINITY);
	assert_string_equal(said, arena_printf(p->arena, "cannot write %s: File too large", in(p, "z")));
	assert_int_equal(access(arena_printf(p->arena, "%s/not", p->root), F_OK), -1);
}

static void
test_builds_at_once(void **state)
{
	struct place *p = *state;
	pid_t pids[8];
	const char *text;

	for (int i = 0; i < 8; i++) {
		pids[i] = fork();
		assert_true(pids[i] >= 0);
		if (pids[i] == 0) {
			struct text spec = { .arena = p->arena };

			for (int k = i % 3; k < 20; k++)
				text_printf(&spec, "d%d/f=%d ", k, i);
			for (int n = 0; n < 5; n++)
				if (strncmp(built(p, text_end(&spec)), "cannot", 6) == 0)
					_exit(1);
			_exit(0);
		}
	}
	for (int i = 0; i < 8; i++) {
		int status;

		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
	/* One build's files and no other's: the last one's. */
	text = standing(p);
	assert_null(strstr(text, "vnetc.tmp"));
	assert_null(strstr(text, "vnetc.lock"));
	text = strstr(text, "d10/f=");
	assert_non_null(text);
	for (int k = 2; k < 20; k++)
		assert_non_null(strstr(standing(p), arena_printf(p->arena, "d%d/f=%c", k, text[6])));
}

/* Killed at some moment, then again: each file is whole throughout, and the last build leaves nothing of the dead ones. */
static void
test_killed_at_any_moment(void **state)
{
	struct place *p = *state;
	static const char *const specs[] = { "a=1111 b/c=1111 d=1111 e/f/g=1111", "a=2222 b=2222 d/x=2222 h=2222" };
	const char *said;
	static const char *const paths[] = { "a", "b", "b/c", "d", "d/x", "e/f/g", "h" };

	built(p, specs[0]);
	for (int i = 0; i < 60; i++) {
		struct timespec pause = { .tv_nsec = (i * 7919 % 60) * 50000 };
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid == 0) {
			for (;;) {
				built(p, specs[0]);
				built(p, specs[1]);
			}
		}
		nanosleep(&pause, NULL);
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, NULL, 0), pid);
		for (size_t k = 0; k < sizeof(paths) / sizeof(paths[0]); k++) {
			struct out_error e;
			size_t len;
			const char *text = file_read(p->arena, in(p, paths[k]), 100, &len, &e);

			if (text != NULL && strcmp(text, "1111") != 0 && strcmp(text, "2222") != 0)
				fail_msg("%s is %s", paths[k], text);
		}
	}
	said = built(p, specs[1]);
	if (strncmp(said, "cannot", 6) == 0)
		fail_msg("%s", said);
	assert_string_equal(standing(p), ".vnetc a=2222 b=2222 d/ d/x=2222 h=2222");
}

static void
test_file_write(void **state)
{
	struct place *p = *state;
	struct arena *a = p->arena;
	const char *f = arena_printf(a, "%s/f", p->root), *l = arena_printf(a, "%s/l", p->root);
	struct timespec old[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };
	struct out_error e;
	struct stat st;

	p->dir = p->root;
	assert_true(file_write(a, f, "one", 3, &e));
	assert_string_equal(standing(p), "f=one");
	assert_true(file_write(a, f, "three", 5, &e));
	assert_string_equal(standing(p), "f=three");
	/* The same again: untouched; another: its mode stays. */
	assert_int_equal(utimensat(AT_FDCWD, f, old, 0), 0);
	assert_true(file_write(a, f, "three", 5, &e));
	assert_int_equal(stat(f, &st), 0);
	assert_int_equal(st.st_mtime, 1000000000);
	assert_int_equal(chmod(f, 0600), 0);
	assert_int_equal(symlink("f", l), 0);
	assert_true(file_write(a, l, "through", 7, &e));
	assert_int_equal(lstat(l, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(stat(f, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_string_equal(standing(p), "f=through l");
	/* A temporary left by a killed run is taken over. */
	put(arena_printf(a, "%s/.vnetc.tmp.f", p->root), "half and a longer text");
	assert_true(file_write(a, f, "last", 4, &e));
	assert_string_equal(standing(p), "f=last l");
	assert_true(file_write(a, "/dev/null", "x", 1, &e));
	assert_false(file_write(a, p->root, "x", 1, &e));
	assert_string_equal(e.text, arena_printf(a, "cannot write %s: Is a directory", p->root));
	assert_int_equal(e.code, EISDIR);
	assert_false(file_write(a, arena_printf(a, "%s/none/f", p->root), "x", 1, &e));
	assert_int_equal(e.code, ENOENT);
	signal(SIGXFSZ, SIG_IGN);
	limit_file_size(2);
	assert_false(file_write(a, f, "much", 4, &e));
	limit_file_size(RLIM_INFINITY);
	assert_int_equal(e.code, EFBIG);
	assert_string_equal(standing(p), "f=last l");
}

static void
test_file_read(void **state)
{
	struct place *p = *state;
	struct arena *a = p->arena;
	const char *f = arena_printf(a, "%s/f", p->root);
	struct out_error e;
	size_t len = 42;
	char *text;
	int fds[2], in_fd;

	put(f, "hello");
	text = file_read(a, f, 5, &len, &e);
	assert_non_null(text);
	assert_string_equal(text, "hello");
	assert_int_equal(len, 5);
	assert_null(file_read(a, f, 4, &len, &e));
	assert_int_equal(e.code, EFBIG);
	assert_string_equal(e.text, arena_printf(a, "cannot read %s: it is larger than 4 bytes", f));
	put(f, "");
	text = file_read(a, f, 0, &len, &e);
	assert_non_null(text);
	assert_string_equal(text, "");
	assert_null(file_read(a, p->root, 100, &len, &e));
	assert_string_equal(e.text, arena_printf(a, "cannot read %s: Is a directory", p->root));
	assert_null(file_read(a, arena_printf(a, "%s/none", p->root), 100, &len, &e));
	assert_int_equal(e.code, ENOENT);
	/* A pipe is refused at once, not waited for. */
	unlink(f);
	assert_int_equal(mkfifo(f, 0600), 0);
	assert_null(file_read(a, f, 100, &len, &e));
	assert_string_equal(e.text, arena_printf(a, "cannot read %s: it is not a regular file", f));
	/* Standard input may be one. */
	assert_int_equal(pipe(fds), 0);
	in_fd = dup(STDIN_FILENO);
	dup2(fds[0], STDIN_FILENO);
	assert_int_equal(write(fds[1], "from a pipe", 11), 11);
	close(fds[1]);
	text = file_read(a, "-", 11, &len, &e);
	if (in_fd >= 0) {
		dup2(in_fd, STDIN_FILENO);
		close(in_fd);
	}
	close(fds[0]);
	assert_non_null(text);
	assert_string_equal(text, "from a pipe");
}

#define PLACE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLACE(test_new_changed_same_leftover),
		PLACE(test_old_text_is_told),
		PLACE(test_unchanged_is_untouched),
		PLACE(test_foreign_files_stay),
		PLACE(test_directory_of_another),
		PLACE(test_file_and_directory_change_places),
		PLACE(test_links_are_not_followed),
		PLACE(test_bad_paths),
		PLACE(test_damaged_list),
		PLACE(test_owner_is_one_line),
		PLACE(test_parents_are_made),
		PLACE(test_finishes_a_killed_build),
		PLACE(test_failed_write_changes_nothing),
		PLACE(test_builds_at_once),
		PLACE(test_killed_at_any_moment),
		PLACE(test_file_write),
		PLACE(test_file_read),
	};

	umask(022);
	return (RUN(tests));
}
