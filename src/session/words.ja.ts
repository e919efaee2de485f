/** What is said while a session is got, in Japanese. */
import { pasted, pastedName } from '../output/pasted.ts';
import type { OriginChange } from '../credentials/origin.ts';
import { formatLength, formatSeconds } from '../output/japanese-time.ts';
import type { Translation } from '../problems/text.ts';
import type { english } from './words.ts';

const PARTS: Readonly<Record<OriginChange, string>> = {
  'access key': 'アクセスキー',
  role: 'ロール',
  'external ID': '外部 ID',
  'role session name': 'ロールセッション名',
  'source profile': '元のプロファイル',
  'MFA device': 'MFA デバイス',
  account: 'アカウント',
};

export const japanese: Translation<typeof english> = {
  askCode: (profile, serial) => `${profile} の MFA コード (${serial})`,
  codeUsed: 'このコードは使用済みです。次のコードが表示されるまで待ってください',
  lastCodeUsed: (serial) =>
    `${serial} の直前のコードは使用済みです。次のコードが表示されてから入力してください`,
  codeRejected: (left) =>
    `AWS がこのコードを受け付けませんでした: 誤り、期限切れ、または使用済みです (あと ${left} 回)`,
  waitAfterUse: (serial, seconds) =>
    `${serial} のコードは使用済みのため、次のコードを待っています (${seconds} 秒)`,
  waitAfterRejection: (serial, seconds) =>
    `AWS が ${serial} のコードを受け付けなかったため (誤り、または使用済み)、次のコードを待っています (${seconds} 秒)`,
  stdinHasNoCode: '標準入力に 6 桁の MFA コードがありません',
  waitForLock: (lock) => `別のプログラムがロックを使用中のため、待っています: ${lock}`,
  waitForSession: (session) => `別の mfa-profile が ${session} を取得中のため、待っています`,
  changed: (session, profile, part) =>
    `${session} は取り直しが必要です: 取得した後に、${profile} の${PARTS[part].startsWith('MFA') ? ' ' : ''}${PARTS[part]}が変わりました`,
  waitForNoLock: (path) => `ロックの場所に別のものがあるため、削除されるのを待っています: ${path}`,
  noLock: (file) => `ロックを作成できません。ほかのプログラムで同時に変更しないでください: ${file}`,
  shared: (path, others) =>
    `このマシンのほかのユーザーが${others === 'write' ? '書き込めます' : '読めます'}。認証情報は別の場所に置いてください: ${path}`,
  foreign: (path, owner) => `別のユーザー (uid ${owner}) のものです: ${path}`,
  misnamed: (file, line, written, meant) =>
    `${file} の ${line} 行目: ${written} は AWS のツールに無視されます。${meant} と書いてください`,
  unstored: (session, why) => `${session} を保存できなかったため、今回の実行だけで使います: ${why}`,
  openToOthers: (path, mode) =>
    `${path} をほかのユーザーが読める状態です。次を実行してください: chmod ${mode} ${pasted(path)}`,
  lookalike: (file, line, header, profile, wanted) =>
    `${file} の ${line} 行目: AWS のツールは [${header}] を ${profile} のプロファイルとして読み取りません。[${wanted}] に変更してください`,
  oddName: (name) =>
    `プロファイル ${JSON.stringify(name)} を読み取れない AWS SDK があります。英数字と _ . / % @ - だけの名前なら、どのツールでも使えます`,
  finding: (file, line, what) => `${file} の ${line} 行目: ${what} (詳細: mfa-profile doctor)`,
  commentInValue: (file, line, key) =>
    `${file} の ${line} 行目: ${key} の値の後ろのコメントは値の一部になります。コメントは別の行に書いてください`,
  readable: (endpoint) =>
    `${endpoint} との通信は TLS で保護されていません。MFA コードとセッションが経路上で盗み見られる可能性があります`,
  clock: (seconds) =>
    `このマシンの時計は AWS より ${formatSeconds(Math.abs(seconds))}${seconds > 0 ? '進んで' : '遅れて'}います。時計を合わせてください`,
  roleTooLong: (role, longest) =>
    `${role} はロールのため、セッションの有効期間は最長 ${longest} 秒 (${formatLength(longest)}) です`,
  durationOfVariable:
    'MFA_PROFILE_DURATION の値が長すぎます。このコマンドには --duration で別の値を指定してください (例: 1h)',
  outOfBounds: (least, most) => `${least} から ${most} の範囲の整数で指定してください`,
  givesSession:
    'セッションが出力されましたが、STS がセッションを発行するのは長期的なアクセスキーに対してだけです',
  notInStore: '項目がありません',
  asksItself: '同じプロファイルのアクセスキーを mfa-profile に問い合わせています',
  runByHand: (profile) =>
    `コマンドを手動で実行して確認するか、credential_process を削除して次を実行してください: mfa-profile init ${pastedName(profile)}`,
  commentInSetting: '値の後のコメントは値の一部として読まれます。別の行に移してください',
  quotesInSetting: '引用符は値の一部として読まれます。取り除いてください',
  inSeconds: '秒数で書いてください (12 時間は 43200)',
  noRoleArn: 'ロールの ARN ではありません',
  badRoleSessionName: 'A-Z a-z 0-9 _+=,.@- の 2 文字から 64 文字で指定してください',
  badExternalId: 'A-Z a-z 0-9 _+=,.@:/- の 2 文字から 1224 文字で指定してください',
  noSource: (name) => `プロファイル ${name} がありません`,
  tooManySources: (most) =>
    `連鎖するロールが ${most} 個を超えています。ロールごとに AWS の呼び出しが必要です`,
  sourceMissing: '設定されていません。ロールは別のプロファイルのセッションで引き受けます',
  didYouMean: (names) => `もしかして: ${names.join('、')}`,
  sources: (names) => `アクセスキーがあるプロファイル: ${names.join('、')}`,
  chained: (role, given, wanted, source) =>
    `${role} の有効期間は ${formatLength(wanted)}ではなく ${formatLength(given)}です (${source} のセッションを使うロールの連鎖では AWS の上限が 3600 秒)`,
  cappedBySession: (role, given, wanted, source) =>
    `${role} の有効期間は ${formatLength(wanted)}ではなく ${formatLength(given)}です (${source} のセッションで引き受けるロールでは AWS の上限が 3600 秒。role_via = direct にすると、ロールごとにコードを入力して長くできます)`,
  cappedUnasked: (role, given, wanted, source) =>
    `${role} の有効期間は ${formatLength(wanted)}ではなく ${formatLength(given)}です (${source} のセッションで引き受けるロールでは AWS の上限が 3600 秒。MFA コードを入力できません)。次を実行してください: mfa-profile refresh ${pastedName(role)} --force`,
  badPrompt: 'auto、terminal、window、none のいずれかを指定してください',
  badRoleVia: 'session または direct を指定してください',
  minTtlTooLong: (profile, least, whole) =>
    `--min-ttl (${formatLength(least)}) は、${profile} の新しいセッションの有効期間 (${formatLength(whole)}) より短く指定してください`,
  shortenMinTtl:
    '--min-ttl を短くするか、--duration または duration_seconds でセッションを長くしてください',
  tooShortSession: (profile, given, wanted, least) =>
    `AWS が発行した ${profile} のセッションの有効期間は、要求した ${formatLength(wanted)}ではなく ${formatLength(given)}です。--min-ttl の ${formatLength(least)}に足りません`,
  shortSession: (profile, given, wanted) =>
    `AWS が発行した ${profile} のセッションの有効期間は、要求した ${formatLength(wanted)}ではなく ${formatLength(given)}です`,
  doubtfulSerial: (serial, reason, suggestion) =>
    `mfa_serial ${serial}: ${reason}。もしかして: ${suggestion}`,
  findDevice: (profile) => `MFA デバイスを検索するには: mfa-profile init ${pastedName(profile)}`,
  sameAsSource: '元のプロファイルと同じ名前です',
  sharedWithRole: (role) => `それを使って引き受けるロール ${role} のセッションも同じ名前です`,
};
