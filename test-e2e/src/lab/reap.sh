#!/bin/sh
# usage: reap.sh LAB-ID DIRECTORY
# The end of a lab, whatever became of the process that started it: waits for the end of its standard input, a pipe from that
# process, then kills everything whose environment has STERNA_LAB=LAB-ID (daemons, and guests that outlived them) and removes DIRECTORY.
trap '' HUP INT TERM
cat >/dev/null
round=0
while [ "$round" -lt 100 ]; do
	pids=$(grep -lsz "^STERNA_LAB=$1\$" /proc/[0-9]*/environ | cut -d/ -f3)
	[ -n "$pids" ] || break
	# Word splitting is meant: a list of process ids, some of which may be gone by now.
	kill -KILL $pids 2>/dev/null
	round=$((round + 1))
	sleep 0.05
done
rm -rf -- "$2"
