print("package runs")
from . import first
from .first import value as value_of_first
