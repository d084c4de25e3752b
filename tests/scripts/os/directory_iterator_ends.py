import os
os.chdir(os.getenv("SCRATCH"))
entries = os.ilistdir()
print(entries is iter(entries), list(entries), list(entries))  # expect: True [] []
