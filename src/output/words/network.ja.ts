/** Exit 6, AWS could not be reached, in Japanese. */
import type { Translated } from './entry.ts';
import type { network } from './network.ts';
import { ofNetwork } from './system.ja.ts';

const CODE_MAY_BE_SPENT =
  'MFA コードは使用済みになった可能性があります。次に表示されるコードを使ってください';

const ofSystem = (proxy: string | undefined): string | undefined =>
  proxy &&
  `OS の設定にプロキシがあります。AWS CLI は使いますが、mfa-profile は使いません。HTTPS_PROXY に次のアドレスを設定してください: ${proxy}`;

export const japanese: Translated<typeof network> = {
  unreachable: ({ endpoint, code, systemProxy }) => [
    `${endpoint} に接続できません: ${ofNetwork(code)}`,
    ofSystem(systemProxy) ??
      'ネットワークを確認してください。プロキシ経由の場合は HTTPS_PROXY と NO_PROXY を設定してください',
  ],
  'untrusted-certificate': ({ endpoint, code }) => [
    `${endpoint} の証明書を信頼できません (${code}、AWS CLI では CERTIFICATE_VERIFY_FAILED)`,
    certificateHint(endpoint, code),
  ],
  'timed-out': ({ endpoint, phase, codeSent, systemProxy }) =>
    phase === 'connect'
      ? [
          `${endpoint} への接続がタイムアウトしました`,
          ofSystem(systemProxy) ??
            'ネットワークとプロキシを確認するか、--cli-connect-timeout で待ち時間を延ばしてください',
        ]
      : [
          `${endpoint} が時間内に応答しませんでした`,
          codeSent
            ? CODE_MAY_BE_SPENT
            : 'もう一度実行するか、--cli-read-timeout で待ち時間を延ばしてください',
        ],
  'answer-lost': ({ endpoint, codeSent }) => [
    `${endpoint} の応答を受け取る前に接続が切断されました`,
    codeSent ? CODE_MAY_BE_SPENT : 'もう一度実行してください',
  ],
  throttled: ({ endpoint, tries, waitSeconds }) => [
    `リクエストが多すぎるため、${endpoint} に ${tries} 回拒否されました (Throttling)`,
    waitSeconds === undefined
      ? '1 分ほど待ってから、もう一度実行してください'
      : `${waitSeconds} 秒待ってから、もう一度実行してください`,
  ],
  'bad-answer': ({ endpoint, what, codeSent, of }) => [
    `${endpoint} の応答が ${of === 'sign-in' ? 'AWS のサインイン' : 'STS '}のものではありません: ${what}`,
    codeSent
      ? `--endpoint-url とプロキシを確認してください。${CODE_MAY_BE_SPENT}`
      : '--endpoint-url とプロキシを確認してください',
  ],
};

function certificateHint(endpoint: string, code: string): string {
  if (/^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/.test(code)) {
    return 'このマシンの時計を確認してください。その時刻では、証明書が期限切れか有効期間の開始前です';
  }
  const { hostname, port } = new URL(endpoint);
  return (
    '社内プロキシが通信を復号する環境では、会社の CA 証明書 (PEM) を --ca-bundle、ca_bundle、AWS_CA_BUNDLE のいずれかで指定してください' +
    `。証明書を表示するには: openssl s_client -showcerts -connect ${hostname}:${port || 443}`
  );
}
