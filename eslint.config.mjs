import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What no file of src uses but the ones that bind a process. */
const noEffects = [
  {
    name: 'process',
    message: 'Only src/bin.ts and src/{quick,real}-world.ts read the process.',
  },
  { name: 'console', message: 'Output goes through the World.' },
];
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
    ignores: ['src/bin.ts', 'src/{quick,real}-world.ts'],
    rules: { 'no-restricted-globals': ['error', ...noEffects] },
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
