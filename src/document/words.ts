/** Why a file, a name or a value is refused, in English: predicates that follow a colon. */
import { texts } from '../problems/text.ts';

export const english = {
  utf16: 'the file is UTF-16; AWS tools read UTF-8',
  nul: 'a NUL byte',
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
