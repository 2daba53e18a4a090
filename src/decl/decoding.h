/* SPDX-License-Identifier: BSD-2-Clause */
/* What the decoder's files share: the state of one decode() and the record being read. */
#ifndef DECL_DECODING_H
#define DECL_DECODING_H

#include "base/str.h"
#include "decl/decl.h"
#include "decl/tables.h"
#include "tree/tree.h"

/* The jail that a value belongs to: what $n and ADDRESS+ mean in it. */
struct jail_scope {
	const char *name;
	struct span at;
	bool is_range;
	int64_t number;                 /* $n */
	uint64_t index;                 /* of the range's jails, from 0 */
};

struct decoder {
	struct arena *a;
	struct diags *d;
	const struct tree *root;
	const struct tree_pair *default_jail, *default_interface;
	const struct via *defaults_via;
	size_t jails;                   /* made so far */
	size_t values;                  /* that ranges and defaults stand for */
	bool too_many;                  /* of either, told */
	size_t faults;                  /* told, repetitions included */
};

/* A record while its keys are read. */
struct here {
	const struct record *record;
	char *out;
	struct span key[FIELDS_MAX];    /* where each field's key is written; nowhere: it is not */
	bool meant[FIELDS_MAX];         /* an unknown key is told to be this one misspelled: it is not missing as well */
	const struct via *via;          /* how all that stands in it came here */
	const struct jail_scope *jail;
	const struct here *up;
	bool is_defaults;               /* nothing is required, nothing conflicts */
};

/* A value on its way into a field. */
struct value {
	const struct tree *tree;
	struct span at, key;
	const struct via *via;
	bool item;                      /* of a list */
};

#define FAULT(dec, rule, at, ...) ((dec)->faults++, diag_add((dec)->d, (rule), (at), __VA_ARGS__))

static inline struct decl_item *
here_item(const struct here *h)
{
	return ((struct decl_item *)(void *)h->out);
}

/* decode.c */
const char *owner(struct decoder *, const struct here *);               /* "bridge bridge0", "an interface of jail guest1" */
bool field_given(const void *record, const struct field *);
/* Fills what a record does not give itself. */
void decode_defaults(struct decoder *, struct here *, const struct tree_pair *defaults);

/* values.c: one value into one field; false: reported */
bool decode_value(struct decoder *, struct here *, const struct field *, const struct value *);
struct value value_of(struct decoder *, const struct here *, const struct tree *, const struct via *, struct span key);
struct span value_place(const struct value *);                          /* where a fault of it is told */
void wrong_type(struct decoder *, const struct field *, const struct value *);
void empty_value(struct decoder *, const struct field *, const struct value *);
/* The text of a scalar, $n and ADDRESS+ replaced. */
const char *value_text(struct decoder *, const struct here *, const struct field *, const struct value *);
bool read_number(struct decoder *, const struct field *, const char *what, const char *text, struct span, int64_t *);

/* decode.c: records below a record */
bool decode_record(struct decoder *, struct here *, const struct field *, const struct value *);
bool decode_map(struct decoder *, struct here *, const struct field *, const struct value *);
bool decode_list(struct decoder *, struct here *, const struct field *, const struct value *);

/* names.c; thing: "jail" */
bool check_name(struct decoder *, enum form, const char *thing, const char *name, struct span);
bool check_hostname(struct decoder *, const char *name, struct span);
bool check_mac(struct decoder *, bool bridge, const char *text, struct span);

/* range.c: "web[1-8]" */
struct name_range { const char *prefix; int64_t first, last; int width; };      /* width 0: no leading zeros */
bool is_range(const char *name);
bool read_range_name(struct decoder *, const char *name, struct span, struct name_range *);   /* false: reported */
/* Counts the values that ranges and defaults stand for; false: too many, reported. */
bool values_fit(struct decoder *, struct span, size_t values);
const char *range_name(struct decoder *, const struct name_range *, int64_t number);

/* kinds.c: what keys of one record demand of each other */
void check_record(struct decoder *, const struct here *);
bool default_applies(const struct here *, const struct field *);
void check_topology(struct decoder *, struct topology_decl *);

/* suggest.c */
void suggest_key(struct decoder *, struct diag *, struct here *, const char *key, struct span);
void suggest_word(struct decoder *, struct diag *, const struct field *, const char *word, struct span);

#endif
