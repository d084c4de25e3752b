import modules.package
# expect: package runs
# expect: first runs as modules.package.first
print(modules.package.first.value, modules.package.value_of_first)  # expect: 5 5
import modules.package.second as second
print(second.value, second.same, second.deep.up, second.up)  # expect: 5 True 5 5
print(second.deep.top is modules.package, second.__name__)  # expect: True modules.package.second
