/** Names of sessions, and what a mistyped name meant. */
import {
  beginsWithOddHyphen,
  chosenProfile,
  defaultProfile,
  defaultSessionName,
  distance,
  sourceOfSessionName,
} from '../../src/profiles/names.ts';
import { similarNames } from '../../src/output/similar-names.ts';

test.each([
  ['prod_token', 'prod'],
  ['a_token_token', 'a_token'],
  ['prod', undefined],
  ['_token', undefined],
  ['token', undefined],
])('the source in %j is %j', (session, source) => {
  expect(sourceOfSessionName(session)).toBe(source);
  if (source !== undefined) expect(defaultSessionName(source)).toBe(session);
});

test.each([
  ['prd', ['prod', 'dev'], ['prod']],
  ['PROD', ['prod'], ['prod']],
  ['alcie', ['alice', 'bob'], ['alice']],
  ['acme', ['acme-prod', 'acme-dev', 'other'], ['acme-dev', 'acme-prod']],
  ['x', ['prod'], []],
  ['prod', [], []],
])('%j among %j may mean %j', (name, known, meant) => {
  expect(similarNames(name, known)).toEqual(meant);
});

test.each<[Record<string, string>, string | undefined, string]>([
  [{}, undefined, 'default'],
  [{ AWS_PROFILE: 'a' }, 'a', 'a'],
  [{ AWS_PROFILE: 'a', AWS_DEFAULT_PROFILE: 'b' }, 'b', 'b'],
  [{ AWS_PROFILE: 'a', AWS_DEFAULT_PROFILE: '' }, 'a', 'a'],
  [{ AWS_PROFILE: '', AWS_DEFAULT_PROFILE: '' }, undefined, 'default'],
  [{ MFA_PROFILE: 'm' }, undefined, 'm'],
  [{ MFA_PROFILE: '' }, undefined, 'default'],
  [{ AWS_PROFILE: 'a', MFA_PROFILE: 'm' }, 'a', 'a'],
])('%j chooses %j, and means %j', (env, chosen, meant) => {
  expect([chosenProfile(env), defaultProfile(env)]).toEqual([chosen, meant]);
});

test.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['abc', '', 3],
  ['abc', 'abc', 0],
  ['abc', 'abd', 1],
  ['abc', 'ac', 1],
  ['abc', 'abxc', 1],
  ['abc', 'acb', 1],
  ['ab', 'ba', 1],
  ['abcd', 'badc', 2],
  ['ca', 'abc', 3],
  ['kitten', 'sitting', 3],
  ['prod', 'dorp', 3],
])('from %j to %j it is %i', (one, other, far) => {
  expect([distance(one, other), distance(other, one)]).toEqual([far, far]);
});

test.each([
  ['ab', ['abc', 'xb', 'yy'], ['abc', 'xb']],
  ['a', ['b', 'c', 'd', 'e'], ['b', 'c', 'd']],
  ['production', ['prodcution', 'produktoin', 'prod'], ['prodcution', 'produktoin']],
  ['abcdef', ['abcd', 'abc'], ['abcd']],
  ['Ab', ['aB-x', 'AB'], ['AB', 'aB-x']],
])('%j among %j: nearest first, three at most', (name, known, meant) => {
  expect(similarNames(name, known)).toEqual(meant);
});

test.each([
  ['\u2013-token-code', true],
  ['\u30fct', true],
  ['prod\u2013eu', false],
  ['-t', false],
  ['', false],
])('%j begins with a hyphen that no keyboard has: %j', (word, isOdd) => {
  expect(beginsWithOddHyphen(word)).toBe(isOdd);
});
