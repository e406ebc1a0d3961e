import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { HOSTILE, makeHostileRoot } from '../../support/proc/hostile-processes.ts';
import { FIXTURES, inTemporaryDirectory, ROOT, tsmap } from '../../support/program.ts';
import { SCHEMAS, type SchemaName, schemaOf, schemaProblems } from '../../support/schema.ts';

/** Fixtures of old, new and odd kernels, of odd names, and without mappings. */
const PIDS = '1001 1003 2001 2004 2005 2008 2009 2010 2011 2013 2014 2016 34751'.split(' ');
const GONE = '99999';

const hostile = makeHostileRoot();
afterAll(() => hostile.cleanUp());
const hostilePids = HOSTILE.map(({ pid }) => String(pid));

const RECORDING = 'fixtures/recordings/v1-all.tsmap';
const AT = ['--proc-root', FIXTURES];
const AT_HOSTILE = ['--proc-root', hostile.path];
const CHECK = 'check --max-rss 1M --warn-size 1G --max-growth rss=1/100ms'.split(' ');
const WATCH = 'watch --count 3 --interval 10ms'.split(' ');

/** Arguments without the format; several of each verb, so that each member occurs. */
const RUNS: readonly (readonly [schema: SchemaName, args: readonly string[]])[] = [
  ['snapshot', [...AT, ...PIDS, GONE]],
  ['snapshot', [...AT, '-d', ...PIDS]],
  ['snapshot', [...AT, '--group-by', 'kind', '34751']],
  ['snapshot', [...AT, '--columns', 'address,rss,kind,mapping,vm_flags', '2009']],
  ['snapshot', [...AT_HOSTILE, ...hostilePids]],
  ['snapshot', ['--from', 'fixtures/saved/bom.smaps']],
  ['snapshot', ['--from', RECORDING]],
  ['summary', ['summary', ...AT, ...PIDS, GONE]],
  ['summary', ['summary', ...AT, '--totals-only', ...PIDS]],
  ['summary', ['summary', ...AT_HOSTILE, ...hostilePids]],
  ['summary', ['summary', ...AT_HOSTILE, '--group-by', 'mapping', ...hostilePids]],
  ['summary', ['summary', ...AT, '--group-by', 'kind', ...PIDS]],
  ['summary', ['summary', ...AT, '--group-by', 'mode', '34751']],
  ['summary', ['summary', ...AT, '--columns', 'rss,ksm', '--sort', '-rss', '2009', '1001']],
  ['summary', ['summary', '--from', 'fixtures/saved/bom.smaps']],
  ['summary', ['summary', '--from', RECORDING]],
  ['diff', ['diff', ...AT, '1001', '1003', '--top', '3']],
  ['diff', ['diff', ...AT, '2009', '2004', '--columns', 'rss,pss,mappings', '--unchanged']],
  ['diff', ['diff', ...AT, '1001', '2009', '--group-by', 'kind']],
  ['diff', ['diff', ...AT, '1001', '2009', '--group-by', 'mapping']],
  ['diff', ['diff', ...AT, '1001', '2009', '--group-by', 'mode']],
  ['diff', ['diff', ...AT, '1001', GONE]],
  ['diff', ['diff', ...AT, 'fixtures/saved/bom.smaps', '1001', '--unchanged']],
  ['diff', ['diff', ...AT_HOSTILE, '7001', '7002', '--unchanged']],
  ['diff', ['diff', RECORDING, '--unchanged']],
  ['check', [...CHECK, ...AT, '1001', '1003', '2003', GONE]],
  ['check', [...CHECK, ...AT_HOSTILE, ...hostilePids]],
  ['watch', [...WATCH, ...AT, '1001', '2003']],
  ['watch', [...WATCH, ...AT, '--by', 'kind', '1001', '2003']],
  ['watch', [...WATCH, ...AT_HOSTILE, '--by', 'mapping', ...hostilePids]],
];

const linesOf = (stdout: Buffer): Record<string, unknown>[] =>
  stdout
    .toString()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

/** The problems of these values, without repetition. */
const problemsOf = (check: (value: unknown) => string[], values: readonly unknown[]) => [
  ...new Set(values.flatMap(check)),
];

const titled = RUNS.map(([name, args]) => {
  const title = args.join(' ').replace(hostile.path, 'HOSTILE');
  return { name, args, title };
});

