/**
 * The process by its global name. To import `node:process` into a CommonJS file is to look at each of
 * its properties, and on Windows a look at `title` ends node where the console's title is empty (libuv
 * asserts that there is one).
 */
export const { env, geteuid, getuid, kill, pid, versions } = globalThis.process;
export default globalThis.process;
