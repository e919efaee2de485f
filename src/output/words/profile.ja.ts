/** Exit 4, the profile is not usable, in Japanese. */
import { lineWords } from './place.ts';
import { isTokenCode } from '../../aws/mfa-device.ts';
import { pasted, pastedName } from '../pasted.ts';
import { spellInvisible } from '../printable.ts';
import { beginsWithOddHyphen } from '../../profiles/names.ts';
import { japanese as ofOutput } from '../words.ja.ts';
import type { Of, Translated } from './entry.ts';
import { otherSources } from './profile.ts';
import type { profile } from './profile.ts';

export const japanese: Translated<typeof profile> = {
  'no-such-profile': (problem) =>
    isTokenCode(problem.profile)
      ? [
          'プロファイル名ではなく、6 桁の MFA コードのようです',
          'MFA コードは --token-code で指定してください',
        ]
      : [
          `プロファイル ${problem.profile} は ${problem.credentialsFile} にも ${problem.configFile} にもありません`,
          hintOf(problem),
        ],
  'no-long-term-key': (problem) => [
    `プロファイル ${problem.profile} のアクセスキーが ${problem.credentialsFile} にありません (Unable to locate credentials)`,
    hintOf(problem),
  ],
  'odd-key': ({ profile, key, path, line, character, cause }) => [
    character === undefined
      ? `プロファイル ${profile} の ${key} は AWS のキーではありません (${path} の ${line} 行目)`
      : `プロファイル ${profile} の ${key} に、キーには使われない${character}が含まれています (${path} の ${line} 行目)`,
    cause,
  ],
  'misnamed-key': ({ profile, path, line, written, meant }) => [
    `プロファイル ${profile} に ${meant} がありません: ${path} の ${line} 行目の ${written} は AWS のツールに無視されます (Unable to locate credentials)`,
    `${meant} と書いてください`,
  ],
  'other-sign-in': ({ profile, way }) =>
    ({
      sso: [
        `プロファイル ${profile} は長期的なアクセスキーではなく IAM Identity Center (SSO) を使います`,
        `MFA セッションは不要です。サインインして、このプロファイルをそのまま使ってください: aws sso login --profile ${pasted(profile)}`,
      ],
      login: [
        `プロファイル ${profile} は長期的なアクセスキーではなく aws login (login_session) を使います`,
        `MFA セッションは不要です。サインインして、このプロファイルをそのまま使ってください: aws login --profile ${pasted(profile)}`,
      ],
      'web-identity': [
        `プロファイル ${profile} は長期的なアクセスキーではなく web_identity_token_file を使います`,
        'MFA セッションは不要です。このプロファイルをそのまま使ってください',
      ],
      machine: [
        `プロファイル ${profile} は長期的なアクセスキーではなく実行環境の認証情報 (credential_source) を使います`,
        'MFA セッションは不要です。このプロファイルをそのまま使ってください',
      ],
    })[way] as [string, string],
  'half-a-key': ({ profile, missing, toSetUp }) => [
    `プロファイル ${profile} にはアクセスキー ID だけがあり、${missing} がありません`,
    toSetUp ? keyHint(profile) : `両方を保存するには: mfa-profile init ${pastedName(profile)}`,
  ],
  'source-is-a-session': ({ profile, credentialsFile, isAdoptable }) => [
    `プロファイル ${profile} にあるのは長期的なアクセスキーではなくセッションです (${credentialsFile})`,
    isAdoptable ? adopt(profile) : '長期的なアクセスキーがあるプロファイルを指定してください',
  ],
  'no-device': ({ profile, isDeclined }) => [
    `プロファイル ${profile} に MFA デバイスが設定されていません`,
    isDeclined
      ? `設定ファイルに mfa_serial を書くか、--serial-number で指定してください。あとで検索するには: mfa-profile init ${pastedName(profile)}`
      : `mfa_serial を設定するか --serial-number で指定するか、次を実行してください: mfa-profile init ${pastedName(profile)}`,
  ],
  'role-loop': ({ profiles }) => [
    `ロールの参照が循環しています: ${profiles.join(' -> ')}`,
    'いずれかの source_profile に、長期的なアクセスキーがあるプロファイルを指定してください',
  ],
  'bad-setting': ({ setting, profile, reason, hint, value, at }) => [
    (/^(?:AWS_|--)/.test(setting)
      ? `${setting} を使用できません: ${reason}`
      : `プロファイル ${profile} の ${setting} を使用できません: ${reason}`) +
      lineWords({ setting, value, at }, ofOutput),
    hint,
  ],
  'long-term-key-in-the-way': ({ session, credentialsFile }) => [
    `[${session}] に長期的なアクセスキーがあるため、上書きしません (${credentialsFile})`,
    'セクション名を変更するか、--session-profile または session_profile で別の保存先を指定してください',
  ],
  'bad-session-name': ({ session, reason, at }) => [
    `プロファイル ${JSON.stringify(session)} にはセッションを保存できません: ${reason}${lineWords({ setting: 'session_profile', at }, ofOutput)}`,
    '--session-profile または session_profile で別の名前を指定してください',
  ],
  'unquotable-value': ({ variable, format }) => [
    `${variable} の値に、--format ${format} では表せない文字が含まれています`,
    '~/.aws/config または ~/.aws/credentials の値を確認するか、exec または --format json を使ってください',
  ],
};

function hintOf(problem: Of<'no-such-profile'> | Of<'no-long-term-key'>): string {
  const { kind, profile, credentialsFile, refusedLine, sources } = problem;
  if (refusedLine !== undefined) {
    return `まず ${credentialsFile} の ${refusedLine} 行目を直してください: AWS CLI はこのファイルをまったく読みません`;
  }
  if (problem.isAdoptable) return adopt(profile);
  if (kind === 'no-such-profile') {
    const { similar } = problem;
    if (similar.length > 0) return `もしかして: ${similar.map(spellInvisible).join('、')}`;
    if (beginsWithOddHyphen(profile)) return ofOutput.plainHyphens;
  }
  if (problem.toSetUp) return keyHint(profile);
  const make = kind === 'no-such-profile' ? '作成するには' : '長期的なアクセスキーを保存するには';
  return (
    othersHint(profile, sources) ??
    withOthers(profile, sources, `${make}: mfa-profile init ${pastedName(profile)}`)
  );
}

const adopt = (profile: string): string =>
  `aws-mfa の形式で保存されたキーがあります。引き継ぐには: mfa-profile init ${pastedName(profile)} --from aws-mfa`;

function keyHint(profile: string): string {
  return `端末で実行すると、アクセスキーを入力できます。IAM コンソールの CSV ファイルを使うには: mfa-profile init ${pastedName(profile)} --from FILE.csv`;
}

function othersHint(profile: string, sources: readonly string[] | undefined): string | undefined {
  const [first, ...rest] = profile === 'default' ? otherSources(profile, sources) : [];
  return first === undefined
    ? undefined
    : `アクセスキーのあるプロファイル: ${[first, ...rest].join('、')}。いずれかを指定してください (例: --profile ${pasted(first)})`;
}

function withOthers(profile: string, sources: readonly string[] | undefined, hint: string): string {
  const names = otherSources(profile, sources);
  return names.length === 0 ? hint : `アクセスキーのあるプロファイル: ${names.join('、')}。${hint}`;
}
