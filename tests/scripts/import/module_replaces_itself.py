import modules.replaces_itself as m
from modules.replaces_itself import x
print(m.x, x)  # expect: in place of the module in place of the module
