import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { childrenOf } from '../../../../src/proc/process/children.ts';
import { readProcessHead } from '../../../../src/proc/process/process-head.ts';
import { selectProcesses } from '../../../../src/proc/process/select.ts';

/** A proc tree as support reports copy it: status, maps and cmdline, but no stat. */
function treeWithoutStat(): string {
  const root = mkdtempSync(join(tmpdir(), 'tsmap-no-stat-'));
  const add = (pid: number, files: Readonly<Record<string, string>>) => {
    mkdirSync(join(root, String(pid)));
    for (const [file, text] of Object.entries(files)) {
      writeFileSync(join(root, String(pid), file), text);
    }
  };
  const status =
    'Name:\tdata\\nbase\nState:\tS (sleeping)\nTgid:\t606\nPid:\t606\nPPid:\t1\nThreads:\t7\n';
  add(606, { status, cmdline: '/usr/bin/database\0-D\0' });
  add(607, { status: 'Name:\tworker\nState:\tR (running)\nTgid:\t607\nPPid:\t606\n' });
  add(608, { comm: 'alone\n' });
  return root;
}

test('a process is known by its status where stat was not copied', () => {
  const root = treeWithoutStat();
  expect(readProcessHead(root, 606)).toEqual({
    pid: 606,
    askedPid: 606,
    comm: 'data\nbase',
    state: 'S',
    cmdline: '/usr/bin/database\0-D\0',
    startStack: 0,
    startTimeTicks: 0,
  });
  expect(readProcessHead(root, 608)).toMatchObject({ pid: 608, comm: 'alone', state: '?' });
  expect(() => readProcessHead(root, 609)).toThrow('609: no such process');
});

test('processes are found by name, command line and parent without stat', () => {
  const root = treeWithoutStat();
  const found = (name: RegExp, full = false) =>
    selectProcesses(root, { name, full }, { ownPid: 0 }).pids;
  expect(found(/^worker$/)).toEqual([607]);
  expect(found(/-D$/, true)).toEqual([606]);
  expect(found(/^\[worker\]$/, true)).toEqual([607]);
  expect(childrenOf(root, [606])).toEqual([606, 607]);
});
