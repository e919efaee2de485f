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
  // The order is the program's (profiles/names.ts).
  const name =
    profile === undefined
      ? `set -l __mfa_name $AWS_DEFAULT_PROFILE
        test -n "$__mfa_name"; or set __mfa_name $AWS_PROFILE
        test -n "$__mfa_name"; or set __mfa_name $MFA_PROFILE
        test -n "$__mfa_name"; or set __mfa_name default`
      : `set -l __mfa_name ${quoteFish(profile)}`;
  const fromVariables = [
    ...(credentialsFile === undefined ? ['"$AWS_SHARED_CREDENTIALS_FILE"'] : []),
    ...(configFile === undefined ? ['"$AWS_CONFIG_FILE"'] : []),
  ];
  const expansion =
    fromVariables.length === 0
      ? ''
      : `
        # A path that is to be expanded is left to the program.
        if string match -rq '[$]|^~[^/]' -- ${fromVariables.join(' ')}
            set __mfa_session $__mfa_name
            return 2
        end`;
  return `
# >>> mfa-profile hook (fish) >>>
# Install: mkdir -p ${FOLDER} && ${command.join(' ')} > ${STARTUP_FILE}
# Remove:  rm ${STARTUP_FILE}
if status is-interactive; and test -t 0 -a -t 2 -a "$TERM" != dumb
    # A capture would go into a variable of the same name that is there already: all of them are
    # declared local, and have names that nobody else uses.

    # Puts the lines of section $argv[1] of the text $argv[2] into __mfa_body; 1 where there is none, 2 where there are more.
    function __mfa_profile_section -S
        set __mfa_body ''
        set -l __mfa_header '\\['(string escape --style=regex -- $argv[1])'\\][ \\t]*\\r?'
        string match -rq '\\n'$__mfa_header'(?<__mfa_body>\\n[^\\[]*)' -- "$argv[2]"; or return 1
        not string match -rq '(?s)\\n'$__mfa_header'\\n(?:.*\\n)?'$__mfa_header'\\n' -- "$argv[2]"; or return 2
    end

    # The same with the lines of profile $argv[1] in the config file.
    function __mfa_profile_settings -S
        __mfa_profile_section "profile $argv[1]" "$__mfa_settings"
        or begin
            test "$argv[1]" = default
            and __mfa_profile_section default "$__mfa_settings"
        end
    end

    # Puts the value of key $argv[1] in __mfa_about into __mfa_value: the last one, for the credentials file wins.
    function __mfa_profile_value -S
        set __mfa_value ''
        string match -rq '(?s).*\\n'$argv[1]'[ \\t]*=[ \\t]*(?<__mfa_value>[^ \\t\\r\\n]+)[ \\t]*\\r?(?:\\n|$)' -- "$__mfa_about"
    end

    # Sets __mfa_doubt unless __mfa_about plainly says today what the session in __mfa_body was got for.
    function __mfa_profile_origin -S
        set -l __mfa_origin ''
        set -l __mfa_value ''
        set -l __mfa_key
        string match -rq '\\nx_mfa_profile_origin[ \\t]*=[ \\t]*(?<__mfa_origin>[^\\r\\n]*[^ \\t\\r\\n])' -- "$__mfa_body"; or return 0
        __mfa_profile_value role_arn
        set __mfa_doubt "role:$__mfa_value"
        string match -q '*role_arn*' -- "$__mfa_about"; and return 0
        __mfa_profile_value aws_access_key_id
        set __mfa_key $__mfa_value
        __mfa_profile_value mfa_serial
        set __mfa_doubt "key:$__mfa_key:$__mfa_value:$MFA_PROFILE_SERIAL_NUMBER"
        test -n "$__mfa_key" -a -z "$MFA_PROFILE_SERIAL_NUMBER"; or return 0
        string match -q '*aws_account_id*' -- "$__mfa_about"; and return 0
        if test -n "$__mfa_value"
            test "$__mfa_origin" = "$__mfa_key $__mfa_value"; and set __mfa_doubt ''
        else
            string match -rq '^'(string escape --style=regex -- $__mfa_key)'(?: [^ ]+)?$' -- "$__mfa_origin"; and set __mfa_doubt ''
        end
        return 0
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

    # Sets __mfa_session, __mfa_expiry, __mfa_left (seconds) and, where the session may be of another key,
    # __mfa_doubt; 1 where there is no session, 2 where it is not certain.
    function __mfa_profile_look -S
        set __mfa_session ''
        set __mfa_expiry ''
        set __mfa_left ''
        set __mfa_doubt ''
        ${name}${expansion}
        ${set('__mfa_credentials', credentialsFile, 'AWS_SHARED_CREDENTIALS_FILE', '~/.aws/credentials')}
        ${set('__mfa_config', configFile, 'AWS_CONFIG_FILE', '~/.aws/config')}
        set __mfa_credentials (string replace -r '^~/' ~/ -- $__mfa_credentials)
        set __mfa_config (string replace -r '^~/' ~/ -- $__mfa_config)
        set -l __mfa_about ''
        set -l __mfa_text ''
        set -l __mfa_settings ''
        set -l __mfa_body ''
        set -l __mfa_other
        set -l __mfa_found
        if test -f "$__mfa_config" -a -r "$__mfa_config"
            read -z __mfa_settings <$__mfa_config
            set __mfa_settings \\n"$__mfa_settings"
        end
        # Without a profile in the file there is nothing to refresh; a writer may leave it empty for a moment.
        test -f "$__mfa_credentials" -a -r "$__mfa_credentials"; or return 1
        read -z __mfa_text <$__mfa_credentials
        string match -q '*[*' -- $__mfa_text; or return 1
        set __mfa_text \\n"$__mfa_text"
        # A session's name means its source, also where the session is gone.
        if string match -q '?*_token' -- $__mfa_name
            __mfa_profile_section $__mfa_name "$__mfa_text"
            or __mfa_profile_settings $__mfa_name
            or set __mfa_name (string replace -r '_token$' '' -- $__mfa_name)
        end
        set -l __mfa_wanted $__mfa_name"_token"
        if __mfa_profile_settings $__mfa_name
            set __mfa_about $__mfa_body
            string match -rq '\\nsession_profile[ \\t]*=[ \\t]*(?<__mfa_other>[^\\r\\n]*[^ \\t\\r\\n])' -- $__mfa_body
            and set __mfa_wanted $__mfa_other
        end
        set __mfa_session $__mfa_wanted
        # AWS_PROFILE may name the session itself: its own name tells the source's.
        if __mfa_profile_section $__mfa_name "$__mfa_text"; and string match -q '*aws_session_token*' -- $__mfa_body
            set __mfa_session $__mfa_name
            set __mfa_found "$__mfa_body"
            set __mfa_other (string replace -r '_token$' '' -- $__mfa_name)
            __mfa_profile_settings $__mfa_other
            set __mfa_about "$__mfa_body"
            __mfa_profile_section $__mfa_other "$__mfa_text"
            set __mfa_about "$__mfa_about$__mfa_body"
            set __mfa_body "$__mfa_found"
        else
            set __mfa_about "$__mfa_about$__mfa_body"
            __mfa_profile_section $__mfa_session "$__mfa_text"
            or begin
                set __mfa_found $status
                # Neither a session nor a device: a profile without MFA, which is none of our business.
                test $__mfa_found -eq 2; or string match -rq 'mfa_serial|source_profile' -- $__mfa_about; or set __mfa_session ''
                return $__mfa_found
            end
        end
        __mfa_profile_expiry; or return
        __mfa_profile_origin
        set __mfa_left (math $__mfa_expiry - (command date +%s))
    end

    # Refreshes unless the session is valid; in one shell once for each session that has ended or is in doubt.
    function __mfa_profile_check
        set -l __mfa_session
        set -l __mfa_expiry
        set -l __mfa_left
        set -l __mfa_doubt
        set -l __mfa_quiet
        __mfa_profile_look
        set -l __mfa_seen $status
        set -l __mfa_what "$__mfa_session@$__mfa_expiry@$__mfa_doubt"
        test -n "$__mfa_session"; and test "$__mfa_what" != "$__mfa_profile_asked"; or return 0
        # Where only refresh can tell, the session may be valid: then there is nothing to say.
        test $__mfa_seen -eq 2; and set __mfa_quiet --quiet
        if test -n "$__mfa_left"; and test "$__mfa_left" -ge ${minTtlSeconds}
            test -n "$__mfa_doubt"; or return 0
            set __mfa_quiet --quiet
        end
        command -q mfa-profile; or return 0
        set -g __mfa_profile_asked "$__mfa_what"
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
        set -l __mfa_doubt
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
