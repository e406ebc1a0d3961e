import { FIXTURES } from '../program.ts';

const AT = ['--proc-root', FIXTURES];
export const RECORDING = 'fixtures/recordings/v1-all.tsmap';
const SAVED = 'fixtures/saved/sleep.smaps';

/** A command line with an option, and one without it that does something else. */
export interface Example {
  readonly with: readonly string[];
  readonly without: readonly string[];
  /** Set if what differs is a time, which is left out otherwise. */
  readonly isTime?: true;
}
/** A test that shows what the option does, where that needs a terminal or a process that changes. */
export interface Elsewhere {
  readonly file: string;
}
export type Cells = Readonly<Record<string, Example | Elsewhere>>;

const elsewhere = (file: string): Elsewhere => ({ file: `test/cli/${file}` });

/** Examples that add arguments to a command line. */
function added(base: readonly string[], cells: Readonly<Record<string, readonly string[]>>): Cells {
  const examples = Object.entries(cells).map(([name, args]) => [
    name,
    { with: [...base, ...args], without: base },
  ]);
  return Object.fromEntries(examples);
}

/** The examples of choosing processes, which every verb has that reads them. */
function choosing(verb: readonly string[]): Cells {
  return {
    '--name': {
      with: [...verb, ...AT, '--name', '^sleep$'],
      without: [...verb, ...AT, '--name', 'x{9}'],
    },
    '--full': {
      with: [...verb, ...AT, '--name', '^/usr/bin/sleep', '--full'],
      without: [...verb, ...AT, '--name', '^/usr/bin/sleep'],
    },
    '--user': {
      with: [...verb, ...AT, '--user', '33752'],
      without: [...verb, ...AT, '--user', '4711'],
    },
    '--children': {
      with: [...verb, ...AT, '--children', '6251'],
      without: [...verb, ...AT, '6251'],
    },
    '--all': { with: [...verb, ...AT, '--all'], without: [...verb, ...AT] },
    '--proc-root': { with: [...verb, ...AT, '34751'], without: [...verb, '34751'] },
    '--help': { with: [...verb, ...AT, '34751', '--help'], without: [...verb, ...AT, '34751'] },
  };
}

const MAP = [...AT, '34751'];
const SUMMARY = ['summary', ...AT, '1001', '34751'];
const WATCH = ['watch', ...AT, '--count', '1', '1001'];
const RECORD = ['record', ...AT, '-o', 'DIR/new', '--count', '1', '1001'];
const DIFF = ['diff', ...AT, '1001', '1002'];
const CHECK = ['check', ...AT, '--json', '1001'];

const limits = Object.fromEntries(
  ['rss', 'pss', 'uss', 'swap', 'size', 'mappings', 'peak', 'peak-size', 'rss-anon', 'rss-file']
    .concat(['rss-shmem', 'page-tables', 'lazy-free', 'hugetlb'])
    .flatMap((id) => [`--max-${id}`, `--warn-${id}`])
    .map((name) => [name, { with: [...CHECK, name, '1'], without: [...CHECK, name, '9'] }]),
);

