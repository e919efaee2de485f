/** Any answer of a server ends in a session that can be written, or in a fault; never in anything else. */
import fc from '../support/fast-check.ts';
import { answering, httpAnswer, sessionXml, startHostile } from '../../fixtures/sts/hostile.ts';
import { Secret } from '../../src/credentials/secret.ts';
import { isAwsFault } from '../../src/problems/faults.ts';
import { makeSts } from '../../src/sts/sts.ts';
import { anyCharacter } from '../support/characters.ts';
import { fuzzRuns } from '../support/runs.ts';

const RUNS = fuzzRuns(150);

const XML = sessionXml('GetSessionToken');
const PARTS = [
  '<',
  '>',
  '</',
  '&#0;',
  '&#x1b;',
  '\u0000',
  '\ufeff',
  '<![CDATA[',
  ']]>',
  '<!--',
  '\r\n',
  'xmlns:a="b"',
  '<a:',
  '<__proto__>',
  '</Credentials>',
  '<Credentials>',
];
const mutated = fc
  .array(
    fc.tuple(fc.nat(XML.length), fc.nat(40), fc.oneof(fc.constantFrom(...PARTS), fc.string())),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((edits) =>
    edits.reduce((xml, [at, take, put]) => xml.slice(0, at) + put + xml.slice(at + take), XML),
  );
const answers = fc.record({
  status: fc.constantFrom(200, 200, 200, 204, 206, 302, 400, 403, 500, 600),
  body: fc.oneof(mutated, fc.string(), fc.string({ unit: anyCharacter })),
});

// The SDK names the program in its requests; a build gives it.
(globalThis as { PROGRAM_VERSION?: string }).PROGRAM_VERSION = 'fuzz';

test('answers of STS', async () => {
  let answer = { status: 200, body: '' };
  const server = await startHostile(
    answering(() => Buffer.concat([httpAnswer(answer.status, answer.body, ['Connection: close'])])),
  );
  const sts = await makeSts({
    connection: {
      endpoint: { url: server.endpoint, signingRegion: 'eu-west-1' },
      region: 'eu-west-1',
      caBundle: undefined,
      verifyCertificates: true,
      connectTimeoutMs: 5000,
      readTimeoutMs: 5000,
    },
    keys: { accessKeyId: 'AKIAMADEUP', secretAccessKey: new Secret('made+up/secret') },
    env: {},
    readFile: () => undefined,
    interrupt: new AbortController().signal,
    now: Date.now,
    sleep: () => Promise.resolve(),
    debug: () => undefined,
  });
  try {
    await fc.assert(
      fc.asyncProperty(answers, async (given) => {
        answer = given;
        const tokenCode = new Secret('123456');
        const input = { serialNumber: 'arn:x', durationSeconds: 900, tokenCode };
        try {
          const session = await sts.getSessionToken(input);
          const values = [session.secretAccessKey.reveal(), session.sessionToken.reveal()];
          for (const value of [session.accessKeyId, ...values]) expect(value).toMatch(/^[!-~]+$/);
          expect(session.expiration).toBeGreaterThan(Date.now());
        } catch (error) {
          if (!isAwsFault(error)) throw error;
          expect(error.fault.said.length).toBeLessThan(5000);
        }
      }),
      { numRuns: RUNS },
    );
  } finally {
    sts.close();
    server.close();
  }
}, 3_000_000);
