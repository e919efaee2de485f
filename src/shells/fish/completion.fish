
# Completion of mfa-profile in fish.
# Install: mkdir -p ~/.config/fish/completions && mfa-profile completion fish > ~/.config/fish/completions/mfa-profile.fish
# Remove:  rm ~/.config/fish/completions/mfa-profile.fish
function __mfa_profile_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    for line in (mfa-profile completion fish -- $words "$current" 2>/dev/null)
        switch $line
            case :files
                set -l option (string match -r '^--[a-z-]+=' -- "$current")
                __fish_complete_path (string replace -r '^--[a-z-]+=' '' -- "$current") | string replace -r '^' -- "$option"
            case :command
                set -l end (contains -i -- -- $words)
                set -e words[1..$end]
                complete -C (string join ' ' -- (string escape -- $words) "$current")
            case '*'
                echo -- $line
        end
    end
end
complete -c mfa-profile -f -a '(__mfa_profile_complete)'
