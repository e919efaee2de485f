import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Layers of src, lowest first; a file may import from its own layer and from lower ones only. */
const noEffects = [
  {
    name: 'process',
    message: 'Only src/bin.ts and src/adapters/{near,real}-world.ts read the process.',
  },
  { name: 'console', message: 'Output goes through the World.' },
];
const forbid = (...patterns) => ['error', { patterns }];
const nodeModulesOfEffect = {
  regex: '^(node:(?!util$|crypto$|path$)|fs$|os$|child_process$)',
  message: 'No effect here: take it from the World.',
};
const libraries = {
  regex: '^(@aws-sdk|@smithy|yargs|enquirer|proper-lockfile)',
  message: 'Heavy libraries are imported by adapters (yargs by src/yargs-line.ts) alone.',
};
const upward = (...layers) => ({
  regex: `^\\.{1,2}/(.*/)?(${layers.join('|')})(/|\\.ts$)`,
  message: 'Imports run one way: commands → session → core, and adapters stand beside.',
});

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
    ignores: ['src/bin.ts', 'src/adapters/{near,real}-world.ts'],
    rules: { 'no-restricted-globals': ['error', ...noEffects] },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': forbid(
        { regex: '^node:|^(fs|os|path|child_process|crypto)$', message: 'core is pure.' },
        libraries,
        { regex: '^\\.\\./', message: 'core stands on nothing but itself.' },
      ),
      'no-restricted-globals': ['error', ...noEffects, { name: 'fetch', message: 'core is pure.' }],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'core takes `now` as a value.',
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'core takes `now` as a value.',
        },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'core is pure.',
        },
      ],
    },
  },
  {
    files: ['src/adapters/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': forbid(
        upward(
          'commands',
          'session',
          'main',
          'bin',
          'provider',
          'core/profiles',
          'core/plan',
          'core/session-section',
        ),
      ),
    },
  },
  {
    files: ['src/commands/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': forbid(
        nodeModulesOfEffect,
        libraries,
        upward('adapters', 'main', 'bin', 'provider'),
      ),
    },
  },
  {
    files: ['src/*.ts'],
    // The ways in, and what takes a command line apart by the commands' table.
    ignores: [
      'src/{bin,main,program,provider,command-line,yargs-line,good-session,session-list}.ts',
    ],
    rules: {
      '@typescript-eslint/no-restricted-imports': forbid(
        nodeModulesOfEffect,
        libraries,
        upward('adapters', 'commands', 'main', 'bin'),
      ),
    },
  },
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
