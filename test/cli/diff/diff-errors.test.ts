import { describe, expect, test } from 'vitest';
import { FIXTURES } from '../../support/program.ts';
import { fixtureSample, recordingText } from '../../support/text/recordings.ts';
import { temporaryFiles } from '../../support/text/smaps-lines.ts';
import { diff, writeDiffSides } from '../../support/verbs/diff-sides.ts';

const file = temporaryFiles();
const { BEFORE, AFTER } = writeDiffSides(file);

describe('what cannot be compared is reported in one line:', () => {
  const recording = file('bad.tsmap', recordingText([fixtureSample(1001)]));
  const newer = file('newer.tsmap', '{"schema":"tsmap.recording/2"}\n');
  const text = file('text', 'no map\n');

  test.each<[string[], string]>([
    [[], 'argument missing'],
    [['1', '2', '3'], 'diff compares two sides, but 3 were given'],
    [['1'], '1 is only one side: add the other one, or --after 30s'],
    [[BEFORE], 'is only one side, not a recording'],
    [['-'], 'standard input is only one side'],
    [['-', '-'], "'-' can be only one of the sides"],
    [[`${recording}@1`], `is only one moment: add the other one, such as '${recording}@last'`],
    [['--', '-@1'], "'-@1' is only one moment of standard input: add the other side"],
    [['nothing', AFTER], "'nothing' is neither a process id nor a file"],
    [['nothing@1', AFTER], "'nothing@1' is neither a process id nor a file"],
    [[`${BEFORE}@1`, AFTER], "is not a recording, so it has no moment '@1'"],
    [[`${recording}@never`, AFTER], "'@never' is not a moment (first, last"],
    [[`${recording}@0`, AFTER], "'@0' is not a moment"],
    [[`${recording}@7`, AFTER], 'has no moment 7'],
    [[`${recording}@1999-01-01T00:00`, AFTER], 'has no moment at or before that time'],
    [[newer], 'tsmap.recording/2'],
    [[text, AFTER], 'is not a maps or smaps file'],
    [['fixtures/saved/empty', AFTER], 'is empty'],
    [['fixtures', AFTER], 'is a directory'],
    [
      ['1', '2', '--after', '5s'],
      '--after compares a process with itself: give only one process id',
    ],
    [[BEFORE, '--after', '5s'], '--after compares a process with itself, but'],
    [['1', '--after', '0'], 'must be longer than 0'],
    [['1', '--after', 'soon'], "'soon' is not a duration"],
    [['99999999999', '1'], 'is not a process id'],
    [['--pid', 'x', recording], "'x' is not a process id"],
    [['--pid', '1', '1', '2'], '--pid chooses a process of a recording, but no recording is given'],
    [
      ['--more-than', '1M', BEFORE, AFTER],
      '--more-than sets the limit of --exit-status: add --exit-status',
    ],
    [['--exit-status', '--more-than', 'much', BEFORE, AFTER], "'much' is not a size"],
    [
      ['--columns', 'rss,mapping', BEFORE, AFTER],
      "'mapping' cannot be compared: it cannot be added up",
    ],
    [['--columns', 'nope', BEFORE, AFTER], "unknown column 'nope'"],
    [['--sort', 'rss,nope', BEFORE, AFTER], "--sort: unknown column 'nope'"],
    [['--filter', 'rss>', BEFORE, AFTER], '--filter:'],
    [['--json', '--human', BEFORE, AFTER], '--human works with text only'],
    [['--group-by', 'size', BEFORE, AFTER], "'size' is not one of"],
  ])('%j', async (args, message) => {
    const { stdout, stderr, status } = await diff(...args);
    const [first = '', ...others] = stderr.trimEnd().split('\n');
    expect(first).toMatch(/^tsmap: /);
    expect(first).toContain(message);
    // Only a line that points at the mistake may follow.
    for (const line of others) expect(line).toMatch(/^tsmap: {3}/);
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });

  test('a recording without a single whole sample', async () => {
    const cut = file('cut.tsmap', recordingText([fixtureSample(1001)]).slice(0, -40));
    const { stdout, stderr, status } = await diff(cut);
    expect(stderr).toMatch(/^tsmap: \S+cut\.tsmap: [^\n]*cut[^\n]*\n[^\n]*holds no samples\n$/);
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });

  test('and a mistake in an option, before --after waits', async () => {
    const started = Date.now();
    const args = ['--proc-root', FIXTURES, '1001', '--after', '1h', '--columns', 'nope'];
    expect((await diff(...args)).stderr).toContain("unknown column 'nope'");
    expect(Date.now() - started).toBeLessThan(60_000);
  });

  test('in json as well', async () => {
    const { stdout, status } = await diff('--json', '--proc-root', FIXTURES, '999', '1001');
    const { processes, problems } = JSON.parse(stdout);
    expect({ processes, codes: problems.map((each: { code: string }) => each.code) }).toEqual({
      processes: [],
      codes: ['no-such-process'],
    });
    expect(status).toBe(42);
  });
});
