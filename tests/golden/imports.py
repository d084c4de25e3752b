import a
import a.b.c
import a.b.c as d
from a import b, c as e
from . import f
from ..g.h import i
from j import *


def local():
    import k
    from l import m
    return k, m
