print("b begins")
import modules.circular_a

print("b ends")


def later():
    return modules.circular_a.x
