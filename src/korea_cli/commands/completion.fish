# Completion of korea for fish. Once: korea completion fish > ~/.config/fish/completions/korea.fish
function __korea_complete
    set -l program korea
    set -l typed (commandline -opc)[1]
    string match -q '*/*' -- $typed; and set program (string replace -r '^~' $HOME -- $typed)
    set -l lines (command $program __complete fish (commandline -cp | string collect) 2>/dev/null </dev/null)
    set -l sort $lines[1]
    set -e lines[1]
    test (count $lines) -gt 0; and printf '%s\n' $lines
    if test "$sort" = files
        set -l token (commandline -ct)
        set -l option (string match -r '^--[^=]*=' -- $token)
        __fish_complete_path (string replace -- "$option" '' $token) | string replace -r '^' -- "$option"
    end
end
complete -c korea -f -a '(__korea_complete)'
complete -c korea-cli -f -a '(__korea_complete)'
