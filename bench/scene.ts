/** What the measured programs work on: AWS files, small and large, and a local STS in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, utimesSync } from 'node:fs';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { ALICE, serialOf } from '../fixtures/sts/accounts.ts';
import { filesByKind, mixedFiles, session, settings, source } from './mixed-files.ts';
import type { Files } from './mixed-files.ts';
import { makeSandbox } from '../tests/support/sandbox.ts';
import type { Sandbox } from '../tests/support/sandbox.ts';

const ROOT = path.join(__dirname, '..');

/** Where a profile of the scene is. */
export interface Placed {
  readonly name: string;
  readonly options: readonly string[];
}

export interface Scene {
  readonly box: Sandbox;
  readonly env: NodeJS.ProcessEnv;
  readonly endpoint: string;
  readonly serial: string;
  /** The bundled script that makes one call. */
  readonly oneCall: string;
  /** Options that name the files with 10,000 sections. */
  readonly large: readonly string[];
  /** The name of a profile and options that name its files, by kind of file. */
  readonly byKind: ReadonlyMap<string, Placed>;
  /** 30 and 5,000 profiles of all kinds. */
  readonly mixed: Placed;
  readonly largeMixed: Placed;
  /** A code that was never used. */
  readonly freshCode: () => Promise<string>;
  /** Takes alice's session away again. */
  readonly forget: () => void;
  readonly close: () => void;
}

export async function setScene(): Promise<Scene> {
  const server = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(ROOT, 'fixtures/sts/serve.ts'), '--totp-clock', 'fresh'],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  const { endpoint, controlEndpoint } = JSON.parse(line) as Record<string, string>;
  const expires = new Date(Date.now() + 10 * 3600_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const small = ['prod', 'dev'].map((name) => source(name) + session(`${name}_token`, expires));
  const unused = small.join('') + source('alice');
  const box = makeSandbox({
    credentials: unused,
    config: ['prod', 'dev', 'alice'].map((name) => settings(`profile ${name}`)).join(''),
    sts: { endpoint: endpoint! },
  });
  const many = Array.from({ length: 5000 }, (_, index) => `team-${index}`);
  const large = box.writeFile(
    'large/credentials',
    many.map((name) => source(name) + session(`${name}_token`, expires)).join(''),
  );
  const largeConfig = box.writeFile(
    'large/config',
    many.map((name) => settings(`profile ${name}`)).join(''),
  );
  const place = (folder: string, { name, credentials, config }: Files): Placed => ({
    name,
    options: [
      ...['--credentials-file', box.writeFile(`${folder}/credentials`, credentials)],
      ...['--config-file', box.writeFile(`${folder}/config`, config)],
    ],
  });
  const byKind = [...filesByKind(expires)].map(([kind, files], index) => {
    return [kind, place(`kind-${index}`, files)] as const;
  });
  const oneCall = box.path('one-call.cjs');
  mkdirSync(path.dirname(oneCall), { recursive: true });
  await build({
    entryPoints: [path.join(__dirname, 'one-call.ts')],
    outfile: oneCall,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    logLevel: 'error',
  });
  return {
    box,
    env: {
      ...box.env,
      BENCH_ACCESS_KEY_ID: ALICE.accessKeyId,
      BENCH_SECRET_ACCESS_KEY: ALICE.secretAccessKey,
    },
    endpoint: endpoint!,
    serial: serialOf(ALICE),
    oneCall,
    byKind: new Map(byKind),
    mixed: place('mixed', mixedFiles(30, expires)),
    largeMixed: place('large-mixed', mixedFiles(5000, expires)),
    large: ['--credentials-file', large, '--config-file', largeConfig],
    freshCode: async () => {
      // No connection is kept: while a work runs, this process would not see the server close it.
      const request = get(`${controlEndpoint}/_control/next-code?of=alice`, { agent: false });
      const [answer] = (await once(request, 'response')) as [IncomingMessage];
      return (await text(answer)).trim();
    },
    forget: () => {
      box.writeCredentials(unused);
      // A file that was changed this moment is watched for longer, as others may be at it.
      const anHourAgo = Date.now() / 1000 - 3600;
      utimesSync(box.credentialsFile, anHourAgo, anHourAgo);
    },
    close: () => {
      server.kill();
      box.cleanup();
    },
  };
}
