/** The hooks of bash and zsh: one body, and the few lines in which the two differ. */
import type { HookOptions } from '../hook-options.ts';
import { quoteForSh } from '../quote.ts';

interface Dialect {
  readonly name: 'bash' | 'zsh';
  readonly startupFile: string;
  /** A known locale and known options. */
  readonly settle: string;
  /** Sets `now`. */
  readonly clock: string;
  /** Sets `text` to the file `$1`. */
  readonly slurp: string;
  /** Sets `head` to what stands for `[$1]` where `head` is written, in an extended regular expression. */
  readonly quoteHead: string;
  readonly head: string;
  readonly eachPrompt: string;
}

const BASH: Dialect = {
  name: 'bash',
  startupFile: '~/.bashrc',
  settle: 'local LC_ALL=C',
  // EPOCHSECONDS came with bash 5, the date format of printf with 4.2; older ones have no clock.
  clock: `now=\${EPOCHSECONDS-}
    [[ $now ]] || printf -v now '%(%s)T' -1 2>/dev/null || now=$(date +%s)`,
  slurp: `IFS= read -r -d '' text < "$1"`,
  quoteHead: 'local head="[$1]"',
  head: '"$head"',
  eachPrompt: `[[ \${PROMPT_COMMAND[*]-} == *__mfa_profile_check* ]] ||
    PROMPT_COMMAND="\${PROMPT_COMMAND:+$PROMPT_COMMAND"$'\\n'"}__mfa_profile_check"`,
};

const ZSH: Dialect = {
  name: 'zsh',
  startupFile: '~/.zshrc',
  settle: `emulate -L zsh
    setopt bash_rematch ksh_arrays extended_glob
    local LC_ALL=C`,
  clock: `zmodload zsh/datetime 2>/dev/null && now=$EPOCHSECONDS || now=$(date +%s)`,
  slurp: 'text=$(<"$1")',
  // A quoted part of a pattern is no literal to zsh: the name is escaped.
  quoteHead: String.raw`local special='[].\[*^$+?(){}|\\]'
    local head="\\[${'${1//(#m)${~special}/\\\\$MATCH}'}\\]"`,
  head: '$head',
  eachPrompt: `autoload -Uz add-zsh-hook && add-zsh-hook precmd __mfa_profile_check`,
};

export const bashHook = (options: HookOptions): string => render(BASH, options);
export const zshHook = (options: HookOptions): string => render(ZSH, options);

