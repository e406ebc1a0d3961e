import { describe, expect, test } from 'vitest';
import { FIXTURES, tsmap } from '../../support/program.ts';

const SAVED = 'fixtures/saved/bom.smaps';
const RECORDING = 'fixtures/recordings/v1-all.tsmap';
const AT = ['--proc-root', FIXTURES];

/** Command lines with an option that would have no effect, and what is said instead of ignoring it. */
const REFUSED: readonly (readonly [args: readonly string[], message: string])[] = [
  // Processes and files
  [
    ['--children', '--from', SAVED],
    '--from reads a file, which does not say whose child a process is',
  ],
  [['--from', SAVED, ...AT], '--from reads a file, so --proc-root has no effect'],
  [['summary', '--from', SAVED, ...AT], '--from reads a file, so --proc-root has no effect'],
  [['--all', '--name', 'x'], '--all contradicts --name, which chooses some of all processes'],
  [
    ['summary', '--all', '--user', 'root'],
    '--all contradicts --user, which chooses some of all processes',
  ],
  [
    ['diff', '--pid', '1', '1001', '1003'],
    '--pid chooses a process of a recording, but no recording is given',
  ],
  [
    ['diff', '--pid', '1', SAVED, SAVED],
    '--pid chooses a process of a file, but none of these says whose map it is',
  ],
  [['diff', ...AT, RECORDING], '--proc-root is where processes are read, but no process is given'],
  // Formats
  [
    ['-q', '--json', '1001'],
    '-q works with text only: machine formats have no headings to leave out',
  ],
  [
    ['--color=always', '--json', '1001'],
    '--color works with text only: machine formats have no colours',
  ],
  // Rows and columns
  [['--total', '--group-by', 'kind', '1001'], '--total contradicts --group-by'],
  [['--total', '--sort', 'rss', '1001'], '--total shows no rows, so --sort has no effect'],
  [['--total', '--top', '3', '1001'], '--total counts all rows, so --top has no effect'],
  [['--total', '-p', '1001'], '--total shows no names, so -p has no effect'],
  [['--total', '--columns', 'rss,kind', '1001'], "--total: 'kind' cannot be added up"],
  [
    ['-p', '--group-by', 'kind', '1001'],
    '-p shows the paths of files: it works with --group-by mapping only',
  ],
  [
    ['-c', '--json', '1001'],
    '-c and -C choose columns of their own: leave out --columns, units, totals and formats',
  ],
  [
    ['--layout', 'procps', '--columns', 'rss', '1001'],
    "--layout is for pmap's layouts: this report is a table or format of tsmap's own",
  ],
  [
    ['-x', '--columns', 'rss', '1001'],
    "-x, -d and -X choose columns, which are replaced here: '--columns +NAME' adds to them",
  ],
  [['-n', '--sort', 'rss'], '-n and -N only create a file, so --sort has no effect'],
  // summary
  [
    ['summary', '--total', '--columns', 'peak', '--from', RECORDING],
    "--total: 'peak' cannot be added up: processes reach it at different times",
  ],
  [
    ['summary', '--total', '--columns', 'peak', '1001', '1003'],
    "--total: 'peak' cannot be added up: processes reach it at different times",
  ],
  [
    ['summary', '--group-by', 'kind', '--columns', 'peak', '1001'],
    "--columns: 'peak' is a figure of a whole process: groups of mappings do not have it",
  ],
  [
    ['summary', '--format', 'csv', '--sort', 'rss', '1001'],
    'this format has one record for one process, so --sort has no effect',
  ],
  [
    ['summary', '--format', 'ndjson', '--top', '1', '1001'],
    'this format has one record for one process, so --top has no effect',
  ],
  [
    ['watch', '--plain', '--json', '1001'],
    '--plain writes rows for people, so it works with text only',
  ],
  [['summary', '--sort', 'peak', '1001'], "--sort: 'peak' is a figure of a whole process"],
  [
    ['--columns', 'peak', '1001'],
    "'peak' is a figure of a whole process, which summary, watch and check have",
  ],
  [
    ['watch', '--quick', '--by', 'kind', '1001'],
    '--quick reads only status, and --by reads all of smaps',
  ],
  [
    ['watch', '--quick', '--columns', 'pss', '1001'],
    '--quick reads only status, which does not have pss; it has rss, peak,',
  ],
  [
    ['check', '--quick', '--max-mappings', '9', '1001'],
    '--quick reads only status, which does not have mappings',
  ],
  [
    ['summary', '--total', '--json', '1001'],
    '--total works with text only: every format for programs includes the totals or their parts',
  ],
  [
    ['summary', '--explain', '--json', '1001'],
    '--explain works with text only: it explains the figures to people',
  ],
  [['summary', '--total', '--group-by', 'kind', '1001'], '--total contradicts --group-by'],
  [
    ['summary', '--totals-only', '--group-by', 'kind', '1001'],
    '--totals-only reads no mappings, so they cannot be grouped',
  ],
  [
    ['summary', '--total', '--sort', 'rss', '1001', '1003'],
    '--total shows no rows, so --sort has no effect',
  ],
  [
    ['summary', '--total', '--top', '1', '1001', '1003'],
    '--total counts all processes, so --top has no effect',
  ],
  [
    ['summary', '--totals-only', '--top', '1', '1001'],
    '--totals-only shows one process without its parts, so --top has no effect',
  ],
  [
    ['summary', '--totals-only', '--sort', 'rss', '1001'],
    '--totals-only shows one process without its parts, so --sort has no effect',
  ],
  // Other verbs
  [['watch', '--top', '3', '1001'], '--top limits the rows of what changed most: add --by'],
  [['record', '--max-size', '0', '-o', 'x', '1001'], "--max-size: '0' must be at least 1B"],
];

describe('an option that would have no effect is refused', () => {
  test.each(REFUSED.map(([args, message]) => ({ line: args.join(' '), args, message })))(
    'tsmap $line',
    async ({ args, message }) => {
      const { stdout, stderr, status } = await tsmap(args);
      expect(stdout.toString()).toBe('');
      expect(stderr).toMatch(/\n$/);
      expect(stderr.split('\n')[0]).toContain(message);
      expect(status).toBe(1);
    },
  );
});
