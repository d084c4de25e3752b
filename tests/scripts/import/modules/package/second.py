from .first import value
from . import first as also
from .inner import deep
from .inner.deep import up

same = also.value is value
