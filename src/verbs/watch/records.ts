import { exactBytes, nameText } from '../../columns/machine.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type {
  Course,
  Ending,
  Mover,
  MoverGrouping,
  WatchReading,
} from '../../model/watch-reading.ts';
import { type Figures, perFigure, WATCHED, type Watched } from '../../model/watched.ts';

/** What machine formats write: sizes in bytes, times in ISO 8601; absent members are undefined. */
export type WatchRecord = Readonly<Record<string, unknown>>;

/** A reading of a process. */
export function momentRecord(
  moment: WatchReading,
  missedTicks: number,
  by: MoverGrouping | undefined,
): WatchRecord {
  const { head, takenAtMs, courses, movers } = moment;
  return {
    event: 'reading',
    taken_at: new Date(takenAtMs).toISOString(),
    ...identity(head),
    ...sizes(perFigure((id) => courses[id].last)),
    ...changes(perFigure((id) => courses[id].change)),
    missed_ticks: missedTicks,
    ...(by === undefined ? {} : { movers: (movers ?? []).map((mover) => moverRecord(mover, by)) }),
  };
}

/** The end of a process, or of watching it. */
export function endingRecord(ending: Ending): WatchRecord {
  return {
    event: ending.isGone ? 'ended' : 'stopped',
    at: new Date(ending.atMs).toISOString(),
    ...identity(ending.head),
    readings: ending.readings,
    duration_seconds: Math.round(ending.durationMs) / 1000,
    ...Object.assign({}, ...WATCHED.map((id) => courseRecord(id, ending.courses[id]))),
  };
}

/** The names of what a line of csv and tsv holds, in its order. */
export function lineNames(by: MoverGrouping | undefined): string[] {
  return [
    'taken_at',
    'pid',
    ...(by === undefined ? ['comm'] : ['row', 'name']),
    ...WATCHED.map((id) => `${id}_bytes`),
    ...WATCHED.map((id) => `${id}_change_bytes`),
    'missed_ticks',
  ];
}

/** A reading as lines of csv and tsv: the process's, and one for each mover. */
export function lineRecords(
  moment: WatchReading,
  missedTicks: number,
  by: MoverGrouping | undefined,
): WatchRecord[] {
  const whole = momentRecord(moment, missedTicks, undefined);
  const movers = moment.movers ?? [];
  return [
    { ...whole, row: 'total', name: whole['comm'] },
    ...movers.map((mover) => ({
      ...whole,
      row: by,
      name: nameText(mover.label),
      ...sizes(mover.figures),
      ...changes(mover.changes),
    })),
  ];
}

function identity({ pid, comm }: { readonly pid: number; readonly comm: ByteString }): WatchRecord {
  return { pid, comm: nameText(comm), comm_base64: exactBytes(comm) };
}

function moverRecord(mover: Mover, by: MoverGrouping): WatchRecord {
  const name =
    by === 'kind'
      ? { kind: mover.label }
      : { name: nameText(mover.label), name_base64: exactBytes(mover.label) };
  return { ...name, ...sizes(mover.figures), ...changes(mover.changes) };
}

function sizes(figures: Figures): WatchRecord {
  return Object.fromEntries(WATCHED.map((id) => [`${id}_bytes`, figures[id]]));
}

function changes(figures: Figures): WatchRecord {
  return Object.fromEntries(WATCHED.map((id) => [`${id}_change_bytes`, figures[id]]));
}

function courseRecord(id: Watched, { peak, mean, growth, slope }: Course): WatchRecord {
  return {
    [`${id}_peak_bytes`]: peak,
    [`${id}_mean_bytes`]: rounded(mean),
    [`${id}_change_bytes`]: growth,
    [`${id}_slope_bytes_per_minute`]: rounded(slope?.perMinute),
    [`${id}_slope_margin_bytes_per_minute`]: rounded(slope?.margin),
  };
}

/** Whole bytes, as everywhere; never `-0`. */
function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value) + 0;
}
