/** What is wrong with a key, or with the answer of a `credential_process`, in English. */
import { texts } from '../problems/text.ts';

export const english = {
  noJson: 'it did not print one JSON object',
  noVersion: 'its answer has no "Version": 1',
  noField: (field: string) => `its answer has no ${field}`,
  character: (character: string) => character,
  unseenCharacter: (code: string) => `a character that is not seen (${code})`,
  blank: 'a blank',
  lineBreak: 'a line break',
  encrypted: 'it is encrypted: decrypt the file first',
  reference: 'it is a reference to a password manager, which AWS tools do not look up',
  arn: 'it is an ARN, which names a user or a device: copy the key itself',
  template: 'it is a template that has not been filled in',
  variable: 'it is a variable, which AWS tools do not expand in this file',
  nameInValue: "the key's name stands in its value too: leave only what is after it",
  secondSeparator: 'one = between name and key is enough: remove the other sign',
  masked: 'it is masked, as programs show a key: put the whole key there',
  placeholder: 'it is a placeholder: put the key there',
  quotes: 'remove the quotes: they are read as part of the key',
  wrapped: 'it goes on in the next line: write it in one',
  indentedNext:
    'the next line is indented and read as part of it: remove the blanks at the beginning of that line',
  comment: 'a comment after a key is read as part of it: move it to its own line',
  csvRow:
    'it looks like a row of the CSV file of the console: the ID and the secret key belong in two lines',
  fullWidth: 'it was typed in full-width characters: type it in half-width ones',
  unseen: 'it was copied along: type that part again, or copy the key from the console',
  bothInOne: 'the ID and the secret key stand in one line: they belong in two',
  blankInside: 'remove the blank: a key has none',
  promptMark:
    'zsh shows % where the output of a command has no last line break: it is no part of the key',
  swapped: 'it looks like a secret key: the two may be swapped',
  inCapitals: 'an access key ID is in capital letters: copy it again',
  idCutShort: 'a part of it is missing: an access key ID has 20 characters',
  idTooLong: 'it is longer than any access key ID, which has 20 characters',
  idOfOther: 'it is the ID of a user, a role or the like: an access key ID begins with AKIA',
  idAsSecret: 'it looks like an access key ID: the secret key is another value, of 40 characters',
  separator: 'remove it: a key ends where its line ends',
  copiedWrong: 'copy the key again from where you have it',
  oddField: (field: string, character: string, cause: string) =>
    `its ${field} holds ${character}, which no key has: ${cause}`,
  noKeyField: (field: string, cause: string) => `its ${field} is no key: ${cause}`,
};
export const words = texts('credentials', english);
