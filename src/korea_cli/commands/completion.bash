# Completion of korea for bash. In ~/.bashrc: eval "$(korea completion bash)"
_korea() {
    local program=korea sort='' line
    [[ ${1-} == */* ]] && program=${1/#\~/$HOME}
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $sort ]]; then sort=$line; else COMPREPLY+=("$line"); fi
    done <<<"$(command "$program" __complete bash "${COMP_LINE:0:COMP_POINT}" "${2-}" 2>/dev/null </dev/null)"
    case $sort in
        fields) compopt -o nospace 2>/dev/null ;;
        keep) # what is typed must not give way to what several choices have in common; TAB TAB (63) only lists them
            [[ ${#COMPREPLY[@]} == 1 || ${COMP_TYPE-} == 63 ]] || COMPREPLY+=('') ;;
        files)
            if ((${#COMPREPLY[@]} == 0)); then
                compopt -o default 2>/dev/null
            else
                compopt -o filenames 2>/dev/null
                while IFS= read -r line; do
                    [[ -z $line ]] || COMPREPLY+=("$line")
                done <<<"$(compgen -f -- "${2-}" 2>/dev/null)"
            fi ;;
    esac
    return 0
}
complete -F _korea korea korea-cli
