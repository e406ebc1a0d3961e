import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandFor, inTemporaryDirectory, runCommand, tsmap } from '../../support/program.ts';
import { canMountFileSystem } from '../../support/system/mount.ts';

const MADE = 'tsmap: rc file successfully created, feel free to edit the content\n';
const EXISTS =
  "tsmap: the file already exists - delete or rename it first\ntsmap: couldn't create the rc file\n";

describe('-N', () => {
  test('makes a file that -C accepts, in which all fields are commented out', async () => {
    await inTemporaryDirectory(async (directory) => {
      const file = join(directory, 'rc');
      expect(await tsmap(['-N', file])).toMatchObject({ status: 0, stderr: MADE });
      const text = readFileSync(file, 'utf8');
      const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      expect(lines).toEqual(['[Fields Display]', '[Mapping]']);
      writeFileSync(file, text.replace('#Rss\n', 'Rss\n'));
      const shown = await tsmap(['-C', file, '--proc-root', 'fixtures/proc', '2012']);
      expect(shown).toMatchObject({ status: 0, stderr: '' });
    });
  });

  test('does not overwrite a file', async () => {
    await inTemporaryDirectory(async (directory) => {
      const file = join(directory, 'rc');
      writeFileSync(file, 'mine');
      expect(await tsmap(['-N', file])).toMatchObject({ status: 1, stderr: EXISTS });
      expect(readFileSync(file, 'utf8')).toBe('mine');
    });
  });

  test.runIf(canMountFileSystem('an rc file on a full disk'))(
    'leaves nothing half-written on a full disk',
    async () => {
      await inTemporaryDirectory(async (directory) => {
        const script =
          'mount -n -t tmpfs -o size=4k none "$1" && : >"$1/full" && ' +
          'head -c 4096 /dev/zero >"$1/full"; shift; "$@"; ls "$TARGET"';
        const command = commandFor(['-N', join(directory, 'rc')]);
        const result = await runCommand(
          ['unshare', '-m', 'sh', '-c', script, 'sh', directory, ...command],
          { env: { TARGET: directory } },
        );
        expect(result.stderr).toBe("tsmap: couldn't create the rc file\n");
        expect(result.stdout.toString()).toBe('full\n');
        expect(readdirSync(directory)).toEqual([]);
      });
    },
  );
});
