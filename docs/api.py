#!/usr/bin/env python3
"""The API as Markdown: api.py DESCRIPTOR-SET, of protoc with --include_source_info. Comments are those of the protos."""

import re
import sys

from google.protobuf import descriptor_pb2

Field = descriptor_pb2.FieldDescriptorProto
# Numbers of fields in descriptor.proto, of which the paths of comments consist.
SERVICE, METHOD, MESSAGE, FIELD, NESTED, ENUM, VALUE = 6, 2, 4, 2, 3, 5, 2
NESTED_ENUM = 4

ERROR = re.compile(r"^  ([A-Z_]{4,}) +(.*)")  # a status, in the list of those that a call may end with


class Page:
    def __init__(self, file):
        self.comments = {tuple(each.path): each.leading_comments or each.trailing_comments
                         for each in file.source_code_info.location}

    def comment(self, path, indent=""):
        text = self.comments.get(tuple(path), "").rstrip("\n")
        lines = (ERROR.sub(r"\n- `\1` \2", line.removeprefix(" ")) for line in text.split("\n"))
        return "\n".join((indent + line).rstrip() for line in lines)

    def service(self, service, path):
        print(f"\n## {service.name}\n\n{self.comment(path)}")
        for i, method in enumerate(service.method):
            taken = ("stream " if method.client_streaming else "") + short(method.input_type)
            given = ("stream " if method.server_streaming else "") + short(method.output_type)
            print(f"\n### {service.name}.{method.name}\n\n`{method.name}({taken}) returns ({given})`\n")
            print(self.comment([*path, METHOD, i]))

    def message(self, message, path, scope=""):
        if message.options.map_entry:
            return
        print(f"\n## {scope}{message.name}\n\n{self.comment(path)}\n")
        for i, field in enumerate(message.field):
            where = f", one of `{message.oneof_decl[field.oneof_index].name}`" if in_oneof(field) else ""
            print(f"- **{field.name}** = {field.number}, {type_of(field)}{where}  ")
            print(self.comment([*path, FIELD, i], "  "))
        for i, nested in enumerate(message.nested_type):
            self.message(nested, [*path, NESTED, i], f"{scope}{message.name}.")
        for i, enum in enumerate(message.enum_type):
            self.enum(enum, [*path, NESTED_ENUM, i], f"{scope}{message.name}.")

    def enum(self, enum, path, scope=""):
        print(f"\n## {scope}{enum.name}\n\n{self.comment(path)}\n")
        for i, value in enumerate(enum.value):
            print(f"- **{value.name}** = {value.number}  ")
            print(self.comment([*path, VALUE, i], "  "))


def short(name):
    return name.removeprefix(".upyd.v1.").removeprefix(".google.protobuf.")


def in_oneof(field):
    return field.HasField("oneof_index") and not field.proto3_optional


def type_of(field):
    name = short(field.type_name) if field.type_name else Field.Type.Name(field.type).removeprefix("TYPE_").lower()
    if field.label == Field.LABEL_REPEATED:
        return f"repeated {name}"
    return f"optional {name}" if field.proto3_optional else name


def main():
    files = descriptor_pb2.FileDescriptorSet()
    with open(sys.argv[1], "rb") as descriptors:
        files.ParseFromString(descriptors.read())
    print("# The API: upyd.v1")
    for file in files.file:
        page = Page(file)
        print(f"\n# {file.name}")
        for i, service in enumerate(file.service):
            page.service(service, [SERVICE, i])
        for i, message in enumerate(file.message_type):
            page.message(message, [MESSAGE, i])
        for i, enum in enumerate(file.enum_type):
            page.enum(enum, [ENUM, i])


main()
