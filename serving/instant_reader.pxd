cdef long long NO_INSTANT

cdef long long instant_of(object value, object zone) except? -1
