/** The words of `console` in English. */
import type { Help } from '../../cli/help.ts';
import { formatLocalTime } from '../../output/local-time.ts';
import { texts } from '../../problems/text.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'open the AWS console with the session of a role',
  options: {
    print: 'print the address instead of opening a browser',
    service: 'the page to begin with, such as s3 or ec2/home',
    browser: 'a command that is given the address to open',
    duration: 'how long the console stays open: 15m to 12h',
    'duration-seconds': 'the same in seconds: 900 to 43200',
  },
  examples: [
    ['mfa-profile console admin', 'as long as the session lasts'],
    ['mfa-profile console admin --duration 12h', 'for a day, with a code'],
    ['mfa-profile console admin --service s3 --print', 'for another browser or machine'],
  ],
};

/** Times are milliseconds since the epoch. */
export const english = {
  opened: (role: string, until: number) =>
    `the console is open as ${role} until ${formatLocalTime(until)}`,
  printed: (role: string, until: number) =>
    `anyone who opens this address in the next 15 minutes is signed in as ${role} until ${formatLocalTime(until)}`,
  notLonger: (role: string, until: number) =>
    `the console stays open until ${formatLocalTime(until)}, as long as the session of ${role}: AWS gives more only to a role that is assumed with a long-term key and a code`,
  badPath:
    '--service takes the name of a service or a path of the console, such as s3 or ec2/home#Instances:',
  pathOnly: 'copy it from the address of a console page, without https:// and the host',
  notBoth: 'give --print or --browser, not both',
};
export const words = texts('console', english);
