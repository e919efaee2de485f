/** What `exec` says, in English. */
import { texts } from '../../problems/text.ts';

export const english = {
  nested: (name: string, outer: string) =>
    `this shell already has a session of ${outer}: the new one, of ${name}, runs inside it, and exit leads back`,
};
export const words = texts('exec', english);