export const DOES: Readonly<Record<string, Cells>> = {
  map: {
    ...choosing([]),
    ...added(MAP, {
      '--extended': ['-x'],
      '--device': ['-d'],
      '-X': ['-X'],
      '--read-rc': ['-c'],
      '--read-rc-from': ['-C', 'DIR/rc'],
      '--quiet': ['-q'],
      '--range': ['-A', '0,500000'],
      '--columns': ['--columns', 'rss'],
      '--sort': ['--sort', '-size'],
      '--filter': ['--filter', 'rss>1M'],
      '--top': ['--top', '2'],
      '--group-by': ['--group-by', 'kind'],
      '--total': ['--total'],
      '--human': ['--human'],
      '--bytes': ['--bytes'],
      '--format': ['--format', 'csv'],
      '--json': ['--json'],
      '-r': ['-r'],
      '--color': ['--color', 'always'],
      '--version': ['--version'],
    }),
    ...added([...MAP, '-x'], { '--show-path': ['-p'], '--use-kernel-name': ['-k'] }),
    '--layout': {
      with: [...MAP, '-x', '--layout', 'procps'],
      without: [...MAP, '-x', '--layout', 'classic'],
    },
    '--create-rc': { with: ['-n'], without: [] },
    '--create-rc-to': { with: ['-N', 'DIR/other'], without: [] },
    '--from': { with: ['--from', SAVED], without: ['--from', RECORDING] },
    '--at': {
      with: ['--from', RECORDING, '--at', 'first', '--json'],
      without: ['--from', RECORDING, '--json'],
      isTime: true,
    },
  },
  summary: {
    ...choosing(['summary']),
    ...added(SUMMARY, {
      '--explain': ['--explain'],
      '--totals-only': ['--totals-only'],
      '--quiet': ['-q'],
      '--columns': ['--columns', 'peak'],
      '--sort': ['--sort', 'rss'],
      '--filter': ['--filter', 'rss>1M'],
      '--top': ['--top', '1'],
      '--group-by': ['--group-by', 'mapping'],
      '--total': ['--total'],
      '--human': ['--human'],
      '--bytes': ['--bytes'],
      '--format': ['--format', 'csv'],
      '--json': ['--json'],
      '--color': ['--color', 'always'],
    }),
    '--from': { with: ['summary', '--from', SAVED], without: ['summary', '--from', RECORDING] },
    '--at': {
      with: ['summary', '--from', RECORDING, '--at', 'first', '--json'],
      without: ['summary', '--from', RECORDING, '--json'],
      isTime: true,
    },
  },
  watch: {
    ...choosing(['watch', '--count', '1']),
    ...added(WATCH, {
      '--interval': ['--interval', '10ms'],
      '--columns': ['--columns', 'peak'],
      '--quick': ['--quick'],
      '--by': ['--by', 'kind'],
      '--quiet': ['-q'],
      '--human': ['--human'],
      '--bytes': ['--bytes'],
      '--format': ['--format', 'csv'],
      '--json': ['--json'],
      '--color': ['--color', 'always'],
    }),
    '--count': {
      with: ['watch', ...AT, '--interval', '1s', '--count', '2', '1001'],
      without: ['watch', ...AT, '--interval', '1s', '--count', '1', '1001'],
    },
    '--until-exit': {
      with: ['watch', ...AT, '--name', 'nobody', '--count', '1', '--until-exit'],
      without: ['watch', ...AT, '--name', 'nobody', '--count', '1'],
    },
    '--top': elsewhere('watch/watch-live.test.ts'),
    '--plain': elsewhere('watch/watch-terminal.test.ts'),
  },
  record: {
    ...choosing(['record', '-o', 'DIR/new', '--count', '1']),
    ...added(RECORD, {
      '--interval': ['--interval', '10ms'],
      '--by': ['--by', 'kind'],
    }),
    ...added(['record', ...AT, '-o', 'DIR/old', '--count', '1', '1001'], {
      '--append': ['--append', '--interval', '1s'],
      '--force': ['--force'],
    }),
    '--output': { with: ['record', ...AT, '-o', 'DIR/a', '--count', '1', '1001'], without: RECORD },
    '--count': {
      with: [...RECORD.filter((each) => each !== '1'), '2', '--interval', '10ms'],
      without: [...RECORD, '--interval', '10ms'],
    },
    '--duration': {
      with: ['record', ...AT, '-o', 'DIR/new', '--interval', '200ms', '--duration', '1ms', '1001'],
      without: ['record', ...AT, '-o', 'DIR/new', '--interval', '200ms', '--count', '2', '1001'],
    },
    '--max-size': {
      with: [
        'record',
        ...AT,
        '-o',
        'DIR/new',
        '--interval',
        '10ms',
        '--count',
        '4',
        '--max-size',
        '1K',
        '1001',
      ],
      without: ['record', ...AT, '-o', 'DIR/new', '--interval', '10ms', '--count', '4', '1001'],
    },
    '--quiet': elsewhere('record/record-files.test.ts'),
  },
  diff: {
    ...added(DIFF, {
      '--unchanged': ['--unchanged'],
      '--exit-status': ['--exit-status'],
      '--quiet': ['-q'],
      '--columns': ['--columns', 'pss'],
      '--sort': ['--sort', 'size'],
      '--filter': ['--filter', 'rss>1M'],
      '--top': ['--top', '2'],
      '--group-by': ['--group-by', 'kind'],
      '--human': ['--human'],
      '--bytes': ['--bytes'],
      '--format': ['--format', 'csv'],
      '--json': ['--json'],
      '--color': ['--color', 'always'],
      '--help': ['--help'],
    }),
    '--after': {
      with: ['diff', ...AT, '--after', '1ms', '1001'],
      without: ['diff', ...AT, '1001'],
    },
    '--pid': { with: ['diff', '--pid', '1', RECORDING], without: ['diff', RECORDING] },
    '--more-than': {
      with: [...DIFF, '--exit-status', '--more-than', '1T'],
      without: [...DIFF, '--exit-status'],
    },
    '--proc-root': { with: DIFF, without: ['diff', '1001', '1002'] },
  },
  check: {
    ...choosing(['check', '--max-rss', '1B']),
    ...limits,
    ...added([...CHECK, '--max-size', '1B'], {
      '--max-growth': ['--max-growth', 'rss=1B/1ms'],
      '--warn-growth': ['--warn-growth', 'rss=1B/1ms'],
      '--quick': ['--quick'],
    }),
    '--wait': {
      with: ['check', ...AT, '--max-rss', '1T', '--name', 'nobody', '--wait', '--timeout', '1ms'],
      without: ['check', ...AT, '--max-rss', '1T', '--name', 'nobody'],
    },
    '--interval': elsewhere('check/check-live.test.ts'),
    '--timeout': elsewhere('check/check-live.test.ts'),
    '--quiet': {
      with: ['check', ...AT, '--max-rss', '1B', '-q', '1001'],
      without: ['check', ...AT, '--max-rss', '1B', '1001'],
    },
    '--format': {
      with: ['check', ...AT, '--max-rss', '1B', '--format', 'nagios', '1001'],
      without: ['check', ...AT, '--max-rss', '1B', '1001'],
    },
    '--json': {
      with: [...CHECK, '--max-rss', '1B'],
      without: ['check', ...AT, '1001', '--max-rss', '1B'],
    },
  },
  completion: { '--help': { with: ['completion', '--help'], without: ['completion'] } },
};
