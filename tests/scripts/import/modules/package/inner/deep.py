from ..first import value as up
from ... import package as top
