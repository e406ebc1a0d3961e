import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** One mapping of a text of smaps: its first line, and its Rss and USS in KiB. */
export type SmapsEntry = readonly [header: string, rssKib: number, ussKib?: number];

/** A text of smaps with the few fields that reports need. */
export function smapsOf(entries: readonly SmapsEntry[]): string {
  return entries
    .map(
      ([header, rss, uss = rss]) =>
        `${header}\nRss: ${rss} kB\nPrivate_Clean: 0 kB\nPrivate_Dirty: ${uss} kB\nSwap: 0 kB\n`,
    )
    .join('');
}

/**
 * Makes a directory that is there until the tests of the file are over; returns a writer of files
 * in it.
 */
export function temporaryFiles(): (name: string, content: string | Buffer) => string {
  const directory = mkdtempSync(join(tmpdir(), 'tsmap-files-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return (name, content) => {
    const path = join(directory, name);
    writeFileSync(path, content, typeof content === 'string' ? 'latin1' : undefined);
    return path;
  };
}
