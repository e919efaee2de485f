/** A sentence that a person reads stands in a words file, where each language has it. */
import ts from 'typescript';
import { SOURCES as files, readSource } from '../support/project-files.ts';

/** Texts that are the same in every language, and why. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'provider.ts': 'the errors of the library are English',
  'commands/completion/candidates.ts': 'completion is read by shells: English in every language',
  'commands/refresh/unattended.ts': '--debug is English',
  'commands/schedule/launchd.ts': 'a property list, with comments in ASCII',
  'commands/schedule/systemd.ts': 'a unit, with comments in ASCII',
  'commands/schedule/cron.ts': 'a crontab, with comments in ASCII',
  'commands/schedule/windows.ts': 'a task, with comments in ASCII',
  'commands/init/console-csv.ts': 'the column names of the console’s file',
  'shells/fish/hook.ts': 'a script',
  'shells/posix/hook.ts': 'a script',
  'shells/powershell/hook.ts': 'a script',
  'system/services.ts': 'AppleScript',
  'system/window-drivers.ts': 'AppleScript and PowerShell',
};

/** Names of things, which each language's words translate by a table. */
const NAMES = ['role session name', 'file in the place of a lock'];
/** Of --debug, which is English. */
const DEBUG = ['no request id', ' ms of pauses', 'lock held after '];

/** Every piece of text in a file, with its line; not what an error is made of that nobody words. */
function literals(file: string): [line: number, text: string][] {
  const source = ts.createSourceFile(file, readSource(file), ts.ScriptTarget.Latest, true);
  const found: [number, string][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'Error') return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) {
      found.push([source.getLineAndCharacterOfPosition(node.getStart()).line + 1, node.text]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const SENTENCE = /(?:\b[a-z]{2,}\b[ ,]+){2}[a-z]{2,}\b/;
const isWords = (file: string): boolean =>
  /(?:^|[/-])(?:words|mistakes)\.ts$|output\/words\//.test(file);
const isJapanese = (file: string): boolean => file.endsWith('.ja.ts');

test.each(files.filter((file) => !isWords(file) && !isJapanese(file) && !(file in ELSEWHERE)))(
  '%s has none',
  (file) => {
    const sentences = literals(file).filter(
      ([, text]) => SENTENCE.test(text) && ![...NAMES, ...DEBUG].includes(text),
    );
    expect(sentences).toEqual([]);
  },
);

test.each(files.filter(isJapanese))('%s has none in English', (file) => {
  const japanese = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u;
  const english = literals(file)
    .map(([, text]) => text.replace(/\([^)]*\)|"[^"]*"/g, '').replace(/--[a-z-]+/g, ''))
    .filter((text) => SENTENCE.test(text) && !japanese.test(text))
    // A command line to be pasted.
    .filter((text) => !/^ ?(?:mfa-profile|aws) /.test(text) && !NAMES.includes(text));
  expect(english).toEqual([]);
});

test('what is named as an exception is there', () => {
  for (const file of Object.keys(ELSEWHERE)) expect(files).toContain(file);
});
