/** Carrying one writer's changes over to another's version of the file. */
import fc from '../support/fast-check.ts';
import { mergeLateChanges } from '../../src/document/merge.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const merge = (base: string, late: string, current: string) =>
  Buffer.from(mergeLateChanges(bytes(base), bytes(late), bytes(current))).toString('latin1');

const BASE = '# top\n[a]\nx = 1\ny = 1\n\n[b]\nz = 1\n';
const OURS = `${BASE}[ours]\nk = 1\n`;

describe('their changes are made to the other version', () => {
  test.each([
    ['a changed value', ['x = 1', 'x = 2']],
    ['an added key', ['y = 1\n', 'y = 1\nnew = 1\n']],
    ['a first key', ['[b]\nz = 1\n', '[b]\nz = 1\nnew : 1\n']],
    ['a removed key', ['y = 1\n', '']],
    ['a removed section', ['[b]\nz = 1\n', '']],
    ['a nested value', ['x = 1\n', 'x =\n  in = 1\n']],
  ])('%s', (_, [from = '', to = '']) => {
    expect(merge(BASE, BASE.replace(from, to), OURS)).toBe(OURS.replace(from, to));
  });

  const INDENTED = '[a]\n  x = tool [x]\n    more\n  y = 1\n';
  test.each([
    ['a value with brackets', ['tool [x]', 'tool [y]']],
    ['a key behind a value with brackets', ['y = 1', 'y = 2']],
    ['a continuation', ['    more\n', '    less\n']],
    ['an indented key that comes', ['  y = 1\n', '  y = 1\n  z = 1\n']],
    ['an indented key that goes', ['  y = 1\n', '']],
  ])('in an indented section: %s', (_, [from = '', to = '']) => {
    const ours = `${INDENTED}[ours]\nk = 1\n`;
    expect(merge(INDENTED, INDENTED.replace(from, to), ours)).toBe(ours.replace(from, to));
  });

  test('an appended section', () => {
    expect(merge(BASE, `${BASE}[new]\nn = 1\n`, OURS)).toBe(`${OURS}[new]\nn = 1\n`);
  });

  test('behind a last line without an ending', () => {
    expect(merge('[a]\nx = 1', '[a]\nx = 1\n[new]\nn = 1\n', '[a]\nx = 1\n[o]\nk = 1')).toBe(
      '[a]\nx = 1\n[o]\nk = 1\n[new]\nn = 1\n',
    );
    expect(merge('[a]\nx = 1', '[a]\nx = 1\ny = 1', '[a]\nx = 1')).toBe('[a]\nx = 1\ny = 1\n');
  });

  test('a key in a section that was empty', () => {
    expect(merge('[a]\n[b]\n', '[a]\nx = 1\n[b]\n', '[a]\n[b]\n[o]\n')).toBe(
      '[a]\nx = 1\n[b]\n[o]\n',
    );
  });
});

describe('lines are told apart as the reader tells them', () => {
  test.each([
    ['a comment in a value', '[a]\nx =\n  s = 1\n  # c\n  t = 1\ny = 1\n', ['t = 1', 't = 2']],
    ['a property that opens with a bracket', '[a]\n[k = 1\ny = 1\n', ['[k = 1', '[k = 2']],
    [
      'a line of a no-break space',
      '[a]\n\u00c2\u00a0\u00c2\u00a0x = 1\ny = 1\n',
      ['x = 1', 'x = 2'],
    ],
    ['a name up to the last bracket', '[a [b]]\nx = 1\n[a [b]\ny = 1\n', ['y = 1', 'y = 2']],
    [
      'a key after a header that is never closed',
      '[a]\nx = 1\n[b\nx = 1\n',
      ['[b\nx = 1', '[b\nx = 2'],
    ],
    ['CRLF', '[a]\r\nx = 1\r\n[b]\r\ny = 1\r\n', ['y = 1', 'y = 2']],
    ['a byte order mark', '\u00ef\u00bb\u00bf[a]\nx = 1\n', ['x = 1', 'x = 2']],
    ['a file that is refused', '[a]\nx = 1\0\ny = 1\n', ['y = 1', 'y = 2']],
  ])('%s', (_, base, [from = '', to = '']) => {
    const ours = `${base}[ours]\nk = 1\n`;
    expect(merge(base, base.replace(from, to), ours)).toBe(ours.replace(from, to));
    expect(merge(base, base, ours)).toBe(ours);
  });
});

describe('if both changed the same, the other version wins', () => {
  test.each([
    ['one value', '[a]\nx = 2\n', '[a]\nx = 3\n'],
    ['one new key, written in another case', '[a]\nx = 1\nN = 2\n', '[a]\nx = 1\nn = 3\n'],
    ['one new section', '[a]\nx = 1\n[n]\nk = 2\n', '[a]\nx = 1\n[n]\nk = 3\n'],
    ['a section that we removed', '[a]\nx = 2\n', ''],
    ['a key that we removed', '[a]\nx = 2\n', '[a]\n'],
    ['a section that they removed', '', '[a]\nx = 2\n'],
  ])('%s', (_, late, current) => {
    expect(merge('[a]\nx = 1\n', late, current)).toBe(current);
  });
});

const section = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  keys: fc.uniqueArray(fc.constantFrom('k', 'l', 'm'), { maxLength: 3 }),
  value: fc.constantFrom('1', '2'),
});
const file = fc
  .uniqueArray(section, { selector: ({ name }) => name, maxLength: 4 })
  .map((sections) =>
    sections
      .map(({ name, keys, value }) => `[${name}]\n${keys.map((k) => `${k} = ${value}\n`).join('')}`)
      .join(''),
  );

test('no merge makes a section or a key twice, for botocore then refuses the file', () => {
  fc.assert(
    fc.property(file, file, file, (base, late, current) => {
      const merged = merge(base, late, current);
      const parts = merged.split(/^(?=\[)/m).filter(Boolean);
      const headers = parts.map((part) => part.split('\n')[0]);
      expect(new Set(headers).size).toBe(headers.length);
      for (const part of parts) {
        const keys = [...part.matchAll(/^(\w+) =/gm)].map((match) => match[1]);
        expect(new Set(keys).size).toBe(keys.length);
      }
    }),
  );
});

test('with nothing changed on one side the other comes out byte for byte', () => {
  fc.assert(
    fc.property(file, file, (base, current) => {
      expect(merge(base, base, current)).toBe(current);
    }),
  );
});
