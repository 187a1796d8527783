# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, binding=False
"""Plain rows of JSON lines, compiled: a strict reader of JSON that gives up a row at the first thing out of the way."""

from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.stdlib cimport free, malloc
from libc.string cimport memchr, memcmp, memcpy

import numpy as np

from compare.kernels.pointers cimport i64, u8
from compare.kernels.rows import reference
from compare.kernels.rows.reference import PlainRows

cdef extern from *:
    """
    #include <stddef.h>
    #include <stdint.h>
    #if defined(__SSE2__) && defined(__GNUC__)
    #include <emmintrin.h>
    #endif
    /* How many of some bytes come before a quotation mark, a backslash or a control character; `high` gets bits if one of
       them is beyond ASCII. */
    static inline size_t compare_clear(const uint8_t *bytes, size_t size, uint64_t *high) {
        size_t at = 0;
    #if defined(__SSE2__) && defined(__GNUC__)
        const __m128i quote = _mm_set1_epi8(34), slash = _mm_set1_epi8(92), last = _mm_set1_epi8(31);
        for (; at + 16 <= size; at += 16) {
            const __m128i x = _mm_loadu_si128((const __m128i *)(bytes + at));
            const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(x, last), x);
            const __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(x, quote), _mm_cmpeq_epi8(x, slash));
            const unsigned stops = (unsigned)_mm_movemask_epi8(_mm_or_si128(control, marks));
            const unsigned wide = (unsigned)_mm_movemask_epi8(x);
            if (stops) {
                const int count = __builtin_ctz(stops);
                *high |= wide & ((1u << count) - 1);
                return at + count;
            }
            *high |= wide;
        }
    #endif
        while (at < size && bytes[at] != 34 && bytes[at] != 92 && bytes[at] >= 32) *high |= bytes[at++] & 128;
        return at;
    }
    """
    size_t compare_clear(const uint8_t *, size_t, uint64_t *) noexcept nogil

cdef extern from "Python.h":
    object PyUnicode_DecodeUTF8(const char *, Py_ssize_t, const char *)

cdef enum:
    MOST_NAMES = 16
    DEPTH = 32
    BEGINNING = 500  # characters in which hyphens at line ends are looked for, as `sources/damage.py` does

cdef uint8_t BLANK = reference.BLANK, PLAIN = reference.PLAIN, SUSPECT = reference.SUSPECT, CLOSE = reference.CLOSE

cdef struct String:
    const uint8_t *start
    const uint8_t *stop
    bint escaped
    bint wide  # beyond ASCII

cdef struct Names:
    const uint8_t *start[MOST_NAMES]
    int64_t size[MOST_NAMES]
    int count

cdef struct Row:
    String value[MOST_NAMES]  # of each name; `start` is NULL where there is none


# --- values -------------------------------------------------------------------------------------------------------

cdef inline const uint8_t *blank(const uint8_t *at, const uint8_t *end) noexcept nogil:
    while at < end and (at[0] == 32 or at[0] == 9 or at[0] == 13 or at[0] == 10):
        at += 1
    return at


cdef inline const uint8_t *string(const uint8_t *at, const uint8_t *end, String *out) noexcept nogil:
    """Behind the string that begins behind a quotation mark; NULL if it is none. Its escapes are not looked at."""
    cdef uint64_t high = 0
    out.start, out.escaped, out.wide = at, False, False
    while True:
        at += compare_clear(at, end - at, &high)
        if end - at < 2 or at[0] != 92:
            break
        out.escaped = True
        at += 2
    out.stop, out.wide = at, high != 0
    return at + 1 if at < end and at[0] == 34 else NULL


cdef inline int hexadecimal(uint8_t digit) noexcept nogil:
    if 48 <= digit <= 57:
        return digit - 48
    digit |= 32
    return digit - 87 if 97 <= digit <= 102 else -1


cdef inline int point_of(const uint8_t *at, const uint8_t *stop) noexcept nogil:
    """The code unit of four hexadecimal digits; −1 if they are none."""
    cdef int i, digit, unit = 0
    if stop - at < 4:
        return -1
    for i in range(4):
        digit = hexadecimal(at[i])
        if digit < 0:
            return -1
        unit = unit << 4 | digit
    return unit


