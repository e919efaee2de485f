/** Which account a session is in, as far as the files tell. */
import { accountOf, homeOf } from '../../src/profiles/account.ts';

const ROLE = 'arn:aws:iam::222222222222:role/admin';
const DEVICE = 'arn:aws-us-gov:iam::333333333333:mfa/alice';
const of = (settings: Record<string, string>) => new Map(Object.entries(settings));

test.each<[Record<string, string>, string | undefined]>([
  [{ aws_account_id: '111111111111', role_arn: ROLE, mfa_serial: DEVICE }, '111111111111'],
  [{ aws_account_id: '11111111111', role_arn: ROLE }, '222222222222'],
  [{ aws_account_id: '1111111111111', role_arn: ROLE }, '222222222222'],
  [{ aws_account_id: 'x111111111111', role_arn: ROLE }, '222222222222'],
  [{ aws_account_id: '111111111111x', role_arn: ROLE }, '222222222222'],
  [{ role_arn: ROLE, mfa_serial: DEVICE }, '222222222222'],
  [{ role_arn: '', mfa_serial: DEVICE }, '333333333333'],
  [{ mfa_serial: 'GAHT12345678' }, undefined],
  [{ mfa_serial: 'arn:aws:iam::3333:mfa/alice' }, undefined],
  [{ mfa_serial: 'arn:aws:iam::3333333333333:mfa/alice' }, undefined],
  [{ mfa_serial: `x${DEVICE}` }, undefined],
  [{ mfa_serial: 'arn:aws:sts::333333333333:x' }, undefined],
  [{ mfa_serial: 'arn:AWS:iam::333333333333:x' }, undefined],
  [{}, undefined],
])('the account of %j is %j', (settings, account) => {
  expect(accountOf(of(settings))).toBe(account);
});

test('what is only known by an ARN is handed on if somebody set AWS_ACCOUNT_ID before', () => {
  const settings = of({ mfa_serial: DEVICE, region: 'x' });
  expect(homeOf(settings, {})).toEqual({ region: 'x', accountId: undefined });
  expect(homeOf(settings, { AWS_ACCOUNT_ID: '' })).toEqual({ region: 'x', accountId: undefined });
  expect(homeOf(settings, { AWS_ACCOUNT_ID: '1' })).toEqual({
    ...{ region: 'x', accountId: '333333333333' },
  });
  expect(homeOf(of({ aws_account_id: '111111111111' }), {})).toEqual({
    ...{ region: undefined, accountId: '111111111111' },
  });
});
