import js from '@eslint/js';
import path from 'node:path';
import tseslint from 'typescript-eslint';
import { noCycle } from './scripts/no-cycle.mjs';

/**
 * The rooms of src, lowest first: a file imports from its own room and from lower ones. Who may
 * act, and which file may use which library, is told below in the same way.
 */
const ROOMS = [
  'problems',
  'document',
  'aws',
  'credentials',
  'profiles',
  'rotation',
  'output',
  'key-stores',
  'session',
  'setup',
  'shells',
  'cli',
  'commands',
  'quick',
];
/** Rooms that act: they know the rooms named here, nothing of each other, and only the worlds know them. */
const ACTING = ['store', 'sts', 'system'];
const KNOWN_TO_ACTING = ['problems', 'document', 'aws', 'credentials'];
const PURE = [
  'problems',
  'document',
  'aws',
  'credentials',
  'profiles',
  'rotation',
  'output',
  'shells',
];
const DOORS = [
  ...['bin', 'executable', 'start', 'main', 'program', 'provider', 'real-world', 'quick-world'],
  ...['speech', 'japanese'],
];
/** Libraries, each with the files that alone may import it. */
const HOMES = [
  [/^yargs/, ['src/cli/parse-with-yargs.ts']],
  [/^@aws-sdk|^@smithy|-proxy-agent$/, ['src/sts/']],
  [/^proper-lockfile/, ['src/store/lock.ts']],
  [/^ini$/, ['src/commands/init/adoption.ts']],
  [/^get-east-asian-width$/, ['src/output/width.ts']],
];
/** Files that bind this process to the effects of the World. */
const BIND_PROCESS = ['src/{bin,executable,start}.ts', 'src/{quick,real}-world.ts'];

const ONE_WAY = 'Imports run one way: ROOMS in eslint.config.mjs has the order.';
const fromRooms = (rooms) => `^\\.{1,2}/(.*/)?(${rooms.join('|')})/`;

/** The patterns of no-restricted-imports for the files of a room. */
function forbiddenTo(room) {
  const acts = ACTING.includes(room);
  const above = acts
    ? [...ROOMS, ...ACTING].filter((each) => each !== room && !KNOWN_TO_ACTING.includes(each))
    : [...ROOMS.slice(ROOMS.indexOf(room) + 1), ...ACTING];
  const patterns = [
    { regex: fromRooms(above), message: ONE_WAY },
    { regex: `^\\.{1,2}/(.*/)?(${DOORS.join('|')})\\.ts$`, message: 'Nobody imports a door.' },
  ];
  if (PURE.includes(room)) {
    patterns.push({
      regex: '^node:|^(assert|child_process|crypto|fs|http|https|net|os|path|tls|util)$',
      message: 'This room is pure: take it as a value.',
    });
  } else if (!acts) {
    patterns.push({
      regex: '^node:(?!(util|crypto|path)$)',
      message: 'Only store, sts and system act: take it from the World.',
    });
  }
  return patterns;
}

const NO_CLOCK_OR_CHANCE = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'This room is pure: it takes `now` as a value.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'This room is pure: it takes `now` as a value.',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'This room is pure.',
  },
];
const NO_PROCESS = [
  { name: 'process', message: `Only ${BIND_PROCESS.join(' and ')} read the process.` },
  { name: 'console', message: 'Output goes through the World.' },
];

const rooms = [...ROOMS, ...ACTING].map((room) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': ['error', { patterns: forbiddenTo(room) }],
    ...(PURE.includes(room)
      ? {
          'no-restricted-syntax': ['error', ...NO_CLOCK_OR_CHANCE],
          'no-restricted-globals': [
            'error',
            ...NO_PROCESS,
            { name: 'fetch', message: 'This room is pure.' },
          ],
        }
      : {}),
  },
}));

/** A library is imported by the files of its home alone. */
const libraryHomes = {
  meta: { schema: [], messages: { away: '{{library}} is imported by {{home}} alone.' } },
  create(context) {
    const file = path
      .relative(import.meta.dirname, context.filename)
      .split(path.sep)
      .join('/');
    const check = ({ source }) => {
      if (typeof source?.value !== 'string') return;
      for (const [library, home] of HOMES) {
        if (library.test(source.value) && !home.some((each) => file.startsWith(each))) {
          context.report({
            node: source,
            messageId: 'away',
            data: { library: source.value, home: home.join(', ') },
          });
        }
      }
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

export default tseslint.config(
  { ignores: ['dist', '.dist-*', '.cache', 'node_modules', 'coverage', 'fixtures/format'] },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', '*.mjs', 'scripts/*.mjs', 'bench/*.mjs'] },
      },
      globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', URL: 'readonly' },
    },
    rules: {
      eqeqeq: 'error',
      'no-control-regex': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { house: { rules: { 'library-homes': libraryHomes, 'no-cycle': noCycle } } },
    rules: { 'house/library-homes': 'error', 'house/no-cycle': 'error' },
  },
  {
    files: ['src/**/*.ts'],
    ignores: BIND_PROCESS,
    rules: { 'no-restricted-globals': ['error', ...NO_PROCESS] },
  },
  ...rooms,
  {
    files: ['tests/**/*.ts', 'fixtures/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: { module: 'writable', require: 'readonly', __dirname: 'readonly' },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
