/** The hooks of bash and zsh: one body, and the few lines in which the two differ. */
import type { HookOptions } from '../hook-options.ts';
import { quotePosix } from './format.ts';

interface Dialect {
  readonly name: 'bash' | 'zsh';
  readonly startupFile: (platform: string) => string;
  /** Lines for the first comment, on where to put the hook. */
  readonly remarks: (platform: string) => readonly string[];
  /** What must hold where the functions are defined. */
  readonly isInteractive: string;
  /** Known options, before anything is assigned. */
  readonly settle: string;
  /** Assigns a variable that outlives the function. */
  readonly global: string;
  /** Sets `__mfa_now`. */
  readonly clock: string;
  /** Sets `__mfa_text` to the file `$1`. */
  readonly slurp: string;
  /**
   * Sets `__mfa_head` to what stands for `[$1]` where `head` is written, in an extended regular
   * expression.
   */
  readonly quoteHead: string;
  readonly head: string;
  /** The first look, and those before each prompt. */
  readonly start: (eachPrompt: boolean) => string;
}

/** bash 3.2 runs all of it: macOS has no later one. */
const BASH: Dialect = {
  name: 'bash',
  // Terminals on macOS start login shells, which do not read ~/.bashrc.
  startupFile: (platform) => (platform === 'darwin' ? '~/.bash_profile' : '~/.bashrc'),
  remarks: (platform) =>
    platform === 'darwin'
      ? [
          'Terminals on macOS start login shells, which read ~/.bash_profile and not ~/.bashrc. Where',
          'you have had ~/.profile or ~/.bash_login only, it is read no longer: begin ~/.bash_profile',
          'with the line   . ~/.profile',
        ]
      : ['A login shell (ssh, tmux) reads ~/.bashrc only if ~/.bash_profile or ~/.profile does.'],
  isInteractive: `$- == *i* && -t 0 && -t 2 && \${TERM-} != dumb`,
  settle: `:`,
  global: '',
  // EPOCHSECONDS came with bash 5, the date format of printf with 4.2; older ones have no clock.
  clock: `__mfa_now=\${EPOCHSECONDS-}
    [[ $__mfa_now ]] || printf -v __mfa_now '%(%s)T' -1 2>/dev/null || __mfa_now=$(command date +%s)`,
  slurp: `IFS= read -r -d '' __mfa_text < "$1"`,
  quoteHead: 'local __mfa_head="[$1]"',
  head: '"$__mfa_head"',
  start: (eachPrompt) =>
    eachPrompt
      ? `__mfa_profile_check || :
  [[ \${PROMPT_COMMAND[*]-} == *__mfa_profile_check* ]] ||
    PROMPT_COMMAND="\${PROMPT_COMMAND:+$PROMPT_COMMAND"$'\\n'"}__mfa_profile_check"`
      : '__mfa_profile_check || :',
};

const ZSH: Dialect = {
  name: 'zsh',
  startupFile: () => '~/.zshrc',
  remarks: () => [],
  // Under an instant prompt (Powerlevel10k) the terminal comes back at the first prompt.
  isInteractive: `-o interactive && \${TERM-} != dumb`,
  settle: `emulate -L zsh
    unsetopt warn_create_global warn_nested_var 2>/dev/null
    setopt bash_rematch ksh_arrays extended_glob`,
  global: 'typeset -g ',
  clock: `zmodload zsh/datetime 2>/dev/null && __mfa_now=$EPOCHSECONDS || __mfa_now=$(command date +%s)`,
  slurp: '__mfa_text=$(<"$1")',
  // zsh does not take a quoted part of a pattern literally, so the name is escaped.
  quoteHead: String.raw`local __mfa_special='[].\[*^$+?(){}|\\]'
    local __mfa_head="\\[${'${1//(#m)${~__mfa_special}/\\\\$MATCH}'}\\]"`,
  head: '$__mfa_head',
  start: (
    eachPrompt,
  ) => `# Looks when the terminal is there and PATH is complete: at the first prompt.
  __mfa_profile_prompt() {
    local __mfa_before=$?
    if [[ -t 0 && -t 2 ]]; then
${eachPrompt ? '' : '      add-zsh-hook -d precmd __mfa_profile_prompt\n'}      __mfa_profile_check
    fi
    return $__mfa_before
  }
  autoload -Uz add-zsh-hook && add-zsh-hook precmd __mfa_profile_prompt`,
};

