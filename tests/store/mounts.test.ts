/** Files that cannot simply be replaced: mounted by themselves, full disks, other owners, lists. */
import { useFixturePrograms, useFolder } from '../support/fixture-program.ts';
import { describeWith, testWith } from '../support/needs.ts';
import { runMounting, runScript } from '../support/privileged.ts';
import { quoted } from '../support/quote.ts';

const folder = useFolder();
const programs = useFixturePrograms(['store-call']);

/** Runs a script in which `call FILE …` is the store and `as UID FILE …` the same as that user. */
function run(script: string, start = runScript): string[] {
  const call = `${quoted(process.execPath)} ${quoted(programs.path('store-call'))} "$@"`;
  const functions = `
    call() { ${call}; }
    as() { uid=$1; shift; setpriv --reuid "$uid" --regid "$uid" --clear-groups ${call}; }
    chmod 755 .
  `;
  return start(functions + script, folder())
    .trim()
    .split('\n');
}

const mounting = (script: string) => run(script, runMounting);

describeWith(['mount', 'owners'], 'a file mounted by itself', () => {
  // pallets/click#1512; so it is in containers that get ~/.aws/credentials alone
  const mount = `
    mkdir aws; echo '[default]' > aws/credentials; printf '[default]\\nlong = 1\\n' > real
    chmod 640 real; chown 1234:1235 real; mount --bind real aws/credentials
  `;

  test('is written in place, and stays what it is', () => {
    const lines = mounting(`${mount}
      call aws/credentials writable
      before=$(stat -c %i real)
      call aws/credentials append '[ours]'
      test "$before" = "$(stat -c %i real)"
      stat -c '%a %u:%g' real
      cat real; ls -A aws`);
    expect(lines).toEqual([
      ...['ok', 'true', '640 1234:1235', '[default]', 'long = 1', '[ours]', 'credentials'],
    ]);
  });

  test('may become shorter', () => {
    const lines = mounting(`${mount}
      call aws/credentials replace 6
      cat real; stat -c %s real`);
    expect(lines).toEqual(['true', 'x', 'x', 'x', '6']);
  });

  test('on a full disk it is as it was', () => {
    const lines = mounting(`
      mkdir aws disk; mount -t tmpfs -o size=64k none disk
      printf '[default]\\n' > disk/real; touch aws/credentials
      mount --bind disk/real aws/credentials
      dd if=/dev/zero of=disk/filler bs=4k count=14 2>/dev/null
      call aws/credentials replace 41000
      cat disk/real; ls -A aws
      rm disk/filler; dd if=/dev/zero of=disk/filler bs=4k count=15 2>/dev/null
      call aws/credentials writable`);
    const problem = { kind: 'unwritable-file', code: 'ENOSPC' };
    expect(JSON.parse(lines[0] ?? '')).toMatchObject(problem);
    expect(lines.slice(1, 3)).toEqual(['[default]', 'credentials']);
    expect(JSON.parse(lines[3] ?? '')).toMatchObject(problem);
  });

  test('mounted read-only it is known to be unwritable beforehand', () => {
    const lines = mounting(`${mount}
      mount -o remount,bind,ro aws/credentials
      call aws/credentials writable
      call aws/credentials append '[ours]'
      cat real; ls -A aws`);
    for (const line of lines.slice(0, 2)) {
      expect(JSON.parse(line)).toMatchObject({ kind: 'unwritable-file', code: 'EROFS' });
    }
    expect(lines.slice(2)).toEqual(['[default]', 'long = 1', 'credentials']);
  });

  test('in a read-only system it is written, its lock elsewhere', () => {
    const lines = mounting(`${mount}
      mount --bind -o ro aws aws && mount -o remount,bind,ro aws
      mount --bind real aws/credentials
      call aws/credentials writable
      call aws/credentials append '[ours]'
      tail -n 1 real; ls -A aws`);
    expect(lines).toEqual(['ok', 'true', '[ours]', 'credentials']);
  });
});

