import os
os.chdir(os.getenv("SCRATCH", "/scratch"))
entries = os.ilistdir()
print(entries is iter(entries), list(entries), list(entries))  # expect: True [] []
