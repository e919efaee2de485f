/** What is found by a search is what a reading of the whole file finds, whatever it holds. */
import fc from '../support/fast-check.ts';
import {
  configProfileName,
  readProperties,
  readSection,
  readValues,
  sectionsNamed,
} from '../../src/document/index.ts';
import type { Document, Section } from '../../src/document/index.ts';
import { readConfigProfile } from '../../src/profiles/profiles.ts';
import { documentOf } from '../support/format-cases.ts';
import { fuzzRuns } from '../support/runs.ts';

// prettier-ignore
const LINES = [
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE', 'aws_session_token=made/up==', 'region= eu-west-1', 'output =json',
  'region = us-east-1', 'mfa_serial = arn:aws:iam::123456789012:mfa/alice', 'mfa_serial: colon', 'a = = b', 'a = :',
  'Region = Upper', 's3 =', '  region = nested', '  deeper', '\tdeeper', 'v = x # note', 'v = x ; note', 'v = "quoted"',
  'region_2 = x', 'region : y', 'my region = z', 'my = z', 'out = z', 'é = ü', 'v = é', 'key_only', '= v', '', '', ' ', '# comment', '[half = 1', 'session_profile = odd',
];
// prettier-ignore
const HEADERS = [
  '[a]', '[a]', '[a_token]', '[ a_token]', '[ a ]', '  [a]', '[a] # note', '[b]', '[a b]', '[é]', '[open', '[]', '[default]',
  '[profile a]', '[profile  a]', '[profile\ta]', '[profile "a"]', "[profile 'a']", '[profile \\a]', '[profile "a b"]',
  '[profile a b]', '[ profile a]', '[profile default]', '[profile b]', '[Profile a]', '[profile]',
  `[profile d"ef"ault]`, `[profile ''a'' ]`, '[profile "a"\\ b]', '[profile "é"]', '[profile a]b]', '[profile a\\"b]',
];
const line = fc.oneof(fc.constantFrom(...LINES), fc.constantFrom(...HEADERS));
const files = fc
  .tuple(
    fc.array(fc.tuple(line, fc.constantFrom('\n', '\n', '\r\n')), { maxLength: 14 }),
    fc.boolean(),
  )
  .map(([body, isEnded]) => {
    const text = body.map(([words, ending]) => words + ending).join('');
    return Buffer.from(isEnded ? text : text.replace(/\r?\n$/, ''));
  });

const asMap = (document: Document, name: string) => {
  const named = document.sections.filter((section) => section.name === name);
  // Where there is an `[x]`, `[ x ]` is not x.
  const exact = named.filter(({ start, bodyStart }) => {
    const header = Buffer.from(document.text.slice(start, bodyStart), 'latin1').toString('utf8');
    return header.includes(`[${name}]`);
  });
  return new Map(
    (exact.length > 0 ? exact : named)
      .flatMap((section) => readProperties(document, section))
      .map(({ key, value }) => [key, value]),
  );
};

test('the values of a section are those of its properties', () => {
  fc.assert(
    fc.property(files, (bytes) => {
      const document = documentOf(bytes);
      for (const section of document.sections) {
        const values = readProperties(document, section).map(({ key, value }) => [key, value]);
        expect([...new Map(readValues(document, section))]).toEqual([
          ...new Map(values as [string, string][]),
        ]);
      }
    }),
    { numRuns: fuzzRuns(500) },
  );
});

test('sections are found by name as in the list of all of them', () => {
  fc.assert(
    fc.property(
      files,
      fc.constantFrom('a', 'a b', 'a_token', 'é', 'profile a', 'nosuch'),
      // A section is read without the rest of its file, and some are long.
      fc.constantFrom(0, 2_000, 4_060, 9_000),
      (file, name, length) => {
        const comment = `# ${'x'.repeat(length)}`;
        const bytes = Buffer.from(file.toString().replaceAll('# comment', comment));
        const listed = documentOf(bytes).sections.filter((section) => section.name === name);
        const places = (sections: readonly Section[]) =>
          sections.map(({ start, bodyStart, end, line }) => [start, bodyStart, end, line]);
        expect(places(sectionsNamed(documentOf(bytes), name))).toEqual(places(listed));
        const document = documentOf(bytes);
        // What a search for another name has met does not hide any.
        sectionsNamed(document, name.slice(0, 1));
        expect(places(sectionsNamed(document, name))).toEqual(places(listed));
        expect([...new Map(readSection(document, name))].sort()).toEqual(
          [...asMap(document, name)].sort(),
        );
      },
    ),
    { numRuns: fuzzRuns(500) },
  );
});

const NAMES = ['a', 'b', 'a b', 'default', '', 'é', 'a]b', 'a"b'];

test('a config profile is found however its header is spelt; [profile default] wins', () => {
  fc.assert(
    fc.property(files, fc.constantFrom(...NAMES), (bytes, name) => {
      const document = documentOf(bytes);
      const meant = document.sections
        .map((section) => section.name)
        .filter((header) => configProfileName(header) === name);
      const header = meant.filter((each) => each !== 'default').at(-1) ?? meant.at(-1);
      const expected = header === undefined ? undefined : asMap(document, header);
      // Also where all sections are known.
      for (const searched of [documentOf(bytes), document]) {
        const found = readConfigProfile(searched, name);
        expect(found && [...new Map(found)].sort()).toEqual(expected && [...expected].sort());
      }
    }),
    { numRuns: fuzzRuns(800) },
  );
});

