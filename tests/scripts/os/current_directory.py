import os
scratch = os.getenv("SCRATCH", "/scratch")
os.chdir(scratch)
os.mkdir("inner")
os.chdir("inner")
print(os.getcwd() == scratch + "/inner")  # expect: True
with open("here", "w") as f:
    f.write("in inner")
os.chdir("..")
print(os.getcwd() == scratch, open("inner/here").read())  # expect: True in inner
try:
    os.chdir("inner/here")
except OSError as e:
    print(e)  # expect: [Errno 20] ENOTDIR
print(os.getcwd() == scratch)  # expect: True
