/** Names of sessions, and what a mistyped name meant. */
import { defaultSessionName, sourceOfSessionName } from '../../src/profiles/names.ts';
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
