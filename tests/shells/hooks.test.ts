/** What the hooks are made of by their options; what they do is played in e2e/hook.test.ts, where the shells are. */
import type { HookOptions } from '../../src/shells/hook-options.ts';
import { renderHook } from '../../src/shells/hooks.ts';

const OPTIONS: HookOptions = {
  platform: 'linux',
  profile: undefined,
  credentialsFile: undefined,
  configFile: undefined,
  minTtlSeconds: 300,
  prompt: false,
  eachPrompt: false,
  refreshOptions: [],
  givenOptions: [],
};
const hook = (shell: Parameters<typeof renderHook>[0], more: Partial<HookOptions> = {}): string =>
  renderHook(shell, { ...OPTIONS, ...more });
const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

test.each(SHELLS)('%s: begins and ends with the marks by which it is removed', (shell) => {
  const text = hook(shell);
  expect(text).toMatch(new RegExp(`^\\n# >>> mfa-profile hook \\(${shell}\\) >>>\\n# Install: `));
  expect(text).toMatch(new RegExp(`\\n# <<< mfa-profile hook \\(${shell}\\) <<<\\n$`));
});

test.each<[(typeof SHELLS)[number], Partial<HookOptions>, string]>([
  ['bash', {}, '# Install: mfa-profile hook bash >> ~/.bashrc\n'],
  ['bash', { platform: 'darwin' }, '# Install: mfa-profile hook bash >> ~/.bash_profile\n'],
  ['zsh', { platform: 'darwin' }, '# Install: mfa-profile hook zsh >> ~/.zshrc\n'],
  [
    'bash',
    { givenOptions: ['--min-ttl=1h', '--profile=a b'] },
    "# Install: mfa-profile hook bash --min-ttl=1h '--profile=a b' >> ~/.bashrc\n",
  ],
  [
    'fish',
    { givenOptions: ['--profile=a b'] },
    "# Install: mkdir -p ~/.config/fish/conf.d && mfa-profile hook fish '--profile=a b' > ~/.config/fish/conf.d/mfa-profile.fish\n# Remove:  rm ~/.config/fish/conf.d/mfa-profile.fish\n",
  ],
  [
    'powershell',
    { givenOptions: ['--each-prompt', '--profile=a', '--profile=a b', 'x--profile=a', '--p=a=b'] },
    "# Install: mfa-profile hook powershell --each-prompt --profile=a '--profile=a b' x--profile=a '--p=a=b' | Add-Content $PROFILE ",
  ],
])('%s with %j says how it is installed', (shell, options, line) => {
  expect(hook(shell, options)).toContain(line);
});

test.each([
  ['linux', '~/.bashrc'],
  ['darwin', '~/.bash_profile'],
])('on %s bash says where it is read: %s', (platform, file) => {
  const text = hook('bash', { platform });
  expect(text).toContain(`# Install: mfa-profile hook bash >> ${file}\n`);
  expect(text).toContain(`_profile hook/d' ${file}\n`.replace('_', '-'));
});

