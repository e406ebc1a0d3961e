import { describe, expect, test } from 'vitest';
import { FIXTURES, tsmap } from '../../support/program.ts';

const fixture = async (...args: string[]) => {
  const { stdout, stderr, status } = await tsmap(['--proc-root', FIXTURES, ...args]);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.toString();
};
const lines = async (...args: string[]) => (await fixture(...args)).trimEnd().split('\n');

describe('-h', () => {
  test('after a verb prints the help of the verb', async () => {
    const { stdout, stderr, status } = await tsmap(['summary', '1', '--help']);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const [usage, , what] = stdout.toString().split('\n');
    expect(usage).toBe('Usage: tsmap summary [options] PID...');
    expect(what).toBe('Show how much is really used, and by what.');
    expect(stdout.toString()).toMatch(/^ {2}--explain +explain what each figure counts/m);
    expect(stdout.toString()).not.toContain('--extended');
  });

  test.each(['-h', '--help', '--he'])('%s prints the help on stdout', async (option) => {
    const { stdout, stderr, status } = await tsmap([option]);
    expect(stdout.toString()).toMatch(/^Usage: tsmap \[options\] PID\b/);
    expect(stdout.toString()).toMatch(/-x, --extended +\S/);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  test('takes precedence over what follows it', async () => {
    expect((await tsmap(['-h', '-z'])).status).toBe(0);
    expect((await tsmap(['-x', '-d', '-h'])).status).toBe(0);
    expect((await tsmap(['-z', '-h'])).status).toBe(1);
  });
});

describe('--help of a verb', () => {
  test.each([
    { args: ['summary', '--hel'], usage: 'Usage: tsmap summary [options] PID...' },
    { args: ['summary', '-qh'], usage: 'Usage: tsmap summary [options] PID...' },
    { args: ['diff', '1', '-h', '--bogus'], usage: 'Usage: tsmap diff [options] BEFORE [AFTER]' },
    { args: ['completion', '-h'], usage: 'Usage: tsmap completion bash|zsh|fish' },
  ])('$args prints it', async ({ args, usage }) => {
    const { stdout, stderr, status } = await tsmap(args);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout.toString().split('\n')[0]).toBe(usage);
    expect(stdout.toString()).toMatch(/^ {2}-h, --help +show this help and exit$/m);
  });

  test.each([
    { args: ['diff', '--', '--help'], says: "'--help' is neither a process id nor a file" },
    { args: ['check', '--max-rss', '--help', '1'], says: "--max-rss: '--help' is not a size" },
    { args: ['summary', '--bogus', '--help'], says: "unrecognized option '--bogus'" },
  ])('$args has another meaning', async ({ args, says }) => {
    const { stdout, stderr, status } = await tsmap(args);
    expect({ stdout: stdout.toString(), status }).toEqual({ stdout: '', status: 1 });
    expect(stderr).toContain(says);
  });
});

describe('-V', () => {
  test.each(['-V', '--version'])('%s prints name and version', async (option) => {
    const { default: manifest } = await import('../../../package.json', { with: { type: 'json' } });
    const { stdout, stderr, status } = await tsmap([option]);
    expect(stdout.toString()).toBe(`tsmap ${manifest.version}\n`);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });
});

describe('-q', () => {
  test.each([
    { report: [], dropped: [' total           192320K'] },
    {
      report: ['-x'],
      dropped: [
        'Address           Kbytes     RSS   Dirty Mode   Mapping',
        '----------------  ------  ------  ------',
        'total kB          192320   16360   12512',
      ],
    },
    {
      report: ['-d'],
      dropped: [
        'Address           Kbytes Mode  Offset           Device    Mapping',
        'mapped: 192320K    writeable/private: 43644K    shared: 512K',
      ],
    },
  ])('drops heading and totals of $report and nothing else', async ({ report, dropped }) => {
    const all = await lines(...report, '34751');
    const quiet = await lines(...report, '-q', '34751');
    expect(all.filter((line) => !quiet.includes(line))).toEqual(dropped);
    expect(all.filter((line) => quiet.includes(line))).toEqual(quiet);
    expect(quiet[0]).toMatch(/^34751: {3}/);
  });
});

describe('-p', () => {
  test('shows paths instead of their last components', async () => {
    expect((await lines('-x', '34751'))[2]).toMatch(/ r-x-- {2}python2\.7$/);
    expect((await lines('-x', '-p', '34751'))[2]).toMatch(
      / r-x-- {2}\/usr\/local\/python\/bin\/python2\.7$/,
    );
  });

  test('changes nothing in the classic default report, which has paths anyway', async () => {
    expect(await fixture('-p', '34751')).toBe(await fixture('34751'));
  });
});

describe('-k', () => {
  test("shows the kernel's names", async () => {
    const plain = await fixture('-x', '1001');
    const named = await fixture('-x', '-k', '1001');
    expect(plain).not.toContain('[heap]');
    expect(named).toMatch(/^[0-9a-f]{16} .* rw--- {2}\[heap\]$/m);
    expect(named).toMatch(/^[0-9a-f]{16} .* rw--- {2}\[stack\]$/m);
    expect(named).toMatch(/ r-x-- {2}\[vdso\]$/m);
    expect(named).toMatch(/ rw--- {4}\[ anon \]$/m);
  });

  test('leaves names with a slash and blanks whole', async () => {
    expect(await fixture('-k', '2009')).toMatch(/ {2}\[anon:my\/pool v1\]$/m);
  });
});

describe('-A', () => {
  const addresses = async (range: string) => {
    const rows = await lines('-q', '-A', range, '34751');
    return rows.slice(1).map((row) => row.slice(0, 16));
  };

  test.each([
    ['600000', ['0000000000600000']],
    ['600fff', ['0000000000600000']],
    ['0x600000', ['0000000000600000']],
    ['500000', []],
    ['-ffffffffffa00000', ['0000000000600000']],
    ['600000,601000', ['0000000000600000', '0000000000601000']],
    [',600fff', ['0000000000400000', '0000000000600000']],
    ['7fff4bb42000,', ['00007fff4bb42000', 'ffffffffff600000']],
    ['ffffffffff600000', ['ffffffffff600000']],
    ['ffffffffff601000,', []],
    ['f'.repeat(70), []],
  ])('%s shows the mappings %j', async (range, expected) => {
    expect(await addresses(range)).toEqual(expected);
  });

  test('shows everything if the range is a comma', async () => {
    expect(await fixture('-A', ',', '34751')).toBe(await fixture('34751'));
  });

  test('totals what it shows', async () => {
    const [total] = (await lines('-x', '-A', '600000,601000', '34751')).slice(-1);
    expect(total).toBe('total kB           10100    9968    9968');
  });

  test('prints heading and zeros for a range without mappings', async () => {
    expect((await lines('-x', '-A', '500000', '34751')).slice(1)).toEqual([
      'Address           Kbytes     RSS   Dirty Mode   Mapping',
      '----------------  ------  ------  ------',
      'total kB               0       0       0',
    ]);
  });
});
