import os, sys
print(os.uname().sysname == sys.platform, os.uname().version == sys.version)  # expect: True True
print(os.uname()[2], os.uname().machine == sys.implementation[2], os.sep)  # expect: 1.29.0 True /
