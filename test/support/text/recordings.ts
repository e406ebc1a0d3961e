import type { Detail } from '../../../src/model/detail.ts';
import { type FieldValue, FieldVocabulary } from '../../../src/model/fields.ts';
import { type Mapping, NO_MAPPING } from '../../../src/model/mapping.ts';
import type { Sample } from '../../../src/model/sample.ts';
import { encodeHeader } from '../../../src/recording/header.ts';
import { decodeSample, type RecordedSample } from '../../../src/recording/read/decode.ts';
import { readLimits } from '../../../src/recording/read/limits.ts';
import { RowBudget } from '../../../src/recording/read/row-budget.ts';
import type { RecordingHeader } from '../../../src/recording/recording-header.ts';
import { SampleEncoder } from '../../../src/recording/write/encode.ts';
import { takeSample } from '../../../src/sources/live/sampler.ts';
import { FIXTURE_ROOT } from '../reports.ts';

/** A header of a recording that was made by hand. */
export const HEADER: RecordingHeader = {
  version: '0.1.0',
  host: 'example',
  kernel: '6.18.0',
  startedAtMs: Date.parse('2026-11-22T10:00:00.000Z'),
  pageSizeBytes: 4096,
  maxMapCount: 65530,
  intervalMs: 10_000,
  detail: 'all',
  processes: [{ pid: 1001, startTimeTicks: 17, comm: 'sleep', cmdline: 'sleep\0' + '1000\0' }],
};

/** A sample of a fixture, taken so many seconds after the header's time. */
export function fixtureSample(pid: number, detail: Detail = 'all', seconds = 0): Sample {
  const epochMs = () => HEADER.startedAtMs + seconds * 1000;
  return takeSample({ root: FIXTURE_ROOT, pid, detail, epochMs, onProblem: () => undefined });
}

/** The smallest sample: one figure of a process, so many seconds after the header's time. */
export function tinySample(pid: number, seconds = 0): Sample {
  const vocabulary = new FieldVocabulary();
  vocabulary.meet(vocabulary.slot('Rss'), 'kib', -1);
  return {
    takenAtMs: HEADER.startedAtMs + seconds * 1000,
    head: { ...fixtureSample(1001).head, pid, askedPid: pid },
    detail: 'total',
    vocabulary,
    isSharedMemoryDevice: () => false,
    rows: [{ ...NO_MAPPING, values: [undefined, undefined, undefined, 4096 + seconds] }],
  };
}

/** The line of a sample, without its newline. */
export function lineOf(
  sample: Sample,
  moment = 1,
  encoder = new SampleEncoder(),
  user?: string,
): string {
  encoder.begin(sample);
  for (const row of sample.rows) encoder.row(row);
  const line = Buffer.from(encoder.end(moment, user)).toString('latin1');
  if (!/^[ -~]*\n$/.test(line)) throw new Error('not one line of ASCII');
  return line.slice(0, -1);
}

/** Decodes the line of a sample. */
export function decodedLine(line: string): RecordedSample {
  const limits = readLimits();
  const budget = new RowBudget(limits.rows);
  return decodeSample(Buffer.from(line), { limits, budget, keepsRows: true });
}

/** The text of a recording: its header and these samples, each at its own moment. */
export function recordingText(samples: readonly Sample[], header = HEADER): string {
  const lines = samples.map((sample, index) => `${lineOf(sample, index + 1)}\n`);
  return encodeHeader(header).toString('latin1') + lines.join('');
}

/** The content of a sample in a form that can be compared. */
export function contentOf({ takenAtMs, head, detail, vocabulary, rows, ...rest }: Sample) {
  const devices = rows.map(({ deviceMajor, deviceMinor }) =>
    rest.isSharedMemoryDevice(deviceMajor, deviceMinor),
  );
  // The owner follows from the kind and is not recorded.
  const plain = rows.map(({ owner: _, ...row }) => ({ ...row, values: valuesOf(row, vocabulary) }));
  return {
    takenAtMs,
    head,
    detail,
    order: vocabulary.order,
    slots: vocabulary.slots.map((slot) => [vocabulary.name(slot), vocabulary.kind(slot)]),
    devices,
    rows: plain,
  };
}

function valuesOf({ values }: Mapping, { slots }: FieldVocabulary): FieldValue[] {
  return slots.map((slot) => values[slot]);
}
