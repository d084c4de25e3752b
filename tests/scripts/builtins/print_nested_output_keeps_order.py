class A:
    def __str__(self):
        print("inside")
        return "A"
print("before", A(), "after")
print([1], A())
# expect: before inside
# expect: A after
# expect: [1] inside
# expect: A
