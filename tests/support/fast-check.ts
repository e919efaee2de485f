/**
 * fast-check with one seed, so that no run of the tests fails by chance. With another FUZZ_SEED they
 * try other cases.
 */
import fc from 'fast-check';

export const SEED = Number(process.env['FUZZ_SEED'] ?? 7);

fc.configureGlobal({ seed: SEED });

export { default } from 'fast-check';
