import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Users, uidOf } from '../../../../src/proc/process/users.ts';
import { inTemporaryDirectory } from '../../../support/program.ts';

const PASSWD = `root:x:0:0:root:/root:/bin/bash
toor:x:0:0::/root:/bin/sh
# a comment

+:::::
bad:x:none:0::/:
:x:7:7::/:
jürgen:x:1000:1000::/home/j:/bin/sh
77:x:1001:1001::/:
last:x:4294967294:1::/:`;

function withPasswd(use: (users: Users) => void): Promise<void> {
  return inTemporaryDirectory((directory) => {
    writeFileSync(join(directory, 'passwd'), PASSWD);
    use(new Users(join(directory, 'passwd')));
  });
}

describe('users', () => {
  test.each([
    [0, 'root'],
    [1000, 'jürgen'],
    [1001, '77'],
    [4294967294, 'last'],
    [7, '7'],
    [12345, '12345'],
  ])('number %d is called %s', (uid, name) =>
    withPasswd((users) => expect(users.userName(uid)).toBe(name)),
  );

  test.each([
    ['root', 0],
    ['toor', 0],
    ['jürgen', 1000],
    ['0', 0],
    ['77', 77],
    ['31337', 31337],
    ['4294967294', 4294967294],
    ['4294967295', undefined],
    ['99999999999', undefined],
    ['-1', undefined],
    ['Root', undefined],
    ['bad', undefined],
    ['+', undefined],
    ['', undefined],
    [' 0', undefined],
  ])('%j is the number %s', (name, uid) =>
    withPasswd((users) => expect(users.uidFromName(name)).toBe(uid)),
  );

  test('are numbers if there is no such file', () => {
    const users = new Users('/nonexistent/passwd');
    expect([users.userName(0), users.uidFromName('0'), users.uidFromName('root')]).toEqual([
      '0',
      0,
      undefined,
    ]);
  });

  test('are those of this machine by default', () => {
    expect(new Users().userName(0)).toBe(
      execFileSync('id', ['-un', '0'], { encoding: 'utf8' }).trim(),
    );
  });
});

describe('the user of a process', () => {
  test('is the effective one, the second number', () =>
    inTemporaryDirectory((root) => {
      mkdirSync(join(root, '7'));
      writeFileSync(join(root, '7/status'), 'Name:\tx\nUid:\t11\t22\t33\t44\nGid:\t5\t6\t7\t8\n');
      expect(uidOf(root, 7)).toBe(22);
    }));

  test('is our own for our process', () => {
    expect(uidOf('/proc', process.pid)).toBe(process.geteuid?.());
  });

  test.each([
    ['no such process', 8, { pid: 8, code: 'no-such-process', message: 'no such process' }],
    [
      'a status without it',
      7,
      {
        pid: 7,
        code: 'malformed',
        message: "7/status: expected 'Uid: real effective saved filesystem'",
      },
    ],
  ])('is an error if there is %s', (_, pid, problem) =>
    inTemporaryDirectory((root) => {
      mkdirSync(join(root, '7'));
      writeFileSync(join(root, '7/status'), 'Name:\tx\n');
      const message = problem.message.replace('7/', `${root}/7/`);
      expect(() => uidOf(root, pid)).toThrow(
        expect.objectContaining({ problem: { ...problem, message } }),
      );
    }),
  );
});
