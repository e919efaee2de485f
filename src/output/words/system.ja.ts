/** What the system's error codes mean, in Japanese; the code itself stays for those who search. */

/** Of a file. */
const FILE: Readonly<Record<string, string>> = {
  EACCES: 'アクセス権がありません',
  EPERM: '許可されていない操作です',
  EBUSY: '別のプログラムが開いています',
  EROFS: '読み取り専用のファイルシステムです',
  ENOSPC: 'ディスクの空き容量がありません',
  EDQUOT: 'ディスクの割り当て容量を超えました',
  EISDIR: 'ファイルではなくフォルダーです',
  ENOENT: 'ファイルがありません',
  NOT_PEM: 'PEM 形式の証明書がありません',
  ENOTDIR: 'パスの途中にフォルダーではないものがあります',
  ELOOP: 'シンボリックリンクが多すぎます',
  ENAMETOOLONG: '名前が長すぎます',
  EFTYPE: '通常のファイルではありません',
  EFBIG: 'このプロセスが書き込める大きさを超えます (ulimit -f)',
  EIO: '入出力エラーです',
  ENOSYS: 'このファイルシステムでは安全な書き込みができません',
  EMLINK: 'フォルダーの中にこれ以上フォルダーを作れません',
  EMFILE: '開いているファイルが多すぎます',
  ENFILE: 'システム全体で開いているファイルが多すぎます',
  ERR_FS_FILE_TOO_LARGE: '64 MB を超えています',
  ETIMEDOUT: 'パイプの相手のプログラムの書き込みが終わりませんでした',
  EDEADLK: 'ファイルの内容がクラウドにしかありません',
  LINK_OF_ANOTHER: '別のユーザーが作ったリンクの先にあります',
  LINK_TO_NOWHERE: '存在しないフォルダーへのリンクです',
};

/** Of a program that is to be started. */
const START: Readonly<Record<string, string>> = {
  EACCES: '実行するアクセス権がありません',
  ENOENT: '1 行目に指定されたインタープリターがありません',
  ENOEXEC: '実行できる形式のファイルではありません',
  E2BIG: '引数と環境変数が長すぎます',
  EINVAL: 'バッチファイルには改行を含む引数を渡せません',
};

/** Of a connection. */
const NETWORK: Readonly<Record<string, string>> = {
  ENOTFOUND: '名前を解決できません',
  EAI_AGAIN: '名前を解決できません',
  ECONNREFUSED: '接続を拒否されました',
  ECONNRESET: '接続が切断されました',
  EHOSTUNREACH: '到達できる経路がありません',
  ENETUNREACH: 'ネットワークに接続していません',
  EPROTO: 'TLS に対応していません',
  ERR_SSL_WRONG_VERSION_NUMBER: 'TLS に対応していません',
  ETIMEDOUT: '応答がありません',
};

/** Names of our own, which nobody can look up. */
const NO_SYSTEM_CODES = ['NOT_PEM', 'LINK_TO_NOWHERE', 'LINK_OF_ANOTHER'];

function withCode(words: string | undefined, code: string): string {
  if (words === undefined) return code;
  return NO_SYSTEM_CODES.includes(code) ? words : `${words} (${code})`;
}

export const ofFile = (code: string): string => withCode(FILE[code], code);
export const ofStart = (code: string): string => withCode(START[code] ?? FILE[code], code);
export const ofNetwork = (code: string): string => withCode(NETWORK[code], code);
