/* SPDX-License-Identifier: BSD-2-Clause */
/* The field table: one row a YAML key with its type, range, default and prose. Decoder, suggestions, dump, JSON Schema, reference,
 * manual page and the fuzzer's dictionary all read it; the truth about a key is written nowhere else. */
#ifndef DECL_TABLES_H
#define DECL_TABLES_H

#include <stddef.h>
#include <stdint.h>

enum kind {
	KIND_STR,       /* struct v_str, any text */
	KIND_WORD,      /* struct v_str, one of words */
	KIND_BOOL,      /* struct v_bool, true or false */
	KIND_INT,       /* struct v_int, plain decimal in min..max */
	KIND_STRS,      /* struct v_strs, a list or one scalar */
	KIND_WORDS,     /* struct v_strs, each one of words */
	KIND_INTS,      /* struct v_ints */
	KIND_TOGGLE,    /* struct v_toggle: true, false, or a list (of words where given) */
	KIND_PAIRS,     /* struct v_pairs: name: value, or with FIELD_PAIR_LIST also a list of NAME[=VALUE] */
	KIND_RECORD,    /* pointer to the record */
	KIND_MAP,       /* DECL_ITEMS: name: keys */
	KIND_LIST,      /* DECL_ITEMS: list of mappings, or one; a scalar item stands for record->scalar_key where the record has one */
};

/* What a text means (of a map: its names; of pairs: theirs): for the schema's patterns, the reference and the error that follows. The
 * model reads the value itself. */
enum form {
	FORM_TEXT, FORM_NAME, FORM_IFNAME, FORM_ADDRESS, FORM_IFADDRESS, FORM_PREFIX, FORM_RANGE, FORM_MAC, FORM_HOSTNAME, FORM_RELEASE,
	FORM_GATEWAY, FORM_VIA, FORM_TARGET, FORM_EPAIR, FORM_VARIABLE, FORM_FILE, FORM_END, FORM_COMMAND, FORM_CLASSIC_IP, FORM_JAIL, FORM_GROUP,
	FORM_PARAMETER,
};

#define FIELD_REQUIRED   1u
#define FIELD_NONEMPTY   2u     /* [] is an error */
#define FIELD_PAIR_LIST  4u
#define FIELD_RANGES     8u     /* keys of the map may be ranges: web[1-8] */
#define FIELD_TAGS      16u     /* keys of the map are VLAN tags */
#define FIELD_APART     64u     /* has no member: the tree (include) or the decoder (defaults) deals with it */
#define FIELD_NAMES    128u     /* STRS, TOGGLE: a list of jails, in which a range stands for all it makes */
#define FIELD_PAIR     256u     /* STRS: exactly two */

struct record;

struct field {
	const char *key;
	enum kind kind;
	size_t at;                      /* offset in the record's struct */
	unsigned flags;
	enum form form;
	const struct record *record;    /* RECORD, MAP, LIST */
	const char *const *words;       /* WORD, WORDS, TOGGLE; of INT: those of the range that mean something; ends with NULL */
	int64_t min, max;               /* INT, INTS */
	const char *preset;             /* what holds when it is not given, in words; NULL: nothing */
	const char *doc;                /* one or two sentences */
	const char *example;            /* the key and a value, one line of YAML */
	const char *releases;           /* "15": only from there; NULL: all */
};

struct record {
	const char *name;               /* "a bridge"; the noun alone stands before a key: "bridge bridge0" */
	size_t size;
	const char *scalar_key;         /* LIST: a scalar item is this key's value; NULL: none */
	const struct field *field;      /* ends with key NULL */
	const char *doc;
	const char *id;                 /* one word: the schema's definition, the reference's anchor */
};

extern const struct record record_topology, record_host, record_host_interface, record_jail_interface, record_jail_vlan, record_cable_end,
    record_machine_interface, record_vlan, record_lagg, record_subnet, record_bridge, record_member, record_cable, record_jail, record_exec,
    record_machine, record_route, record_rdr, record_expect, record_defaults;

/* All records, for those who walk the whole language; ends with NULL. */
extern const struct record *const records[];

/* At most so many fields has a record. */
#define FIELDS_MAX 32

const struct field *field_find(const struct record *, const char *key);

#endif
