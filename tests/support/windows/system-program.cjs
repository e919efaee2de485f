/**
 * Stands in for programs of Windows: icacls.exe, which Wine has as an empty shell, whoami.exe, and
 * taskkill.exe, which ends no children there. NODE_OPTIONS loads it into the program, where it takes their place; run by itself it is them, as
 * strict as the real ones with what this program may ask.
 *
 *     MFA_PROFILE_TEST_LISTS   a file of JSON: {user: "S-1-…", lists: {name: SDDL, "*": SDDL}}
 *     MFA_PROFILE_TEST_CODE_PAGE   the number that reg.exe tells of the system's code page; all else it does itself
 *     MFA_PROFILE_TEST_TREE    a file that holds the number of the process that counts as a child
 *     MFA_PROFILE_TEST_CALLS   a file in which calls of taskkill are noted
 */
const childProcess = require('node:child_process');
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const { basename } = require('node:path');

const CODE_PAGE = /^query HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage \/v ACP$/;

function actAs(name, words) {
  if (name === 'reg') {
    const number = process.env.MFA_PROFILE_TEST_CODE_PAGE;
    process.stdout.write(`\r\nHKEY_LOCAL_MACHINE\\…\r\n    ACP    REG_SZ    ${number}\r\n\r\n`);
    return 0;
  }
  const { user, lists } = JSON.parse(fs.readFileSync(process.env.MFA_PROFILE_TEST_LISTS, 'utf8'));
  if (name === 'whoami') {
    if (words.join(' ') !== '/user /fo csv /nh') return 1;
    process.stdout.write(`"pc\\me","${user}"\r\n`);
    return 0;
  }
  const [file, save, to, quiet, ...rest] = words;
  // ERROR_INVALID_PARAMETER and ERROR_FILE_NOT_FOUND.
  if (save !== '/save' || quiet !== '/q' || to === undefined || rest.length > 0) return 87;
  if (!fs.existsSync(file)) return 2;
  // What it saves has no mark of its encoding.
  fs.writeFileSync(
    to,
    `${basename(file)}\r\n${lists[basename(file)] ?? lists['*']}\r\n`,
    'utf16le',
  );
  return 0;
}

if (process.env.MFA_PROFILE_TEST_ACT_AS) {
  const [name, ...words] = JSON.parse(process.env.MFA_PROFILE_TEST_ACT_AS);
  process.exit(actAs(name, words));
}

const { spawn } = childProcess;
childProcess.spawn = (file, words, options) => {
  const [, name] = /^[a-z]:\\windows\\system32\\(icacls|whoami|reg)\.exe$/i.exec(file) ?? [];
  const isOurs =
    name === 'reg'
      ? process.env.MFA_PROFILE_TEST_CODE_PAGE && CODE_PAGE.test(words.join(' '))
      : name !== undefined && process.env.MFA_PROFILE_TEST_LISTS;
  if (!isOurs) return spawn(file, words, options);
  const acting = JSON.stringify([name.toLowerCase(), ...words]);
  const env = { ...options.env, MFA_PROFILE_TEST_ACT_AS: acting };
  return spawn(process.execPath, ['-e', ''], { ...options, env });
};

const { execFileSync } = childProcess;
childProcess.execFileSync = (file, words, options) => {
  if (!/\\taskkill\.exe$/i.test(file)) return execFileSync(file, words, options);
  fs.appendFileSync(process.env.MFA_PROFILE_TEST_CALLS, `${[file, ...words].join(' ')}\n`);
  const [pid, root, tree, force, ...rest] = words;
  if (pid !== '/pid' || tree !== '/t' || force !== '/f' || rest.length > 0)
    throw new Error('usage');
  process.kill(Number(fs.readFileSync(process.env.MFA_PROFILE_TEST_TREE, 'utf8')), 'SIGKILL');
  process.kill(Number(root), 'SIGKILL');
};
syncBuiltinESMExports();
