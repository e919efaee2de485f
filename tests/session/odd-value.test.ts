/** What spoils the value of a setting, and what is a part of it. */
import { trapIn } from '../../src/session/odd-value.ts';
import { words } from '../../src/session/words.ts';

test.each([...['900 # a comment', '900\t; one', '"900"# one', "'900'; one", '# one', ';']])(
  '%j holds a comment',
  (value) => {
    expect(trapIn(value)).toEqual(words.commentInSetting);
  },
);

test.each(['"900"', "'900", '900"', '\u201c900\u201d', '\u300c900\u300d'])(
  '%j is in quotes',
  (value) => {
    expect(trapIn(value)).toEqual(words.quotesInSetting);
  },
);

test.each(['', '900', 'a#b', 'a;b', 'it"s'])('nothing is odd about %j', (value) => {
  expect(trapIn(value)).toBeUndefined();
});