describe.each(titled)('$title is valid by the schema $name', ({ name, args }) => {
  test('as json', async () => {
    const { stdout } = await tsmap([...args, '--format', 'json']);
    const values = name === 'watch' ? linesOf(stdout) : [JSON.parse(stdout.toString())];
    expect(values.length).toBeGreaterThan(0);
    expect(problemsOf(schemaProblems(name), values)).toEqual([]);
  });

  test('as ndjson, line by line', async () => {
    const { stdout } = await tsmap([...args, '--format', 'ndjson']);
    const lines = linesOf(stdout);
    const definition = name === 'watch' ? undefined : 'record';
    expect(problemsOf(schemaProblems(name, definition), lines)).toEqual([]);
    expect(lines.length > 0 || args.includes(GONE)).toBe(true);
  });
});

describe('a recording is valid by its schema', () => {
  const check = schemaProblems('recording');
  const recorded = readdirSync(join(ROOT, 'fixtures/recordings')).filter((file) =>
    file.endsWith('.tsmap'),
  );

  test.each(recorded)('%s', (file) => {
    const lines = linesOf(readFileSync(join(ROOT, 'fixtures/recordings', file)));
    expect(lines.length).toBeGreaterThan(2);
    expect(problemsOf(check, lines)).toEqual([]);
  });

  test.each([
    { by: [] },
    { by: ['--by', 'mapping'] },
    { by: ['--by', 'kind'] },
    { by: ['--by', 'total'] },
  ])('that is made now with $by', async ({ by }) => {
    await inTemporaryDirectory(async (directory) => {
      const file = join(directory, 'new.tsmap');
      const options = ['-o', file, ...by, '--count', '2', '--interval', '10ms', '-q'];
      const { stderr } = await tsmap(['record', ...options, ...AT_HOSTILE, ...hostilePids]);
      expect(stderr).toBe('');
      const lines = linesOf(readFileSync(file));
      expect(lines).toHaveLength(1 + 2 * hostilePids.length);
      expect(problemsOf(check, lines)).toEqual([]);
    });
  });
});

describe('the schemas', () => {
  test('are all in the package, each with its own name', () => {
    const files = readdirSync(join(ROOT, 'src/format/machine/schemas'));
    expect(files.sort()).toEqual(SCHEMAS.map((name) => `${name}.schema.json`).sort());
  });

  test('include the first one under its old name as well', () => {
    const { resolve } = createRequire(import.meta.url);
    const path = resolve('tsmap/snapshot.schema.json');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(schemaOf('snapshot'));
  });

  test('have the same definitions of what they share', () => {
    const definitions = SCHEMAS.flatMap((name) => Object.entries(schemaOf(name).$defs));
    for (const shared of ['identity', 'time', 'problem']) {
      const all = definitions.filter(([name]) => name === shared).map(([, text]) => text);
      expect(all.length).toBeGreaterThan(1);
      for (const each of all) expect(each).toEqual(all[0]);
    }
  });

  test.each<[SchemaName, readonly string[], (document: Nested) => Nested]>([
    ['snapshot', ['1001'], (document) => document],
    ['snapshot', ['1001'], ({ processes }) => processes[0]],
    ['summary', ['summary', '1001'], (document) => document],
    ['summary', ['summary', '1001'], ({ processes }) => processes[0]],
    ['summary', ['summary', '1001'], ({ processes }) => processes[0].by_kind[0]],
    ['summary', ['summary', '1001'], ({ processes }) => processes[0].by_mapping[0]],
    ['summary', ['summary', '1001'], ({ totals }) => totals],
    ['diff', ['diff', '1001', '1003'], (document) => document],
    ['diff', ['diff', '1001', '1003'], ({ processes }) => processes[0]],
    ['diff', ['diff', '1001', '1003'], ({ processes }) => processes[0].after],
    ['diff', ['diff', '1001', '1003'], ({ processes }) => processes[0].rows[0]],
    ['diff', ['diff', '1001', '1003'], ({ processes }) => processes[0].totals],
    ['check', ['check', '--max-rss', '1M', '1001'], (document) => document],
    ['check', ['check', '--max-rss', '1M', '1001'], ({ checks }) => checks[0]],
  ])('%s refuses a member that it does not describe: %#', async (name, args, placeOf) => {
    const { stdout } = await tsmap([...args, ...AT, '--json']);
    const document = JSON.parse(stdout.toString());
    const check = schemaProblems(name);
    expect(check(document)).toEqual([]);
    placeOf(document)['surprise'] = 1;
    expect(check(document).join()).toMatch(/must NOT have (additional|unevaluated) properties/);
  });

  test('watch refuses a member that it does not describe', async () => {
    const { stdout } = await tsmap(['watch', '--count', '1', '--json', ...AT, '1001']);
    const check = schemaProblems('watch');
    for (const line of linesOf(stdout)) {
      expect(check(line)).toEqual([]);
      expect(check({ ...line, surprise: 1 }).join()).toMatch(/must NOT have unevaluated/);
    }
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a document that was parsed, of any form
type Nested = Record<string, any>;
