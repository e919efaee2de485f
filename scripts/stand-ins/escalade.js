/**
 * Replaces `escalade` in the bundle: yargs looks with it for a package.json to guess the version from,
 * which it is told, in the folder where the program is run, or beside the package that it is part of.
 */
export default () => undefined;
