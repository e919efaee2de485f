/** What is wrong with a command line, in Japanese. */
import { formatDuration } from '../aws/duration.ts';
import { pastedName } from '../output/pasted.ts';
import type { Translation } from '../problems/text.ts';
import { valueOf } from './mistakes.ts';
import type { english } from './mistakes.ts';

export const japanese: Translation<typeof english> = {
  see: (command) => `使い方: mfa-profile ${command === '' ? '' : `${command} `}--help`,
  noCommand: 'コマンドが指定されていません',
  unknownCommand: (word) => `${word} というコマンドはありません`,
  didYouMean: (similar, see) => `もしかして: ${similar.join('、')} (${see})`,
  refreshProfile: (word, see) =>
    `プロファイルを更新するには: mfa-profile refresh ${pastedName(word)} (${see})`,
  strayCode: '6 桁の MFA コードを指定する位置が違うようです',
  codeInLine: 'MFA コードは --token-code で指定してください',
  noSuchOption: (command, option) => `${command} に ${option} というオプションはありません`,
  unexpected: (command, word) => `${command} の余分な引数です: ${word}`,
  afterDashes: 'コマンドは -- の後に指定してください: mfa-profile exec prod -- aws s3 ls',
  nothingAfterDashes: (command) => `${command} の -- の後には何も指定できません`,
  needsValue: (option) => `${option} には値が必要です`,
  takesNoValue: (option) => `${option} に値は指定できません`,
  twice: (option) => `${option} が 2 回以上指定されています`,
  notAChoice: (what, given) =>
    given === '' ? `${what} に空の値は指定できません` : `${what} に ${given} は指定できません`,
  unknownShell: (given) => `${given} というシェルには対応していません`,
  needsAction: (command, choices) =>
    `${command} には次のいずれかを指定してください: ${choices.join('、')}`,
  unknownAction: (given) => `keys に ${given} という操作はありません`,
  unknownScheduler: (given) => `${given} というスケジューラーには対応していません`,
  oneOf: (choices) => `次のいずれかを指定してください: ${choices.join('、')}`,
  needsShell: (command, choices) => `${command} にはシェルの指定が必要です: ${choices.join('、')}`,
  needsScheduler: (command, choices) =>
    `${command} にはスケジューラーの指定が必要です: ${choices.join('、')}`,
  emptyProfile: 'プロファイル名が空です',
  profileTwice: 'プロファイルは NAME と --profile のどちらか一方で指定してください',
  noRegion: (region) => `--region の ${region} は AWS のリージョン名ではありません`,
  noEndpoint: '--endpoint-url には http または https の URL を指定してください',
  wholeSeconds: (option) => `${option} には秒数を 0 以上の整数で指定してください`,
  badSessionProfile: (reason) => `--session-profile を使用できません: ${reason}`,
  oneSessionProfile: '--session-profile を指定できるのは、プロファイルが 1 つのときだけです',
  badCode: '--token-code には MFA デバイスに表示された 6 桁の数字を指定してください',
  badSerial: (option, reason, ofVariable) =>
    `${option} を使用できません: ${reason}${valueOf(option, ofVariable)}`,
  twoDurations: '--duration-seconds と --duration は同時に指定できません',
  twoPrompts: '--no-prompt と --prompt は同時に指定できません',
  badDuration: (option, ofVariable) =>
    `${option} は 15m、12h、1h30m のように指定してください${valueOf(option, ofVariable)}`,
  outOfBounds: (option, longest, ofVariable) =>
    `${option} は 900 秒 (15m) から ${longest} 秒 (${formatDuration(longest)}) の範囲で指定してください${valueOf(option, ofVariable)}`,
  bareNumber: (number) => `${number} は ${number} 秒を表します。もしかして: ${number}h、${number}m`,
  controlCharacter: (option) => `${option} に制御文字が含まれています`,
  badMinTtl: '--min-ttl には 36h までの時間を、15m や 1h のように指定してください',
};
