import { describe, expect, test } from 'vitest';
import { tsmap } from '../../support/program.ts';

const TRY = "Try 'tsmap --help'";

/** Mistaken arguments, and a part of the message about them. */
const mistakes: readonly (readonly [string[], string])[] = [
  [[], 'argument missing'],
  [['-x'], 'argument missing'],
  [['abc'], "'abc' is not a process id"],
  [['0'], "'0' is not a process id"],
  [['-5'], "invalid option -- '5'"],
  [['99999999999'], "'99999999999' is not a process id"],
  [['-x', '-d', '1'], 'mutually exclusive'],
  [['--layout', 'foo', '1'], "'foo'"],
  [['--proc-root', '/nonexistent', '1'], "'/nonexistent'"],
  [['-z', '1'], "invalid option -- 'z'"],
  [['--zz', '1'], "unrecognized option '--zz'"],
  [['--color', 'sometimes', '1'], "'sometimes'"],
  [['--color'], "option '--color' requires an argument"],
  [['--quiet=3', '1'], "option '--quiet' doesn't allow an argument"],
  [['-A'], "option requires an argument -- 'A'"],
  [['-A', 'zz', '1'], "failed to parse argument: 'zz'"],
  [['-A', '1,2,3', '1'], "failed to parse argument: '1,2,3'"],
  [['-A', '9'.repeat(70).concat('g'), '1'], 'failed to parse argument'],
  [['--proc-root', 'package.json', '1'], "'package.json'"],
  [['/proc/self'], 'none of the arguments'],
  [['1', '+1'], "'+1' is not a process id"],
  [['1', ''], "'' is not a process id"],
  [['1', ' 1'], "' 1' is not a process id"],
  [['1', '1.5'], "'1.5' is not a process id"],
  [['1', '2147483648'], "'2147483648' is not a process id"],
  [['1', '09'], "'09' is not a process id"],
  [['1', '0x'], "'0x' is not a process id"],
  [['1', '/proc/1/'], "'/proc/1/' is not a process id"],
  [['1', '/tmp'], "'/tmp' is not a process id"],
  [['1', '--', '-x'], "'-x' is not a process id"],
];

describe('a mistake in the arguments', () => {
  test.each(mistakes)('%j is reported in one line: %s', async (args, message) => {
    const { stdout, stderr, status } = await tsmap(args);
    expect(stderr).toMatch(/^tsmap: [^\n]+\n$/);
    expect(stderr).toContain(message);
    expect(stderr).toContain(TRY);
    expect(stdout.toString()).toBe('');
    expect(status).toBe(1);
  });

  test('in the environment is reported as well', async () => {
    const { stdout, stderr, status } = await tsmap(['1'], { env: { TSMAP_LAYOUT: 'foo' } });
    expect(stderr).toMatch(/^tsmap: [^\n]*TSMAP_LAYOUT[^\n]*'foo'[^\n]*\n$/);
    expect(stderr).toContain(TRY);
    expect(stdout.toString()).toBe('');
    expect(status).toBe(1);
  });

  test('is quoted without control characters', async () => {
    const { stderr } = await tsmap(['\x1b]0;title\x07\n\x9b31m']);
    expect(stderr).toMatch(/^tsmap: '\?\]0;title\?\?\?31m' is not a process id[^\n]*\n$/);
  });
});