test.each([4_050, 4_090, 4_096, 16_384, 20_480])(
  'a section ends at its next header, wherever a stretch of %i bytes ends',
  (size) => {
    for (let length = size - 40; length < size + 40; length += 1) {
      // Cut off in front of its `=`, a property would pass for a header.
      const text = `[a]\nk = ${'x'.repeat(length)}\n[y = 1\n[b]\n[c]\n`;
      const [found] = sectionsNamed(documentOf(text), 'a');
      expect(found?.end).toBe(text.indexOf('[b]'));
    }
  },
);

test('a line with text in front of its bracket is no header, beyond ASCII neither', () => {
  for (const line of ['é [b]', 'x [b]', '\u200b[b]']) {
    const document = documentOf(`[a]\nk = 1\n${line}\nl = 2\n`);
    expect(sectionsNamed(document, 'b')).toEqual([]);
    expect(document.sections.map(({ name }) => name)).toEqual(['a']);
  }
});

test.each(['x = [', 'x = [[', '[x = [', '[x = 1 ['])(
  'brackets that open no header (%s) hide none below them',
  (line) => {
    const { sections } = documentOf(`[a]\n${line}\n[b]\n[c]\n`);
    expect(sections.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  },
);

test.each(['\u00a0', '\u3000', '\u2003 '])('%j in front of a line is a blank', (blank) => {
  const values = (line: string) => readSection(documentOf(`[a]\nx = 1\n${line}\n`), 'a')!;
  expect(values(`${blank}y = 2`).get('x')).toBe('1\ny = 2');
  expect(values(`y = 2${blank}`).get('y')).toBe('2');
  expect(values(`y = é${blank}`).get('y')).toBe('é');
  expect(values(`${blank}# y = 2`).get('x')).toBe('1');
});

test('a block under an empty value is no part of that value', () => {
  const values = readSection(documentOf('[a]\ns3 =\n  x = 1\n  y = 2\nk = v\n'), 'a')!;
  expect([...values]).toEqual([
    ['s3', ''],
    ['k', 'v'],
  ]);
  expect(values.get('s3')).toBe('');
});

test.each([9, 10, 11, 40])('a name in %i places', (count) => {
  const document = documentOf('# a\n[a]\nk = a\n'.repeat(count));
  const found = sectionsNamed(document, 'a').map(({ start, line }) => [start, line]);
  expect(found).toEqual(document.sections.map(({ start, line }) => [start, line]));
  expect(found.length).toBe(count);
});

test('a name is found of which only the first word is ASCII', () => {
  expect(readSection(documentOf('[prod ü]\nk = 1\n'), 'prod ü')?.get('k')).toBe('1');
});

test.each([999, 1000, 1001, 60_000])('%i lines and one that is not usual', (count) => {
  const lines = Array.from({ length: count }, (_, index) => `key = value-${index}\n`).join('');
  const last = `value-${count - 1}`;
  const usual = readSection(documentOf(`[a]\n${lines}`), 'a')!;
  expect([usual.get('key'), usual.get('odd'), usual.get('')]).toEqual([last, undefined, undefined]);
  const odd = readSection(documentOf(`[a]\n${lines}Odd : x\n`), 'a')!;
  expect([odd.get('key'), odd.get('odd')]).toEqual([last, 'x']);
});

test.each([99, 100, 101, 300])('sections of the same %i keys and others behind them', (count) => {
  const lines = Array.from({ length: count }, (_, index) => `key_${index} = ${index}\n`).join('');
  const document = documentOf(`[a]\n${lines}x = 1\n[b]\n${lines}y = 2\nx = 3\n[c]\n${lines}`);
  const values = ['a', 'b', 'c'].map((name) => readSection(document, name)!);
  const asked = ['key_0', `key_${count - 1}`, 'x', 'y'];
  expect(values.map((each) => asked.map((key) => each.get(key)))).toEqual([
    ['0', String(count - 1), '1', undefined],
    ['0', String(count - 1), '3', '2'],
    ['0', String(count - 1), undefined, undefined],
  ]);
  expect(values.map((each) => [...each].length)).toEqual([count + 1, count + 2, count]);
});

test('names in lines: of headers, and of no line below them', () => {
  const text = '[a]\nx = [\n [profile "b"] # c\n[open\n[]\n[c]';
  const offsets = [0, 6, 14, 30, 36, 39];
  expect(documentOf(text).namesIn(offsets)).toEqual(['a', 'profile "b"', 'c']);
});

test('the section at an offset is the one of the whole list that holds it', () => {
  fc.assert(
    fc.property(files, fc.nat(), (bytes, at) => {
      const document = documentOf(bytes);
      const offset = at % Math.max(1, bytes.length);
      const header = offset === 0 ? 0 : document.text.lastIndexOf('\n', offset - 1) + 1;
      const inLine = document.sections.find(({ start }) => start === header);
      const expected =
        inLine ??
        documentOf(bytes).sections.find(({ start, end }) => start <= offset && offset < end);
      const found = documentOf(bytes).sectionsAt([offset])[0];
      expect(found && [found.name, found.start, found.bodyStart, found.end]).toEqual(
        expected && [expected.name, expected.start, expected.bodyStart, expected.end],
      );
    }),
    { numRuns: fuzzRuns(500) },
  );
});

test('of several offsets each section is told once', () => {
  fc.assert(
    fc.property(files, fc.array(fc.nat()), (bytes, places) => {
      const length = Math.max(1, bytes.length);
      const offsets = places.map((at) => at % length).sort((one, other) => one - other);
      const one = documentOf(bytes);
      const starts = offsets.flatMap((at) => one.sectionsAt([at]).map(({ start }) => start));
      const found = documentOf(bytes).sectionsAt(offsets);
      expect(found.map(({ start }) => start)).toEqual([...new Set(starts)]);
    }),
    { numRuns: fuzzRuns(500) },
  );
});
