/** Exit 4: `console` has no session that it could open the console with, or nothing to open it in. */
import { pasted, pastedName } from '../pasted.ts';
import type { SomeEntries } from './entry.ts';

export const toConsole = {
  'console-of-user': {
    exit: 4,
    words: ({ profile, roles: [role], isSession }) => [
      isSession
        ? `${profile} holds a session, and mfa-profile opens the console only with the session of a role that it has assumed itself`
        : role === undefined
          ? `${profile} is a user that no role here has as its source, and AWS lets only the session of a role into the console`
          : `${profile} is a user, and AWS lets only the session of a role into the console`,
      isSession
        ? 'name a role: a profile with role_arn and source_profile'
        : role === undefined
          ? `name a role: a profile with role_arn and source_profile = ${pasted(profile)}; as this user, sign in to the console with its password`
          : `name a role: mfa-profile console ${pastedName(role)}; as this user, sign in to the console with its password`,
    ],
  },
  'no-sign-in': {
    exit: 4,
    words: ({ partition }) => [
      `the partition ${partition} has no public address that signs a session in to its console`,
      "sign in to the console as your organization does; the session itself is for AWS's tools",
    ],
  },
  'no-browser': {
    exit: 4,
    words: ({ tried, how, line }) => [
      how === undefined
        ? `no program that opens a browser was found (${tried.join(', ')})`
        : `${tried.join(', ')} did not open the console: ${how}`,
      `print the address: ${line}; or name a browser with --browser CMD`,
    ],
  },
} as const satisfies SomeEntries;
