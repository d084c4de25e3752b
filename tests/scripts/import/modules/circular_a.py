print("a begins")
from modules import circular_b

x = "x of a"
print("a ends")