describeWith(['mount'], 'a full disk', () => {
  test.each([
    ['with no room at all', 16],
    // write() takes a part then, and says so in its count alone
    ['with room for a part', 10],
  ])('%s: the original stands and the temporary file goes', (_, pages) => {
    const lines = mounting(`
      mkdir aws; mount -t tmpfs -o size=64k none aws
      printf '[default]\\n' > aws/credentials
      dd if=/dev/zero of=aws/filler bs=4k count=${pages} 2>/dev/null || true
      call aws/credentials replace 41000
      cat aws/credentials; ls -A aws`);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ kind: 'unwritable-file', code: 'ENOSPC' });
    expect(lines.slice(1)).toEqual(['[default]', 'credentials', 'filler']);
  });

  test('is known before anything is spent', () => {
    const lines = mounting(`
      mkdir aws; mount -t tmpfs -o size=64k none aws
      printf '[default]\\n' > aws/credentials
      dd if=/dev/zero of=aws/filler bs=4k count=16 2>/dev/null || true
      call aws/credentials writable
      ls -A aws`);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ kind: 'unwritable-file', code: 'ENOSPC' });
    expect(lines.slice(1)).toEqual(['credentials', 'filler']);
  });
});

describeWith(['owners'], 'owners', () => {
  test("root keeps another user's file that user's", () => {
    const lines = run(`
      printf '[default]\\n' > credentials; chown 1234:1235 credentials; chmod 600 credentials
      call credentials append '[ours]'
      stat -c '%a %u:%g' credentials`);
    expect(lines).toEqual(['true', '600 1234:1235']);
  });

  test("a group that is not one's own loses its bits rather than pass them to another group", () => {
    const lines = run(`
      mkdir aws; printf '[default]\\n' > aws/credentials
      chown -R 1234:1234 aws; chown 1234:4321 aws/credentials; chmod 640 aws/credentials
      as 1234 aws/credentials append '[ours]'
      stat -c '%a %u:%g' aws/credentials`);
    expect(lines).toEqual(['true', '600 1234:1234']);
  });

  test("somebody else's file that one may write is written in place and stays theirs", () => {
    const lines = run(`
      mkdir aws; printf '[default]\\n' > aws/credentials
      chown 1234:1234 aws; chown 4321:1234 aws/credentials; chmod 660 aws/credentials
      as 1234 aws/credentials writable
      as 1234 aws/credentials append '[ours]'
      stat -c '%a %u:%g' aws/credentials; tail -n 1 aws/credentials; ls -A aws`);
    expect(lines).toEqual(['ok', 'true', '660 4321:1234', '[ours]', 'credentials']);
  });

  test('a file of which one may write neither folder nor content is known beforehand', () => {
    const lines = run(`
      mkdir aws; printf '[default]\\n' > aws/credentials; chmod 644 aws/credentials
      as 1234 aws/credentials writable
      as 1234 aws/credentials append '[ours]'
      as 1234 missing/folder/credentials writable
      cat aws/credentials; ls -A aws`);
    for (const line of lines.slice(0, 3)) {
      expect(JSON.parse(line)).toMatchObject({ kind: 'unwritable-file', code: 'EACCES' });
    }
    expect(lines.slice(3)).toEqual(['[default]', 'credentials']);
  });

  test('a writable file in a closed folder is written in place, its lock elsewhere', () => {
    const lines = run(`
      mkdir -m 1777 tmp; export TMPDIR="$PWD/tmp"; mkdir aws; printf '[default]\\n' > aws/credentials; chown 1234 aws/credentials
      as 1234 aws/credentials writable
      as 1234 aws/credentials append '[ours]'
      tail -n 1 aws/credentials; ls -A aws`);
    expect(lines).toEqual(['ok', 'true', '[ours]', 'credentials']);
  });
});