cdef int64_t unescaped(String text, uint8_t *out, bint *wide) noexcept nogil:
    """Write a string as UTF-8 without escapes: how many bytes; −1 for an escape that is none, or half a character."""
    cdef const uint8_t *at = text.start
    cdef const uint8_t *next_escape
    cdef uint8_t *begin = out
    cdef int unit, low
    cdef uint8_t sign
    while at < text.stop:
        next_escape = <const uint8_t *> memchr(at, 92, text.stop - at)
        if next_escape == NULL:
            next_escape = text.stop
        memcpy(out, at, next_escape - at)
        out += next_escape - at
        at = next_escape
        if at == text.stop:
            break
        sign = at[1]
        at += 2
        if sign == 110:
            out[0] = 10
        elif sign == 34 or sign == 92 or sign == 47:
            out[0] = sign
        elif sign == 116:
            out[0] = 9
        elif sign == 114:
            out[0] = 13
        elif sign == 98:
            out[0] = 8
        elif sign == 102:
            out[0] = 12
        elif sign == 117:
            unit = point_of(at, text.stop)
            at += 4
            if unit < 0 or 0xDC00 <= unit <= 0xDFFF:
                return -1
            if unit >= 0xD800 and unit <= 0xDBFF:
                if text.stop - at < 6 or at[0] != 92 or at[1] != 117:
                    return -1
                low = point_of(at + 2, text.stop)
                if low < 0xDC00 or low > 0xDFFF:
                    return -1
                at += 6
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)
                out[0], out[1] = 0xF0 | unit >> 18, 0x80 | unit >> 12 & 63
                out += 2
                out[0], out[1] = 0x80 | unit >> 6 & 63, 0x80 | unit & 63
                out += 1
            elif unit >= 0x800:
                out[0], out[1], out[2] = 0xE0 | unit >> 12, 0x80 | unit >> 6 & 63, 0x80 | unit & 63
                out += 2
            elif unit >= 0x80:
                out[0], out[1] = 0xC0 | unit >> 6, 0x80 | unit & 63
                out += 1
            else:
                out[0] = unit
            wide[0] = wide[0] or unit >= 0x80
        else:
            return -1
        out += 1
    return out - begin


cdef bint are_escapes(String text) noexcept nogil:
    """Whether what is escaped in a string is."""
    cdef const uint8_t *at = text.start
    cdef int unit
    while True:
        at = <const uint8_t *> memchr(at, 92, text.stop - at)
        if at == NULL:
            return True
        if at[1] == 117:
            unit = point_of(at + 2, text.stop)
            if unit < 0 or 0xD800 <= unit <= 0xDFFF:
                return False
            at += 6
        elif memchr(b'"\\/bfnrt', at[1], 8) == NULL:
            return False
        else:
            at += 2
        if at >= text.stop:
            return True


cdef inline const uint8_t *digits(const uint8_t *at, const uint8_t *end) noexcept nogil:
    """Behind digits, of which there is one at least; else NULL."""
    cdef const uint8_t *begin = at
    while at < end and 48 <= at[0] <= 57:
        at += 1
    return at if at > begin else NULL


cdef inline const uint8_t *whole(const uint8_t *at, const uint8_t *end) noexcept nogil:
    """Behind a whole number without a needless zero; else NULL."""
    cdef const uint8_t *stop = digits(at, end)
    return NULL if stop != NULL and at[0] == 48 and stop - at > 1 else stop


cdef const uint8_t *number(const uint8_t *at, const uint8_t *end) noexcept nogil:
    at = whole(at + (at[0] == 45), end)
    if at != NULL and at < end and at[0] == 46:
        at = digits(at + 1, end)
    if at != NULL and at < end and (at[0] | 32) == 101:
        at += 1
        at = digits(at + (at < end and (at[0] == 43 or at[0] == 45)), end)
    return at


cdef inline const uint8_t *word(const uint8_t *at, const uint8_t *end, const char *letters, int64_t size) noexcept nogil:
    return at + size if end - at >= size and memcmp(at, letters, size) == 0 else NULL


cdef const uint8_t *passed(const uint8_t *at, const uint8_t *end, int depth) noexcept nogil:
    """Behind a value of any kind; NULL if it is none, or too deep."""
    cdef String text
    cdef uint8_t close
    if at >= end or depth > DEPTH:
        return NULL
    if at[0] == 34:
        at = string(at + 1, end, &text)
        return NULL if at != NULL and text.escaped and not are_escapes(text) else at
    if at[0] == 45 or 48 <= at[0] <= 57:
        return number(at, end)
    if at[0] == 116:
        return word(at, end, b"true", 4)
    if at[0] == 102:
        return word(at, end, b"false", 5)
    if at[0] == 110:
        return word(at, end, b"null", 4)
    if at[0] != 91 and at[0] != 123:
        return NULL
    close = at[0] + 2  # ] stands two behind [, and } behind {
    at = blank(at + 1, end)
    if at < end and at[0] == close:
        return at + 1
    while True:
        if close == 125:
            if at >= end or at[0] != 34:
                return NULL
            at = string(at + 1, end, &text)
            if at == NULL or (text.escaped and not are_escapes(text)):
                return NULL
            at = blank(at, end)
            if at >= end or at[0] != 58:
                return NULL
            at = blank(at + 1, end)
        at = passed(at, end, depth + 1)
        if at == NULL:
            return NULL
        at = blank(at, end)
        if at >= end:
            return NULL
        if at[0] == close:
            return at + 1
        if at[0] != 44:
            return NULL
        at = blank(at + 1, end)


