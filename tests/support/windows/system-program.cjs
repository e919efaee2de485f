/**
 * Stands in for programs of Windows: icacls.exe and powershell.exe, which Wine has as empty shells,
 * whoami.exe, rundll32.exe, and taskkill.exe, which ends no children there. NODE_OPTIONS loads it into the program, where it takes their place; run by itself it is them, as
 * strict as the real ones with what this program may ask.
 *
 *     MFA_PROFILE_TEST_LISTS   a file of JSON: {user: "S-1-…", lists: {name: SDDL, "*": SDDL}}
 *     MFA_PROFILE_TEST_CODE_PAGE   the number that reg.exe tells of the system's code page; all else it does itself
 *     MFA_PROFILE_TEST_TREE    a file that holds the number of the process that counts as a child
 *     MFA_PROFILE_TEST_CALLS   a file in which calls of taskkill are noted, and addresses that rundll32 opens
 *     MFA_PROFILE_TEST_POWERSHELL   what is typed into PowerShell's window; as data protection it makes hexadecimal
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
  if (name === 'rundll32') {
    const [handler, address, ...rest] = words;
    if (handler !== 'url.dll,FileProtocolHandler' || rest.length > 0) return 1;
    fs.appendFileSync(process.env.MFA_PROFILE_TEST_CALLS, `${address}\n`);
    return 0;
  }
  if (name === 'powershell') return actAsPowershell(words);
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

function actAsPowershell(words) {
  const [flag, script] = words.slice(-2);
  if (flag !== '-Command' || !words.includes('-NoProfile')) return 1;
  if (script.includes('InputBox')) {
    const asked = process.env.MFA_PROFILE_WINDOW_TEXT;
    fs.appendFileSync(process.env.MFA_PROFILE_TEST_CALLS, `${asked}\n`);
    process.stdout.write(process.env.MFA_PROFILE_TEST_POWERSHELL);
    return 0;
  }
  const text = readStdin();
  if (script.includes('ConvertFrom-SecureString')) {
    process.stdout.write(`${Buffer.from(text).toString('hex')}\r\n`);
    return 0;
  }
  if (!/^[0-9a-f]+\s*$/.test(text)) return 1;
  process.stdout.write(Buffer.from(text.trim(), 'hex').toString());
  return 0;
}

/** Windows says EOF of a pipe that has been closed. */
function readStdin() {
  const pieces = [];
  try {
    for (const piece = Buffer.alloc(65536); ;) {
      const length = fs.readSync(0, piece);
      if (length === 0) break;
      pieces.push(Buffer.from(piece.subarray(0, length)));
    }
  } catch (error) {
    if (error.code !== 'EOF') throw error;
  }
  return Buffer.concat(pieces).toString();
}

if (process.env.MFA_PROFILE_TEST_ACT_AS) {
  const [name, ...words] = JSON.parse(process.env.MFA_PROFILE_TEST_ACT_AS);
  process.exit(actAs(name, words));
}

const SYSTEM_PROGRAM =
  /^[a-z]:\\windows\\system32\\(?:windowspowershell\\v1\.0\\)?(icacls|whoami|reg|rundll32|powershell)\.exe$/i;
/** Which of them are taken over in this run. */
const WANTED = {
  icacls: () => process.env.MFA_PROFILE_TEST_LISTS,
  whoami: () => process.env.MFA_PROFILE_TEST_LISTS,
  reg: (words) => process.env.MFA_PROFILE_TEST_CODE_PAGE && CODE_PAGE.test(words.join(' ')),
  rundll32: () => process.env.MFA_PROFILE_TEST_CALLS,
  powershell: () => process.env.MFA_PROFILE_TEST_POWERSHELL,
};

const { spawn } = childProcess;
childProcess.spawn = (file, words, options) => {
  const [, name] = SYSTEM_PROGRAM.exec(file) ?? [];
  if (name === undefined || !WANTED[name.toLowerCase()](words)) return spawn(file, words, options);
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
