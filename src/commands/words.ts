/** What several commands say, in English. */
import { pasted } from '../output/pasted.ts';
import { texts } from '../problems/text.ts';

export const english = {
  whichProfile: 'Which profile?',
  notUsable: (variable: string, name: string) =>
    `${variable} names ${name}, but there is no such profile, or it has no key`,
  useIt: (session: string, assignment: string | undefined) =>
    assignment === undefined
      ? `use it: aws s3 ls --profile ${pasted(session)}`
      : `use it: aws s3 ls --profile ${pasted(session)}, or: ${assignment}`,
  durationUnused: (line: string) =>
    `the duration was not applied, since the session is still valid; to get a new one: ${line}`,
  npxCache:
    'npx keeps this program in a cache, from which it will vanish: other programs need a lasting path to it',
  installFirst: 'install it first: npm install --global mfa-profile',
  noJournal: 'it is not what mfa-profile has written there',
  checkKeys: (profile: string) =>
    `compare the keys of the user of ${profile} in the IAM console with the credentials file, then remove that file`,
  evalIt: (line: string) => `these lines are for a shell to evaluate: ${line}`,
};
export const words = texts('commands', english);
