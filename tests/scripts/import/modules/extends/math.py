import sys

path = sys.path
sys.path = []
from time import *

sys.path = path
extra = "added"
