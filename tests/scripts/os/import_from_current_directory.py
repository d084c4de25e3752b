import os, sys
os.chdir(os.getenv("SCRATCH", "/scratch"))
sys.path.insert(0, "")
with open("fresh_module.py", "w") as f:
    f.write("x = 'from the current directory'")
import fresh_module
print(fresh_module.x)  # expect: from the current directory
