/** What holds of every file that can be edited at all, however odd. */
import fc from '../support/fast-check.ts';
import {
  encodeText,
  inspectDocument,
  parseDocument,
  putSection,
  readProperties,
  readSection,
  removeSection,
  sectionsNamed,
} from '../../src/document/index.ts';
import { documentOf } from '../support/format-cases.ts';
import { fuzzRuns } from '../support/runs.ts';
import type { Document } from '../../src/document/index.ts';

const NAME = 'x_token';
const SET = new Map([
  ['aws_access_key_id', 'ASIAIOSFODNN7EXAMPLE'],
  ['aws_session_token', 'made/up=='],
  ['region', 'eu-west-1'],
]);
const DROP = ['aws_security_token', 'expiration'];

// prettier-ignore
const OTHER_LINES = [
  '[a]', '  [a]', '[b] # note', '[b]; glued', '[c] junk', '[open', '[]', '[ ]', '[k = v', '[é/x@y]', '[x_token_token]',
  'k = v', 'k: v', '  k = v', '\tdeep', 's3 =', '  region = nested', 'region = r', 'REGION=R', 'no separator', '= v',
  'aws_session_token = old', '  aws_session_token: old', 'aws_security_token = stale', 'expiration = never',
  '# comment', '  ; comment', '# [x_token]', '', ' ', '\t', '\u00a0', '\u00a0[nbsp]', '\x1a', 'k = [x_token]',
];
const OWN_LINES = [
  '[x_token]',
  '[ x_token ]',
  '  [x_token] ; mine',
  '[x_token]#glued',
  '[x_token] junk',
];

const endings = fc.constantFrom('\n', '\n', '\r\n');
function files(lines: readonly string[]): fc.Arbitrary<Uint8Array> {
  const line = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...lines) },
    {
      weight: 1,
      arbitrary: fc.string({ maxLength: 8 }).map((text) => text.replace(/\[ *x_token *\]/, '')),
    },
  );
  const start = fc.constantFrom('', '', '', '\ufeff');
  const latin1 = fc.constantFrom('', '', '', '# caf\xe9\n');
  return fc
    .tuple(start, latin1, fc.array(fc.tuple(line, endings), { maxLength: 16 }), fc.boolean())
    .map(([bom, odd, body, isEnded]) => {
      const text = body.map(([words, ending]) => words + ending).join('');
      const bytes = Buffer.from(isEnded ? text : text.replace(/\r?\n$/, ''));
      return Buffer.concat([Buffer.from(bom), Buffer.from(odd, 'latin1'), bytes]);
    });
}
const withoutSection = files(OTHER_LINES);
const anyFile = files([...OTHER_LINES, ...OWN_LINES, ...OWN_LINES]);

const put = (document: Document) => putSection(document, NAME, { set: SET, drop: DROP });
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** Parsing again from what was written is what a later run does. */
const again = (bytes: Uint8Array) => parseDocument(bytes, 'credentials');

test('the text is the bytes', () => {
  fc.assert(
    fc.property(anyFile, (bytes) => {
      expect(Buffer.from(encodeText(documentOf(bytes).text))).toEqual(Buffer.from(bytes));
    }),
  );
});

test('a new section goes behind every byte that was there', () => {
  fc.assert(
    fc.property(withoutSection, (bytes) => {
      const { text } = documentOf(bytes);
      expect(textOf(put(documentOf(bytes))).slice(0, text.length)).toBe(text);
    }),
  );
});

test('put, then remove: the file is as it was', () => {
  fc.assert(
    fc.property(withoutSection, (bytes) => {
      const written = again(put(documentOf(bytes)));
      expect(textOf(removeSection(written, NAME, (key) => SET.has(key)))).toBe(textOf(bytes));
    }),
    { numRuns: fuzzRuns(400) },
  );
});

test('bytes outside the section stand', () => {
  fc.assert(
    fc.property(anyFile, (bytes) => {
      const before = documentOf(bytes);
      const [section, double] = sectionsNamed(before, NAME);
      fc.pre(section !== undefined && double === undefined);
      const after = textOf(put(before));
      const behind = before.text.slice(section?.end);
      expect(after.slice(0, section?.start)).toBe(before.text.slice(0, section?.start));
      expect(after.slice(after.length - behind.length)).toBe(behind);
    }),
    { numRuns: fuzzRuns(300) },
  );
});

