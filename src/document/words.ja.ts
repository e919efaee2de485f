/** Why a file, a name or a value is refused, in Japanese. */
import type { Translation } from '../problems/text.ts';
import type { english } from './words.ts';

export const japanese: Translation<typeof english> = {
  utf16: 'ファイルが UTF-16 です。AWS のツールは UTF-8 を読み取ります',
  saveAsUtf8: 'UTF-8 で保存してから、もう一度実行してください',
  noSection: 'テキストはありますが、[セクション] がないため AWS のツールは何も読み取りません',
  putSection:
    '設定の上に [プロファイル名] を書いてください。別の種類のファイルであれば、AWS のファイルを --credentials-file または --config-file で指定してください',
  binary: 'バイナリーデータです (NUL 文字があります)',
  otherFile:
    'AWS のファイルに置き換えるか、--credentials-file または --config-file で指定してください',
  nul: 'NUL 文字があります',
  loneCarriageReturn: 'LF のない CR があります',
  emptyName: '名前が空です',
  controlInName: '制御文字が含まれています',
  nameNotUnicode: 'Unicode として読み取れない文字が含まれています',
  blankAroundName: '先頭または末尾に空白があります',
  bracketInName: '# ; [ ] のいずれかが含まれています (名前の終わりとみなす AWS ツールがあります)',
  defaultName: 'AWS CLI は [DEFAULT] の設定をすべてのプロファイルに適用します',
  protoName:
    '[__proto__] があるファイルからは、AWS SDK for JavaScript がプロファイルを 1 つも読み取れません',
  kindInName: '最初の単語が、AWS のツールではセクションの種類とみなされます',
  badKey: 'すべての AWS ツールで読み取れる設定名ではありません',
  lineBreakInValue: '値に改行が含まれています',
  controlInValue: '値に制御文字が含まれています',
  valueNotUnicode: '値に Unicode として読み取れない文字が含まれています',
  blankAroundValue: '値の先頭または末尾に空白があります',
};
