# Completion of migrate-ctl for fish: `migrate-ctl completion fish`. What fits is asked of `migrate-ctl complete`.
function __migrate_ctl_complete
	set -l words (commandline -opc)
	set -e words[1]
	set -l current (commandline -ct)
	set -l lines (migrate-ctl complete -- $words "$current" 2>/dev/null)
	set -l paths "$lines[1]"
	set -e lines[1]
	printf '%s\n' $lines
	# A path in the same word as its option.
	set -l prefix (string match -r -- '^-[^=]*=' "$current")
	set -l path (string replace -r -- '^-[^=]*=' '' "$current")
	switch $paths
		case files
			string replace -r -- '^' "$prefix" (__fish_complete_path "$path")
		case directories
			string replace -r -- '^' "$prefix" (__fish_complete_directories "$path" '')
	end
end
complete -c migrate-ctl -f -k -a '(__migrate_ctl_complete)'