describeWith(['owners'], 'links', () => {
  // In a folder of its maker's: Linux itself refuses such links in sticky folders only.
  const setUp = `
    mkdir team home; printf '[user]\n' > home/own; printf '[x]\n' > team/theirs
    ln -s "$PWD/home/own" team/credentials; ln -s "$PWD/home/new" team/dangling
    ln -s theirs team/shared; ln -s "$PWD/home" team/folder
    chown -R 1234:1234 home; chown -Rh 4321:4321 team; chmod 666 team/theirs`;

  test('of another user’s lead to no file of this user’s, be it there or not', () => {
    const lines = run(`${setUp}
      for link in credentials dangling folder/own folder/new; do
        as 1234 team/$link writable; as 1234 team/$link append '[ours]'
      done
      cat home/own; ls -A home`);
    expect(lines).toHaveLength(10);
    for (const line of lines.slice(0, 8)) {
      expect(JSON.parse(line)).toMatchObject({ kind: 'unwritable-file', code: 'LINK_OF_ANOTHER' });
    }
    expect(lines.slice(8)).toEqual(['[user]', 'own']);
  });

  test('of root’s, one’s own and to what is their maker’s are followed', () => {
    const lines = run(`${setUp}
      ln -s ../home/own team/of-root; ln -s own home/mine; chown -h 1234 home/mine
      for file in team/of-root home/mine team/shared; do as 1234 $file append "[$file]"; done
      cat home/own team/theirs`);
    expect(lines.slice(0, 3)).toEqual(['true', 'true', 'true']);
    expect(lines.slice(3)).toEqual([
      '[user]',
      '[team/of-root]',
      '[home/mine]',
      '[x]',
      '[team/shared]',
    ]);
  });

  test('exchanged with the file over and over lead to none either', () => {
    const lines = run(`
      mkdir team home; printf '[user]\n' > home/own; printf '[x]\n' > team/credentials
      ln -s "$PWD/home/own" team/link; chown -R 1234:1234 home; chown -Rh 4321:1234 team
      chmod 660 team/credentials
      python3 - <<'END' &
import ctypes, time
swap = ctypes.CDLL(None).renameat2
end = time.time() + 4
while time.time() < end:
    swap(-100, b'team/credentials', -100, b'team/link', 2)
    time.sleep(0.001)
END
      for turn in 1 2 3 4 5 6 7 8; do as 1234 team/credentials append "[$turn]" || true; done
      wait
      cat home/own`);
    expect(lines.at(-1)).toBe('[user]');
  });
});

describeWith(['access-lists'], 'access lists', () => {
  // The list lets user 4321 read; the file's own group may not. The mode shows the mask: 0640.
  const list = `
    mkdir aws; printf '[default]\\n' > aws/credentials; chmod 600 aws/credentials
    python3 - <<'END'
import os, struct
entries = [(1, 6, -1), (2, 4, 4321), (4, 0, -1), (16, 4, -1), (32, 0, -1)]
value = struct.pack('<I', 2) + b''.join(struct.pack('<HHi', *entry) for entry in entries)
os.setxattr('aws/credentials', 'system.posix_acl_access', value)
END
    stat -c %a aws/credentials
  `;
  const show = `
    python3 -c "import os; print(len(os.getxattr('aws/credentials', 'system.posix_acl_access')))" \
      2>/dev/null || echo none
    stat -c %a aws/credentials; tail -n 1 aws/credentials`;

  test('are kept', () => {
    const lines = run(`${list} call aws/credentials append '[ours]'; ${show}`);
    expect(lines).toEqual(['640', 'true', '44', '640', '[ours]']);
  });

  testWith(
    ['mount'],
    'where that is not possible, their mask does not become bits of the group',
    () => {
      const lines = mounting(`${list}
      mount --bind /bin/false /bin/cp
      call aws/credentials append '[ours]'; ${show}`);
      expect(lines).toEqual(['640', 'true', 'none', '600', '[ours]']);
    },
  );
});

describeWith(['attributes'], 'attributes of the file’s own', () => {
  // Dropbox's mark for what it is to leave out.
  const set = `mkdir aws; printf '[default]\\n' > aws/credentials; chmod 640 aws/credentials
    python3 -c 'import os; os.setxattr("aws/credentials", "user.com.dropbox.ignored", b"1")'`;
  const show = `stat -c %a aws/credentials; tail -n 1 aws/credentials
    python3 -c 'import os; print(os.listxattr("aws/credentials"))'`;

  test('are kept', () => {
    const lines = run(`${set}; call aws/credentials append '[ours]'; ${show}`);
    expect(lines).toEqual(['true', '640', '[ours]', "['user.com.dropbox.ignored']"]);
  });

  testWith(['mount'], 'where that is not possible, the mode is kept all the same', () => {
    const lines = mounting(`${set}
      mount --bind /bin/false /bin/cp
      call aws/credentials append '[ours]'; ${show}`);
    expect(lines).toEqual(['true', '640', '[ours]', '[]']);
  });
});

