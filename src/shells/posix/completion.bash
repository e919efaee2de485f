
# Completion of mfa-profile in bash 3.2 or later.
# Install: mfa-profile completion bash >> ~/.bashrc     (macOS: ~/.bash_profile)
# Or:      mkdir -p ~/.local/share/bash-completion/completions && mfa-profile completion bash > ~/.local/share/bash-completion/completions/mfa-profile
# Remove:  sed -i.bak '/^# Completion of mfa-profile/,/^# <<< mfa-profile completion/d' ~/.bashrc
_mfa_profile() {
  local line=${COMP_LINE:0:COMP_POINT} words current broken word about
  IFS=$' \t\n' read -a words <<< "$line"
  [[ $line == *[[:blank:]] ]] && words+=('')
  current=${words[${#words[@]} - 1]}
  # readline breaks words at = : and @ too, and puts only what follows the last of them in their place.
  broken=${current%"${current##*["$COMP_WORDBREAKS"]}"}
  COMPREPLY=()
  while IFS=$'\t' read -r word about; do
    case $word in
      # Where nothing is proposed, `-o default` below completes file names.
      :files) ;;
      :command)
        if [[ ${words[${#words[@]} - 2]} == -- ]]; then
          while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -c -- "$current")
        fi ;;
      *)
        printf -v word %q "${word#"$broken"}"
        COMPREPLY+=("$word") ;;
    esac
  done < <(mfa-profile completion bash -- "${words[@]:1}" 2>/dev/null)
}
complete -o default -F _mfa_profile mfa-profile
# <<< mfa-profile completion (bash) <<<
