/** Notes of one program for others: read while they are new, and swept once they are old. */
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { privateFolder } from '../../src/store/folder.ts';
import { leaveNote, readNote } from '../../src/store/notes.ts';
import { useFolder } from '../support/fixture-program.ts';

const home = useFolder();
beforeEach(() => void jest.spyOn(os, 'homedir').mockImplementation(home));
afterEach(() => void jest.restoreAllMocks());

const notes = () => readdirSync(privateFolder()!).sort();

function makeOld(name: string): void {
  const time = Date.now() / 1000 - 61;
  utimesSync(path.join(privateFolder()!, name), time, time);
}

test('a note is for one session of one file', () => {
  leaveNote('/f', 'a', 'text');
  expect(readNote('/f', 'a')).toMatchObject({ text: 'text' });
  expect(readNote('/f', 'b')).toBeUndefined();
  expect(readNote('/g', 'a')).toBeUndefined();
  leaveNote('/f', 'a', undefined);
  expect(readNote('/f', 'a')).toBeUndefined();
  expect(notes()).toEqual([]);
});

test('an old one says nothing, and goes with the next', () => {
  leaveNote('/f', 'a', 'text');
  makeOld(notes()[0]!);
  expect(readNote('/f', 'a')).toBeUndefined();
  leaveNote('/f', 'b', 'other');
  expect(notes()).toHaveLength(1);
  expect(readNote('/f', 'b')).toMatchObject({ text: 'other' });
});

test('what else is in the folder stays, however old', () => {
  leaveNote('/f', 'a', 'text');
  writeFileSync(path.join(privateFolder()!, 'x.lock'), '');
  makeOld('x.lock');
  leaveNote('/f', 'a', undefined);
  expect(notes()).toEqual(['x.lock']);
});
