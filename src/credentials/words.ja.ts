/** What is wrong with a key, or with the answer of a `credential_process`, in Japanese. */
import type { Translation } from '../problems/text.ts';
import type { english } from './words.ts';

export const japanese: Translation<typeof english> = {
  noJson: '出力が 1 つの JSON オブジェクトではありません',
  noVersion: '出力に "Version": 1 がありません',
  noField: (field) => `出力に ${field} がありません`,
  character: (character) => `文字 ${character} `,
  unseenCharacter: (code) => `見えない文字 (${code})`,
  blank: '空白',
  lineBreak: '改行',
  encrypted: '暗号化されています。先にファイルを復号してください',
  reference: 'パスワードマネージャーへの参照です。AWS のツールは参照先を読みません',
  arn: 'ユーザーやデバイスの ARN です。キー自体をコピーしてください',
  template: '値が埋め込まれていないテンプレートです',
  variable: '変数です。AWS のツールはこのファイルの変数を展開しません',
  nameInValue: '値に設定名も書かれています。設定名を取り除いてください',
  secondSeparator: '設定名とキーの間の = は 1 つです。余分な記号を取り除いてください',
  masked: '一部が隠されたキーです。キー全体を書いてください',
  placeholder: '仮の値です。実際のキーに置き換えてください',
  quotes: '引用符はキーの一部として読まれます。取り除いてください',
  wrapped: '次の行に続いています。1 行で書いてください',
  indentedNext:
    '次の行が字下げされているため、キーの一部として読まれます。その行の先頭の空白を取り除いてください',
  comment: 'キーの後のコメントはキーの一部として読まれます。別の行に移してください',
  csvRow:
    'コンソールの CSV ファイルの行のようです。ID とシークレットアクセスキーは 2 行に分けてください',
  fullWidth: '全角文字で入力されています。半角で入力してください',
  unseen:
    'コピーの際に混ざった文字です。その部分を入力し直すか、コンソールからコピーし直してください',
  bothInOne: 'ID とシークレットアクセスキーが 1 行にあります。2 行に分けてください',
  blankInside: 'アクセスキーに空白は使えません。空白を取り除いてください',
  promptMark: '% は、末尾に改行のない出力に zsh が付ける記号で、キーの一部ではありません',
  swapped: 'シークレットアクセスキーのようです。2 つが入れ替わっている可能性があります',
  inCapitals: 'アクセスキー ID は大文字です。もう一度コピーしてください',
  idCutShort: '一部が欠けています。アクセスキー ID は 20 文字です',
  idTooLong: 'アクセスキー ID にしては長すぎます。アクセスキー ID は 20 文字です',
  idOfOther: 'ユーザーやロールなどの ID です。アクセスキー ID は AKIA で始まります',
  idAsSecret: 'アクセスキー ID のようです。シークレットアクセスキーは別の 40 文字の値です',
  separator: 'キーの値は行末までです。この文字を取り除いてください',
  copiedWrong: 'キーをもう一度コピーしてください',
  oddField: (field, character, cause) =>
    `${field} に、キーには使われない${character}が含まれています: ${cause}`,
  noKeyField: (field, cause) => `${field} はキーではありません: ${cause}`,
};
