import sys
where = sys.path[0]
sys.path.append(where + "/modules")
import with_all
print(with_all.a)  # expect: 1
import modules.with_all
print(with_all is modules.with_all)  # expect: False
sys.path.pop()
del sys.modules["with_all"]
try:
    import with_all
except ImportError:
    print("not in the path any more")
# expect: not in the path any more
