/** What we write, read back by AWS's own readers: botocore and the loader of the SDK for JavaScript. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader';
import { putSection } from '../../src/document/index.ts';
import { readWithBotocore, testWithBotocore } from '../support/botocore.ts';
import { answerOf, documentOf, formatCases } from '../support/format-cases.ts';
import type { Profiles } from '../support/botocore.ts';
import type { FormatCase } from '../support/format-cases.ts';

const SESSION = new Map([
  ['aws_access_key_id', 'ASIAIOSFODNN7EXAMPLE'],
  ['aws_secret_access_key', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
  ['aws_session_token', 'IQoJb3Jp+made/up=='],
  ['k1', 'replaced'],
  ['region', 'eu-west-1'],
]);

/** Made of bytes that some reader chokes on, and refused by us: see format.test.ts. */
const REFUSED = /^(08-|08b-|10-|83-)/;
const editable = formatCases.filter(({ name }) => !REFUSED.test(name));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'document-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function edit({ bytes, kind }: FormatCase, profile: string): Uint8Array {
  const section = kind === 'config' ? `profile ${profile}` : profile;
  return putSection(documentOf(bytes), section, { set: SESSION });
}

function write(name: string, bytes: Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

async function readWithJavaScript(file: string, kind: FormatCase['kind']): Promise<Profiles> {
  const nothing = path.join(folder, 'nothing');
  const files = await loadSharedConfigFiles({
    filepath: kind === 'credentials' ? file : nothing,
    configFilepath: kind === 'config' ? file : nothing,
    ignoreCache: true,
  });
  const found = kind === 'config' ? files.configFile : files.credentialsFile;
  const profiles: Profiles = new Map();
  for (const [name, values] of Object.entries(found)) {
    profiles.set(name, new Map(Object.entries(values).map(([key, value]) => [key, value ?? ''])));
  }
  return profiles;
}

/** Per profile what stands there besides the session; null: gone. */
type Otherwise = Record<string, null | Record<string, string | null>>;

const DOUBLE = 'of the doubled section, or key, one is left';
const UNDER = 'lines indented under a replaced value are part of it to botocore, and go with it';
const TRIMMED = 'the header is rewritten without its blanks';
const DEFAULT = 'botocore hands the keys of [DEFAULT] to every profile';

/** Where the edit changes more than the session, or the reader can't see it: by reader, section and case. */
const exceptions: Record<
  string,
  Record<string, Record<string, { why: string; then: Otherwise }>>
> = {
  javaScript: {
    x_token: {},
    a: {
      '19-section-inline-comment-nospace.credentials': {
        why: 'the header after ours, [b]; c, is none to JavaScript: it takes its keys for ours, as it did before',
        then: { a: { k1: 'v2' } },
      },
      '22-section-inner-space.credentials': { why: TRIMMED, then: { ' a ': null } },
      '38-dup-section.credentials': { why: DOUBLE, then: { a: { k3: null } } },
      '39-dup-section-ws-variant.credentials': { why: DOUBLE, then: { ' a ': null } },
      '41-dup-key-case.credentials': { why: DOUBLE, then: { a: { K1: null } } },
      '42-key-upper.credentials': {
        why: 'a replaced key is written in lower case',
        then: { a: { AWS_ACCESS_KEY_ID: null, Aws_Secret_Access_Key: null } },
      },
      '46b-empty-value-then-indented.credentials': { why: UNDER, then: { a: { 'k1.k2': null } } },
      '57-indented-second-key.credentials': { why: UNDER, then: { a: { k2: null } } },
      '65-blank-then-indented.credentials': { why: UNDER, then: { a: { k2: null } } },
      '95-empty-token-then-indent.credentials': {
        why: UNDER,
        then: {
          a: {
            'aws_session_token.aws_access_key_id': null,
            'aws_session_token.aws_secret_access_key': null,
          },
        },
      },
      'c09-dup.config': { why: DOUBLE, then: { a: { output: null } } },
    },
  },
  botocore: {
    x_token: {
      '35-DEFAULT-upper.credentials': { why: DEFAULT, then: { x_token: { k0: 'v0' } } },
      '36-default-and-DEFAULT.credentials': { why: DEFAULT, then: { x_token: { k2: 'UP2' } } },
    },
    a: {
      '22-section-inner-space.credentials': { why: TRIMMED, then: { ' a ': null } },
      '24-section-indented-after-key.credentials': {
        why: 'once its header stands at the line’s start, botocore sees the section too',
        then: { x: { k0: 'v0', k1: null } },
      },
      '36-default-and-DEFAULT.credentials': { why: DEFAULT, then: { a: { k2: 'UP2' } } },
      '39-dup-section-ws-variant.credentials': { why: DOUBLE, then: { ' a ': null } },
    },
  },
};

/** Files that botocore gave up on, and reads once the section is written. */
const REPAIRED: Record<string, Record<string, Otherwise>> = {
  x_token: {},
  a: {
    '38-dup-section.credentials': { a: { k2: 'v2' }, b: { k1: 'x' } },
    '40-dup-key.credentials': {},
    '41-dup-key-case.credentials': {},
    'c09-dup.config': {},
  },
};

/** What must stand in the file then: the session in one profile, and all else as it was. */
function afterEdit(before: Profiles, profile: string, then: Otherwise): Profiles {
  const expected = new Map(before).set(
    profile,
    new Map([...(before.get(profile) ?? []), ...SESSION]),
  );
  for (const [name, changes] of Object.entries(then)) {
    const values = new Map(expected.get(name));
    for (const [key, value] of Object.entries(changes ?? {})) {
      if (value === null) values.delete(key);
      else values.set(key, value);
    }
    if (changes === null) expected.delete(name);
    else expected.set(name, values);
  }
  return expected;
}

describe.each(['x_token', 'a'])('section %s', (profile) => {
  const thenIn = (reader: string, name: string) =>
    exceptions[reader]?.[profile]?.[name]?.then ?? {};

  // JavaScript reads nothing from a file with [__proto__] (case 68), whatever else is in it.
  test.each(editable.filter(({ name }) => !name.startsWith('68-')))(
    '$name, to the SDK for JavaScript',
    async (formatCase) => {
      const { name, kind, bytes } = formatCase;
      const before = await readWithJavaScript(write(name, bytes), kind);
      const after = await readWithJavaScript(
        write(`${profile}-${name}`, edit(formatCase, profile)),
        kind,
      );
      expect(after).toEqual(afterEdit(before, profile, thenIn('javaScript', name)));
    },
  );

  testWithBotocore('every file, to botocore', () => {
    const files = new Map(
      editable.map((one) => [write(`${profile}-${one.name}`, edit(one, profile)), one]),
    );
    const read = readWithBotocore(new Map(Array.from(files, ([file, { kind }]) => [file, kind])));
    const seen = new Map(Array.from(files, ([file, { name }]) => [name, read.get(file)]));
    const expected = new Map(
      editable.map(({ name }) => {
        const repaired = REPAIRED[profile]?.[name];
        const before =
          repaired === undefined ? answerOf('botocore', name) : (new Map() as Profiles);
        const then = repaired ?? thenIn('botocore', name);
        return [name, before === 'error' ? before : afterEdit(before, profile, then)];
      }),
    );
    expect(seen).toEqual(expected);
  });
});
