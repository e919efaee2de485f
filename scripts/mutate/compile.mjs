/** Which mutants the compiler refuses: nobody could build them, so no test has to notice them. */
import path from 'node:path';
import ts from 'typescript';

/**
 * @param root the folder of the tree
 * @param texts the sources as they are, by their names in the tree
 * @returns a function that gives those of `mutants` that compile
 */
export function makeCompiler(root, texts) {
  const config = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const replaced = new Map();
  let version = 0;
  const nameOf = (file) => path.relative(root, file).split(path.sep).join('/');
  const service = ts.createLanguageService({
    // What a mutant leaves unused, or never reached, is not its fault.
    getCompilationSettings: () => ({
      ...options,
      noEmit: true,
      allowUnreachableCode: true,
      noUnusedLocals: false,
      noUnusedParameters: false,
    }),
    getScriptFileNames: () => [...texts.keys()].map((name) => path.join(root, name)),
    getScriptVersion: (file) => (replaced.has(nameOf(file)) ? String(version) : '0'),
    getScriptSnapshot: (file) => {
      const text = replaced.get(nameOf(file)) ?? texts.get(nameOf(file)) ?? ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
  const isRefused = (name) => {
    const file = path.join(root, name);
    return [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)].some(
      ({ category }) => category === ts.DiagnosticCategory.Error,
    );
  };

  return function thatCompile(mutants) {
    const good = [];
    let waiting = [...mutants];
    // One mutant a file at a time: an error is that of the mutant in its file.
    while (waiting.length > 0) {
      version += 1;
      replaced.clear();
      const round = [];
      const later = [];
      for (const mutant of waiting) {
        if (replaced.has(mutant.fileName)) later.push(mutant);
        else {
          replaced.set(mutant.fileName, withMutant(texts.get(mutant.fileName), mutant));
          round.push(mutant);
        }
      }
      good.push(...round.filter(({ fileName }) => !isRefused(fileName)));
      waiting = later;
    }
    const kept = new Set(good);
    return mutants.filter((mutant) => kept.has(mutant));
  };
}

/** Where a mutant stands in the text of its file: the offsets of its first and last character. */
export function spanOf(text, { location: { start, end } }) {
  const lines = text.split('\n');
  const offset = ({ line, column }) =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + column;
  return [offset(start), offset(end)];
}

function withMutant(text, mutant) {
  const [from, to] = spanOf(text, mutant);
  return text.slice(0, from) + mutant.replacement + text.slice(to);
}
