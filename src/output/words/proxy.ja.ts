/** Exit 6, the proxy, in Japanese. */
import type { Translated } from './entry.ts';
import type { proxy } from './proxy.ts';
import { ofNetwork } from './system.ja.ts';

export const japanese: Translated<typeof proxy> = {
  'bad-proxy': ({ variable }) => [
    `${variable} がプロキシの URL ではありません (http または https)`,
    `${variable} を解除するか、次のように設定してください: ${variable}=http://proxy.example.com:8080`,
  ],
  'proxy-failed': ({ proxy, variable, code, schemes }) => {
    if (code === 'HTTP 407' && schemes !== undefined && !/\bBasic\b/i.test(schemes)) {
      return [
        `${variable} のプロキシ ${proxy} の認証方式は ${schemes} だけで、このプログラムも AWS CLI も対応していません (HTTP 407)`,
        `cntlm や px などの対応するローカルプロキシを動かして指定してください: ${variable}=http://127.0.0.1:3128`,
      ];
    }
    if (code === 'HTTP 407') {
      return [
        `プロキシ ${proxy} にユーザー名とパスワードが必要か、${variable} の値が拒否されました (HTTP 407)`,
        `ユーザー名とパスワードを URL に含めてください (@ は %40、: は %3A): ${variable}=http://USER:PASSWORD@HOST:PORT`,
      ];
    }
    return code.startsWith('HTTP')
      ? [
          `プロキシ ${proxy} が AWS への接続を拒否しました (${code})`,
          'プロキシの管理者に接続の許可を依頼するか、接続先のホスト名を NO_PROXY に設定してください',
        ]
      : [
          `${variable} のプロキシ ${proxy} に接続できません: ${ofNetwork(code)}`,
          `${variable} を確認するか、プロキシが不要なホスト名を NO_PROXY に設定してください`,
        ];
  },
};
