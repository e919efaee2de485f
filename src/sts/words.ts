/** What is wrong with an answer that is not AWS's, in English: what came, as `HTTP 502`. */
import { texts } from '../problems/text.ts';

export const english = {
  redirected: (status: number, to: string) =>
    `HTTP ${status}, redirected to ${to} (a log-in page of this network?)`,
  tooLong: (status: number) => `HTTP ${status} with more than 1 MiB`,
  packed: (status: number, encoding: string) => `HTTP ${status}, packed as ${encoding}`,
  notUnpacked: (status: number) => `HTTP ${status} with a body that cannot be unpacked`,
  interim: (status: number) => `HTTP ${status} again and again`,
  notHttp: 'something that is not HTTP',
  longHead: 'a head that is too long',
  foreignBody: (status: number) => `HTTP ${status} with a body that is not from AWS`,
  unusable: (status: number, what: string) => `HTTP ${status} with ${what}`,
  noArn: 'no ARN in it',
  noSignInToken: 'no sign-in token in it',
  noCredentials: 'no credentials in it',
  oddCredentials: 'credentials that hold a character that none of AWS has',
  noKey: 'no access key in it',
  expiredSession: 'a session that has expired already',
};
export const words = texts('sts', english);
