/** What the program says of itself, in English. */
import { texts } from '../problems/text.ts';

export const english = {
  noVerify: '--no-verify-ssl: anyone on the network path can read and change the traffic',
  ownFault: (message: string) => `this is a bug in mfa-profile: ${message}`,
  plainHyphens: 'type the options with plain hyphens: --',
  lineOf: (path: string, line: number) => `${path}, line ${line}`,
  sourceOf: (role: string) => ` (source of role ${role})`,
  chainOf: (profiles: readonly string[]) => ` (chain of roles: ${profiles.join(' -> ')})`,
  reportIt: 'please report it with what you did; --debug shows where it happened',
};
export const words = texts('output', english);
