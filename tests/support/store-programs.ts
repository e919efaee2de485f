/**
 * Stand-ins for the programs of the key stores, as strict as the programs: other arguments than
 * those of their manuals are an error, and what they were given is noted, for tests of what goes
 * into an argument.
 */
import { readFileSync, existsSync } from 'node:fs';
import { quoted } from './quote.ts';
import type { Sandbox } from './sandbox.ts';

/** What every stand-in has: its words, its stdin, and entries in a file of its own. */
const FRAME = `
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
const words = process.argv.slice(2);
// A look at process.stdin would make it one that does not wait: EAGAIN if it is not written yet.
const stdin = require('node:tty').isatty(0) ? '' : readFileSync(0, 'utf8');
appendFileSync(process.env.HOME + '/store-calls', JSON.stringify({ program: PROGRAM, words, stdin }) + '\\n');
const file = process.env.HOME + '/' + PROGRAM + '.entries';
const entries = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const save = () => writeFileSync(file, JSON.stringify(entries));
const fail = (status, text) => { if (text) console.error(text); process.exit(status); };
const line = words.join(' ');
const broken = process.env.HOME + '/' + PROGRAM + '.fails';
if (existsSync(broken)) fail(3, readFileSync(broken, 'utf8'));
`;

const PROGRAMS = {
  // secret-tool(1): attributes in pairs; status 1 without a word if nothing is found.
  'secret-tool': `
const [verb, ...rest] = words;
const label = verb === 'store' ? rest.shift() : '--label=';
if (!label.startsWith('--label=') || rest.length % 2 === 1 || rest.length === 0) fail(2, 'usage: secret-tool store --label="label" attribute value ...');
const key = rest.join(' ');
if (verb === 'store') { entries[key] = stdin; save(); }
else if (verb === 'lookup') { if (!(key in entries)) fail(1); process.stdout.write(entries[key]); }
else if (verb === 'clear') { if (!(key in entries)) fail(1); delete entries[key]; save(); }
else fail(2, 'secret-tool: unknown command');`,
  // pass(1): without --force it would ask before it overwrites; it knows no names with dots above it.
  pass: `
const [verb, ...rest] = words;
const name = rest.at(-1) ?? '';
if (name.split('/').includes('..')) fail(1, 'Error: You have attempted to pass a sneaky path to pass.');
if (verb === 'show' && rest.length === 1) {
  if (!(name in entries)) fail(1, 'Error: ' + name + ' is not in the password store.');
  process.stdout.write(entries[name]);
} else if (verb === 'insert' && rest.slice(0, -1).sort().join() === '--force,--multiline') {
  entries[name] = stdin; save();
} else if (verb === 'rm' && rest.slice(0, -1).join() === '--force') {
  if (!(name in entries)) fail(1, 'Error: ' + name + ' is not in the password store.');
  delete entries[name]; save();
} else fail(1, 'Usage: pass ...');`,
  // op, version 2: JSON on stdin for what is secret; fields in arguments are refused here.
  op: `
const [noun, verb, item, ...rest] = words;
if (noun !== 'item') fail(1, '[ERROR] unknown command');
const isJson = rest.join(' ') === '--format json';
if (verb === 'get' && isJson) {
  if (!(item in entries)) fail(1, '[ERROR] 2026/11/27 09:00:00 "' + item + '" isn\\'t an item. Specify the item with its UUID, name, or domain.');
  console.log(JSON.stringify({ id: 'madeupid', title: item, category: 'PASSWORD', fields: entries[item] }));
} else if ((verb === 'create' && item === '-' || verb === 'edit' && item in entries) && isJson) {
  const { title, category, fields } = JSON.parse(stdin);
  if (category !== 'PASSWORD' || !fields.every(({ id, type }) => id && type)) fail(1, '[ERROR] invalid template');
  if (verb === 'create' && title in entries) fail(1, '[ERROR] a second item of that title');
  entries[title] = fields; save();
  console.log('{}');
} else if (verb === 'delete' && rest.length === 0) {
  if (!(item in entries)) fail(1, '[ERROR] isn\\'t an item');
  delete entries[item]; save();
} else fail(1, '[ERROR] unknown flag');`,
  // security(1): commands by arguments, and with -i a line each from stdin; 44 for what is not there.
  security: `
function act([verb, ...rest]) {
  const options = {};
  const flags = ['-U', '-w'];
  for (let at = 0; at < rest.length; at++) {
    const isFlag = flags.includes(rest[at]);
    options[rest[at]] = isFlag ? true : rest[++at];
  }
  if (!options['-s'] || !options['-a']) fail(2, 'Usage: ' + verb);
  const key = options['-s'] + ' ' + options['-a'];
  if (verb === 'add-generic-password') {
    if (key in entries && !options['-U']) fail(45, 'The specified item already exists in the keychain.');
    if (!/^(?:[0-9a-f]{2})+$/.test(options['-X'])) fail(2, 'Usage: add-generic-password');
    entries[key] = Buffer.from(options['-X'], 'hex').toString(); save();
  } else if (!(key in entries)) fail(44, 'security: SecKeychainSearchCopyNext: The specified item could not be found in the keychain.');
  else if (verb === 'find-generic-password' && options['-w']) console.log(entries[key]);
  else if (verb === 'delete-generic-password') { delete entries[key]; save(); console.log('password has been deleted.'); }
  else fail(2, 'Usage: ' + verb);
}
if (line === '-i') for (const each of stdin.split('\\n').filter(Boolean)) act(each.split(' '));
else act(words);`,
} as const;

/** What the command of a user's own does, by the protocol of docs/codes-and-keys.md. */
const OWN = `
const [verb, name, ...rest] = words;
if (!['store', 'read', 'delete'].includes(verb) || rest.length > 0) fail(2, 'three words only');
if (verb === 'store') { entries[name] = stdin; save(); }
else if (verb === 'read') process.stdout.write(entries[name] ?? '');
else { delete entries[name]; save(); }`;

/** Each store with its program, as `--to` takes it. */
export const STORE_PROGRAMS = [
  ['secret-service', 'secret-tool'],
  ['pass', 'pass'],
  ['1password', 'op'],
  ['keychain', 'security'],
] as const;

export interface StoreCall {
  readonly program: string;
  readonly words: string[];
  readonly stdin: string;
}

/** Puts all of them on the PATH. @returns what was noted */
export function addStorePrograms(box: Sandbox): () => StoreCall[] {
  for (const [program, text] of Object.entries(PROGRAMS)) addProgram(box, program, text);
  return () => storeCalls(box);
}

export function storeCalls(box: Sandbox): StoreCall[] {
  const file = box.path('store-calls');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return lines.filter(Boolean).map((line) => JSON.parse(line) as StoreCall);
}

/** A store of the user's own. @returns its whole path */
export function addOwnStore(box: Sandbox, name = 'own-store'): string {
  return addProgram(box, name, OWN);
}

function addProgram(box: Sandbox, program: string, text: string): string {
  const head = `const PROGRAM = ${JSON.stringify(program)};`;
  const script = box.writeFile(`${program}.cjs`, head + FRAME + text);
  const line = `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(script)} "$@"\n`;
  return box.writeFile(`bin/${program}`, line, 0o755);
}
