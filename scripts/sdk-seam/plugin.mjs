/**
 * An esbuild plugin that leaves out of the AWS SDK what this program never reaches. It replaces
 * whole modules at the places where the SDK itself changes them, for browsers for example; how
 * requests are written, signed and sent, and answers read, is the SDK's own code throughout.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const CLIENTS = /[\\/]@aws-sdk[\\/]client-[a-z]+[\\/]dist-es(?:[\\/]|$)/;

/** What is replaced: the import, where it is written, and by which file of this folder. */
const REPLACED = [
  { filter: /^\.\/runtimeConfig$/, within: CLIENTS, by: 'runtime-config.js' },
  { filter: /[\\/]endpointResolver$/, within: CLIENTS, by: 'endpoint-resolver.js' },
  { filter: /^@aws-sdk\/signature-v4-multi-region$/, within: CLIENTS, by: 'signature.js' },
  { filter: /^@smithy\/core\/event-streams$/, within: /@smithy/, by: 'event-streams.js' },
];

/** @param met filled with the names of the replacements that were made */
export const trimSdk = (met) => ({
  name: 'trim-sdk',
  setup({ onResolve, onLoad }) {
    for (const { filter, within, by } of REPLACED) {
      onResolve({ filter }, ({ resolveDir }) => {
        if (!within.test(resolveDir)) return undefined;
        met.add(by);
        // The same file for two clients is two modules: each imports its own neighbours.
        return { path: path.join(resolveDir, by), namespace: 'sdk-seam', pluginData: resolveDir };
      });
    }
    onLoad({ filter: /.*/, namespace: 'sdk-seam' }, async ({ path: at, pluginData }) => ({
      contents: await readFile(path.join(folder, path.basename(at)), 'utf8'),
      resolveDir: pluginData,
    }));
  },
});

/** A new release of the SDK that is laid out differently must not pass unnoticed. */
export function assertTrimmed(met) {
  const missed = REPLACED.map(({ by }) => by).filter((by) => !met.has(by));
  if (missed.length > 0) throw new Error(`the AWS SDK no longer imports: ${missed.join(', ')}`);
}
