/** Our reader beside botocore's, over every odd file; where they part, it is on purpose and stands in the table. */
import { isFailure } from '../../src/problems/problem.ts';
import { profilesFrom } from '../support/botocore.ts';
import { answerOf, documentOf, formatCases, readProfiles } from '../support/format-cases.ts';
import type { Profiles } from '../support/botocore.ts';
import type { FormatCase } from '../support/format-cases.ts';

type Departure = { why: string; reads: Parameters<typeof profilesFrom>[0] | 'refused' };

const LONE_CR = 'some readers end a line at a lone CR and some do not, so no edit is safe';
const TRIMMED =
  'half of the readers trim the name, and two sections of one trimmed name must not be';
const NO_DEFAULT = 'no other reader lets profiles inherit from [DEFAULT]';
const KEPT_READABLE =
  'botocore gives up on the whole file; the sections are still there to be shown and repaired';
const MERGED =
  'botocore gives up on the whole file; most readers merge and let the last value count';

const departures: Record<string, Departure> = {
  '08-lone-cr.credentials': { why: LONE_CR, reads: 'refused' },
  '08b-lone-cr-inside.credentials': { why: LONE_CR, reads: 'refused' },
  '10-nul-in-value.credentials': { why: 'PHP ends the value at the NUL', reads: 'refused' },
  '83-utf16.credentials': { why: 'botocore too gives up on it', reads: 'refused' },
  '09-bom.credentials': {
    why: `${KEPT_READABLE} (JavaScript, .NET and PHP read it)`,
    reads: { a: { k1: 'v1' } },
  },
  '09b-bom-comment-first.credentials': { why: KEPT_READABLE, reads: { a: { k1: 'v1' } } },
  '11-latin1-byte.credentials': {
    why: `${KEPT_READABLE}; nine readers do`,
    reads: { a: { k1: 'v1' } },
  },
  '21-section-unclosed.credentials': {
    why: `${KEPT_READABLE}; what stands under the broken header is nobody's`,
    reads: { b: { k1: 'v2' } },
  },
  '22-section-inner-space.credentials': {
    why: TRIMMED,
    reads: { a: { k1: 'v1' }, b: { k1: 'v2' } },
  },
  '24-section-indented-after-key.credentials': {
    why: 'five readers see the header, and taking it for a value would hide the section that is to be edited',
    reads: { x: { k0: 'v0' }, a: { k1: 'v1' } },
  },
  '25-section-empty-name.credentials': { why: KEPT_READABLE, reads: { a: { k1: 'v2' } } },
  '35-DEFAULT-upper.credentials': {
    why: NO_DEFAULT,
    reads: { DEFAULT: { k0: 'v0', k1: 'vd' }, a: { k1: 'v1' } },
  },
  '36-default-and-DEFAULT.credentials': {
    why: NO_DEFAULT,
    reads: { default: { k1: 'low' }, DEFAULT: { k1: 'UP', k2: 'UP2' } },
  },
  '38-dup-section.credentials': {
    why: MERGED,
    reads: { a: { k1: 'v1b', k2: 'v2', k3: 'v3' }, b: { k1: 'x' } },
  },
  '39-dup-section-ws-variant.credentials': { why: TRIMMED, reads: { a: { k1: 'v2' } } },
  '40-dup-key.credentials': { why: MERGED, reads: { a: { k1: 'v2' } } },
  '41-dup-key-case.credentials': { why: MERGED, reads: { a: { k1: 'v2' } } },
  '45-no-sep.credentials': { why: KEPT_READABLE, reads: { a: { k2: 'v2' } } },
  '47-empty-key.credentials': { why: KEPT_READABLE, reads: { a: { k2: 'v2' } } },
  '66-keys-before-section.credentials': { why: KEPT_READABLE, reads: { a: { k1: 'v1' } } },
  '67-junk-before-section.credentials': { why: KEPT_READABLE, reads: { a: { k1: 'v1' } } },
  '69-array-key.credentials': { why: MERGED, reads: { a: { 'k1[]': 'v2' } } },
  '81-rem-comment.credentials': { why: KEPT_READABLE, reads: { a: { 'rem x': '1', k1: 'v1' } } },
  '82-ctrl-z.credentials': { why: KEPT_READABLE, reads: { a: { k1: 'v1' } } },
  'c04-ws.config': {
    why: `${TRIMMED}: seven readers find profile b`,
    reads: { a: { region: 'r1' }, b: { region: 'r2' }, c: { region: 'r3' }, d: { region: 'r4' } },
  },
  'c06-DEFAULT.config': { why: NO_DEFAULT, reads: { a: { k: 'v' } } },
  'c09-dup.config': { why: MERGED, reads: { a: { region: 'r1', output: 'json' } } },
};

function ourAnswer({ bytes, kind }: FormatCase): Profiles | 'refused' {
  try {
    return readProfiles(documentOf(bytes), kind);
  } catch (error) {
    if (isFailure(error) && error.problem.kind === 'unparsable-file') return 'refused';
    throw error;
  }
}

const agreeing = formatCases.filter(({ name }) => departures[name] === undefined);

test('there are 116 odd files, and each departure is one of them', () => {
  expect(formatCases).toHaveLength(116);
  expect(agreeing).toHaveLength(116 - Object.keys(departures).length);
});

test.each(agreeing)('$name reads as in botocore', (formatCase) => {
  expect(ourAnswer(formatCase)).toEqual(answerOf('botocore', formatCase.name));
});

test.each(Object.entries(departures))('%s departs from botocore ($why)', (name, { reads }) => {
  const formatCase = formatCases.find((one) => one.name === name);
  const expected = reads === 'refused' ? reads : profilesFrom(reads);
  expect(formatCase && ourAnswer(formatCase)).toEqual(expected);
  expect(answerOf('botocore', name)).not.toEqual(expected);
});
