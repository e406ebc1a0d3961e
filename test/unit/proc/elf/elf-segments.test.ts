import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readMappedFile } from '../../../../src/proc/elf/mapped-file.ts';
import { loadSegments } from '../../../../src/proc/elf/program-headers.ts';
import { inTemporaryDirectory } from '../../../support/program.ts';

const readerOf = (file: Buffer) => (position: number, length: number) =>
  file.subarray(position, position + length);

/** A 64-bit ELF file with a single program header, of a segment with a bss. */
function elfWithHeadersAt(at: number): Buffer {
  const file = Buffer.alloc(at + 56);
  file.write('\x7fELF\x02\x01', 'latin1');
  file.writeBigUInt64LE(BigInt(at), 32);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(1, at);
  file.writeBigUInt64LE(0x1000n, at + 16);
  file.writeBigUInt64LE(0x100n, at + 32);
  file.writeBigUInt64LE(0x9100n, at + 40);
  return file;
}

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
    expect(loadSegments(readerOf(readFileSync(process.execPath)))).toEqual(loads);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.alloc(4096, 'x')],
    ['the magic number alone', Buffer.from('\x7fELF')],
    ['an ELF file of zeros', Buffer.concat([Buffer.from('\x7fELF\x02\x01'), Buffer.alloc(4096)])],
  ])('%s has none', (_, bytes) => expect(loadSegments(readerOf(bytes))).toEqual([]));

  test.each([0, 70_000])('are found %d bytes further on', (distance) => {
    const moved = elfWithHeadersAt(64 + distance);
    const segment = { offset: 0, address: 0x1000, fileBytes: 0x100, memoryBytes: 0x9100 };
    expect(loadSegments(readerOf(moved))).toEqual([segment]);
  });

  test('are not known of a file that was cut before them', () => {
    const cut = elfWithHeadersAt(70_000).subarray(0, 69_000);
    expect(loadSegments(readerOf(cut))).toBeUndefined();
  });
});

/** A process directory whose root holds `lib/a.so`, `lib/link.so` and `away`, links out of and within it. */
async function inProcess(
  use: (read: (name: string, inode?: string) => string | undefined) => void,
): Promise<void> {
  await inTemporaryDirectory((root) => {
    mkdirSync(`${root}/7/root/lib`, { recursive: true });
    writeFileSync(`${root}/7/root/lib/a.so`, 'content of a');
    linkSync(`${root}/7/root/lib/a.so`, `${root}/7/root/lib/a\n.so`);
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
      return readMappedFile(place, file, (readAt) => readAt(0, 7).toString());
    });
    return Promise.resolve();
  });
}

describe('a mapped file', () => {
  test('may have a newline in its name, which the kernel writes in octal', async () => {
    await inProcess((read) => expect(read('/lib/a\\012.so')).toBe('content'));
  });

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
