/** Which program opens a page, and with which words, on each system. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findWay } from '../../src/system/browser.ts';

const ADDRESS = 'https://a.example/federation?Action=login&SigninToken=a%2Fb%PATH%"$(x)`y`';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mfa-profile-browser-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, '');
  chmodSync(file, 0o755);
  return file;
}

const lineFor = (
  platform: string,
  { command, env = {} }: { command?: string; env?: Record<string, string> } = {},
) => {
  const { name, way } = findWay(command, { platform, env: { PATH: folder, ...env } });
  return { name, line: way?.(ADDRESS) };
};

test('Linux: xdg-open, else wslview', () => {
  expect(lineFor('linux')).toEqual({ name: ['xdg-open', 'wslview'], line: undefined });
  const wslview = program('wslview');
  expect(lineFor('linux').line).toEqual({ file: wslview, args: [ADDRESS] });
  const open = program('xdg-open');
  expect(lineFor('linux')).toEqual({ name: ['xdg-open'], line: { file: open, args: [ADDRESS] } });
});

test('Linux without those: the first program of BROWSER that is there', () => {
  const env = { BROWSER: 'nowhere:helper --new %s' };
  expect(lineFor('linux', { env }).name).toEqual([
    ...['xdg-open', 'wslview', 'nowhere', 'helper --new %s'],
  ]);
  program('helper');
  expect(lineFor('linux', { env }).line).toEqual({
    file: '/bin/sh',
    args: ['-c', 'helper --new "$1"', 'sh', ADDRESS],
  });
});

test('macOS: open', () => {
  const open = program('open');
  expect(lineFor('darwin').line).toEqual({ file: open, args: [ADDRESS] });
});

test('Windows: no shell reads the address', () => {
  const { line } = lineFor('win32', { env: { SystemRoot: 'C:\\Windows' } });
  expect(line).toEqual({
    file: 'C:\\Windows\\System32\\rundll32.exe',
    args: ['url.dll,FileProtocolHandler', ADDRESS],
  });
});

test('a command of the person: the address is one word after it', () => {
  expect(lineFor('linux', { command: 'firefox --private-window' }).line).toEqual({
    file: '/bin/sh',
    args: ['-c', 'firefox --private-window "$1"', 'sh', ADDRESS],
  });
});

test('a command of the person on Windows: its words, and no shell but for a batch file', () => {
  const batch = program('open it.cmd');
  const { line } = lineFor('win32', { command: `"${batch}" --new` });
  expect(line).toMatchObject({ verbatim: true });
  expect(line!.args.at(-1)).toContain(`"${batch}" --new "https://a.example/`);
  // No name stands between two signs (batch-line.ts).
  expect(line!.args.at(-1)).toContain('%%cd:~,%PATH%%cd:~,%');
  expect(lineFor('win32', { command: `"${batch}" --new %s -x` }).line!.args.at(-1)).toMatch(
    /" --new "https:.*" -x"$/,
  );
  expect(lineFor('win32', { command: 'nowhere.exe' })).toEqual({
    name: ['nowhere.exe'],
    line: undefined,
  });
});

test('a command of the person on Windows: a path with blanks needs no quotes, and %s is the place', () => {
  const file = program('a browser.exe');
  const line = (command: string) => lineFor('win32', { command }).line;
  for (const command of [file, `"${file}"`]) {
    expect(line(command)).toEqual({ file, args: [ADDRESS] });
  }
  for (const command of [`${file} -url "%s" -x`, `"${file}" -url %s -x`]) {
    expect(line(command)).toEqual({ file, args: ['-url', ADDRESS, '-x'] });
  }
  // Not what stands where the blank is.
  program('a');
  program('a.exe');
  expect(line(file)).toMatchObject({ file });
});