describeWith(['immutable'], 'an immutable file', () => {
  test('is known beforehand', () => {
    const lines = run(`
      printf '[default]\\n' > credentials; chattr +i credentials
      { call credentials writable; call credentials append '[ours]'; } || true
      chattr -i credentials; cat credentials; ls -A`);
    for (const line of lines.slice(0, 2)) {
      expect(JSON.parse(line)).toMatchObject({ kind: 'unwritable-file', code: 'EPERM' });
    }
    expect(lines.slice(2)).toEqual(['[default]', 'credentials']);
  });
});

describeWith(['mount', 'owners', 'access-lists', 'immutable'], 'what is not the user’s', () => {
  const LISTED = `python3 -c 'import os; print(os.listxattr("aws/credentials"))'`;

  test('a list that the folder hands down opens no file', () => {
    const lines = run(`
      mkdir aws; printf '[default]\\n' > aws/credentials; chmod 640 aws/credentials
      python3 - <<'END'
import os, struct
entries = [(1, 7, -1), (2, 6, 4321), (4, 5, -1), (16, 7, -1), (32, 5, -1)]
value = struct.pack('<I', 2) + b''.join(struct.pack('<HHi', *entry) for entry in entries)
os.setxattr('aws', 'system.posix_acl_default', value)
END
      call aws/credentials append '[ours]'
      stat -c %a aws/credentials
      ${LISTED}
      chmod 600 aws/credentials
      call aws/credentials append '[more]'
      ${LISTED}`);
    expect(lines).toEqual(['true', '640', '[]', 'true', '[]']);
  });

  test('a lock lies in a folder of the user’s own, and others’ folders of that name are refused', () => {
    const lines = run(`
      mkdir aws tmp; chmod 1777 tmp; export TMPDIR=$PWD/tmp
      printf '[default]\\n' > aws/credentials; chown 1234 aws/credentials
      as 1234 aws/credentials append '[ours]'
      stat -c '%n %a %u' tmp/*
      rmdir tmp/mfa-profile-1234
      mkdir -m 777 tmp/mfa-profile-1234
      mkdir tmp/mfa-profile-1234/$(printf %s "$PWD/aws/credentials" | sha256sum | cut -c1-16).lock
      as 1234 aws/credentials append '[more]'
      tail -n 1 aws/credentials`);
    expect(lines).toEqual(['true', 'tmp/mfa-profile-1234 700 1234', 'true', '[more]']);
  });

  test('a temporary folder that is missing is no obstacle', () => {
    const lines = run(`
      mkdir aws; export TMPDIR=/nonexistent
      printf '[default]\\n' > aws/credentials; chown 1234 aws/credentials
      as 1234 aws/credentials append '[ours]'
      rmdir /tmp/mfa-profile-1234 2>/dev/null || true`);
    expect(lines).toEqual(['true']);
  });

  test('what root makes in another’s folder is that user’s', () => {
    const lines = run(`
      mkdir home; chown 1234:1235 home
      call home/.aws/credentials append '[ours]'
      stat -c '%a %u:%g' home/.aws home/.aws/credentials`);
    expect(lines).toEqual(['true', '700 1234:1235', '600 1234:1235']);
  });

  test('another’s file that can only be read is named with its owner beforehand', () => {
    const lines = run(`
      mkdir aws; printf '[default]\\n' > aws/credentials; chmod 644 aws/credentials
      chown 1234 aws
      as 1234 aws/credentials writable`);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ code: 'EACCES', owner: 0 });
  });

  test('a file without its write bit, mounted by itself, is known beforehand', () => {
    const lines = mounting(`
      mkdir aws; touch aws/credentials; printf '[default]\\n' > real; chmod 400 real
      chown -R 1234 aws real; mount --bind real aws/credentials
      as 1234 aws/credentials writable`);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ kind: 'unwritable-file', code: 'EACCES' });
  });

  test('in a folder in which nothing can be removed the file is written in place', () => {
    const lines = run(`
      mkdir aws; printf '[default]\\n' > aws/credentials; chattr +a aws
      { call aws/credentials writable; call aws/credentials append '[ours]'; } || true
      chattr -a aws; tail -n 1 aws/credentials; ls -A aws`);
    expect(lines).toEqual(['ok', 'true', '[ours]', 'credentials']);
  });
});
