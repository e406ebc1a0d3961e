import { afterAll, describe, expect, test } from 'vitest';
import { HOSTILE, makeHostileRoot } from '../../support/proc/hostile-processes.ts';
import { tsmap } from '../../support/program.ts';
import { otherProgram } from '../../support/reports.ts';

type Members = Record<string, unknown>;
/** A document that was parsed. */
interface Document extends Members {
  readonly processes: readonly (Members & {
    readonly pid: number;
    readonly mappings: readonly Members[];
    readonly after: { readonly pid: number };
    readonly rows: readonly Members[];
  })[];
  readonly checks: readonly Members[];
}

const hostile = makeHostileRoot();
afterAll(() => hostile.cleanUp());
const AT = ['--proc-root', hostile.path];

const WHO = 'pid comm comm_base64 command command_base64';
/** The members of a record in each verb, and where they stand in its JSON document. */
const VERBS: readonly {
  readonly verb: string;
  readonly names: string;
  readonly records: (document: Document) => readonly Members[];
}[] = [
  {
    verb: 'map -d 7001',
    names: 'pid start end perms offset device inode path path_base64 deleted kind size_bytes',
    records: mappings,
  },
  {
    verb: 'map --columns address,rss,vm_flags,mapping 7001',
    names: 'pid address rss_bytes vm_flags mapping mapping_base64',
    records: mappings,
  },
  {
    verb: 'map --group-by mapping 7001',
    names:
      'pid mappings size_bytes rss_bytes pss_bytes uss_bytes swap_bytes mapping mapping_base64',
    records: mappings,
  },
  {
    verb: 'summary 7001 7002',
    names: `${WHO} user rss_bytes pss_bytes uss_bytes shared_bytes dirty_bytes peak_bytes rss_anon_bytes rss_file_bytes rss_shmem_bytes lazy_free_bytes swap_bytes swap_pss_bytes locked_bytes anon_huge_pages_bytes hugetlb_bytes page_tables_bytes size_bytes peak_size_bytes mappings`,
    records: ({ processes }) => processes.map(({ by_kind, by_mapping, ...process }) => process),
  },
  {
    verb: 'diff --unchanged --columns rss,mappings 7001 7002',
    names:
      'pid status start_before start_after perms kind name name_base64 rss_before_bytes rss_after_bytes rss_change_bytes mappings_before mappings_after mappings_change',
    records: changes,
  },
  {
    verb: 'diff --unchanged --columns rss --group-by mapping 7001 7002',
    names: 'pid status name name_base64 rss_before_bytes rss_after_bytes rss_change_bytes',
    records: changes,
  },
  {
    verb: 'diff --unchanged --columns rss --group-by kind 7001 7002',
    names: 'pid status kind rss_before_bytes rss_after_bytes rss_change_bytes',
    records: changes,
  },
  {
    verb: 'diff --unchanged --columns rss --group-by mode 7001 7002',
    names: 'pid status perms rss_before_bytes rss_after_bytes rss_change_bytes',
    records: changes,
  },
  {
    verb: 'check --max-rss 1M --warn-size 1G --max-growth rss=1/100ms 7001',
    names: `${WHO} figure window_ms measured_ms value warn max level exceeded`,
    records: ({ checks }) => checks,
  },
];

function mappings({ processes }: Document): Members[] {
  return processes.flatMap((each) => each.mappings.map((one) => ({ pid: each.pid, ...one })));
}

function changes({ processes }: Document): Members[] {
  return processes.flatMap(({ after, rows }) => rows.map((row) => ({ pid: after.pid, ...row })));
}

/** The output of a verb in a format. */
async function written(verb: string, format: string): Promise<string> {
  const words = verb.replace(/^map /, '').split(' ');
  return (await tsmap([...words, ...AT, '--format', format])).stdout.toString();
}

const objectsOf = (lines: string): Members[] =>
  lines
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

/** The names that a record has members for, in order; it leaves out members without a value. */
const among = (names: readonly string[], record: Members) => names.filter((name) => name in record);

const PYTHON = `
import csv, io, json, sys
text = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8', newline='')
json.dump(list(csv.reader(text, delimiter=sys.argv[1], strict=True)), sys.stdout)
`;

describe.each(VERBS)('the records of $verb', ({ verb, names, records }) => {
  const all = names.split(' ');

  test('have these members in ndjson, in this order', async () => {
    const lines = objectsOf(await written(verb, 'ndjson'));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(Object.keys(line)).toEqual(among(all, line));
    expect(all.filter((name) => lines.some((line) => name in line))).toEqual(all);
  });

  test('are the same in json', async () => {
    const document = JSON.parse(await written(verb, 'json'));
    expect(records(document)).toEqual(objectsOf(await written(verb, 'ndjson')));
  });

  test.each([
    ['csv', ','],
    ['tsv', '\t'],
  ])('are the same in %s, each member a column', async (format, delimiter) => {
    const text = await written(verb, format);
    const [header = ''] = text.split('\n');
    const columns = header.split(delimiter);
    // Only a process that shares the address space of another has this one.
    expect(columns.filter((name) => name !== 'address_space_of')).toEqual(all);
    const read = otherProgram(['python3', '-c', PYTHON, delimiter], text) as string[][] | undefined;
    const [, ...rows] = read ?? [];
    const lines = objectsOf(await written(verb, 'ndjson'));
    if (read !== undefined)
      expect(rows).toEqual(lines.map((line) => columns.map((name) => cell(line[name]))));
  });
});

function cell(value: unknown): string {
  if (value === undefined) return '';
  return Array.isArray(value) ? value.join(' ') : String(value);
}

test('the identity of a process is the same in every verb', async () => {
  const pids = HOSTILE.map(({ pid }) => String(pid));
  const run = async (...args: string[]) =>
    (await tsmap([...args, ...AT, ...pids, '--json'])).stdout.toString();
  const diffs = await Promise.all(
    pids.map(async (pid) =>
      JSON.parse((await tsmap(['diff', ...AT, pid, pid, '--json'])).stdout.toString()),
    ),
  );
  const identities: Readonly<Record<string, readonly Members[]>> = {
    map: JSON.parse(await run()).processes,
    summary: JSON.parse(await run('summary')).processes,
    check: JSON.parse(await run('check', '--max-rss', '1')).checks,
    watch: objectsOf(await run('watch', '--count', '1', '-q')),
    diff: diffs.map(({ processes }) => processes[0].after),
  };
  const expected = [
    {
      ...{ pid: 7001, comm: 'pr\ufffdog', comm_base64: 'cHL/b2c=' },
      ...{ command: 'prog\ufffd -a', command_base64: 'cHJvZ/8ALWEA' },
    },
    { pid: 7002, comm: 'a,"b\tc', command: '=1+1 \r\n "' },
    { pid: 7003, comm: '\x1b[2J', command: '\x1b]0;x\x07 \u202e' },
    { pid: 7004, comm: '', command: '' },
    { pid: 7005, comm: ') R 1' },
  ];
  for (const [verb, processes] of Object.entries(identities)) {
    const who = processes.map((each) =>
      Object.fromEntries(among(WHO.split(' '), each).map((name) => [name, each[name]])),
    );
    expect({ verb, who }).toEqual({ verb, who: expected });
  }
});
