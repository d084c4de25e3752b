import modules.circular_a
# expect: a begins
# expect: b begins
# expect: b ends
# expect: a ends
from modules.circular_b import later
print(later())  # expect: x of a
