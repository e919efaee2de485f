/** Sentences before their language is chosen. */
import { speakBy, speakEnglish, texts } from '../../src/problems/text.ts';

const words = texts('room', {
  plain: 'nothing was changed',
  about: (name: string, count: number) => `${name}: ${count}`,
  all: (names: readonly string[]) => names.join(' and '),
});
const speakOther = speakBy({
  room: {
    plain: 'N',
    about: (name: string, count: number) => `${count} ${name}`,
    all: (names: readonly string[]) => names.join('+'),
  },
});

test('a sentence is spoken in either language', () => {
  expect(speakEnglish(words.plain)).toBe('nothing was changed');
  expect(speakOther(words.plain)).toBe('N');
  expect(speakEnglish(words.about('x', 2))).toBe('x: 2');
  expect(speakOther(words.about('x', 2))).toBe('2 x');
});

test('so are the sentences in it', () => {
  const nested = words.about(words.plain, 2);
  expect(speakEnglish(nested)).toBe('nothing was changed: 2');
  expect(speakOther(nested)).toBe('2 N');
});

test('what belongs to no catalogue is the same everywhere', () => {
  expect(speakOther('AccessDenied')).toBe('AccessDenied');
  expect(speakOther(words.all(['a', 'b']))).toBe('a+b');
  expect(speakOther({ ...words.plain, catalogue: 'another' })).toBe('nothing was changed');
});
