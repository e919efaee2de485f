/** The words of `exec` in English. */
import type { Help } from '../../cli/help.ts';
import { texts } from '../../problems/text.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'run a command with a session in its environment',
  options: {},
  examples: [
    ['mfa-profile exec prod -- terraform plan', 'exits as terraform does'],
    ['mfa-profile exec prod', 'your shell, with the session in its environment'],
  ],
};

export const english = {
  needsCommand: 'exec needs a command after --',
  nested: (name: string, outer: string) =>
    `this shell already has a session of ${outer}: the new one, of ${name}, runs inside it, and exit leads back`,
  forExample: 'for example: mfa-profile exec prod -- aws s3 ls',
};
export const words = texts('exec', english);