test('bash says which start-up file its login shells read', () => {
  expect(hook('bash')).toContain(
    '# A login shell (ssh, tmux) reads ~/.bashrc only if ~/.bash_profile or ~/.profile does.\n',
  );
  const mac = hook('bash', { platform: 'darwin' });
  expect(mac).toMatch(/\n# Terminals on macOS start login shells, which read ~\/\.bash_profile/);
  expect(mac).toMatch(/\n# with the line {3}\. ~\/\.profile\nif \[\[/);
  for (const platform of ['linux', 'darwin']) {
    expect(hook('zsh', { platform })).toMatch(/another file\)|leads to\)\nif \[\[ -o interactive/);
  }
});

test.each<[(typeof SHELLS)[number], string, string]>([
  [
    'bash',
    'local __mfa_name="${AWS_DEFAULT_PROFILE:-${AWS_PROFILE:-${MFA_PROFILE:-default}}}" ',
    "local __mfa_name='it'\\''s' ",
  ],
  [
    'zsh',
    'local __mfa_name="${AWS_DEFAULT_PROFILE:-${AWS_PROFILE:-${MFA_PROFILE:-default}}}" ',
    "local __mfa_name='it'\\''s' ",
  ],
  [
    'fish',
    'set -l __mfa_name $AWS_DEFAULT_PROFILE\n        test -n "$__mfa_name"; or set __mfa_name $AWS_PROFILE\n        test -n "$__mfa_name"; or set __mfa_name $MFA_PROFILE\n        test -n "$__mfa_name"; or set __mfa_name default\n',
    "set -l __mfa_name 'it\\'s'\n",
  ],
  [
    'powershell',
    "$name = $(foreach ($each in $env:AWS_DEFAULT_PROFILE, $env:AWS_PROFILE, $env:MFA_PROFILE, 'default') { if ($each) { $each; break } })\n",
    "$name = 'it''s'\n",
  ],
])('%s takes the profile that is named, or the one of the environment', (shell, usual, named) => {
  expect(hook(shell)).toContain(usual);
  expect(hook(shell)).not.toContain(named);
  const text = hook(shell, { profile: "it's" });
  expect(text).toContain(named);
  expect(text).not.toContain(usual);
  expect(text).not.toContain('AWS_DEFAULT_PROFILE');
});

const CREDENTIALS = 'AWS_SHARED_CREDENTIALS_FILE';
const CONFIG = 'AWS_CONFIG_FILE';

test.each<[(typeof SHELLS)[number], [string, string], [string, string]]>([
  ...(['bash', 'zsh'] as const).map(
    (shell): [(typeof SHELLS)[number], [string, string], [string, string]] => [
      shell,
      [
        `local __mfa_credentials="\${${CREDENTIALS}:-$HOME/.aws/credentials}"\n`,
        `local __mfa_config="\${${CONFIG}:-$HOME/.aws/config}"\n`,
      ],
      ["local __mfa_credentials='/a b'\n", 'local __mfa_config=/c\n'],
    ],
  ),
  [
    'fish',
    [
      `set -l __mfa_credentials $${CREDENTIALS}\n        test -n "$__mfa_credentials"; or set __mfa_credentials ~/.aws/credentials\n`,
      `set -l __mfa_config $${CONFIG}\n        test -n "$__mfa_config"; or set __mfa_config ~/.aws/config\n`,
    ],
    ["set -l __mfa_credentials '/a b'\n", 'set -l __mfa_config /c\n'],
  ],
  [
    'powershell',
    [
      `Read-MfaProfileFile $(if ($env:${CREDENTIALS}) { $env:${CREDENTIALS} } else { "$(Get-MfaProfileHome)/.aws/credentials" })\n`,
      `Read-MfaProfileFile $(if ($env:${CONFIG}) { $env:${CONFIG} } else { "$(Get-MfaProfileHome)/.aws/config" })\n`,
    ],
    ["Read-MfaProfileFile '/a b'\n", "Read-MfaProfileFile '/c'\n"],
  ],
])('%s reads the files that are named, or those of the environment', (shell, usual, named) => {
  const text = hook(shell);
  for (const line of usual) expect(text).toContain(line);
  const given = hook(shell, { credentialsFile: '/a b', configFile: '/c' });
  for (const line of named) expect(given).toContain(line);
  expect(given).not.toMatch(/AWS_SHARED_CREDENTIALS_FILE|AWS_CONFIG_FILE/);
  expect(given).not.toMatch(/== \*\['\$|\[\$\]\|\^~/);
  const half = hook(shell, { credentialsFile: '/a b' });
  expect(half).toContain(named[0]);
  expect(half).toContain(usual[1]);
  expect(half).not.toContain(CREDENTIALS);
  const other = hook(shell, { configFile: '/c' });
  expect(other).toContain(usual[0]);
  expect(other).toContain(named[1]);
  expect(other).not.toContain(CONFIG);
});

test.each(['bash', 'zsh'] as const)(
  '%s leaves paths that are to be expanded to the program',
  (shell) => {
    const test = (name: string, signs: string): string =>
      `\${${name}-} == *['${signs}']* || \${${name}-} == '~'[!/]*`;
    expect(hook(shell)).toContain(
      `\n    if [[ ${test(CREDENTIALS, '$')} || ${test(CONFIG, '$')} ]]; then\n      __mfa_session=$__mfa_name\n      return 2\n    fi\n`,
    );
    expect(hook(shell, { platform: 'win32' })).toContain(`if [[ ${test(CREDENTIALS, '$%')} || `);
    expect(hook(shell, { configFile: '/c' })).toContain(
      `if [[ ${test(CREDENTIALS, '$')} ]]; then\n`,
    );
  },
);

test('so does fish, and so does PowerShell', () => {
  expect(hook('fish')).toContain(
    `string match -rq '[$]|^~[^/]' -- "$${CREDENTIALS}" "$${CONFIG}"\n            set __mfa_session $__mfa_name\n`,
  );
  expect(hook('fish', { configFile: '/c' })).toContain(`-- "$${CREDENTIALS}"\n`);
  expect(hook('powershell')).toContain(`if (@($env:${CREDENTIALS}, $env:${CONFIG}) -match `);
  expect(hook('powershell', { configFile: '/c' })).toContain(`if (@($env:${CREDENTIALS}) -match `);
});

test.each<[(typeof SHELLS)[number], string, string]>([
  ['bash', '-ge 61', '-lt 61'],
  ['zsh', '-ge 61', '-lt 61'],
  ['fish', '-ge 61', ''],
  ['powershell', '-ge 61', ''],
])('%s asks again with less than --min-ttl left', (shell, ...parts) => {
  const text = hook(shell, { minTtlSeconds: 61 });
  for (const part of parts) expect(text).toContain(part);
});

test.each<[(typeof SHELLS)[number], string]>([
  ['bash', ` '--region=a b' --no-prompt \${__mfa_quiet:+`],
  ['zsh', ` '--region=a b' --no-prompt \${__mfa_quiet:+`],
  ['fish', `refresh --profile=$__mfa_name '--region=a b' --no-prompt $__mfa_quiet\n`],
  ['powershell', `"--profile=$($seen.Name)", '--region=a b', '--no-prompt')\n`],
])('%s passes options of refresh on', (shell, words) => {
  expect(hook(shell, { refreshOptions: ['--region=a b', '--no-prompt'] })).toContain(words);
});

test.each<[(typeof SHELLS)[number], string, string]>([
  [
    'bash',
    '\n  __mfa_profile_check || :\n',
    'PROMPT_COMMAND="${PROMPT_COMMAND:+$PROMPT_COMMAND"$\'\\n\'"}__mfa_profile_check"',
  ],
  [
    'zsh',
    '      add-zsh-hook -d precmd __mfa_profile_prompt\n      __mfa_profile_check\n',
    '    if [[ -t 0 && -t 2 ]]; then\n      __mfa_profile_check\n',
  ],
  [
    'fish',
    '        functions -e __mfa_profile_prompt\n        __mfa_profile_check\n',
    '\n        __mfa_profile_check\n',
  ],
])('%s looks once, or before each prompt', (shell, once, each) => {
  expect(hook(shell)).toContain(once);
  const text = hook(shell, { eachPrompt: true });
  expect(text).toContain(each);
  if (shell !== 'bash') expect(text).not.toContain(once);
});

test('PowerShell looks before each prompt where that is asked for', () => {
  const [once, each] = [hook('powershell'), hook('powershell', { eachPrompt: true })];
  expect(each.length).toBeGreaterThan(once.length);
  expect(each).toMatch(/function:global:prompt|function Global:prompt|Function:prompt/i);
});

test.each(SHELLS)('%s has a function for the prompt where that is asked for', (shell) => {
  const name = /mfa_profile_left|Get-MfaProfileLeft/;
  expect(hook(shell)).not.toMatch(name);
  expect(hook(shell, { prompt: true })).toMatch(name);
});
