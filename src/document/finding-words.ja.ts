/** The words for what is odd about a file, in Japanese. */
import type { Translation } from '../problems/text.ts';
import type { english } from './finding-words.ts';

const REFUSES = 'AWS CLI はこのファイル全体を読み取れません';
const IN_EDITOR = 'エディターで直してください';

const IN_ASCII = '英数字だけにするか、削除してください';

const first = ({ otherLine }: { readonly otherLine?: number | undefined }): string =>
  otherLine === undefined ? '' : ` (最初は ${otherLine} 行目)`;

export const japanese: Translation<typeof english> = {
  'doubled-section': (place) => `セクションが重複しています${first(place)}。${REFUSES}`,
  'fix doubled-section': '1 つのセクションにまとめるか、一方を削除してください',
  'doubled-key': (place) => `設定 ${place.key} が重複しています${first(place)}。${REFUSES}`,
  'fix doubled-key': 'どちらか一方を削除してください',
  'stray-line': () => `セクション名でも設定でもコメントでもない行です。${REFUSES}`,
  'fix stray-line': IN_EDITOR,
  'before-sections': () =>
    `最初のセクションより前に、どのセクションにも属さない行があります。${REFUSES}`,
  'fix before-sections': 'この行の前に、プロファイルのセクション名の行を追加してください',
  'unclosed-header': () => `セクション名の行が ] で閉じられていません。${REFUSES}`,
  'fix unclosed-header': IN_EDITOR,
  'nested-junk': ({ key }) => `${key} の下に「設定名 = 値」ではない行があります。${REFUSES}`,
  'fix nested-junk': '折り返された値は 1 行に戻し、不要な行は削除してください',
  'blank-in-name': ({ otherLine }) =>
    `角かっこの内側に空白があります。AWS CLI では ${otherLine} 行目とは別のセクションになります`,
  'fix blank-in-name': '空白を削除するか、一方のセクションを削除してください',
  'blank-around-name': () =>
    '角かっこの内側に空白があります。AWS CLI はこの名前のセクションを見つけられません',
  'fix blank-around-name': '空白を削除してください',
  'empty-name': () => `セクション名が空です。${REFUSES}`,
  'fix empty-name': IN_EDITOR,
  'blank-name': () => 'セクション名が空白だけです。そのようなプロファイルはありません',
  'fix blank-name': IN_EDITOR,
  'not-utf8': () => `UTF-8 ではない文字があります。${REFUSES}`,
  'fix not-utf8': 'コメントを英数字だけにするか、削除してください',
  'not-code-page': ({ codePage }) =>
    `コードページ ${codePage} では読めない文字があります。このシステムの AWS CLI はコードページ ${codePage} で読み取るため、ファイル全体を読み取れません`,
  'fix not-code-page': IN_ASCII,
  'not-utf8-there': ({ codePage }) =>
    `UTF-8 ではない文字があります。AWS CLI はこのシステムのコードページ${codePage === undefined ? '' : ` (${codePage}) `}で読み取りますが、ほかのツールは読み取れません`,
  'fix not-utf8-there': IN_ASCII,
  'not-ascii': ({ codePage }) =>
    `英数字以外の文字があります。AWS CLI はこのシステムのコードページ (${codePage}) で読み取るため文字化けし、文字によってはファイル全体を読み取れなくなります`,
  'fix not-ascii': IN_ASCII,
  bom: () => `ファイルの先頭に BOM があります。${REFUSES}`,
  'fix bom': 'BOM なしの UTF-8 で保存してください',
  'indented-header': () =>
    'セクション名の行が字下げされているため、AWS CLI は直前の値の続きとして読み取ります',
  'fix indented-header': IN_EDITOR,
  'header-tail': () => '] の後ろに文字があるため、このセクションを読み取れない AWS SDK があります',
  'fix header-tail': IN_EDITOR,
  'reserved-name': () =>
    'AWS のツールが予約しているセクション名です。設定がすべてのプロファイルに適用されたり、AWS SDK によってはファイルがまったく読まれなかったりします',
  'fix reserved-name': 'セクション名を変更してください',
  'inline-comment': ({ key }) =>
    `${key} の値の後ろにコメントがあり、AWS CLI では値の一部になります`,
  'fix inline-comment': 'コメントは別の行に書いてください',
  'quoted-value': ({ key }) =>
    `${key} の値が引用符で囲まれていて、多くの AWS SDK では引用符も値の一部になります`,
  'fix quoted-value': '引用符を削除してください',
  'mixed-line-endings': () => '2 種類の改行コード (LF と CRLF) が混在しています',
  'fix mixed-line-endings': '改行コードをどちらかに統一して保存してください',
};
