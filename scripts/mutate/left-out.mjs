/**
 * Mutants that nobody who uses the program can notice: each was read, and says why. They count
 * neither way. docs/tests.md shows the same reasons.
 */

/** Pieces of code of which every change, or those that `becomes` names, leads to the same answers. */
const EQUIVALENT = [
  {
    why: 'a short cut: the slower way behind it gives the same answer',
    places: [
      ['src/document/sections.ts', '!this.isListed && this.#found.size < MOST_SEARCHES'],
      ['src/document/sections.ts', String.raw`/\[[!-Z^-~]+(?: [!-Z^-~]+)*\]\r?\n/y`],
      ['src/document/lines.ts', '(code >= 0x80 || (code >= 65 && code <= 90))', ['true']],
      ['src/output/width.ts', 'ALL_COMMON.test(text)', ['false']],
      ['src/credentials/spellings.ts', String.raw`/^[ !-$'-;>-[\]-~]*$/`],
      ['src/store/leftovers.ts', "name.endsWith('.tmp') || name.endsWith('.lock')"],
      ['src/profiles/profiles.ts', 'values && !settings && isOnlySession(values)', ['false']],
    ],
  },
  {
    why: 'a value for what is never missing, or is the same as its absence',
    places: [
      ['src/profiles/key-lines.ts', "written = ''"],
      ['src/profiles/paths.ts', "bare ?? braced ?? ''"],
      ['src/output/language.ts', "?? [undefined, 'none']"],
      ['src/shells/caller.ts', 'env[name] || []'],
      ['src/shells/caller.ts', "env['PSModulePath'] ?? ''"],
      ['src/document/findings.ts', "lines[0]?.text ?? ''"],
      ['src/store/atomic-write.ts', "errorCode(error) ?? ''"],
      ['src/document/edit.ts', "joinLines(kept, '\\n', endsOpen(text, section))", ['""']],
    ],
  },
  {
    why: 'a step too many that changes nothing: no letter, no byte, no blank is there',
    places: [
      ['src/profiles/names.ts', 'i > 1 && j > 1'],
      ['src/store/in-place-write.ts', 'growth > 0', ['growth >= 0']],
      ['src/document/lines.ts', 'this.valueStart < to', ['this.valueStart <= to']],
      ['src/output/pasted.ts', String.raw`/^(?:[\p{L}\p{N}_./][\p{L}\p{N}_./:@+-]*)?/u`],
      ['src/credentials/expiry.ts', '.toUpperCase()'],
    ],
  },
  {
    why: 'what no machine of the tests has: macOS, Windows without Wine, an odd file system, a race of a microsecond',
    places: [
      ['src/store/attributes.ts', "os.platform() === 'linux'", ['true']],
      ['src/store/attributes.ts', "'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'"],
      ['src/store/folder.ts', "uid === undefined ? 'mfa-profile'"],
      ['src/store/diagnostics.ts', "['query', PROXY_KEY]"],
      ['src/store/snapshot.ts', "['ENOENT', 'ELOOP']"],
      [
        'src/store/target.ts',
        "throw Object.assign(new Error('too many links'), { code: 'ELOOP' })",
      ],
    ],
  },
];

const ERROR_TEXT = 'the text of an error of which only the code is read';

/** The reason for which a mutant is left out; undefined if there is none. @param span its place in `text` */
export function reasonToLeaveOut({ fileName, mutatorName, replacement }, text, [from, to]) {
  // `new Error('…')` in rooms whose errors are told by words of their own.
  if (mutatorName === 'StringLiteral' && /new Error\(\s*$/.test(text.slice(0, from))) {
    return ERROR_TEXT;
  }
  return EQUIVALENT.find(({ places }) =>
    places.some(([file, code, becomes]) => {
      if (file !== fileName || (becomes && !becomes.includes(replacement))) return false;
      const start = text.lastIndexOf(code, from);
      return start !== -1 && to <= start + code.length;
    }),
  )?.why;
}

/** Those of the pieces above that are no longer in the sources. @param texts by file */
export function outdatedPlaces(texts) {
  return EQUIVALENT.flatMap(({ places }) => places)
    .filter(([file, code]) => !texts.get(file)?.includes(code))
    .map(([file, code]) => `${file}: ${code}`);
}
