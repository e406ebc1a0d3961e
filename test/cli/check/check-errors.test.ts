import { describe, expect, test } from 'vitest';
import { tsmap } from '../../support/program.ts';

async function printed(args: readonly string[]) {
  const { stdout, stderr, status } = await tsmap(args);
  return { stdout: stdout.toString('latin1'), stderr, status };
}

const mistakes: readonly (readonly [string[], string])[] = [
  [['1'], 'no limit is given: add --max-rss, --max-pss, --max-uss, --max-swap, --max-size, '],
  [['--wait', '1'], 'no limit is given'],
  [['--max-rss', '1M'], 'argument missing'],
  [['--max-rss', '1M', 'java'], "'java' is not a process id"],
  [['--max-rss', 'big', '1'], "--max-rss: 'big' is not a size (500M is 500 MiB"],
  [['--max-rss', '-1', '1'], "--max-rss: '-1' is not a size"],
  [['--warn-pss', '', '1'], "--warn-pss: '' is not a size"],
  [['--max-mappings', '1M', '1'], "--max-mappings: '1M' is not a number of mappings"],
  [['--max-mappings', '0', '1'], "--max-mappings: '0' is not a number of mappings"],
  [['--max-rss', '1M', '--warn-rss', '2M', '1'], '--warn-rss is above --max-rss'],
  [['--max-growth', 'rss', '1'], "--max-growth: 'rss' is not FIGURE=SIZE/TIME (rss=10M/1m is"],
  [['--max-growth', 'rss=10M', '1'], "'rss=10M' is not FIGURE=SIZE/TIME"],
  [
    ['--max-growth', 'heap=10M/1m', '1'],
    "'heap' is not one of rss, pss, uss, swap, size, mappings",
  ],
  [['--max-growth', 'rss=much/1m', '1'], "'much' is not a size"],
  [['--max-growth', 'mappings=1M/1m', '1'], "'1M' is not a whole number"],
  [['--max-growth', 'rss=10M/soon', '1'], "'soon' is not a duration"],
  [['--max-growth', 'rss=10M/0s', '1'], "'0s' must be longer than 0"],
  [['--max-growth', 'rss=1/1m,', '1'], "'' is not FIGURE=SIZE/TIME"],
  [['--max-growth', 'rss=1/1m,rss=2/60s', '1'], 'limits the same growth twice'],
  [
    ['--max-growth', 'rss=1/1m', '--max-growth', 'pss=1/1m', '1'],
    "option '--max-growth' is given twice: separate limits with commas",
  ],
  [
    ['--max-growth', 'rss=1M/1m', '--warn-growth', 'rss=2M/1m', '1'],
    '--warn-growth is above --max-growth',
  ],
  [['--max-rss', '1', '--interval', '1s', '1'], 'add --wait'],
  [['--max-rss', '1', '--timeout', '1s', '1'], 'add --wait'],
  [['--max-rss', '1', '--wait', '--interval', '0', '1'], "--interval: '0' must be longer than 0"],
  [
    ['--max-rss', '1', '--wait', '--interval', 'often', '1'],
    "--interval: 'often' is not a duration",
  ],
  [['--max-rss', '1', '--wait', '--timeout', '0s', '1'], "--timeout: '0s' must be longer than 0"],
  [['--warn-rss', '1', '--wait', '1'], '--wait needs a limit to wait for: add one of --max-...'],
  [
    ['--max-growth', 'rss=1M/10s', '--wait', '--interval', '1m', '1'],
    'growth within 10s cannot be measured by checking every 1m',
  ],
  [['--max-rss', '1', '--format', 'xml', '1'], "'xml' is not one of text, json"],
  [['--max-rss', '1', '--json', '--format', 'csv', '1'], '--json contradicts --format csv'],
  [['--max-rss', '1', '-q', '--json', '1'], '-q contradicts --format json'],
];

describe('a mistake in the arguments of check', () => {
  test.each(mistakes)('%j is one line: %s', async (args, message) => {
    const { stdout, stderr, status } = await printed(['check', ...args]);
    expect(stderr).toMatch(/^tsmap: [^\n]+\n$/);
    expect(stderr).toContain(message);
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });

  test.each([
    [['1'], 'no limit is given'],
    [['--max-rss', '1M'], 'argument missing'],
    [['--max-rss', 'big', '1'], "--max-rss: 'big' is not a size"],
    [['--max-rss', '1', '--wait', '1'], '--wait contradicts --format nagios'],
    [['--max-rss', '1', '--json', '1'], '--json contradicts --format nagios'],
    [['--max-rss', '1', '-q', '1'], '-q contradicts --format nagios'],
    [['--max-rss', '1', '--proc-root', '/nowhere|', '1'], "'/nowhere?' is not a directory"],
    [['--nonsense', '1'], "unrecognized option '--nonsense'"],
  ] as const)('%j is UNKNOWN to a monitoring system: %s', async (args, message) => {
    const { stdout, stderr, status } = await printed(['check', '--fo=nagios', ...args]);
    expect(stdout).toMatch(/^TSMAP UNKNOWN - [^\n|]+\n$/);
    expect(stdout).toContain(message);
    expect({ stderr, status }).toEqual({ stderr: '', status: 3 });
  });
});
