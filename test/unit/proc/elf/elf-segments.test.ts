import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readMappedFile } from '../../../../src/proc/elf/mapped-file.ts';
import { loadSegments } from '../../../../src/proc/elf/program-headers.ts';
import { inTemporaryDirectory } from '../../../support/program.ts';

describe('program headers', () => {
  test('of this Node are those that readelf prints', () => {
    const lines = execFileSync('readelf', ['-lW', process.execPath], { encoding: 'utf8' });
    const loads = [...lines.matchAll(/^ +LOAD +(\S+) (\S+) \S+ (\S+) (\S+)/gm)].map(
      ([, offset, address, fileBytes, memoryBytes]) => ({
        offset: Number(offset),
        address: Number(address),
        fileBytes: Number(fileBytes),
        memoryBytes: Number(memoryBytes),
      }),
    );
    expect(loads.length).toBeGreaterThan(1);
    const beginning = readFileSync(process.execPath).subarray(0, 65536);
    expect(loadSegments(beginning)).toEqual(loads);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.alloc(4096, 'x')],
    ['the magic number alone', Buffer.from('\x7fELF')],
    ['an ELF file of bytes 255', Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(4096, 255)])],
    ['an ELF file of zeros', Buffer.concat([Buffer.from('\x7fELF\x02\x01'), Buffer.alloc(4096)])],
  ])('%s has none', (_, bytes) => expect(loadSegments(bytes)).toEqual([]));
});

/** A process directory whose root holds `lib/a.so`, `lib/link.so` and `away`, links out of and within it. */
async function inProcess(
  use: (read: (name: string, inode?: string) => string | undefined) => void,
): Promise<void> {
  await inTemporaryDirectory((root) => {
    mkdirSync(`${root}/7/root/lib`, { recursive: true });
    writeFileSync(`${root}/7/root/lib/a.so`, 'content of a');
    execFileSync('mkfifo', [`${root}/7/root/lib/pipe`]);
    symlinkSync('a.so', `${root}/7/root/lib/link.so`);
    symlinkSync(`${root}/7/root/lib`, `${root}/7/root/away`);
    const place = { root, pid: 7, directory: '7' };
    const { ino, dev } = statSync(`${root}/7/root/lib/a.so`);
    const device = {
      deviceMajor: (dev >> 8) & 0xfff,
      deviceMinor: (dev & 0xff) | ((dev >> 12) & 0xfff00),
    };
    use((name, inode = String(ino)) => {
      const file = { start: 0, end: 4096, offset: 0, ...device, inode, name };
      return readMappedFile(place, file, 7)?.toString();
    });
    return Promise.resolve();
  });
}

describe('a mapped file', () => {
  test('is read up to the limit', async () => {
    await inProcess((read) => expect(read('/lib/a.so')).toBe('content'));
  });

  test.each([
    ['through a link to it', '/lib/link.so'],
    ['through a directory that is a link', '/away/a.so'],
    ['by ..', '/lib/../lib/a.so'],
    ['by a path that is not absolute', 'lib/a.so'],
    ['that is a pipe', '/lib/pipe'],
    ['that is gone', '/lib/b.so'],
  ])('is not read %s', async (_, name) => {
    await inProcess((read) => expect(read(name)).toBeUndefined());
  });

  test('is not read if another file has its name', async () => {
    await inProcess((read) => expect(read('/lib/a.so', '1')).toBeUndefined());
  });
});