function render(shell: Dialect, options: HookOptions): string {
  const { profile, credentialsFile, configFile, minTtlSeconds } = options;
  const command = ['mfa-profile', 'hook', shell.name, ...options.givenOptions];
  const refresh = options.refreshOptions.map((word) => ` ${quoteForSh(word)}`).join('');
  const name = profile === undefined ? '"${AWS_PROFILE:-default}"' : quoteForSh(profile);
  const file = (given: string | undefined, variable: string, usual: string): string =>
    given === undefined ? `"\${${variable}:-$HOME/.aws/${usual}}"` : quoteForSh(given);
  return `# >>> mfa-profile hook (${shell.name}) >>>
# Install: ${command.map(quoteForSh).join(' ')} >> ${shell.startupFile}
# Remove:  sed -i.bak '/^# >>> mfa-profile hook/,/^# <<< mfa-profile hook/d' ${shell.startupFile}
if [[ $- == *i* && -t 0 && -t 2 && \${TERM-} != dumb ]]; then
  # Puts file $1 into \`text\`; fails where it cannot be read.
  __mfa_profile_text() {
    [[ -f $1 && -r $1 ]] || return
    { ${shell.slurp}; } 2>/dev/null
    text=$'\\n'$text
  }

  # Puts the lines of section $1 of \`text\` into \`body\`; 1 where there is none, 2 where there are more.
  __mfa_profile_section() {
    ${shell.quoteHead}
    local feed=$'\\n' end=$'[ \\t]*\\r?\\n' any='.*' lines='([^[]*)'
    body=
    [[ $text =~ $feed${shell.head}$end$lines ]] || return 1
    body=$'\\n'\${BASH_REMATCH[1]}
    [[ $text =~ $feed${shell.head}$end$any$feed${shell.head}$end ]] && return 2
    return 0
  }

  # Puts the end of the session in \`body\` into \`expiry\` (seconds since 1970); 2 where it is not certain.
  __mfa_profile_expiry() {
    local key pattern value=$'[ \\t]*=[ \\t]*'
    for key in aws_access_key_id aws_secret_access_key aws_session_token; do
      pattern=$'\\n'$key$value'[^[:space:]]'
      [[ $body =~ $pattern ]] || return 2
    done
    # A second key that speaks of an expiry may contradict the first.
    [[ $body == *[Ee][Xx][Pp][Ii][Rr]*[Ee][Xx][Pp][Ii][Rr]* ]] && return 2
    pattern='([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])Z'
    pattern=$'\\n'x_security_token_expires$value$pattern$'[ \\t]*\\r?(\\n[^ \\t]|\\n?$)'
    [[ $body =~ $pattern ]] || return 2
    # Days by the Julian day number, whose years begin in March.
    local y=$((10#\${BASH_REMATCH[1]} + 4800)) m=$((10#\${BASH_REMATCH[2]} - 3)) days=$((10#\${BASH_REMATCH[3]}))
    if ((m < 0)); then y=$((y - 1)) m=$((m + 12)); fi
    days=$((days + (153 * m + 2) / 5 + 365 * y + y / 4 - y / 100 + y / 400 - 32045 - 2440588))
    expiry=$(((days * 24 + 10#\${BASH_REMATCH[4]}) * 3600 + 10#\${BASH_REMATCH[5]} * 60 + 10#\${BASH_REMATCH[6]}))
  }

  # Sets \`session\`, \`expiry\` and \`left\` (seconds); 1 where there is no session, 2 where it is not certain.
  __mfa_profile_look() {
    session='' expiry='' left=''
    ${shell.settle}
    local name=${name} text='' body='' now='' pattern=''
    local credentials=${file(credentialsFile, 'AWS_SHARED_CREDENTIALS_FILE', 'credentials')}
    local config=${file(configFile, 'AWS_CONFIG_FILE', 'config')}
    [[ $credentials == '~/'* ]] && credentials=$HOME/\${credentials#??}
    [[ $config == '~/'* ]] && config=$HOME/\${config#??}
    local wanted=\${name}_token about=''
    if __mfa_profile_text "$config"; then
      __mfa_profile_section "profile $name" || {
        [[ $name == default ]] && __mfa_profile_section default
      }
      about=$body
      pattern=$'\\nsession_profile[ \\t]*=[ \\t]*([^\\r\\n]*[^ \\t\\r\\n])'
      [[ $body =~ $pattern ]] && wanted=\${BASH_REMATCH[1]}
    fi
    # Without a profile in the file there is nothing to refresh; a writer may leave it empty for a moment.
    __mfa_profile_text "$credentials" && [[ $text == *\\[* ]] || return 1
    session=$wanted
    # AWS_PROFILE may name the session itself.
    if __mfa_profile_section "$name" && [[ $body == *aws_session_token* ]]; then
      session=$name
    else
      about+=$body
      __mfa_profile_section "$session" || {
        local found=$?
        # Neither a session nor a device: a profile without MFA, which is none of our business.
        [[ $found == 2 || $about == *mfa_serial* || $about == *source_profile* ]] || session=
        return $found
      }
    fi
    __mfa_profile_expiry || return
    ${shell.clock}
    left=$((expiry - now))
  }

  # Refreshes unless the session is good; in one shell once for each session that has ended.
  __mfa_profile_check() {
    local before=$? session expiry left quiet='' seen=0
    __mfa_profile_look || seen=$?
    # Where only refresh can tell, the session may be good: then there is nothing to say.
    if ((seen == 2)); then quiet=--quiet; fi
    if [[ $session && $session@$expiry != "\${__mfa_profile_asked-}" ]] &&
      [[ ! $left || $left -lt ${minTtlSeconds} ]] && command -v mfa-profile >/dev/null; then
      __mfa_profile_asked=$session@$expiry
      command mfa-profile refresh --profile=${name}${refresh} $quiet
    fi
    return $before
  }
${options.prompt ? promptFunction() : ''}
  __mfa_profile_check
${options.eachPrompt ? `  ${shell.eachPrompt}\n` : ''}fi
# <<< mfa-profile hook (${shell.name}) <<<
`;
}

function promptFunction(): string {
  return `
  # Prints the time left (11h 42m, 42m, <1m, over; ? where it is not certain), or puts it into the variable $1.
  mfa_profile_left() {
    local session expiry left words='' seen=0
    __mfa_profile_look || seen=$?
    if ((seen == 2)); then words='?'
    elif [[ ! $left ]]; then words=
    elif ((left >= 3600)); then words="$((left / 3600))h $((left % 3600 / 60))m"
    elif ((left >= 60)); then words=$((left / 60))m
    elif ((left > 0)); then words='<1m'
    else words=over; fi
    if [[ \${1-} ]]; then printf -v "$1" %s "$words"; else printf %s "$words"; fi
  }
`;
}
