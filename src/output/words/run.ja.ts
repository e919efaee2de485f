/** The command line, the program that exec runs and the scheduler, in Japanese. */
import type { Translated } from './entry.ts';
import type { run } from './run.ts';
import { ofFile, ofStart } from './system.ja.ts';

export const japanese: Translated<typeof run> = {
  usage: ({ message, hint }) => [message, hint],
  'scheduler-failed': ({ command, how }) => [
    `${command} を実行できませんでした: ${how}`,
    '何も変更していません。--install なしで実行し、出力を手動で登録してください',
  ],
  'program-not-runnable': ({ program, code }) => [`${program} を実行できません: ${ofStart(code)}`],
  'program-not-found': ({ program, isShell, isWindows }) => [
    /[/\\]/.test(program)
      ? `プログラム "${program}" がありません`
      : `コマンド "${program}" が PATH にありません`,
    isShell
      ? '環境変数 SHELL の値です。使っているシェルに直すか、シェルを指定してください: mfa-profile exec NAME -- sh'
      : `-- の後にはプログラムと引数を指定してください。エイリアスは元のコマンドで指定してください。パイプラインの場合: -- ${isWindows ? 'cmd /c' : 'sh -c'} "..."`,
  ],
  'output-failed': ({ code }) => [
    `標準出力に書き込めません: ${ofFile(code)}`,
    '出力する内容は失われましたが、認証情報ファイルに問題はありません',
  ],
  interrupted: () => ['中断しました'],
};
