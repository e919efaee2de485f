/** Why AWS could not take what it is given, in English: predicates that follow a colon. */
import { texts } from '../problems/text.ts';

export const english = {
  noSerial: 'it is neither the ARN of an MFA device nor a hardware serial number',
  noPartition: 'its partition does not exist (arn:aws:..., arn:aws-cn:...)',
  securityKey: 'it is a FIDO security key, and AWS takes only six-digit codes outside the browser',
  userNotDevice: 'it is the ARN of a user, not of an MFA device',
  otherArn: 'it is an ARN, but not of an MFA device (arn:aws:iam::...:mfa/NAME)',
  noUrl: 'it is not an http or https URL',
  noRegion: 'it is not the name of an AWS region',
  nameRegion: 'write it as eu-west-1, without blanks, quotes, a comment or the letter of a zone',
  unsetOrName: (variable: string) => `unset ${variable}, or set it to a region, such as eu-west-1`,
};
export const words = texts('aws', english);
