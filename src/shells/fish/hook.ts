/** The hook of fish, which has no clock: it starts `date` once, and nothing else. */
import type { HookOptions } from '../hook-options.ts';
import { quoteForFish } from '../quote.ts';

const STARTUP_FILE = '~/.config/fish/conf.d/mfa-profile.fish';

export function fishHook(options: HookOptions): string {
  const { profile, credentialsFile, configFile, minTtlSeconds } = options;
  const command = ['mfa-profile', 'hook', 'fish', ...options.givenOptions].map(quoteForFish);
  const refresh = options.refreshOptions.map((word) => ` ${quoteForFish(word)}`).join('');
  const set = (name: string, given: string | undefined, variable: string, usual: string): string =>
    given === undefined
      ? `set -l ${name} $${variable}
        test -n "$${name}"; or set ${name} ${usual}`
      : `set -l ${name} ${quoteForFish(given)}`;
  const name = set('name', profile, 'AWS_PROFILE', 'default');
  return `# >>> mfa-profile hook (fish) >>>
# Install: ${command.join(' ')} > ${STARTUP_FILE}
# Remove:  rm ${STARTUP_FILE}
if status is-interactive; and test -t 0 -a -t 2 -a "$TERM" != dumb
    # Puts the lines of section $argv[1] of text into body; 1 where there is none, 2 where there are more.
    function __mfa_profile_section -S
        set body ''
        set -l header '\\['(string escape --style=regex -- $argv[1])'\\][ \\t]*\\r?'
        string match -rq '\\n'$header'(?<body>\\n[^\\[]*)' -- $text; or return 1
        not string match -rq '(?s)\\n'$header'\\n(?:.*\\n)?'$header'\\n' -- $text; or return 2
    end

    # Puts the end of the session in body into expiry (seconds since 1970); 2 where it is not certain.
    function __mfa_profile_expiry -S
        for key in aws_access_key_id aws_secret_access_key aws_session_token
            string match -rq '\\n'$key'[ \\t]*=[ \\t]*\\S' -- $body; or return 2
        end
        # A second key that speaks of an expiry may contradict the first.
        string match -riq '(?s)expir.*expir' -- $body; and return 2
        set -l time '(?<y>\\d{4})-(?<m>0[1-9]|1[0-2])-(?<d>0[1-9]|[12]\\d|3[01])T(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d)Z'
        string match -rq '\\nx_security_token_expires[ \\t]*=[ \\t]*'$time'[ \\t]*\\r?(?:\\n[^ \\t]|\\n?$)' -- $body; or return 2
        # Days by the Julian day number, whose years begin in March.
        set y (math $y + 4800)
        set m (math $m - 3)
        if test $m -lt 0
            set y (math $y - 1)
            set m (math $m + 12)
        end
        set d (math "$d + floor((153 * $m + 2) / 5) + 365 * $y + floor($y / 4) - floor($y / 100) + floor($y / 400) - 32045 - 2440588")
        set expiry (math "($d * 24 + $hour) * 3600 + $minute * 60 + $second")
    end

    # Sets session, expiry and left (seconds); 1 where there is no session, 2 where it is not certain.
    function __mfa_profile_look -S
        set session ''
        set expiry ''
        set left ''
        ${name}
        ${set('credentials', credentialsFile, 'AWS_SHARED_CREDENTIALS_FILE', '~/.aws/credentials')}
        ${set('config', configFile, 'AWS_CONFIG_FILE', '~/.aws/config')}
        set credentials (string replace -r '^~/' ~/ -- $credentials)
        set config (string replace -r '^~/' ~/ -- $config)
        set -l wanted $name"_token"
        set -l about ''
        set -l text ''
        set -l body ''
        if test -f "$config" -a -r "$config"
            read -z text <$config
            set text \\n"$text"
            __mfa_profile_section "profile $name"
            or begin
                test "$name" = default
                and __mfa_profile_section default
            end
            set about $body
            string match -rq '\\nsession_profile[ \\t]*=[ \\t]*(?<other>[^\\r\\n]*[^ \\t\\r\\n])' -- $body
            and set wanted $other
        end
        # Without a profile in the file there is nothing to refresh; a writer may leave it empty for a moment.
        test -f "$credentials" -a -r "$credentials"; or return 1
        read -z text <$credentials
        string match -q '*[*' -- $text; or return 1
        set text \\n"$text"
        set session $wanted
        # AWS_PROFILE may name the session itself.
        if __mfa_profile_section $name; and string match -q '*aws_session_token*' -- $body
            set session $name
        else
            set about "$about$body"
            __mfa_profile_section $session
            or begin
                set -l found $status
                # Neither a session nor a device: a profile without MFA, which is none of our business.
                test $found -eq 2; or string match -rq 'mfa_serial|source_profile' -- $about; or set session ''
                return $found
            end
        end
        __mfa_profile_expiry; or return
        set left (math $expiry - (command date +%s))
    end

    # Refreshes unless the session is good; in one shell once for each session that has ended.
    function __mfa_profile_check
        set -l session
        set -l expiry
        set -l left
        __mfa_profile_look
        set -l seen $status
        test -n "$session"; and test "$session@$expiry" != "$__mfa_profile_asked"; or return 0
        test -n "$left"; and test "$left" -ge ${minTtlSeconds}; and return 0
        command -q mfa-profile; or return 0
        set -g __mfa_profile_asked "$session@$expiry"
        # Where only refresh can tell, the session may be good: then there is nothing to say.
        set -l quiet
        test $seen -eq 2; and set quiet --quiet
        ${name}
        command mfa-profile refresh --profile=$name${refresh} $quiet
        return 0
    end
${options.prompt ? PROMPT_FUNCTION : ''}
    __mfa_profile_check
${options.eachPrompt ? EACH_PROMPT : ''}end
# <<< mfa-profile hook (fish) <<<
`;
}

const PROMPT_FUNCTION = `
    # Prints the time left (11h 42m, 42m, <1m, over; ? where it is not certain).
    function mfa_profile_left
        set -l session
        set -l expiry
        set -l left
        __mfa_profile_look
        if test $status -eq 2
            echo -n '?'
        else if test -z "$left"
            return 0
        else if test $left -ge 3600
            echo -n (math "floor($left / 3600)")h (math "floor($left % 3600 / 60)")m
        else if test $left -ge 60
            echo -n (math "floor($left / 60)")m
        else if test $left -gt 0
            echo -n '<1m'
        else
            echo -n over
        end
    end
`;

const EACH_PROMPT = `
    function __mfa_profile_prompt --on-event fish_prompt
        __mfa_profile_check
    end
`;
