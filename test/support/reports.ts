import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { Totals } from '../../src/aggregate/totals.ts';
import { KERNEL_NAMES } from '../../src/columns/machine.ts';
import { ByteWriter } from '../../src/format/byte-writer.ts';
import { FORMATS, type MachineFormatName } from '../../src/format/machine/formats.ts';
import type { MachineOptions } from '../../src/format/machine/live-columns.ts';
import type { MapReport, ReportSubject } from '../../src/format/report.ts';
import type { ProcessHead } from '../../src/model/process.ts';
import type { MappingReader } from '../../src/proc/maps/mapping-reader.ts';
import { openMappings } from '../../src/proc/maps/open-mappings.ts';
import { SmapsReader } from '../../src/proc/maps/smaps-reader.ts';
import { readProcessHead } from '../../src/proc/process/process-head.ts';
import { placeOf } from '../../src/proc/process/process-place.ts';
import { chunks } from './text/chunks.ts';

/** The fixtures' proc root as an absolute path. */
export const FIXTURE_ROOT = new URL('../../fixtures/proc', import.meta.url).pathname;
/** Fixtures with a readable smaps, damaged ones among them. */
export const PIDS = readdirSync(FIXTURE_ROOT)
  .filter((pid) => pid !== '2906' && pid !== '2907')
  .map(Number);
/** Fixtures whose smaps the reference reader, which takes the kernel's form alone, can read. */
export const WHOLE_PIDS = PIDS.filter((pid) => pid < 2900 || pid > 2999);

export const ORIGIN = {
  takenAt: '2026-01-02T03:04:05.678Z',
  host: 'example',
  kernel: '6.18.0',
} as const;
const ALL: MachineOptions = { fields: 'all' };

/** A report that writes to memory. */
export async function reportInto(name: MachineFormatName, options: MachineOptions = ALL) {
  const parts: Buffer[] = [];
  const writer = new ByteWriter((bytes) => parts.push(Buffer.from(bytes)));
  const report = (await FORMATS[name].load()).mappings(writer, options);
  const output = () => {
    writer.flush();
    return Buffer.concat(parts);
  };
  return { report, writer, output };
}

/** Begins a process as `verbs/map` does, with its first record; returns that record. */
export function begin(report: MapReport, head: ProcessHead, reader: MappingReader) {
  report.title(head);
  const first = reader.next();
  const subject: ReportSubject = { head, names: KERNEL_NAMES, vocabulary: reader.vocabulary };
  report.begin(subject);
  return first;
}

/** Reports up to `limit` rows of a process; returns the sums for `end`. */
export function rows(report: MapReport, head: ProcessHead, reader: MappingReader, limit = 1e9) {
  const first = begin(report, head, reader);
  const totals = new Totals(report.totals);
  let count = 0;
  for (let one = first; one !== undefined && count < limit; one = reader.next(), count++) {
    report.row(one);
    totals.add(one);
  }
  return totals;
}

export function headOf(pid: number): ProcessHead {
  return readProcessHead(FIXTURE_ROOT, pid);
}

export function readerOf(pid: number, fields: MachineOptions['fields'] = 'all'): MappingReader {
  return openMappings(placeOf(FIXTURE_ROOT, pid), fields);
}

/** A reader over a text of smaps. */
export function readerOver(smaps: string): MappingReader {
  return new SmapsReader(chunks(smaps, 4096));
}

/** The output about these fixtures. */
export async function machineOutput(
  name: MachineFormatName,
  pids: readonly number[],
  options: MachineOptions = ALL,
): Promise<string> {
  const { report, output } = await reportInto(name, options);
  report.open?.(ORIGIN);
  for (const pid of pids) {
    const reader = readerOf(pid, options.fields);
    report.end(rows(report, headOf(pid), reader));
    reader.close();
  }
  report.close?.([]);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(output());
}

/**
 * The JSON that another program prints about `input`; undefined, with a message, if it is missing.
 */
export function otherProgram(command: readonly string[], input: string): unknown {
  const [program = '', ...args] = command;
  const env = { ...process.env, PYTHONIOENCODING: 'utf-8:strict', PYTHONUTF8: '1' };
  const result = spawnSync(program, args, { input, env, maxBuffer: 1 << 28 });
  if ((result.error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') {
    console.warn(`skipped: ${program} is not installed`);
    return undefined;
  }
  if (result.status !== 0) throw new Error(`${program}: ${result.stderr}`);
  return JSON.parse(result.stdout.toString('utf8'));
}
