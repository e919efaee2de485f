/** The policy that lets users rotate their own keys. */
import type { Partition } from '../aws/partition.ts';

/** Every action of IAM's that a rotation calls. */
const ACTIONS = [
  'iam:CreateAccessKey',
  'iam:DeleteAccessKey',
  'iam:GetAccessKeyLastUsed',
  'iam:ListAccessKeys',
  'iam:UpdateAccessKey',
];

/**
 * One line of JSON for IAM, for whichever user it is attached to (IAM User Guide, "Allows IAM users
 * to manage their own password, access keys, and SSH public keys").
 */
export function rotationPolicy(partition: Partition): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ACTIONS,
        Resource: `arn:${partition}:iam::*:user/\${aws:username}`,
      },
    ],
  });
}
