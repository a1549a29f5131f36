/* DICOM files made byte by byte, for tests of their readers; to be included behind cmocka's header.
 */
#ifndef RADMILL_TESTS_DICOM_BYTES_H
#define RADMILL_TESTS_DICOM_BYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXPLICIT "1.2.840.10008.1.2.1"
#define IMPLICIT "1.2.840.10008.1.2"

struct element {
    uint32_t tag;
    const char *vr, *value;
    uint32_t bytes;           /* 0: as many as the text has, made even by its padding */
    uint32_t undefined_bytes; /* of the value, where `bytes` is UINT32_MAX */
};

struct file {
    unsigned char at[40000];
    size_t n;
    bool implicit;
};

static void put(struct file *f, const void *bytes, size_t n)
{
    assert_true(f->n + n <= sizeof f->at);
    memcpy(f->at + f->n, bytes, n);
    f->n += n;
}

static void put_number(struct file *f, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        unsigned char byte = (unsigned char)(number >> (8 * i));
        put(f, &byte, 1);
    }
}

/* A capital X before the VR's letters: a reserved byte that is not zero. */
static void put_element(struct file *f, const struct element *e)
{
    const bool spoilt = e->vr[0] == 'X', undefined = e->bytes == UINT32_MAX;
    const char *vr = e->vr + spoilt;
    const size_t text = strlen(e->value), n = undefined ? e->undefined_bytes : e->bytes;
    const bool is_long = strstr("OB OW SQ UN UT", vr) != NULL, odd = !e->bytes && text % 2;
    put_number(f, e->tag >> 16, 2);
    put_number(f, e->tag & 0xffff, 2);
    if (!f->implicit)
        put(f, vr, 2);
    if (is_long && !f->implicit)
        put_number(f, spoilt, 2);
    put_number(f, e->bytes ? e->bytes : (uint32_t)(text + odd), is_long || f->implicit ? 4 : 2);
    put(f, e->value, n ? n : text);
    if (odd)
        put(f, strcmp(vr, "UI") == 0 ? "\0" : " ", 1);
}

static void put_meta(struct file *f, const char *syntax)
{
    const struct element e = {0x00020010, "UI", syntax, 0};
    struct file meta = {0};
    put_element(&meta, &e);
    f->n = 128;
    put(f, "DICM\2\0\0\0UL\4\0", 12);
    put_number(f, (uint32_t)meta.n, 4);
    put(f, meta.at, meta.n);
}

/* A file of these bytes, to be unlinked. */
static void store(const struct file *f, char path[40])
{
    strcpy(path, "/tmp/radmill-dicom-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, f->at, f->n) == (ssize_t)f->n && close(fd) == 0);
}

#endif
