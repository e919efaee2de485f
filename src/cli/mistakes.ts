/** What is wrong with a command line, in English. */
import { formatDuration } from '../aws/duration.ts';
import { withoutLikelySecrets } from '../credentials/known-secrets.ts';
import { pastedName } from '../output/pasted.ts';
import { texts } from '../problems/text.ts';

/** An option stands in the line above; the value of a variable is out of sight. */
export const valueOf = (variable: string, value: string | undefined): string =>
  value === undefined ? '' : ` (${variable} = ${withoutLikelySecrets(value)})`;

export const english = {
  see: (command: string) => `see: mfa-profile ${command === '' ? '' : `${command} `}--help`,
  noCommand: 'no command was given',
  unknownCommand: (word: string) => `unknown command: ${word}`,
  didYouMean: (similar: readonly string[], see: string) =>
    `did you mean ${similar.join(' or ')}? ${see}`,
  refreshProfile: (word: string, see: string) =>
    `${see}; if it is a profile: mfa-profile refresh ${pastedName(word)}`,
  strayCode: 'that looks like an MFA code in the wrong place (six digits)',
  codeInLine: 'pass an MFA code with --token-code',
  noSuchOption: (command: string, option: string) => `${command} has no option ${option}`,
  unexpected: (command: string, word: string) => `unexpected argument for ${command}: ${word}`,
  afterDashes: 'put the command after --: mfa-profile exec prod -- aws s3 ls',
  nothingAfterDashes: (command: string) => `${command} takes nothing after --`,
  needsValue: (option: string) => `${option} needs a value`,
  takesNoValue: (option: string) => `${option} takes no value`,
  twice: (option: string) => `${option} was given more than once`,
  notAChoice: (what: string, given: string) =>
    given === '' ? `${what} cannot be empty` : `unknown value for ${what}: ${given}`,
  unknownShell: (given: string) => `unknown shell: ${given}`,
  needsAction: (command: string, choices: readonly string[]) =>
    `${command} needs one of: ${choices.join(', ')}`,
  unknownAction: (given: string) => `unknown action for keys: ${given}`,
  unknownScheduler: (given: string) => `unknown scheduler: ${given}`,
  oneOf: (choices: readonly string[]) => `it is one of: ${choices.join(', ')}`,
  needsShell: (command: string, choices: readonly string[]) =>
    `${command} needs a shell: ${choices.join(', ')}`,
  needsScheduler: (command: string, choices: readonly string[]) =>
    `${command} needs a scheduler: ${choices.join(', ')}`,
  emptyProfile: 'a profile name is empty',
  profileTwice: 'give the profile once: as NAME or with --profile',
  noRegion: (region: string) => `--region ${region} is not the name of an AWS region`,
  noEndpoint: '--endpoint-url takes an http or https URL',
  wholeSeconds: (option: string) => `${option} takes a whole number of seconds`,
  badSessionProfile: (reason: string) => `--session-profile: ${reason}`,
  oneSessionProfile: '--session-profile goes with one profile',
  badCode: '--token-code takes the six digits that your MFA device shows',
  badSerial: (option: string, reason: string, ofVariable: string | undefined) =>
    `${option} is not usable: ${reason}${valueOf(option, ofVariable)}`,
  twoDurations: 'give --duration-seconds or --duration, not both',
  twoPrompts: 'give --no-prompt or --prompt, not both',
  badDuration: (option: string, ofVariable: string | undefined) =>
    `${option} takes a duration such as 15m, 12h or 1h30m${valueOf(option, ofVariable)}`,
  outOfBounds: (option: string, longest: number, ofVariable: string | undefined) =>
    `${option} must be between 900 seconds (15m) and ${longest} seconds (${formatDuration(longest)})${valueOf(option, ofVariable)}`,
  bareNumber: (number: string) =>
    `${number} means ${number} seconds: did you mean ${number}h or ${number}m?`,
  controlCharacter: (option: string) => `${option} contains a control character`,
  badMinTtl: '--min-ttl takes a duration up to 36h, such as 15m or 1h',
};
export const words = texts('cli', english);
