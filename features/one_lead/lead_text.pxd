cdef class LeadText:
    cdef readonly str text


cdef LeadText text_of_cell(object cell)
