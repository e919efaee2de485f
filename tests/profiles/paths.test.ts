/** Paths as text: what `~` and variables in them mean. */
import { awsFilePath, expandHome, expandPath, folderOf } from '../../src/profiles/paths.ts';

test.each([
  ['/a/b/c', '/a/b'],
  ['/a', '/'],
  ['a/b', 'a'],
  ['a', '.'],
])('%s lies in %s', (file, folder) => {
  expect(folderOf(file)).toBe(folder);
});

test('where the files of the AWS tools are', () => {
  expect(awsFilePath('config', '/h')).toBe('/h/.aws/config');
});

const HOME = '/home/me';
const WINDOWS_HOME = 'C:\\Users\\me';

test.each([
  ['~', HOME, '/home/me'],
  ['~/x', HOME, '/home/me/x'],
  ['~\\x', HOME, '~\\x'],
  ['~x', HOME, '~x'],
  ['x~', HOME, 'x~'],
  ['/~/x', HOME, '/~/x'],
  ['~', WINDOWS_HOME, WINDOWS_HOME],
  ['~\\x', WINDOWS_HOME, `${WINDOWS_HOME}\\x`],
  ['~/x', 'd:\\me', 'd:\\me/x'],
  ['~\\x', '\\\\server\\me', '\\\\server\\me\\x'],
  ['~\\x', '\\me', '~\\x'],
  ['~\\x', '/C:', '~\\x'],
  ['~x', WINDOWS_HOME, '~x'],
  ['x~\\y', WINDOWS_HOME, 'x~\\y'],
])('%s in %s is %s', (path, home, whole) => {
  expect(expandHome(path, home)).toBe(whole);
});

const host = (platform: string, env: Record<string, string> = {}, home = HOME) => ({
  ...{ env, platform, home },
  homeOfUser: (name: string) => ({ bob: '/home/bob', rooty: '//' })[name],
});

test.each([
  ['~', '/home/me'],
  ['~/x', '/home/me/x'],
  ['~bob', '/home/bob'],
  ['~bob/x', '/home/bob/x'],
  ['~rooty/x', '/x'],
  ['~nobody/x', '~nobody/x'],
  ['/~', '/~'],
  ['$A/x', '1/x'],
  ['${A}x', '1x'],
  ['$A$A', '11'],
  ['$AB', '$AB'],
  ['${A', '${A'],
  ['$NONE/${NONE}', '$NONE/${NONE}'],
  ['$A_9', 'nine'],
  ['$T/x', '/home/me/x'],
  ['${odd name}', 'odd'],
  ['$-x', '$-x'],
  ['%A%', '%A%'],
  ['$', '$'],
])('%s is %s', (path, whole) => {
  const env = { A: '1', A_9: 'nine', T: '~', 'odd name': 'odd' };
  expect(expandPath(path, host('linux', env))).toBe(whole);
});

test('a home that is the root is no doubled slash', () => {
  expect(expandPath('~/x', host('linux', {}, '/'))).toBe('/x');
  expect(expandPath('~/x', host('linux', {}, '/h//'))).toBe('/h/x');
  expect(expandPath('~/x', host('linux', {}, '/h//i'))).toBe('/h//i/x');
});

test.each([
  ['~', WINDOWS_HOME],
  ['~\\x', `${WINDOWS_HOME}\\x`],
  ['~/x', `${WINDOWS_HOME}/x`],
  ['~me\\x', `${WINDOWS_HOME}\\x`],
  ['~bob\\x', 'C:\\Users\\bob\\x'],
  ['a~', 'a~'],
  ['%A%', '1'],
  ['%A%%A%', '11'],
  ['$A', '1'],
  ['${A}', '1'],
  ['$A-B', 'dash'],
  ['%NONE%$NONE${NONE}', '%NONE%$NONE${NONE}'],
  ["'%A%'", "'%A%'"],
  ["'%A%", "'%A%"],
  ["'x'%A%", "'x'1"],
  ['%%A%%', '%A%'],
  ['$$A', '$A'],
  ['%A', '%A'],
  ['x%A', 'x%A'],
  ['${A', '${A'],
  ['%odd name%', 'odd'],
])('%s is %s on Windows', (path, whole) => {
  const env = { A: '1', 'A-B': 'dash', 'odd name': 'odd', USERNAME: 'me' };
  expect(expandPath(path, host('win32', env, WINDOWS_HOME))).toBe(whole);
});

test.each([
  ['C:\\Users\\other', '~bob\\x'],
  ['home', '~bob\\x'],
  ['C:/Users/me', 'C:/Users/bob\\x'],
])('another user’s folder beside %s is %s', (home, whole) => {
  expect(expandPath('~bob\\x', host('win32', { USERNAME: 'me' }, home))).toBe(whole);
});
