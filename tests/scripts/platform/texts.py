import platform

system, version, machine, rest = platform.platform(0, terse=1).split("-", 3)
library, number = platform.libc_ver()
print(version, len(system) > 0, len(machine) > 0, rest == "-with-" + library + number)  # expect: 1.29.0 True True True
print(platform.python_compiler().split()[0] in ("GCC", "Clang"))  # expect: True
