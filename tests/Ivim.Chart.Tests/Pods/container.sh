#!/bin/bash
# Becomes a container's process: a root file system of /usr and the given mounts alone, read-only, in namespaces of its own,
# as a user without capabilities. Arguments: root, host name, user, file of mounts (`ro|rw SOURCE TARGET` each), then the
# command as env(1) takes it.
set -euo pipefail
root=$1 name=$2 user=$3 mounts=$4
shift 4

hostname "$name"
mount -t tmpfs -o mode=755 tmpfs "$root"
cd "$root"
mkdir usr proc sys dev dev/shm etc
mount --rbind /usr usr
mount -o remount,bind,ro usr
for link in bin sbin lib lib64; do ln -s "usr/$link" "$link"; done
mount --rbind /proc proc
mount --rbind /sys sys
mount -o remount,bind,ro sys
mount -t tmpfs -o size=64m,mode=1777 tmpfs dev/shm
for device in null zero random urandom; do
  touch "dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
cp /etc/ld.so.cache etc/
echo 'hosts: files' >etc/nsswitch.conf
while read -r mode source target; do
  if [[ -d $source ]]; then mkdir -p ".$target"; else mkdir -p ".${target%/*}"; touch ".$target"; fi
  mount --bind "$source" ".$target"
  mount -o "remount,bind,$mode" ".$target"
done <"$mounts"
mount -o remount,ro "$root"
exec chroot . setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all \
  env --ignore-environment --chdir=/tmp "$@"
