/**
 * Completion scripts: each hands the words of the line to `mfa-profile completion SHELL -- WORDS…`
 * and shows what comes back, a candidate a line with a tab before a word on it; `:files` and
 * `:command` leave the word to the shell's own completion.
 */

import type { ShellName } from './names.ts';

const BASH = String.raw`# Completion of mfa-profile in bash.
# Install: mfa-profile completion bash > ~/.local/share/bash-completion/completions/mfa-profile
# Or:      mfa-profile completion bash >> ~/.bashrc
_mfa_profile() {
  local line=${'${COMP_LINE:0:COMP_POINT}'} words current broken word about
  IFS=$' \t\n' read -a words <<< "$line"
  [[ $line == *[[:blank:]] ]] && words+=('')
  current=${'${words[${#words[@]} - 1]}'}
  # readline breaks words at = : and @ too, and puts only what follows the last of them in their place.
  broken=${'${current%"${current##*["$COMP_WORDBREAKS"]}"}'}
  COMPREPLY=()
  while IFS=$'\t' read -r word about; do
    case $word in
      :files) compopt -o default ;;
      :command)
        if [[ ${'${words[${#words[@]} - 2]}'} == -- ]]; then
          while read -r word; do COMPREPLY+=("$word"); done < <(compgen -c -- "$current")
        else
          compopt -o default
        fi ;;
      *)
        printf -v word %q "${'${word#"$broken"}'}"
        COMPREPLY+=("$word") ;;
    esac
  done < <(mfa-profile completion bash -- "${'${words[@]:1}'}" 2>/dev/null)
}
complete -F _mfa_profile mfa-profile
`;

const ZSH = String.raw`#compdef mfa-profile
# Completion of mfa-profile in zsh.
# Install: mfa-profile completion zsh > "${'${fpath[1]}'}/_mfa-profile"
# Or:      mfa-profile completion zsh >> ~/.zshrc
_mfa-profile() {
  local -a found shown
  local line
  found=("${'${(@f)$(mfa-profile completion zsh -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}'}")
  case $found[1] in
    :files)
      compset -P '*='
      _files
      return ;;
    :command)
      local -i end=${'${words[(ie)--]}'}
      shift $end words
      ((CURRENT -= end))
      _normal
      return ;;
  esac
  for line in $found; do
    [[ -n $line ]] && shown+=("${"${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}"}")
  done
  _describe -t values mfa-profile shown
}
if [[ $funcstack[1] == _mfa-profile ]]; then
  _mfa-profile "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
  compdef _mfa-profile mfa-profile
fi
`;

const FISH = String.raw`# Completion of mfa-profile in fish.
# Install: mfa-profile completion fish > ~/.config/fish/completions/mfa-profile.fish
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
`;

const POWERSHELL = String.raw`# Completion of mfa-profile in PowerShell.
# Install: mfa-profile completion powershell | Add-Content $PROFILE
Register-ArgumentCompleter -Native -CommandName mfa-profile -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $before = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    ForEach-Object { if ($_ -is [Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { [string]$_ } })
  # Windows PowerShell drops an empty argument: the last word goes with a sign before it.
  & mfa-profile completion powershell '--' @before "=$wordToComplete" 2>$null | ForEach-Object {
    $word, $about = $_ -split '\t', 2
    if ($word -notin ':files', ':command') {
      $text = if ($word -match '^[\w./=:-]+$') { $word } else { "'" + $word.Replace("'", "''") + "'" }
      if (-not $about) { $about = $word }
      [Management.Automation.CompletionResult]::new($text, $word, 'ParameterValue', $about)
    }
  }
}
`;

export const COMPLETION_SCRIPTS: Record<ShellName, string> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
  powershell: POWERSHELL,
};
