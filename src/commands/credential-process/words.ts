/** The words of `credential-process` in English. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'print a session for the AWS setting credential_process',
  options: {},
  examples: [['credential_process = mfa-profile credential-process prod', 'in ~/.aws/config']],
};
