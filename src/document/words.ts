/** Why a file, a name or a value is refused, in English: predicates that follow a colon. */
import { texts } from '../problems/text.ts';

export const english = {
  utf16: 'the file is UTF-16; AWS tools read UTF-8',
  saveAsUtf8: 'save the file as UTF-8 and run this again',
  noSection: 'text, but no [section] in the whole file: AWS tools read nothing of it',
  putSection:
    "put a [profile's name] above the settings; if it is another kind of file, name yours with --credentials-file or --config-file",
  nul: 'a NUL byte',
  binary: 'binary data (a NUL byte)',
  otherFile:
    'put the file of the AWS tools there, or name it with --credentials-file or --config-file',
  loneCarriageReturn: 'a carriage return without a line feed',
  emptyName: 'it is empty',
  controlInName: 'it holds a control character',
  nameNotUnicode: 'it is not Unicode text',
  blankAroundName: 'it begins or ends with a blank',
  bracketInName: 'it holds one of # ; [ ], which end a name for some AWS tools',
  defaultName: 'the AWS CLI hands the keys of [DEFAULT] to every profile',
  protoName: 'the AWS SDK for JavaScript reads no profile at all from a file with [__proto__]',
  kindInName: 'AWS tools take its first word for a kind of section',
  badKey: 'not a name that every AWS tool reads',
  lineBreakInValue: 'the value holds a line break',
  controlInValue: 'the value holds a control character',
  valueNotUnicode: 'the value is not Unicode text',
  blankAroundValue: 'the value begins or ends with a blank',
};
export const words = texts('document', english);
