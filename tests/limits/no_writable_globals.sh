#!/bin/sh
# Fails if one of the libraries given defines a writable global: all state of a running interpreter lives in its instance.
# What the loader makes read-only after relocating it (.data.rel.ro) counts as read-only. Names with $ are marks that ARM's
# assembler leaves.
set -eu
found=$(objdump -tC "$@" | awk '$1 ~ /^[0-9a-f]+$/ && / (\.data|\.bss|\.tdata|\.tbss)(\.|\t| )/ && !/\.data\.rel\.ro/ && !/ \.[a-z.]+$/ && $0 !~ / d  ?\.(data|bss)/ && $NF !~ /^\$/' || true)
[ -z "$found" ] && exit 0
printf 'writable globals in the core:\n%s\n' "$found"
exit 1
