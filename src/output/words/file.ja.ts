/** Exit 4 and 7, a file cannot be read, locked or written, in Japanese. */
import { lineWords } from './place.ts';
import { japanese as ofOutput } from '../words.ja.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Translated } from './entry.ts';
import type { file } from './file.ts';
import { lookAt, pasted } from '../pasted.ts';
import { ofFile } from './system.ja.ts';

const OTHER_FILE =
  '--credentials-file (AWS_SHARED_CREDENTIALS_FILE) か --config-file (AWS_CONFIG_FILE) で別のファイルを指定してください';

const CLOUD_DRIVE =
  '端末でファイルを一度読み取るか、フォルダーをクラウドドライブの対象から外してください';

/** What helps against what refuses a write. */
const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: '空き容量を確保してから、もう一度実行してください',
  EDQUOT: '不要なファイルを削除するか、ディスク割り当ての拡大を依頼してください',
  EFBIG: '制限を緩めてから、もう一度実行してください: ulimit -f unlimited',
  EROFS: OTHER_FILE,
  EFTYPE: OTHER_FILE,
  EISDIR: OTHER_FILE,
  EIO: 'ディスクを確認してから、もう一度実行してください',
  ENOSYS: OTHER_FILE,
  ENAMETOOLONG: 'ファイル名またはパスを短くしてください',
  EMLINK: 'そのフォルダーからフォルダーを減らして、もう一度実行してください',
  EMFILE: '制限を緩めてから、もう一度実行してください: ulimit -n 1024',
  ENFILE: 'ほかのプログラムを終了してから、もう一度実行してください',
  EDEADLK: CLOUD_DRIVE,
  LINK_OF_ANOTHER: 'リンク先のファイルを直接指定するか、認証情報を自分のフォルダーに置いてください',
  LINK_TO_NOWHERE: 'リンク先のボリュームをマウントするか、フォルダーを作成してください',
};

const READ_HINTS: Readonly<Record<string, string>> = {
  ENOENT: 'パスを確認してください',
  ENOTDIR: 'パスを確認してください',
  EISDIR: 'フォルダーではなくファイルを指定してください',
  EFTYPE: '通常のファイルを指定してください',
  EDEADLK: CLOUD_DRIVE,
  NOT_PEM: 'PEM 形式 (-----BEGIN CERTIFICATE-----) のファイルを指定してください',
};

type ForeignForm = Extract<Problem, { kind: 'foreign-file' }>['form'];

const FORMS: Readonly<Record<ForeignForm, string>> = {
  'git-crypt': ' git-crypt で暗号化されたファイル',
  'ansible-vault': ' ansible-vault で暗号化されたファイル',
  age: ' age で暗号化されたファイル',
  openpgp: ' OpenPGP で暗号化されたファイル',
  json: ' JSON ファイル',
  markup: ' HTML または XML のファイル',
  binary: 'バイナリーデータ',
};

const UNLOCK: Readonly<Partial<Record<ForeignForm, string>>> = {
  'git-crypt': '先にロックを解除してください: git-crypt unlock',
  'ansible-vault': '先に復号してください: ansible-vault decrypt',
  age: '先に復号してください: age --decrypt',
  openpgp: '先に復号してください: gpg --decrypt',
};

export const japanese: Translated<typeof file> = {
  'unparsable-file': ({ path, line, reason, hint }) => [
    `${path} の ${line} 行目: ${reason}`,
    hint ?? 'ファイルは変更していません。エディターでこの行を直してから、もう一度実行してください',
  ],
  'foreign-file': ({ path, form }) => [
    `${path} は${FORMS[form]}です。AWS の設定ファイルではありません`,
    UNLOCK[form] ??
      '正しい認証情報ファイルまたは設定ファイルを --credentials-file または --config-file で指定してください',
  ],
  'unreadable-file': ({ path, code, at }) => [
    `${path} を読み取れません: ${ofFile(code)}${lineWords({ setting: 'ca_bundle', at }, ofOutput)}`,
    READ_HINTS[code] ?? `自分のファイルかどうかを確認してください: ${lookAt(path)}`,
  ],
  'lock-held': ({ lock, seconds, isLock }) =>
    isLock === false
      ? [
          `ロックの場所に、ロックではないものがあります。認証情報ファイルは変更していません: ${lock}`,
          '不要であれば削除してから、もう一度実行してください',
        ]
      : [
          `別のプログラムがロックを使用中です (${seconds} 秒待機)。認証情報ファイルは変更していません: ${lock}`,
          'ほかに mfa-profile が動いていなければ、ロックを削除してから、もう一度実行してください',
        ],
  'unwritable-file': ({ path, code, owner }) =>
    owner === undefined
      ? [
          `${path} に書き込めません: ${ofFile(code)}。ファイルは変更していません`,
          HINTS[code] ?? 'ファイルとフォルダーのアクセス権を確認してください',
        ]
      : [
          `${path} に書き込めません: 別のユーザー (uid ${owner}) のものです。ファイルは変更していません`,
          `所有者を変更してください: sudo chown "$USER" ${pasted(path)}`,
        ],
  'file-keeps-changing': ({ path }) => [
    `別のプログラムが ${path} を繰り返し書き換えています`,
    'そのプログラムが終わってから、もう一度実行してください',
  ],
};
