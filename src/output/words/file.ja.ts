/** Exit 4 and 7, a file cannot be read, locked or written, in Japanese. */
import type { Translated } from './entry.ts';
import type { file } from './file.ts';
import { ofFile } from './system.ja.ts';

export const japanese: Translated<typeof file> = {
  'unparsable-file': ({ path, line, reason }) => [
    `${path} の ${line} 行目: ${reason}`,
    'ファイルは変更していません。エディターでこの行を直してから、もう一度実行してください',
  ],
  'unreadable-file': ({ path, code }) => [
    `${path} を読み取れません: ${ofFile(code)}`,
    '自分のファイルかどうかを確認してください: ls -l',
  ],
  'lock-held': ({ lock, seconds }) => [
    `別のプログラムがロックを使用中です (${seconds} 秒待機)。認証情報ファイルは変更していません: ${lock}`,
    'ほかに mfa-profile が動いていなければ、ロックを削除してから、もう一度実行してください',
  ],
  'unwritable-file': ({ path, code }) => [
    `${path} に書き込めません: ${ofFile(code)}。ファイルは変更していません`,
    code === 'ENOSPC' || code === 'EDQUOT'
      ? '空き容量を確保してから、もう一度実行してください'
      : 'ファイルとフォルダーのアクセス権を確認してください',
  ],
  'file-keeps-changing': ({ path }) => [
    `別のプログラムが ${path} を繰り返し書き換えています`,
    'そのプログラムが終わってから、もう一度実行してください',
  ],
};
