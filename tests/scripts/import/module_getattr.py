import modules.fallback as m
from modules.fallback import computed
print(m.computed, computed, hasattr(m, "other"))  # expect: computed value computed value False
try:
    from modules.fallback import other
except (ImportError, AttributeError):
    print("there is no other")
# expect: there is no other
