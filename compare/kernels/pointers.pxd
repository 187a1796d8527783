"""The memory of a NumPy column, checked at the door of a kernel. Memory views do it too, with 70 kB of code a module.

A pointer is good as long as somebody holds the column: give it a name, or take it from what an argument holds.
"""

from cpython.buffer cimport PyBUF_C_CONTIGUOUS, PyBUF_FORMAT, PyBUF_WRITABLE, PyBuffer_Release, PyObject_GetBuffer
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport strchr

cdef enum:
    WRITABLE = PyBUF_WRITABLE


cdef inline void *memory(object column, int size, const char *kinds, int flags) except? NULL:
    """Where a contiguous column begins whose items have this size and one of these kinds."""
    cdef Py_buffer view
    PyObject_GetBuffer(column, &view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT | flags)
    cdef void *start = view.buf
    cdef bint same = view.itemsize == size and view.format != NULL and strchr(kinds, view.format[0]) != NULL
    PyBuffer_Release(&view)
    if not same:
        raise TypeError("the column's items are of another type")
    return start


cdef inline uint8_t *u8(object column, int flags=0) except? NULL:
    return <uint8_t *> memory(column, 1, b"B", flags)


cdef inline int32_t *i32(object column, int flags=0) except? NULL:
    return <int32_t *> memory(column, 4, b"il", flags)


cdef inline uint32_t *u32(object column, int flags=0) except? NULL:
    return <uint32_t *> memory(column, 4, b"IL", flags)


cdef inline int64_t *i64(object column, int flags=0) except? NULL:
    return <int64_t *> memory(column, 8, b"lq", flags)


cdef inline uint64_t *u64(object column, int flags=0) except? NULL:
    return <uint64_t *> memory(column, 8, b"LQ", flags)


cdef inline double *f64(object column, int flags=0) except? NULL:
    return <double *> memory(column, 8, b"d", flags)
