/** The words of `status` in Japanese. */
import type { Help } from '../../cli/help.ts';
import { formatSeconds } from '../../output/japanese-time.ts';
import type { Translation } from '../../problems/text.ts';
import type { Own } from './command.ts';
import type { english, TableWords } from './words.ts';

export const help: Help<Own> = {
  summary: 'セッションの一覧と有効期限を表示',
  options: {
    check: '何も表示せず、有効でないセッションがあれば終了コード 3',
    watch: '1 秒ごとに再表示 (q または Ctrl-C で終了)',
    notify: '--watch と併用: 期限が近づくとデスクトップに通知',
    'session-profile': '一覧に表示するセッション用プロファイル',
    'min-ttl': '残り時間がこれより短ければ期限間近と表示 (デフォルト: 5m)',
  },
  examples: [
    ['mfa-profile status', 'すべてのプロファイルとセッション'],
    ['mfa-profile status --check prod', 'スクリプト用'],
  ],
};

/** No character of ambiguous width: what stands in columns has to line up. */
export const TABLE: TableWords = {
  headings: ['プロファイル', 'セッション', '状態', '有効期限', '残り'],
  inThisShell: '使用中',
  states: {
    valid: '有効',
    expiring: '期限間近',
    expired: '期限切れ',
    stale: '要再取得',
    missing: '未取得',
    unknown: '不明',
  },
  left: (until, now) => formatSeconds((until - now) / 1000),
  ago: (until, now) => `${formatSeconds((now - until) / 1000)}前`,
  signs: { cut: '..', full: '#', empty: '-' },
};

export const japanese: Translation<typeof english> = {
  notBoth: (other) => `--watch と --${other} は同時に指定できません`,
  notifyNeedsWatch: '--notify は --watch と併用してください',
  nothingToShow:
    'セッションも、MFA デバイスを設定したプロファイルもありません。設定するには: mfa-profile init',
  more: (count) => `ほか ${count} 件`,
  quit: 'q で終了',
  endsIn: (session, until, now) =>
    `${session} はあと ${formatSeconds((until - now) / 1000)}で期限切れになります`,
  beyondSts: (session, seconds) =>
    `${session} の残り時間は ${formatSeconds(seconds)}ですが、STS のセッションは最長 36 時間です。このマシンの時計を確認してください`,
  expired: (session) => `${session} が期限切れになりました`,
};
