import os, time
os.chdir(os.getenv("SCRATCH", "/scratch"))
with open("f", "w") as f:
    f.write("12345")
status = os.stat("f")
print(len(status), hex(status[0] & 0xf000), status[6])  # expect: 10 0x8000 5
print(abs(status[8] - time.time()) < 60)  # expect: True
print(hex(os.stat(".")[0] & 0xf000))  # expect: 0x4000
room = os.statvfs(".")
print(len(room), room[0] > 0, room[2] >= room[3], room[9] >= 255)  # expect: 10 True True True