# --- rows ---------------------------------------------------------------------------------------------------------

cdef inline int place_of(const Names *names, String key) noexcept nogil:
    cdef int i
    for i in range(names.count):
        if names.size[i] == key.stop - key.start and memcmp(names.start[i], key.start, names.size[i]) == 0:
            return i
    return -1


cdef const uint8_t *wanted(const uint8_t *at, const uint8_t *end, int place, String *out) noexcept nogil:
    """Behind the value of a name: a text, or digits as an id, or no date; NULL for any other."""
    if at < end and at[0] == 34:
        return string(at + 1, end, out)
    if place == 1:
        out.start, out.escaped, out.wide = at, False, False
        at = whole(at, end)
        out.stop = at
        return NULL if at == NULL or (at < end and (at[0] == 46 or (at[0] | 32) == 101)) else at
    out.start = NULL
    return word(at, end, b"null", 4) if place > 1 else NULL


cdef bint is_row(const uint8_t *at, const uint8_t *end, const Names *names, Row *out) noexcept nogil:
    """Whether a line is one object with a text, and its values."""
    cdef String key
    cdef int i, place
    for i in range(names.count):
        out.value[i].start = NULL
    at = blank(at, end)
    if at >= end or at[0] != 123:
        return False
    at = blank(at + 1, end)
    while True:
        if at >= end or at[0] != 34:
            return False
        at = string(at + 1, end, &key)
        if at == NULL or key.escaped:
            return False
        at = blank(at, end)
        if at >= end or at[0] != 58:
            return False
        at, place = blank(at + 1, end), place_of(names, key)
        at = passed(at, end, 0) if place < 0 else wanted(at, end, place, &out.value[place])
        if at == NULL:
            return False
        at = blank(at, end)
        if at >= end:
            return False
        if at[0] == 125:
            return blank(at + 1, end) == end and out.value[0].start != NULL
        if at[0] != 44:
            return False
        at = blank(at + 1, end)


cdef bint has_entities(const uint8_t *text, int64_t size) noexcept nogil:
    """Whether there is `&`, letters or digits, `;` more than once: once it is left as it is."""
    cdef const uint8_t *stop = text + size
    cdef int count = 0
    while count < 2:
        text = <const uint8_t *> memchr(text, 38, stop - text)
        if text == NULL:
            return False
        text += 1
        while text < stop and (text[0] == 35 or 48 <= text[0] <= 57 or 97 <= (text[0] | 32) <= 122):
            text += 1
        count += text < stop and text[0] == 59
    return True


cdef bint has_mojibake(const uint8_t *text, int64_t size) noexcept nogil:
    """Whether letters that UTF-8 begins with in a code page stand before two other characters beyond ASCII in all, or
    one beside half of such a pair; or a sign that parts words. See `sources/mojibake.py` and `damage.py`."""
    cdef int64_t i, j
    cdef int more = 0, halves = 0
    for i in range(size - 2):
        if text[i] < 0xC2:
            continue
        if text[i] == 0xC3 or text[i] == 0xD0 or text[i] == 0xD1:
            j = i + 2
            while j < size and text[j] >= 128 and more < 2:
                more += text[j] >= 0xC2
                j += 1
            halves += (text[i + 1] == 0x82 or text[i + 1] == 0x83) and text[i + 2] <= 32
            halves += text[i + 1] == 0xA2 and text[i + 2] == 0xE2 and text[i + 3] == 0x82
        elif text[i] == 0xC2 and (text[i + 1] == 0xAD or text[i + 1] == 0xAC):  # soft hyphen, not sign
            return True
        elif text[i] == 0xE2 and text[i + 1] == 0x80 and text[i + 2] == 0x90:  # hyphen
            return True
    return more > 1 or (more > 0 and halves > 0)


