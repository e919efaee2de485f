/** What a schedule pins outlives an upgrade of Node: by the folder layout of each version manager. */
import { lastingLaunch } from '../../src/commands/lasting-launch.ts';
import { launchdFiles, launchdPrograms } from '../../src/commands/schedule/launchd.ts';
import { systemdFiles, systemdPrograms } from '../../src/commands/schedule/systemd.ts';
import { windowsFiles, windowsPrograms } from '../../src/commands/schedule/windows.ts';
import { SAMPLE } from '../support/sample-job.ts';

const MODULE = 'lib/node_modules/mfa-profile/dist/mfa-profile.cjs';
const NVM = '/home/a/.nvm';
const FNM = '/home/a/.local/share/fnm';
const MISE = '/home/a/.local/share/mise';

/** Folders that are links, each with where it leads; other paths are themselves. */
function system(links: Record<string, string>, missing: string[] = []) {
  return (path: string): string | undefined => {
    if (missing.some((folder) => path.startsWith(folder))) return undefined;
    for (const [link, real] of Object.entries(links)) {
      if (path === link) return real;
      if (path.startsWith(`${link}/`)) return real + path.slice(link.length);
    }
    return path;
  };
}

test.each([
  [
    'Homebrew',
    { '/opt/homebrew/opt/node': '/opt/homebrew/Cellar/node/25.2.1' },
    ['/opt/homebrew/Cellar/node/25.2.1/bin/node', '/opt/homebrew/bin/mfa-profile'],
    ['/opt/homebrew/opt/node/bin/node', '/opt/homebrew/bin/mfa-profile'],
  ],
  [
    'Homebrew, with a version in the name of the formula',
    { '/usr/local/opt/node@22': '/usr/local/Cellar/node@22/22.1.0' },
    ['/usr/local/Cellar/node@22/22.1.0/bin/node', '/usr/local/bin/mfa-profile'],
    ['/usr/local/opt/node@22/bin/node', '/usr/local/bin/mfa-profile'],
  ],
  [
    'Homebrew, whose link leads to another version',
    { '/opt/homebrew/opt/node': '/opt/homebrew/Cellar/node/26.0.0' },
    ['/opt/homebrew/Cellar/node/25.2.1/bin/node', '/opt/homebrew/bin/mfa-profile'],
    ['/opt/homebrew/Cellar/node/25.2.1/bin/node', '/opt/homebrew/bin/mfa-profile'],
  ],
  [
    'nvm, with its link',
    { [`${NVM}/current`]: `${NVM}/versions/node/v22.1.0` },
    [`${NVM}/versions/node/v22.1.0/bin/node`, `${NVM}/versions/node/v22.1.0/bin/mfa-profile`],
    [`${NVM}/current/bin/node`, `${NVM}/current/bin/mfa-profile`],
  ],
  [
    'nvm, without',
    {},
    [`${NVM}/versions/node/v22.1.0/bin/node`, `${NVM}/versions/node/v22.1.0/bin/mfa-profile`],
    [`${NVM}/versions/node/v22.1.0/bin/node`, `${NVM}/versions/node/v22.1.0/bin/mfa-profile`],
  ],
  [
    'fnm, from the links of one shell',
    {
      '/run/user/1/fnm_multishells/47_1': `${FNM}/node-versions/v22.1.0/installation`,
      [`${FNM}/aliases/default`]: `${FNM}/node-versions/v22.1.0/installation`,
    },
    [
      `${FNM}/node-versions/v22.1.0/installation/bin/node`,
      `/run/user/1/fnm_multishells/47_1/${MODULE}`,
    ],
    [`${FNM}/aliases/default/bin/node`, `${FNM}/aliases/default/${MODULE}`],
  ],
  [
    'fnm, with another default',
    {
      '/run/user/1/fnm_multishells/47_1': `${FNM}/node-versions/v22.1.0/installation`,
      [`${FNM}/aliases/default`]: `${FNM}/node-versions/v24.0.0/installation`,
    },
    [
      `${FNM}/node-versions/v22.1.0/installation/bin/node`,
      `/run/user/1/fnm_multishells/47_1/${MODULE}`,
    ],
    [
      `${FNM}/node-versions/v22.1.0/installation/bin/node`,
      `${FNM}/node-versions/v22.1.0/installation/${MODULE}`,
    ],
  ],
  [
    'mise, by its shim',
    { [`${MISE}/installs/node/latest`]: `${MISE}/installs/node/22.1.0` },
    [`${MISE}/installs/node/22.1.0/bin/node`, `${MISE}/installs/node/22.1.0/bin/mfa-profile`],
    [`${MISE}/shims/node`, `${MISE}/installs/node/latest/bin/mfa-profile`],
  ],
  [
    'asdf, by its shim',
    {},
    [
      '/home/a/.asdf/installs/nodejs/22.1.0/bin/node',
      '/home/a/.asdf/installs/nodejs/22.1.0/bin/mfa-profile',
    ],
    ['/home/a/.asdf/shims/node', '/home/a/.asdf/installs/nodejs/22.1.0/bin/mfa-profile'],
  ],
  [
    'Volta, by its shim',
    {},
    [
      '/home/a/.volta/tools/image/node/22.1.0/bin/node',
      '/home/a/.volta/tools/image/packages/mfa-profile/bin/mfa-profile',
    ],
    ['/home/a/.volta/bin/node', '/home/a/.volta/tools/image/packages/mfa-profile/bin/mfa-profile'],
  ],
  [
    "the system's own",
    {},
    ['/usr/bin/node', '/usr/local/bin/mfa-profile'],
    ['/usr/bin/node', '/usr/local/bin/mfa-profile'],
  ],
  [
    'Windows',
    {},
    ['C:\\Program Files\\nodejs\\node.exe', 'C:\\Users\\a\\x.cjs'],
    ['C:\\Program Files\\nodejs\\node.exe', 'C:\\Users\\a\\x.cjs'],
  ],
])('%s', (_name, links, [node, program], [lastingNode, lastingProgram]) => {
  expect(lastingLaunch({ node: node!, program: program! }, system(links))).toEqual({
    node: lastingNode,
    program: lastingProgram,
  });
});