test('comments stand, in their order, also those of a doubled section', () => {
  const comments = (text: string) => text.split(/\r?\n/).filter((line) => /^\s*[#;]/.test(line));
  fc.assert(
    fc.property(anyFile, (bytes) => {
      const after = comments(textOf(put(documentOf(bytes)))).filter(
        (line) => !line.startsWith('#glued'),
      );
      const isOwn = (line: string) => line.trim() === '; mine';
      expect(after.filter((line) => !isOwn(line))).toEqual(comments(textOf(bytes)));
    }),
    { numRuns: fuzzRuns(300) },
  );
});

test('put twice is put once', () => {
  fc.assert(
    fc.property(anyFile, (bytes) => {
      const once = put(documentOf(bytes));
      expect(textOf(put(again(once)))).toBe(textOf(once));
    }),
    { numRuns: fuzzRuns(400) },
  );
});

test('one section is left, with each key once and nothing that was to go', () => {
  fc.assert(
    fc.property(anyFile, (bytes) => {
      const after = again(put(documentOf(bytes)));
      const sections = sectionsNamed(after, NAME);
      expect(sections).toHaveLength(1);
      const keys = sections.flatMap((section) =>
        readProperties(after, section).map(({ key }) => key),
      );
      for (const key of SET.keys()) expect(keys.filter((one) => one === key)).toEqual([key]);
      for (const key of DROP) expect(keys).not.toContain(key);
      expect(new Map(readSection(after, NAME))).toEqual(
        new Map([...(readSection(after, NAME) ?? []), ...SET]),
      );
    }),
    { numRuns: fuzzRuns(300) },
  );
});

test('all other sections read as before', () => {
  const others = (document: Document) =>
    document.sections
      .filter(({ name }) => name !== NAME)
      .map((section) => [
        section.name,
        readProperties(document, section).map(({ key, value }) => [key, value]),
      ]);
  fc.assert(
    fc.property(anyFile, (bytes) => {
      const before = documentOf(bytes);
      expect(others(again(put(before)))).toEqual(others(before));
      const removed = again(removeSection(before, NAME, (key) => key !== 'k'));
      expect(removed.sections.filter(({ name }) => name !== NAME)).toHaveLength(
        others(before).length,
      );
    }),
    { numRuns: fuzzRuns(300) },
  );
});

test('removing twice is removing once', () => {
  const isOwned = (key: string) => SET.has(key) || DROP.includes(key);
  fc.assert(
    fc.property(anyFile, (bytes) => {
      const once = removeSection(documentOf(bytes), NAME, isOwned);
      const left = readSection(again(once), NAME);
      for (const [key] of left ?? []) expect(isOwned(key)).toBe(false);
      expect(textOf(removeSection(again(once), NAME, isOwned))).toBe(textOf(once));
    }),
    { numRuns: fuzzRuns(300) },
  );
});

test('removing what is not there changes nothing', () => {
  fc.assert(
    fc.property(withoutSection, (bytes) => {
      expect(textOf(removeSection(documentOf(bytes), NAME, () => true))).toBe(textOf(bytes));
    }),
  );
});

test('a section is found by its name as in the list of all, the first time and later', () => {
  fc.assert(
    fc.property(anyFile, fc.integer({ min: 0, max: 12 }), (bytes, searches) => {
      const document = documentOf(bytes);
      for (let done = 0; done < searches; done += 1) sectionsNamed(document, NAME);
      for (const { name } of document.sections) {
        const offsets = (sections: readonly { start: number; end: number }[]) =>
          sections.map(({ start, end }) => [start, end]);
        const same = document.sections.filter((section) => section.name === name);
        expect(offsets(sectionsNamed(document, name))).toEqual(offsets(same));
      }
    }),
  );
});

test('findings stand on lines of the file', () => {
  fc.assert(
    fc.property(anyFile, (bytes) => {
      const lines = textOf(bytes).split('\n').length;
      for (const { line } of inspectDocument(documentOf(bytes))) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines);
      }
    }),
  );
});
