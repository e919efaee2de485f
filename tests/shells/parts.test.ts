/** A shell has all of its parts, and nothing that its oldest version does not know. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { COMPLETION_SCRIPTS } from '../../src/shells/completions.ts';
import { renderHook } from '../../src/shells/hooks.ts';
import { SHELLS } from '../../src/shells/names.ts';

const ROOT = path.join(__dirname, '../..');
const ROOM = path.join(ROOT, 'src/shells');
const OPTIONS = {
  platform: 'linux',
  profile: undefined,
  credentialsFile: undefined,
  configFile: undefined,
  minTtlSeconds: 300,
  refreshOptions: [],
  givenOptions: [],
};

/** Parsed once, for every program that is compiled here. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** The files of the room that do not compile if names.ts is another text. */
function filesThatFail(change: (names: string) => string): string[] {
  const config = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), (file) =>
    readFileSync(file, 'utf8'),
  );
  const { options } = ts.convertCompilerOptionsFromJson(
    (config.config as { compilerOptions: object }).compilerOptions,
    ROOT,
  );
  const host = ts.createCompilerHost({ ...options, types: [] });
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) => {
    if (path.resolve(file) === path.join(ROOM, 'names.ts'))
      return ts.createSourceFile(file, change(readFileSync(file, 'utf8')), ts.ScriptTarget.ES2023);
    if (!parsed.has(file)) parsed.set(file, read(file, ...rest));
    return parsed.get(file);
  };
  const roots = readdirSync(ROOM)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(ROOM, name));
  const program = ts.createProgram(roots, { ...options, types: [] }, host);
  const failing = roots.filter(
    (root) => program.getSemanticDiagnostics(program.getSourceFile(root)).length > 0,
  );
  return failing.map((file) => path.basename(file)).sort();
}

test('a shell or a format without one of its parts does not compile', () => {
  expect(filesThatFail((names) => names)).toEqual([]);
  const withOneMore = (type: string) =>
    filesThatFail((names) =>
      names.replace(new RegExp(`,?\\s*\\] as const;\\nexport type ${type}`), ", 'made-up'$&"),
    );
  expect(withOneMore('ShellName')).toEqual(['caller.ts', 'completions.ts', 'hooks.ts']);
  expect(withOneMore('ShellFormat')).toEqual(['formats.ts']);
});

/** What macOS's bash 3.2 does not know (the changes in bash's CHANGES, 4.0 to 5.3). */
const SINCE_BASH_4 = [
  [/\bcompopt\b/, 'compopt'],
  [/\b(?:mapfile|readarray|coproc)\b/, 'mapfile, readarray, coproc'],
  [/\$\{[^}]*\[\s*-\d/, 'a negative index'],
  [/\$\{\w+(?:\[[^\]]*\])?:\s*-?\d+:\s*-\d/, 'a negative length'],
  [/\$\{[^}]*@[A-Za-z]\}/, '${x@Q}'],
  [/\$\{\w+(?:\[[^\]]*\])?(?:\^|,)/, 'changes of case'],
  [/\b(?:declare|local|typeset)\s+-[a-z]*[Agnlu]/, 'declare -A, -g, -n, -l, -u'],
  [/\|&|&>>|;;&|;&/, '|&, &>>, ;;&'],
  [/\[\[[^\n\]]*\s-v\s/, '[[ -v'],
  [/\bwait -n\b|\bread -[a-z]*[iN]\b/, 'wait -n, read -i, read -N'],
  [/\bprintf [^\n]*%\([^)]*\)T(?![^\n]*\|\|)/, 'printf %()T without a way round'],
  [/\$\{?EPOCH(?:SECONDS|REALTIME)\}?(?!-)/, 'EPOCHSECONDS without a way round'],
] as const;

const BASH_TEXTS = [
  COMPLETION_SCRIPTS.bash,
  ...[true, false].map((both) =>
    renderHook('bash', { ...OPTIONS, prompt: both, eachPrompt: both }),
  ),
];

test.each(SINCE_BASH_4)('bash 3.2: the texts are without %s (%s)', (pattern) => {
  for (const text of BASH_TEXTS) {
    const code = text.replace(/^\s*#.*$/gm, '').replace(/\\\n\s*/g, ' ');
    expect(code.match(pattern)?.[0]).toBeUndefined();
  }
});

test.each(['compopt -o default', 'x=${words[-1]}', 'mapfile -t x', 'y=${x@Q}', 'local -A m'])(
  'bash 3.2: %s would be found',
  (line) => {
    expect(SINCE_BASH_4.some(([pattern]) => pattern.test(line))).toBe(true);
  },
);

test.each(SHELLS)('the texts for %s are ASCII', (shell) => {
  const hook = renderHook(shell, { ...OPTIONS, prompt: true, eachPrompt: true });
  for (const text of [hook, COMPLETION_SCRIPTS[shell]]) expect(text).toMatch(/^[\x00-\x7f]+$/);
});
