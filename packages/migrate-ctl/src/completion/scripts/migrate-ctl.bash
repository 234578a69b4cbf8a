# Completion of migrate-ctl for bash 4.4 and later: `migrate-ctl completion bash`. What fits is asked of `migrate-ctl complete`.
_migrate_ctl() {
	local rest=${COMP_LINE:0:COMP_POINT} words=() index blank word
	# The words as a command has them: bash breaks those to be completed at = and : as well.
	for ((index = 0; index <= COMP_CWORD; index++)); do
		blank=${rest%%[![:space:]]*}
		rest=${rest#"$blank"}
		word=${COMP_WORDS[index]}
		# The one under the cursor ends there.
		((index < COMP_CWORD)) || word=$rest
		rest=${rest#"$word"}
		if ((index > 0)) && [[ -z $blank ]]; then words[-1]+=$word; else words+=("$word"); fi
	done
	# Nothing is expanded: that could run commands. Quotes go.
	words=("${words[@]//[\"\'\\]/}")
	local current=${words[-1]}

	# What bash replaces begins behind the last break.
	local breaks=${COMP_WORDBREAKS//[^=:]/} kept=
	if [[ -n $breaks && $current == *[$breaks]* ]]; then kept=${current%"${current##*[$breaks]}"}; fi

	local paths= value description descriptions=() width=0
	COMPREPLY=()
	{
		IFS= read -r paths
		while IFS=$'\t' read -r value description; do
			[[ $value == "$current"* ]] || continue
			value=${value#"$kept"}
			COMPREPLY+=("$value")
			descriptions+=("$description")
			((${#value} <= width)) || width=${#value}
		done
	} < <(migrate-ctl complete -- "${words[@]:1}" 2>/dev/null)

	if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then
		compopt -o nospace 2>/dev/null
	elif ((${COMP_TYPE:-9} == 63 && ${#COMPREPLY[@]} > 1)); then
		# Asked for a list alone: nothing of it is put into the line.
		for index in "${!COMPREPLY[@]}"; do
			[[ -z ${descriptions[index]} ]] || printf -v "COMPREPLY[index]" '%-*s  (%s)' "$width" "${COMPREPLY[index]}" "${descriptions[index]}"
			COMPREPLY[index]=${COMPREPLY[index]:0:${COLUMNS:-80}-2}
		done
	fi

	case $paths in
		files) word=-f ;;
		directories) word=-d ;;
		*) return ;;
	esac
	compopt -o filenames 2>/dev/null
	while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen "$word" -- "${current#"$kept"}")
}
complete -o nosort -F _migrate_ctl migrate-ctl
