/** A secret is shown only to code that asks for it by name. */
import { format, inspect } from 'node:util';
import { Secret } from '../../src/credentials/secret.ts';

test('in text, in JSON, in logs and in inspection', () => {
  const secret = new Secret('of-no-use-to-anybody');
  const shown = [
    String(secret),
    `${secret as unknown as string}`,
    JSON.stringify({ secret }),
    inspect({ secret }, { depth: 9, showHidden: true }),
    format('%s %o %j', secret, secret, secret),
    Object.values(secret).join(),
  ];
  expect(shown.join('\n')).not.toContain('of-no-use');
  expect(shown[0]).toBe('[secret]');
  expect(secret.reveal()).toBe('of-no-use-to-anybody');
});
