import { DETAILS } from '../model/detail.ts';
import type { HeaderJson, RecordedProcessJson, SchemaName } from './format.ts';
import {
  asBytes,
  asCount,
  asItems,
  asNumber,
  asObject,
  asText,
  asTime,
  FormatError,
  type Members,
  oneOf,
  optional,
} from './json-shape.ts';
import { asciiJson, toBytesJson } from './json-text.ts';
import type { RecordedProcess, RecordingHeader } from './recording-header.ts';

/** The schema that this version writes, and the newest that it reads. */
const SCHEMA: SchemaName = 'tsmap.recording/1';

/** The first line of a recording, with its newline. */
export function encodeHeader(header: RecordingHeader): Buffer {
  const json: HeaderJson = {
    schema: SCHEMA,
    tsmap: header.version,
    host: header.host ?? null,
    kernel: header.kernel ?? null,
    started_at: new Date(header.startedAtMs).toISOString(),
    page_size: header.pageSizeBytes ?? null,
    max_map_count: header.maxMapCount ?? null,
    interval_seconds: header.intervalMs / 1000,
    detail: header.detail,
    processes: header.processes.map(identityJson),
  };
  return Buffer.from(`${asciiJson(json)}\n`, 'latin1');
}

/** Encodes what identifies a process. */
export function identityJson({
  pid,
  startTimeTicks,
  comm,
  cmdline,
}: RecordedProcess): RecordedProcessJson {
  return {
    pid,
    start_time_ticks: startTimeTicks,
    comm: toBytesJson(comm),
    command: toBytesJson(cmdline),
  };
}

/** Why a first line does not begin a recording that this version reads; undefined if it does. */
export function schemaProblem(line: unknown): string | undefined {
  const schema = typeof line === 'object' && line !== null && 'schema' in line ? line.schema : '';
  const text = typeof schema === 'string' ? schema : '';
  const version = /^tsmap\.recording\/([1-9]\d{0,8})$/.exec(text)?.[1];
  if (version === undefined) {
    return `is not a recording: expected a first line {"schema":"${SCHEMA}", ...}`;
  }
  if (version === '1') return undefined;
  return `has the schema tsmap.recording/${version}, and this version of tsmap reads only ${SCHEMA}: use a newer version`;
}

/** Decodes the first line of a recording. @throws FormatError. */
export function decodeHeader(line: unknown): RecordingHeader {
  const get = asObject<HeaderJson>(line, 'the header');
  return {
    version: asText(get('tsmap'), 'tsmap'),
    host: optional(get('host'), 'host', asText),
    kernel: optional(get('kernel'), 'kernel', asText),
    startedAtMs: asTime(get('started_at'), 'started_at'),
    pageSizeBytes: optional(get('page_size'), 'page_size', asNumber),
    maxMapCount: optional(get('max_map_count'), 'max_map_count', asNumber),
    intervalMs: asInterval(get('interval_seconds')),
    detail: oneOf(get('detail'), DETAILS, 'detail'),
    processes: asItems(get('processes'), 'processes').map((each) =>
      decodeIdentity(asObject<RecordedProcessJson>(each, 'processes')),
    ),
  };
}

/** Decodes what identifies a process. @throws FormatError. */
export function decodeIdentity(get: Members<RecordedProcessJson>): RecordedProcess {
  return {
    pid: asCount(get('pid'), 'pid'),
    startTimeTicks: asNumber(get('start_time_ticks'), 'start_time_ticks'),
    comm: asBytes(get('comm'), 'comm'),
    cmdline: asBytes(get('command'), 'command'),
  };
}

function asInterval(value: unknown): number {
  if (typeof value === 'number' && value > 0 && value < 1e12) return Math.round(value * 1000);
  throw new FormatError('interval_seconds is not a positive number');
}
