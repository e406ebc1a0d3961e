import { describe, expect, test } from 'vitest';
import { FIXTURES } from '../../support/program.ts';
import { fixtureSample, recordingText } from '../../support/text/recordings.ts';
import { temporaryFiles } from '../../support/text/smaps-lines.ts';
import { diff } from '../../support/verbs/diff-sides.ts';

const file = temporaryFiles();
const SAVED = `${FIXTURES}/1001/smaps`;
const now = fixtureSample(1001);
const RECORDED = file('now.tsmap', recordingText([now]));
const LATER = file('later.tsmap', recordingText([{ ...now, kindRules: 99 }]));
const BEFORE = file('before.tsmap', recordingText([{ ...now, kindRules: undefined }]));

const said = (before: string, after: string) =>
  `tsmap: kinds: those of '${before}, those of '${after}: the same memory may have another kind on each side\n`;

describe('sides whose kinds were told by different rules', () => {
  test.each([
    [
      'a saved text and a recording',
      SAVED,
      RECORDED,
      said(`${SAVED}' are told by shape alone`, `${RECORDED}' by version 2 of the rules`),
    ],
    [
      'recordings of two versions',
      RECORDED,
      LATER,
      said(
        `${RECORDED}' are told by version 2 of the rules`,
        `${LATER}' by version 99 of the rules`,
      ),
    ],
    ['a saved text and an old recording', SAVED, BEFORE, ''],
    ['two recordings of one version', RECORDED, RECORDED, ''],
  ])('%s', async (_, before, after, stderr) => {
    const one = await diff('--group-by', 'kind', before, after);
    expect({ stderr: one.stderr, status: one.status }).toEqual({ stderr, status: 0 });
  });

  test.each([
    ['--group-by', 'mapping'],
    ['--filter', 'kind=heap'],
    ['--sort', 'kind'],
  ])('are named with %s %s', async (...options) => {
    expect((await diff(...options, SAVED, RECORDED)).stderr).toContain('told by shape alone');
  });

  test.each([[], ['--group-by', 'mode'], ['--filter', 'rss>0']])(
    'are not, where no kind is asked for: %s',
    async (...options) => {
      expect((await diff(...options.flat(), SAVED, RECORDED)).stderr).toBe('');
    },
  );
});
