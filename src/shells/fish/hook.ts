/** The hook of fish, which has no clock: it starts `date` once, and nothing else. */
import type { HookOptions } from '../hook-options.ts';
import { quoteFish } from './format.ts';

const FOLDER = '~/.config/fish/conf.d';
const STARTUP_FILE = `${FOLDER}/mfa-profile.fish`;

export function fishHook(options: HookOptions): string {
  const { profile, credentialsFile, configFile, minTtlSeconds } = options;
  const command = ['mfa-profile', 'hook', 'fish', ...options.givenOptions].map(quoteFish);
  const refresh = options.refreshOptions.map((word) => ` ${quoteFish(word)}`).join('');
  const set = (name: string, given: string | undefined, variable: string, usual: string): string =>
    given === undefined
      ? `set -l ${name} $${variable}
        test -n "$${name}"; or set ${name} ${usual}`
      : `set -l ${name} ${quoteFish(given)}`;
  const name = set('__mfa_name', profile, 'AWS_PROFILE', 'default');
  return `
# >>> mfa-profile hook (fish) >>>
# Install: mkdir -p ${FOLDER} && ${command.join(' ')} > ${STARTUP_FILE}
# Remove:  rm ${STARTUP_FILE}
if status is-interactive; and test -t 0 -a -t 2 -a "$TERM" != dumb
    # A capture would go into a variable of the same name that is there already: all of them are
    # declared local, and have names that nobody else uses.

    # Puts the lines of section $argv[1] of __mfa_text into __mfa_body; 1 where there is none, 2 where there are more.
    function __mfa_profile_section -S
        set __mfa_body ''
        set -l __mfa_header '\\['(string escape --style=regex -- $argv[1])'\\][ \\t]*\\r?'
        string match -rq '\\n'$__mfa_header'(?<__mfa_body>\\n[^\\[]*)' -- $__mfa_text; or return 1
        not string match -rq '(?s)\\n'$__mfa_header'\\n(?:.*\\n)?'$__mfa_header'\\n' -- $__mfa_text; or return 2
    end

    # Puts the end of the session in __mfa_body into __mfa_expiry (seconds since 1970); 2 where it is not certain.
    function __mfa_profile_expiry -S
        set -l __mfa_key
        for __mfa_key in aws_access_key_id aws_secret_access_key aws_session_token
            string match -rq '\\n'$__mfa_key'[ \\t]*=[ \\t]*\\S' -- $__mfa_body; or return 2
        end
        # A second key that speaks of an expiry may contradict the first.
        string match -riq '(?s)expir.*expir' -- $__mfa_body; and return 2
        set -l __mfa_y
        set -l __mfa_m
        set -l __mfa_d
        set -l __mfa_hour
        set -l __mfa_minute
        set -l __mfa_second
        set -l __mfa_time '(?<__mfa_y>\\d{4})-(?<__mfa_m>0[1-9]|1[0-2])-(?<__mfa_d>0[1-9]|[12]\\d|3[01])T(?<__mfa_hour>[01]\\d|2[0-3]):(?<__mfa_minute>[0-5]\\d):(?<__mfa_second>[0-5]\\d)Z'
        string match -rq '\\nx_security_token_expires[ \\t]*=[ \\t]*'$__mfa_time'[ \\t]*\\r?(?:\\n[^ \\t]|\\n?$)' -- $__mfa_body; or return 2
        # Days by the Julian day number, whose years begin in March.
        set __mfa_y (math $__mfa_y + 4800)
        set __mfa_m (math $__mfa_m - 3)
        if test $__mfa_m -lt 0
            set __mfa_y (math $__mfa_y - 1)
            set __mfa_m (math $__mfa_m + 12)
        end
        set __mfa_d (math "$__mfa_d + floor((153 * $__mfa_m + 2) / 5) + 365 * $__mfa_y + floor($__mfa_y / 4) - floor($__mfa_y / 100) + floor($__mfa_y / 400) - 32045 - 2440588")
        set __mfa_expiry (math "($__mfa_d * 24 + $__mfa_hour) * 3600 + $__mfa_minute * 60 + $__mfa_second")
    end

    # Sets __mfa_session, __mfa_expiry and __mfa_left (seconds); 1 where there is no session, 2 where it is not certain.
    function __mfa_profile_look -S
        set __mfa_session ''
        set __mfa_expiry ''
        set __mfa_left ''
        ${name}
        ${set('__mfa_credentials', credentialsFile, 'AWS_SHARED_CREDENTIALS_FILE', '~/.aws/credentials')}
        ${set('__mfa_config', configFile, 'AWS_CONFIG_FILE', '~/.aws/config')}
        set __mfa_credentials (string replace -r '^~/' ~/ -- $__mfa_credentials)
        set __mfa_config (string replace -r '^~/' ~/ -- $__mfa_config)
        set -l __mfa_wanted $__mfa_name"_token"
        set -l __mfa_about ''
        set -l __mfa_text ''
        set -l __mfa_body ''
        set -l __mfa_other
        set -l __mfa_found
        if test -f "$__mfa_config" -a -r "$__mfa_config"
            read -z __mfa_text <$__mfa_config
            set __mfa_text \\n"$__mfa_text"
            __mfa_profile_section "profile $__mfa_name"
            or begin
                test "$__mfa_name" = default
                and __mfa_profile_section default
            end
            set __mfa_about $__mfa_body
            string match -rq '\\nsession_profile[ \\t]*=[ \\t]*(?<__mfa_other>[^\\r\\n]*[^ \\t\\r\\n])' -- $__mfa_body
            and set __mfa_wanted $__mfa_other
        end
        # Without a profile in the file there is nothing to refresh; a writer may leave it empty for a moment.
        test -f "$__mfa_credentials" -a -r "$__mfa_credentials"; or return 1
        read -z __mfa_text <$__mfa_credentials
        string match -q '*[*' -- $__mfa_text; or return 1
        set __mfa_text \\n"$__mfa_text"
        set __mfa_session $__mfa_wanted
        # AWS_PROFILE may name the session itself.
        if __mfa_profile_section $__mfa_name; and string match -q '*aws_session_token*' -- $__mfa_body
            set __mfa_session $__mfa_name
        else
            set __mfa_about "$__mfa_about$__mfa_body"
            __mfa_profile_section $__mfa_session
            or begin
                set __mfa_found $status
                # Neither a session nor a device: a profile without MFA, which is none of our business.
                test $__mfa_found -eq 2; or string match -rq 'mfa_serial|source_profile' -- $__mfa_about; or set __mfa_session ''
                return $__mfa_found
            end
        end
        __mfa_profile_expiry; or return
        set __mfa_left (math $__mfa_expiry - (command date +%s))
    end

    # Refreshes unless the session is valid; in one shell once for each session that has ended.
    function __mfa_profile_check
        set -l __mfa_session
        set -l __mfa_expiry
        set -l __mfa_left
        __mfa_profile_look
        set -l __mfa_seen $status
        test -n "$__mfa_session"; and test "$__mfa_session@$__mfa_expiry" != "$__mfa_profile_asked"; or return 0
        test -n "$__mfa_left"; and test "$__mfa_left" -ge ${minTtlSeconds}; and return 0
        command -q mfa-profile; or return 0
        set -g __mfa_profile_asked "$__mfa_session@$__mfa_expiry"
        # Where only refresh can tell, the session may be valid: then there is nothing to say.
        set -l __mfa_quiet
        test $__mfa_seen -eq 2; and set __mfa_quiet --quiet
        ${name}
        command mfa-profile refresh --profile=$__mfa_name${refresh} $__mfa_quiet
        return 0
    end
${options.prompt ? PROMPT_FUNCTION : ''}
    # Looks when config.fish, which is read after this file, has set PATH: at the first prompt.
    function __mfa_profile_prompt --on-event fish_prompt
${options.eachPrompt ? '' : '        functions -e __mfa_profile_prompt\n'}        __mfa_profile_check
    end
end
# <<< mfa-profile hook (fish) <<<
`;
}

const PROMPT_FUNCTION = `
    # Prints the time left (11h 42m, 42m, <1m, over; ? where it is not certain).
    function mfa_profile_left
        set -l __mfa_session
        set -l __mfa_expiry
        set -l __mfa_left
        __mfa_profile_look
        if test $status -eq 2
            echo -n '?'
        else if test -z "$__mfa_left"
            return 0
        else if test $__mfa_left -ge 3600
            echo -n (math "floor($__mfa_left / 3600)")h (math "floor($__mfa_left % 3600 / 60)")m
        else if test $__mfa_left -ge 60
            echo -n (math "floor($__mfa_left / 60)")m
        else if test $__mfa_left -gt 0
            echo -n '<1m'
        else
            echo -n over
        end
    end
`;
