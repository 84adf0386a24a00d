#compdef korea korea-cli
# Completion of korea for zsh. In ~/.zshrc, below compinit: eval "$(korea completion zsh)"
_korea() {
    local program=korea sort word=$QIPREFIX$IPREFIX$PREFIX
    local -a lines options
    [[ $words[1] == */* ]] && program=${words[1]/#\~/$HOME}
    lines=("${(@f)$(command $program __complete zsh "${(j: :)words[1,CURRENT-1]} $word" 2>/dev/null </dev/null)}")
    (( $#lines > 1 )) || return 1
    sort=$lines[1]
    compset -p $(( lines[2] - $#QIPREFIX ))
    lines=("${(@)lines[3,-1]}")
    case $sort in
        fields) options=(-S '') ;;
        keep) # not all begin with what is typed, which must not give way to what several have in common
            options=(-U -i "$IPREFIX")
            (( $#lines > 1 )) && compstate[insert]='' compstate[list]='list force' ;;
    esac
    (( $#lines )) && _describe -t values value lines "${(@)options}"
    [[ $sort == files ]] && _files
    return 0
}
if [[ $funcstack[1] == _korea ]]; then
    _korea "$@"
elif (( $+functions[compdef] )); then
    compdef _korea korea korea-cli
fi