cdef bint is_suspect(const uint8_t *text, int64_t size, bint wide) noexcept nogil:
    """Whether a text may hold entities, words that line ends part, UTF-8 read in a code page; or nothing but blanks."""
    cdef int64_t i = 0, stop = min(size - 1, <int64_t> BEGINNING)
    cdef const uint8_t *sign
    cdef bint is_plain = not wide
    while i < stop and not is_plain:
        is_plain = 32 < text[i] < 127
        i += 1
    sign = <const uint8_t *> memchr(text, 45, max(stop, 0))
    while sign != NULL:
        i = sign - text
        if text[i + 1] == 10 or text[i + 1] == 13 or (i and size - i > 3 and memcmp(&text[i - 1], b" --> ", 5) == 0):
            return True
        sign = <const uint8_t *> memchr(sign + 1, 45, stop - i - 1)
    return not is_plain or has_entities(text, size) or (wide and has_mojibake(text, size))


cdef bint is_blank(const uint8_t *text, int64_t size) noexcept nogil:
    """Whether there is nothing but blanks and control characters in ASCII."""
    cdef int64_t i
    for i in range(size):
        if text[i] > 32:
            return False
    return True


cdef object decoded(String text, uint8_t *room, uint8_t *kind):
    """The text of a string, or None; what kind of row it makes in `kind`, if that is asked."""
    cdef bint wide = text.wide
    cdef const uint8_t *start = text.start
    cdef int64_t size = text.stop - text.start
    if text.escaped:
        size, start = unescaped(text, room, &wide), room
        if size < 0:
            return None
    if kind != NULL:
        if is_blank(start, size):
            return None
        kind[0] = SUSPECT if is_suspect(start, size, wide) else PLAIN
    try:
        return PyUnicode_DecodeUTF8(<const char *> start, size, b"strict")
    except UnicodeDecodeError:
        return None


cdef bint add(Row *row, int count, uint8_t *room, uint8_t *kind, list ids, list texts, list dates) except -1:
    """Put the values of a row into the lists, if all of them are texts."""
    cdef int i
    text, id_, date = decoded(row.value[0], room, kind), "", ""
    if row.value[1].start != NULL:
        id_ = decoded(row.value[1], room, NULL)
    for i in range(2, count):
        if row.value[i].start != NULL and not date:
            date = decoded(row.value[i], room, NULL)
            if date is None:
                return False
    if text is None or id_ is None:
        return False
    texts.append(text)
    ids.append(id_)
    dates.append(date)
    return True


cdef int64_t lines_of(const uint8_t *at, const uint8_t *end) noexcept nogil:
    """How many lines there are; the last may have no end. They are long: `bytes.count` takes four times as much."""
    cdef int64_t lines = 0
    while at < end:
        at = <const uint8_t *> memchr(at, 10, end - at)
        at = end if at == NULL else at + 1
        lines += 1
    return lines


def plain_rows(bytes block not None, tuple names not None, int64_t limit):
    """The rows of a block of JSON lines that are plain.

    With msgspec and a loop in Python this took .7 s for 100,000 rows of 1.5 kB, here .2.
    """
    cdef const uint8_t *start = block
    cdef const uint8_t *end = start + len(block)
    cdef const uint8_t *stop
    cdef int64_t line = 0, lines = lines_of(start, end)
    cdef Names wanted_names
    cdef Row row
    wanted_names.count = min(len(names), MOST_NAMES)
    for i in range(wanted_names.count):
        wanted_names.start[i] = <const uint8_t *> <bytes> names[i]
        wanted_names.size[i] = len(names[i]) or -1  # which no key has
    kinds_of, bounds_of = np.full(lines, CLOSE, np.uint8), np.zeros(lines + 1, np.int64)
    cdef uint8_t *kinds = u8(kinds_of)
    cdef int64_t *bounds = i64(bounds_of)
    cdef list ids = [], texts = [], dates = []
    cdef uint8_t kind
    cdef uint8_t *room = <uint8_t *> malloc(len(block) + 1)
    if room == NULL:
        raise MemoryError
    try:
        while start < end:
            stop = <const uint8_t *> memchr(start, 10, end - start)
            stop = end if stop == NULL else stop
            if blank(start, stop) == stop:
                kinds[line] = BLANK
            elif stop - start <= limit:
                kind = PLAIN
                if is_row(start, stop, &wanted_names, &row) and add(&row, wanted_names.count, room, &kind, ids, texts, dates):
                    kinds[line] = kind
            start = stop + (stop < end)
            line += 1
            bounds[line] = start - <const uint8_t *> block
    finally:
        free(room)
    return PlainRows(kinds_of, bounds_of, ids, texts, dates)
