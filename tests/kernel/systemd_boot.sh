#!/usr/bin/env bash
# Boots systemd for one script, within a kernel that run_in_kernel.sh runs:
#
#   systemd_boot.sh INSTALLED SCRIPT
#
# Its root is the host's with the files of the directory INSTALLED in it, and may be written to: what is written is in
# memory. Of the host's services there are those alone that belong to every boot. The script runs as the one service of
# the target that is booted; its output and its exit status are passed on.
set -euo pipefail
installed=$1 script=$2

upper=$TMPDIR/upper root=$TMPDIR/root
mkdir "$upper" "$TMPDIR/work" "$root"
cp -a "$installed/." "$upper/"
chmod 755 "$upper"  # it is everybody's root
mount -t overlay overlay -o "lowerdir=/,upperdir=$upper,workdir=$TMPDIR/work" "$root"

# The users of the host, without what only its root may read.
for file in shadow gshadow; do
  rm -f "$root/etc/$file"
  install -m 600 /dev/null "$root/etc/$file"
done
rm -rf "$root"/etc/systemd/system/* "$root"/var/log/journal "$root"/etc/fstab
touch "$root/etc/fstab"
echo 00000000000000000000000000000001 >"$root/etc/machine-id"
cat >"$root/etc/systemd/system/scenario.service" <<END
[Service]
Type=oneshot
Environment=LC_ALL=C.UTF-8
ExecStart=/bin/bash -c '/bin/bash "$script" >/scenario.out 2>&1; echo \$\$? >/scenario.status'
ExecStopPost=/bin/systemctl --force --force poweroff
END
cat >"$root/etc/systemd/system/scenario.target" <<END
[Unit]
Requires=basic.target
After=basic.target
Wants=scenario.service
END

# A process tree of its own: systemd is the first process there, as it must be. Its end is the end of them all.
unshare --pid --mount --fork chroot "$root" env -i PATH="$PATH" TERM=dumb \
  /lib/systemd/systemd --unit=scenario.target --log-target=null --show-status=false </dev/null >"$TMPDIR/systemd.log" 2>&1 || true

if [[ -s $root/scenario.status ]]; then
  cat "$root/scenario.out"
  exit "$(<"$root/scenario.status")"
fi
cat "$TMPDIR/systemd.log" "$root/scenario.out" 2>/dev/null
echo "systemd_boot: systemd ended before the script did" >&2
exit 125
