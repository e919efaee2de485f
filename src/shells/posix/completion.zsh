#compdef mfa-profile
# Completion of mfa-profile in zsh.
# Install: mkdir -p ~/.zfunc && mfa-profile completion zsh > ~/.zfunc/_mfa-profile
#          and in ~/.zshrc, above compinit: fpath=(~/.zfunc $fpath)
# Or:      { echo; mfa-profile completion zsh; } >> ~/.zshrc
# Remove:  rm ~/.zfunc/_mfa-profile
# Or:      sed -i.bak '/^#compdef mfa-profile/,/^# <<< mfa-profile completion/d' ~/.zshrc
_mfa-profile() {
  local -a found shown
  local line
  found=("${(@f)$(mfa-profile completion zsh -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
  case $found[1] in
    :files)
      compset -P '*='
      _files
      return ;;
    :command)
      local -i end=${words[(ie)--]}
      shift $end words
      ((CURRENT -= end))
      _normal
      return ;;
  esac
  for line in $found; do
    [[ -n $line ]] && shown+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done
  _describe -t values mfa-profile shown
}
if [[ $funcstack[1] == _mfa-profile ]]; then
  _mfa-profile "$@"
else
  # -i: a folder that others may write is left out, where a bare compinit asks at each start.
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i; }
  (( $+functions[compdef] )) && compdef _mfa-profile mfa-profile
fi
# <<< mfa-profile completion (zsh) <<<
