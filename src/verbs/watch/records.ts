import type { FlatRecord, NestedRecord, RecordedEvent } from '../../format/machine/document.ts';
import {
  IDENTITY_NAMES,
  identityMembers,
  LABEL_NAMES,
  labelMembers,
} from '../../format/machine/identity.ts';
import type {
  Course,
  Ending,
  Mover,
  MoverGrouping,
  WatchReading,
} from '../../model/watch/watch-reading.ts';
import { type Figures, perFigure, WATCHED, type Watched } from '../../model/watch/watched.ts';

/** A reading of a process; flat it is a row for the process, and one for each mover. */
export function readingEvent(
  reading: WatchReading,
  missedTicks: number,
  by: MoverGrouping | undefined,
): RecordedEvent {
  return {
    record: () => readingRecord(reading, missedTicks, by),
    rows: () => readingRows(reading, missedTicks, by),
  };
}

/** The end of a process, or of watching it; flat formats have no place for it. */
export function endingEvent(ending: Ending): RecordedEvent {
  return { record: () => endingRecord(ending), rows: () => [] };
}

function readingRecord(
  reading: WatchReading,
  missedTicks: number,
  by: MoverGrouping | undefined,
): NestedRecord {
  const { movers = [] } = reading;
  const whole = processRecord(reading, missedTicks);
  if (by === undefined) return whole;
  return { ...whole, movers: movers.map((mover) => moverRecord(mover, by)) };
}

function processRecord(
  { head, takenAtMs, courses }: WatchReading,
  missedTicks: number,
): FlatRecord {
  return {
    event: 'reading',
    taken_at: new Date(takenAtMs).toISOString(),
    ...identityMembers(head),
    ...sizes(perFigure((id) => courses[id].last)),
    ...changes(perFigure((id) => courses[id].change)),
    missed_ticks: missedTicks,
  };
}

function endingRecord(ending: Ending): FlatRecord {
  return {
    event: ending.isGone ? 'ended' : 'stopped',
    at: new Date(ending.atMs).toISOString(),
    ...identityMembers(ending.head),
    readings: ending.readings,
    duration_seconds: Math.round(ending.durationMs) / 1000,
    ...Object.assign({}, ...WATCHED.map((id) => courseRecord(id, ending.courses[id]))),
  };
}

/** The members of a flat row, in order. */
export function rowNames(by: MoverGrouping | undefined): string[] {
  return [
    'event',
    'taken_at',
    ...IDENTITY_NAMES,
    ...moverNames(by),
    ...WATCHED.map((id) => `${id}_bytes`),
    ...WATCHED.map((id) => `${id}_change_bytes`),
    'missed_ticks',
  ];
}

function moverNames(by: MoverGrouping | undefined): readonly string[] {
  if (by === undefined) return [];
  return by === 'kind' ? ['kind'] : LABEL_NAMES;
}

function readingRows(
  reading: WatchReading,
  missedTicks: number,
  by: MoverGrouping | undefined,
): FlatRecord[] {
  const { movers = [] } = reading;
  const whole = processRecord(reading, missedTicks);
  if (by === undefined) return [whole];
  const rows = movers.map((mover) => ({ ...whole, event: 'mover', ...moverRecord(mover, by) }));
  return [whole, ...rows];
}

function moverRecord(mover: Mover, by: MoverGrouping): FlatRecord {
  const name = by === 'kind' ? { kind: mover.label } : labelMembers(mover.label);
  return { ...name, ...sizes(mover.figures), ...changes(mover.changes) };
}

function sizes(figures: Figures): FlatRecord {
  return Object.fromEntries(WATCHED.map((id) => [`${id}_bytes`, figures[id]]));
}

function changes(figures: Figures): FlatRecord {
  return Object.fromEntries(WATCHED.map((id) => [`${id}_change_bytes`, figures[id]]));
}

function courseRecord(id: Watched, { peak, mean, growth, slope }: Course): FlatRecord {
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
