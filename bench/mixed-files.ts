/** AWS files as people have them: every form that a file of theirs may take, by kind and mixed. */
import { ALICE, credentialsOf, serialOf } from '../fixtures/sts/accounts.ts';

const ROLE = 'arn:aws:iam::210987654321:role/admin';
const DEVICE = serialOf(ALICE);
const TOKEN = `${'made/up/'.repeat(44)}==`;

/** The text of both files, and the profile in them whose session is valid. */
export interface Files {
  readonly name: string;
  readonly credentials: string;
  readonly config: string;
}

const ORIGIN = `${ALICE.accessKeyId} ${DEVICE}`;

/**
 * @param expires as it stands in the file
 * @param origin what the session was got for; none for one of an older version
 */
export function session(section: string, expires: string, origin?: string): string {
  return `
[${section}]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_session_token = ${TOKEN}
x_security_token_expires = ${expires}
manager = mfa-profile
${origin === undefined ? '' : `x_mfa_profile_origin = ${origin}\n`}
`;
}

export const source = (name: string): string => credentialsOf({ ...ALICE, userName: name });
export const settings = (header: string, more = ''): string =>
  `[${header}]\nregion = eu-central-1\nmfa_serial = ${DEVICE}\n${more}\n`;

type Kind = (id: string, expires: string) => Files;

/** A profile of usual spelling, whose session it is, and what is odd about its lines. */
function usual(name: string, expires: string, inCredentials = '', inConfig = ''): Files {
  return {
    name,
    credentials: source(name) + inCredentials + session(`${name}_token`, expires, ORIGIN),
    config: settings(`profile ${name}`, inConfig),
  };
}

const KINDS: Readonly<Record<string, Kind>> = {
  plain: (id, expires) => usual(`team-${id}`, expires),
  comments: (id, expires) =>
    usual(
      `team-${id}`,
      expires,
      '# a comment\n; another\noutput = json\ncli_pager =\nx_principal_arn = somebody # who\n',
      '   ; was us-east-1\n',
    ),
  'odd name': (id, expires) => usual(`本番-${id}`, expires),
  'quoted header': (id, expires) => ({
    ...usual(`team ${id}`, expires),
    config: settings(`profile "team ${id}"`),
  }),
  session_profile: (id, expires) => ({
    name: `team-${id}`,
    credentials: source(`team-${id}`) + session(`mine-${id}`, expires, ORIGIN),
    config: settings(`profile team-${id}`, `session_profile = mine-${id}\n`),
  }),
  role: (id, expires) => {
    const parts = `external_id= role_session_name=mfa-profile source_profile=from-${id}`;
    const origin = `${ROLE} ${parts} ${ALICE.accessKeyId} ${DEVICE}`;
    return {
      name: `admin-${id}`,
      credentials: source(`from-${id}`) + session(`admin-${id}_token`, expires, origin),
      config:
        settings(`profile from-${id}`) +
        `[profile admin-${id}]\nrole_arn = ${ROLE}\nsource_profile = from-${id}\n\n`,
    };
  },
  'nested block': (id, expires) =>
    usual(`team-${id}`, expires, '', 's3 =\n  max_concurrent_requests = 20\n'),
  'upper case and colons': (id, expires) => {
    const files = usual(`team-${id}`, expires);
    return {
      ...files,
      credentials: files.credentials.replace('aws_access_key_id =', 'AWS_Access_Key_Id:'),
    };
  },
};

/** One profile of each kind, in files of its own; line endings and a byte order mark make two more. */
export function filesByKind(expires: string): ReadonlyMap<string, Files> {
  const files = new Map(Object.entries(KINDS).map(([kind, make]) => [kind, make('1', expires)]));
  const { name, credentials, config } = KINDS['plain']!('1', expires);
  const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
  files.set('CRLF', { name, credentials: crlf(credentials), config: crlf(config) });
  files.set('BOM', { name, credentials: `\ufeff${credentials}`, config: `\ufeff${config}` });
  return files;
}

/** So many profiles, of all kinds in turn. `name` is a plain one in the last fifth. */
export function mixedFiles(count: number, expires: string): Files {
  const kinds = Object.values(KINDS);
  const all = Array.from({ length: count }, (_, index) =>
    kinds[index % kinds.length]!(String(index), expires),
  );
  const late = Math.floor((count * 4) / 5 / kinds.length) * kinds.length;
  return {
    name: all[late]!.name,
    credentials: all.map(({ credentials }) => credentials).join(''),
    config: all.map(({ config }) => config).join(''),
  };
}
