/** The open descriptors beyond stdin, stdout and stderr that this program was started with. */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

const LAST = 15;
// open(2) on Linux, octal as in /proc/self/fdinfo.
const O_NONBLOCK = 0o4000;

/**
 * node marks all of them to be closed in the programs that it starts, and has some of its own,
 * which are left out. To be called before anything else is opened; none if the system does not tell
 * (proc(5)).
 */
export function inheritedDescriptors(platform: string): number[] {
  if (platform !== 'linux') return [];
  const found = readdirSync('/proc/self/fd')
    .map(Number)
    .sort((one, other) => one - other)
    .flatMap(describe);
  const own = ownPipes(found);
  return found
    .filter(
      ({ fd, leads }) => fd > 2 && fd <= LAST && !/^anon_inode:/.test(leads) && !own.has(leads),
    )
    .map(({ fd }) => fd);
}

/**
 * libuv's pipes have both ends here and come after its event queue, which it opens first: one pair
 * for its signals that waits, and others that do not. A pair of make's jobserver waits, too; it is
 * older.
 */
function ownPipes(found: readonly Descriptor[]): Set<string> {
  const queue = found.find(({ leads }) => leads === 'anon_inode:[eventpoll]')?.fd ?? LAST;
  const pairs = found
    .filter(({ fd, leads }) => fd > queue && leads.startsWith('pipe:'))
    .filter((each) => found.some((other) => other.leads === each.leads && other.fd !== each.fd));
  const waiting = pairs
    .filter(({ waits }) => waits)
    .sort((one, other) => inodeOf(one) - inodeOf(other));
  const idle = pairs.filter(({ waits }) => !waits);
  return new Set([...idle, ...waiting.slice(-1)].map(({ leads }) => leads));
}

const inodeOf = ({ leads }: Descriptor): number => Number(/\d+/.exec(leads)?.[0]);

interface Descriptor {
  readonly fd: number;
  readonly leads: string;
  readonly waits: boolean;
}

/** The one by which the folder itself is read is gone by now. */
function describe(fd: number): Descriptor[] {
  try {
    const leads = readlinkSync(`/proc/self/fd/${fd}`);
    const [, flags = '0'] =
      /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8')) ?? [];
    return [{ fd, leads, waits: (parseInt(flags, 8) & O_NONBLOCK) === 0 }];
  } catch {
    return [];
  }
}