/** As the program has it (profiles/names.ts). */
const USUAL_NAME = '"${AWS_DEFAULT_PROFILE:-${AWS_PROFILE:-${MFA_PROFILE:-default}}}"';

/** The shell's test whether a path that a variable names is to be expanded: that is left to the program. */
function wantsExpansion({ platform, credentialsFile, configFile }: HookOptions): string {
  const signs = platform === 'win32' ? '$%' : '$';
  const tests = [
    ...(credentialsFile === undefined ? ['AWS_SHARED_CREDENTIALS_FILE'] : []),
    ...(configFile === undefined ? ['AWS_CONFIG_FILE'] : []),
  ].map((name) => `\${${name}-} == *['${signs}']* || \${${name}-} == '~'[!/]*`);
  if (tests.length === 0) return '';
  return `
    if [[ ${tests.join(' || ')} ]]; then
      __mfa_session=$__mfa_name
      return 2
    fi`;
}

export const bashHook = (options: HookOptions): string => render(BASH, options);
export const zshHook = (options: HookOptions): string => render(ZSH, options);

function render(shell: Dialect, options: HookOptions): string {
  const { platform, profile, credentialsFile, configFile, minTtlSeconds } = options;
  const command = ['mfa-profile', 'hook', shell.name, ...options.givenOptions];
  const refresh = options.refreshOptions.map((word) => ` ${quotePosix(word)}`).join('');
  const name = profile === undefined ? USUAL_NAME : quotePosix(profile);
  const file = (given: string | undefined, variable: string, usual: string): string =>
    given === undefined ? `"\${${variable}:-$HOME/.aws/${usual}}"` : quotePosix(given);
  const startupFile = shell.startupFile(platform);
  // The empty line ends the last one of a start-up file that has no line break at its end.
  return `
# >>> mfa-profile hook (${shell.name}) >>>
# Install: ${command.map(quotePosix).join(' ')} >> ${startupFile}
# Remove:  sed -i.bak '/^# >>> mfa-profile hook/,/^# <<< mfa-profile hook/d' ${startupFile}
#          (if it is a link: the same with the file that it leads to)
${shell
  .remarks(platform)
  .map((line) => `# ${line}\n`)
  .join('')}if [[ ${shell.isInteractive} ]]; then
  # Puts file $1 into \`__mfa_text\`; fails where it cannot be read.
  __mfa_profile_text() {
    [[ -f $1 && -r $1 ]] || return
    { ${shell.slurp}; } 2>/dev/null
    __mfa_text=$'\\n'$__mfa_text
  }

  # Puts the lines of section $1 of the text $2 into \`__mfa_body\`; 1 where there is none, 2 where there are more.
  __mfa_profile_section() {
    ${shell.quoteHead}
    local __mfa_feed=$'\\n' __mfa_end=$'[ \\t]*\\r?\\n' __mfa_any='.*' __mfa_lines='([^[]*)'
    __mfa_body=
    [[ $2 =~ $__mfa_feed${shell.head}$__mfa_end$__mfa_lines ]] || return 1
    __mfa_body=$'\\n'\${BASH_REMATCH[1]}
    [[ $2 =~ $__mfa_feed${shell.head}$__mfa_end$__mfa_any$__mfa_feed${shell.head}$__mfa_end ]] && return 2
    return 0
  }

  # The same with the lines of profile $1 in the config file.
  __mfa_profile_settings() {
    __mfa_profile_section "profile $1" "$__mfa_settings" || {
      [[ $1 == default ]] && __mfa_profile_section default "$__mfa_settings"
    }
  }

  # Puts the value of key $1 in \`__mfa_about\` into \`__mfa_value\`: the last one, for the credentials file wins.
  __mfa_profile_value() {
    local __mfa_pattern=$'.*\\n'$1$'[ \\t]*=[ \\t]*([^ \\t\\r\\n]+)[ \\t]*\\r?(\\n|$)'
    __mfa_value=
    [[ $__mfa_about =~ $__mfa_pattern ]] && __mfa_value=\${BASH_REMATCH[1]}
  }

  # Sets \`__mfa_doubt\` unless \`__mfa_about\` plainly says today what the session in \`__mfa_body\` was got for.
  __mfa_profile_origin() {
    local __mfa_pattern=$'\\nx_mfa_profile_origin[ \\t]*=[ \\t]*([^\\r\\n]*[^ \\t\\r\\n])' __mfa_value __mfa_origin __mfa_key
    [[ $__mfa_body =~ $__mfa_pattern ]] || return 0
    __mfa_origin=\${BASH_REMATCH[1]}
    __mfa_profile_value role_arn
    __mfa_doubt=role:$__mfa_value
    [[ $__mfa_about == *role_arn* ]] && return 0
    __mfa_profile_value aws_access_key_id
    __mfa_key=$__mfa_value
    __mfa_profile_value mfa_serial
    __mfa_doubt=key:$__mfa_key:$__mfa_value:\${MFA_PROFILE_SERIAL_NUMBER-}
    [[ $__mfa_key && ! \${MFA_PROFILE_SERIAL_NUMBER-} && $__mfa_about != *aws_account_id* ]] || return 0
    if [[ $__mfa_origin == "$__mfa_key \${__mfa_value:-\${__mfa_origin#* }}" ]]; then __mfa_doubt=; fi
    if [[ ! $__mfa_value && $__mfa_origin == "$__mfa_key" ]]; then __mfa_doubt=; fi
  }

  # Puts the end of the session in \`__mfa_body\` into \`__mfa_expiry\` (seconds since 1970); 2 where it is not certain.
  __mfa_profile_expiry() {
    local __mfa_key __mfa_pattern __mfa_value=$'[ \\t]*=[ \\t]*'
    for __mfa_key in aws_access_key_id aws_secret_access_key aws_session_token; do
      __mfa_pattern=$'\\n'$__mfa_key$__mfa_value'[^[:space:]]'
      [[ $__mfa_body =~ $__mfa_pattern ]] || return 2
    done
    # A second key that speaks of an expiry may contradict the first.
    [[ $__mfa_body == *[Ee][Xx][Pp][Ii][Rr]*[Ee][Xx][Pp][Ii][Rr]* ]] && return 2
    __mfa_pattern='([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])Z'
    __mfa_pattern=$'\\n'x_security_token_expires$__mfa_value$__mfa_pattern$'[ \\t]*\\r?(\\n[^ \\t]|\\n?$)'
    [[ $__mfa_body =~ $__mfa_pattern ]] || return 2
    # Days by the Julian day number, whose years begin in March.
    local __mfa_y=$((10#\${BASH_REMATCH[1]} + 4800)) __mfa_m=$((10#\${BASH_REMATCH[2]} - 3)) __mfa_d=$((10#\${BASH_REMATCH[3]}))
    if ((__mfa_m < 0)); then __mfa_y=$((__mfa_y - 1)) __mfa_m=$((__mfa_m + 12)); fi
    __mfa_d=$((__mfa_d + (153 * __mfa_m + 2) / 5 + 365 * __mfa_y + __mfa_y / 4 - __mfa_y / 100 + __mfa_y / 400 - 32045 - 2440588))
    __mfa_expiry=$(((__mfa_d * 24 + 10#\${BASH_REMATCH[4]}) * 3600 + 10#\${BASH_REMATCH[5]} * 60 + 10#\${BASH_REMATCH[6]}))
  }

  # Sets \`__mfa_session\`, \`__mfa_expiry\`, \`__mfa_left\` (seconds) and, where the session may be of another key,
  # \`__mfa_doubt\`; 1 where there is no session, 2 where it is not certain.
  __mfa_profile_look() {
    ${shell.settle}
    local LC_ALL=C
    __mfa_session='' __mfa_expiry='' __mfa_left='' __mfa_doubt=''
    local __mfa_name=${name} __mfa_text='' __mfa_settings='' __mfa_body='' __mfa_now='' __mfa_pattern=''
    local __mfa_credentials=${file(credentialsFile, 'AWS_SHARED_CREDENTIALS_FILE', 'credentials')}
    local __mfa_config=${file(configFile, 'AWS_CONFIG_FILE', 'config')}
${wantsExpansion(options).replace(/^\n/, '')}
    [[ $__mfa_credentials == '~/'* ]] && __mfa_credentials=$HOME/\${__mfa_credentials#??}
    [[ $__mfa_config == '~/'* ]] && __mfa_config=$HOME/\${__mfa_config#??}
    local __mfa_wanted __mfa_about='' __mfa_found
    __mfa_profile_text "$__mfa_config" && __mfa_settings=$__mfa_text
    # Without a profile in the file there is nothing to refresh; a writer may leave it empty for a moment.
    __mfa_profile_text "$__mfa_credentials" && [[ $__mfa_text == *\\[* ]] || return 1
    # A session's name means its source, also where the session is gone.
    [[ $__mfa_name != ?*_token ]] || __mfa_profile_section "$__mfa_name" "$__mfa_text" ||
      __mfa_profile_settings "$__mfa_name" || __mfa_name=\${__mfa_name%_token}
    __mfa_wanted=\${__mfa_name}_token
    if __mfa_profile_settings "$__mfa_name"; then
      __mfa_about=$__mfa_body
      __mfa_pattern=$'\\nsession_profile[ \\t]*=[ \\t]*([^\\r\\n]*[^ \\t\\r\\n])'
      [[ $__mfa_body =~ $__mfa_pattern ]] && __mfa_wanted=\${BASH_REMATCH[1]}
    fi
    __mfa_session=$__mfa_wanted
    # AWS_PROFILE may name the session itself: its own name tells the source's.
    if __mfa_profile_section "$__mfa_name" "$__mfa_text" && [[ $__mfa_body == *aws_session_token* ]]; then
      __mfa_session=$__mfa_name
      __mfa_found=$__mfa_body
      __mfa_profile_settings "\${__mfa_name%_token}"
      __mfa_about=$__mfa_body
      __mfa_profile_section "\${__mfa_name%_token}" "$__mfa_text"
      __mfa_about+=$__mfa_body
      __mfa_body=$__mfa_found
    else
      __mfa_about+=$__mfa_body
      __mfa_profile_section "$__mfa_session" "$__mfa_text" || {
        __mfa_found=$?
        # Neither a session nor a device: a profile without MFA, which is none of our business.
        [[ $__mfa_found == 2 || $__mfa_about == *mfa_serial* || $__mfa_about == *source_profile* ]] || __mfa_session=
        return $__mfa_found
      }
    fi
    __mfa_profile_expiry || return
    __mfa_profile_origin
    ${shell.clock}
    __mfa_left=$((__mfa_expiry - __mfa_now))
  }

  # Refreshes unless the session is valid; in one shell once for each session that has ended or is in doubt.
  __mfa_profile_check() {
    local __mfa_before=$? __mfa_session __mfa_expiry __mfa_left __mfa_doubt __mfa_quiet='' __mfa_seen=0
    ${shell.settle}
    __mfa_profile_look || __mfa_seen=$?
    # Where only refresh can tell, the session may be valid: then there is nothing to say.
    if ((__mfa_seen == 2)) || [[ $__mfa_doubt && $__mfa_left -ge ${minTtlSeconds} ]]; then __mfa_quiet=--quiet; fi
    if [[ $__mfa_session && $__mfa_session@$__mfa_expiry@$__mfa_doubt != "\${__mfa_profile_asked-}" ]] &&
      [[ ! $__mfa_left || $__mfa_left -lt ${minTtlSeconds} || $__mfa_doubt ]] && command -v mfa-profile >/dev/null; then
      ${shell.global}__mfa_profile_asked=$__mfa_session@$__mfa_expiry@$__mfa_doubt
      command mfa-profile refresh --profile=${name}${refresh} \${__mfa_quiet:+"$__mfa_quiet"}
    fi
    return $__mfa_before
  }
${options.prompt ? promptFunction(shell) : ''}
  ${shell.start(options.eachPrompt)}
fi
# <<< mfa-profile hook (${shell.name}) <<<
`;
}

function promptFunction(shell: Dialect): string {
  return `
  # Prints the time left (11h 42m, 42m, <1m, over; ? where it is not certain), or puts it into the variable $1.
  mfa_profile_left() {
    ${shell.settle}
    local __mfa_session __mfa_expiry __mfa_left __mfa_doubt __mfa_words='' __mfa_seen=0
    __mfa_profile_look || __mfa_seen=$?
    if ((__mfa_seen == 2)); then __mfa_words='?'
    elif [[ ! $__mfa_left ]]; then __mfa_words=
    elif ((__mfa_left >= 3600)); then __mfa_words="$((__mfa_left / 3600))h $((__mfa_left % 3600 / 60))m"
    elif ((__mfa_left >= 60)); then __mfa_words=$((__mfa_left / 60))m
    elif ((__mfa_left > 0)); then __mfa_words='<1m'
    else __mfa_words=over; fi
    if [[ \${1-} ]]; then printf -v "$1" %s "$__mfa_words"; else printf %s "$__mfa_words"; fi
  }
`;
}
