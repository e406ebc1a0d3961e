import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { realName } from '../../../../src/proc/process/real-name.ts';
import { inTemporaryDirectory } from '../../../support/program.ts';

interface Case {
  readonly what: string;
  readonly comm: string;
  readonly exe?: string;
  readonly cmdline?: string;
  readonly name: string | undefined;
}

const CASES: readonly Case[] = [
  {
    what: 'the file it runs',
    comm: 'systemd-journal',
    exe: '/lib/systemd/systemd-journald',
    cmdline: 'x',
    name: 'systemd-journald',
  },
  {
    what: 'a file that was deleted',
    comm: 'systemd-journal',
    exe: '/lib/systemd-journald (deleted)',
    name: 'systemd-journald',
  },
  {
    what: 'its first argument, where the file may not be read',
    comm: 'systemd-journal',
    cmdline: '/lib/systemd-journald\0-x\0',
    name: 'systemd-journald',
  },
  {
    what: 'its first argument, where the file is called otherwise',
    comm: 'systemd-journal',
    exe: '/bin/busybox',
    cmdline: 'systemd-journald\0',
    name: 'systemd-journald',
  },
  {
    what: 'the script that an interpreter runs',
    comm: 'unattended-upgr',
    exe: '/usr/bin/python3.11',
    cmdline: '/usr/bin/python3\0/usr/bin/unattended-upgrade\0--wait\0',
    name: 'unattended-upgrade',
  },
  {
    what: 'nothing, if the name is whole',
    comm: 'systemd-journa',
    exe: '/lib/systemd-journald',
    name: undefined,
  },
  {
    what: 'nothing, if it calls itself something else',
    comm: 'something-else!',
    exe: '/bin/sleep',
    cmdline: 'sleep\0',
    name: undefined,
  },
  { what: 'nothing, if neither is there', comm: 'systemd-journal', name: undefined },
];

describe('the name of a program that the kernel has cut is that of', () => {
  test.each(CASES)('$what', ({ comm, exe, cmdline, name }) =>
    inTemporaryDirectory((root) => {
      mkdirSync(join(root, '7'));
      if (exe !== undefined) symlinkSync(exe, join(root, '7/exe'));
      if (cmdline !== undefined) writeFileSync(join(root, '7/cmdline'), cmdline);
      expect(realName(root, 7, comm)).toBe(name);
    }),
  );
});
