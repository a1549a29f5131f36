/* Reads a workbook back, because the library that writes it does not check every write. */
#include "table/parts.h"

#include "base/mem.h"

#include <isa-l/igzip_lib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Of the archive (PKWARE APPNOTE 4.3): sizes and places of the fields that are looked at. */
enum {
    END = 22,
    ENTRY = 46,
    LOCAL = 30,
    PIECE = 1 << 16,
};

static uint32_t little(const unsigned char *at, int bytes)
{
    uint32_t value = 0;
    for (int i = bytes - 1; i >= 0; i--)
        value = value << 8 | at[i];
    return value;
}

/* Ends of rows in a deflated sheet; -1: it is broken or ends early. */
static long long count_rows(const unsigned char *data, uint32_t bytes)
{
    static const char mark[] = "</row>";
    struct inflate_state state;
    unsigned char *piece = mem_must(malloc(PIECE));
    long long rows = 0;
    size_t matched = 0;
    isal_inflate_init(&state);
    state.next_in = (uint8_t *)data;
    state.avail_in = bytes;
    do {
        state.next_out = piece;
        state.avail_out = PIECE;
        if (isal_inflate(&state) != ISAL_DECOMP_OK)
            break;
        for (size_t i = 0, n = PIECE - state.avail_out; i < n; i++) {
            matched = piece[i] == (unsigned char)mark[matched] ? matched + 1 : piece[i] == '<';
            rows += matched == sizeof mark - 1;
            matched = matched == sizeof mark - 1 ? 0 : matched;
        }
    } while (state.block_state != ISAL_BLOCK_FINISH && state.avail_out == 0);
    bool whole = state.block_state == ISAL_BLOCK_FINISH;
    free(piece);
    return whole ? rows : -1;
}

/* The rows of the entry at `at` when it is the sheet's, else -2. */
static long long rows_of(const unsigned char *zip, size_t bytes, const unsigned char *at,
                         const char *name)
{
    uint32_t length = little(at + 28, 2), size = little(at + 20, 4), place = little(at + 42, 4);
    if (length != strlen(name) || memcmp(at + ENTRY, name, length) != 0)
        return -2;
    if ((size_t)place + LOCAL > bytes)
        return -1;
    size_t from = (size_t)place + LOCAL + little(zip + place + 26, 2) + little(zip + place + 28, 2);
    return from + size > bytes ? -1 : count_rows(zip + from, size);
}

static long long rows_in(const unsigned char *zip, size_t bytes, size_t sheet)
{
    char name[64];
    snprintf(name, sizeof name, "xl/worksheets/sheet%zu.xml", sheet + 1);
    if (bytes < END)
        return -1;
    const unsigned char *end = zip + bytes - END;
    size_t at = little(end + 16, 4);
    for (uint32_t n = little(end + 10, 2); n && at + ENTRY + strlen(name) <= bytes; n--) {
        const unsigned char *entry = zip + at;
        long long rows = rows_of(zip, bytes, entry, name);
        if (rows != -2)
            return rows;
        at += ENTRY + little(entry + 28, 2) + little(entry + 30, 2) + little(entry + 32, 2);
    }
    return -1;
}

bool xlsx_check(const char *path, const struct table_sheet *sheet, size_t n, struct err *e)
{
    size_t bytes;
    char *zip = file_read(path, SIZE_MAX / 2, &bytes, e);
    bool ok = zip != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        long long rows = rows_in((const unsigned char *)zip, bytes, i);
        if (rows != (long long)sheet[i].table->rows + 1)
            ok =
                err_set(e, ERR_FAILED,
                        "the workbook that was written does not hold the %zu rows of %s (is a disk "
                        "full?)",
                        sheet[i].table->rows, sheet[i].name);
    }
    free(zip);
    return ok;
}
