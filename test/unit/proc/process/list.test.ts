import { describe, expect, test } from 'vitest';
import { listPids } from '../../../../src/proc/process/list.ts';

const FIXTURES = new URL('../../../../fixtures/proc', import.meta.url).pathname;

describe('the processes of a root', () => {
  test('are its numeric directories, ascending', () => {
    const pids = listPids(FIXTURES);
    expect([pids[0], pids[1], pids.at(-1)]).toEqual([1001, 1002, 34751]);
    expect(pids.length).toBe(31);
  });

  test('are those of this machine', () => {
    expect(listPids('/proc')).toEqual(expect.arrayContaining([1, 2, process.pid]));
  });

  test('cannot be listed if the directory does not exist', () => {
    expect(() => listPids('/nonexistent')).toThrow('/nonexistent: no such file');
  });
});
