#compdef migrate-ctl
# Completion of migrate-ctl for zsh: `migrate-ctl completion zsh`. What fits is asked of `migrate-ctl complete`.
_migrate-ctl() {
	local -a before lines spaced unspaced
	local line value entry
	# Nothing is expanded: that could run commands. Quotes go.
	((CURRENT > 2)) && before=("${(@Q)words[2,CURRENT-1]}")
	lines=("${(@f)$(migrate-ctl complete -- "${before[@]}" "${(Q)PREFIX}" 2>/dev/null)}")
	for line in "${(@)lines[2,-1]}"; do
		value=${line%%$'\t'*}
		[[ -n $value ]] || continue
		entry=${value//:/\\:}:${line#*$'\t'}
		if [[ $value == *= ]]; then unspaced+=("$entry"); else spaced+=("$entry"); fi
	done

	local found=1
	((${#spaced} == 0)) || _describe -V 'migrate-ctl' spaced && found=0
	((${#unspaced} == 0)) || _describe -V 'migrate-ctl' unspaced -S '' && found=0
	case $lines[1] in
		files)
			compset -P '-*='
			_files && found=0
			;;
		directories)
			compset -P '-*='
			_files -/ && found=0
			;;
	esac
	return found
}

# As a file of $fpath it is the function; sourced, it says whose it is.
if [[ $funcstack[1] == _migrate-ctl ]]; then
	_migrate-ctl "$@"
else
	compdef _migrate-ctl migrate-ctl
fi
