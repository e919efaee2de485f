/** The lint of the rooms: each rule refuses a deliberate breach, and accepts what it should. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

interface Breach {
  readonly file: string;
  readonly text: string;
  readonly rule: string;
}

const BREACHES: readonly Breach[] = [
  {
    file: 'src/document/breach-up.ts',
    text: "import type { Session } from '../credentials/keys.ts';\nexport type Up = Session;\n",
    rule: 'no-restricted-imports',
  },
  {
    file: 'src/session/breach-act.ts',
    text: "export { store } from '../store/index.ts';\n",
    rule: 'no-restricted-imports',
  },
  {
    file: 'src/store/breach-aside.ts',
    text: "export { openScreen } from '../system/screen.ts';\n",
    rule: 'no-restricted-imports',
  },
  {
    file: 'src/commands/breach-door.ts',
    text: "export { main } from '../main.ts';\n",
    rule: 'no-restricted-imports',
  },
  {
    file: 'src/profiles/breach-node.ts',
    text: "export { readFileSync } from 'node:fs';\n",
    rule: 'no-restricted-imports',
  },
  {
    file: 'src/setup/breach-effect.ts',
    text: "export { spawn } from 'node:child_process';\n",
    rule: 'no-restricted-imports',
  },
  {
    file: 'src/aws/breach-clock.ts',
    text: 'export const started = Date.now();\n',
    rule: 'no-restricted-syntax',
  },
  {
    file: 'src/output/breach-process.ts',
    text: 'export const env = process.env;\n',
    rule: 'no-restricted-globals',
  },
  {
    file: 'src/session/breach-process.ts',
    text: 'export const env = process.env;\n',
    rule: 'no-restricted-globals',
  },
  {
    file: 'src/commands/breach-library.ts',
    text: "export { default } from 'proper-lockfile';\n",
    rule: 'house/library-homes',
  },
  {
    file: 'src/store/breach-circle.ts',
    text: "export type { Again } from './breach-circle.ts';\n",
    rule: 'house/no-cycle',
  },
];

/** Lints texts as if they were those files: nothing is written where others read the sources. */
const LINT = `
  import { ESLint } from 'eslint';
  import tseslint from 'typescript-eslint';
  let input = '';
  for await (const chunk of process.stdin) input += chunk;
  const eslint = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] });
  const answers = [];
  for (const { file, text } of JSON.parse(input)) {
    const [result] = await eslint.lintText(text, { filePath: file });
    answers.push(result.messages.map(({ ruleId }) => ruleId));
  }
  console.log(JSON.stringify(answers));
`;

test('each breach is refused by its rule', () => {
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', LINT], {
    cwd: path.join(__dirname, '../..'),
    encoding: 'utf8',
    input: JSON.stringify(BREACHES),
  });
  const refused = JSON.parse(stdout) as string[][];
  expect(BREACHES.map(({ file }, index) => [file, refused[index]])).toEqual(
    BREACHES.map(({ file, rule }) => [file, [rule]]),
  );
});