test('a shim that is not there is not used', () => {
  const node = '/home/a/.volta/tools/image/node/22.1.0/bin/node';
  const found = lastingLaunch({ node, program: '/x' }, system({}, ['/home/a/.volta/bin']));
  expect(found.node).toBe(node);
});

test.each([
  ['/home/a/.npm/_npx/abc/node_modules/.bin/mfa-profile', {}],
  ['/usr/bin/mfa-profile', { '/usr/bin/mfa-profile': '/home/a/.npm/_npx/abc/node_modules/x.cjs' }],
  ['C:\\Users\\a\\AppData\\Local\\npm-cache\\_npx\\abc\\x.cjs', {}],
  ['/home/a/.local/share/pnpm/store/dlx-12/x.cjs', {}],
])('a program in a cache is refused: %s', (program, links) => {
  expect(() => lastingLaunch({ node: '/usr/bin/node', program }, system(links))).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({ kind: 'usage' }) as object,
    }) as Error,
  );
});

const ODD = ['/opt/a b/$x "q" \\ 100% & <y>/node', "/it's/mfa-profile.cjs"];

test('the programs of an installed schedule are read back from its file', () => {
  const job = { ...SAMPLE.systemd, command: [...ODD, 'refresh', '--all'] };
  expect(systemdPrograms(systemdFiles(job)[0]!.text)).toEqual(ODD);
  expect(systemdPrograms(systemdFiles(job)[1]!.text)).toEqual([]);
  expect(launchdPrograms(launchdFiles(job)[0]!.text)).toEqual(ODD);
  const windows = ['C:\\Program Files\\a & b\\node.exe', 'C:\\x\\mfa-profile.cjs'];
  for (const environment of [
    new Map<string, string>(),
    new Map([
      ['A', 'b c'],
      ['D', 'e'],
    ]),
  ]) {
    const task = { ...SAMPLE.windows, environment, command: [...windows, 'refresh', '--all'] };
    expect(windowsPrograms(windowsFiles(task)[0]!.text)).toEqual(windows);
  }
});
