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
import { type Figures, perFigure, type Watched } from '../../model/watch/watched.ts';

/** What records hold. */
export interface RecordShape {
  /** How movers are grouped; undefined if there are none. */
  readonly by: MoverGrouping | undefined;
  readonly figures: readonly Watched[];
}

/** A reading of a process; flat it is a row for the process, and one for each mover. */
export function readingEvent(
  reading: WatchReading,
  missedTicks: number,
  shape: RecordShape,
): RecordedEvent {
  return {
    record: () => readingRecord(reading, missedTicks, shape),
    rows: () => readingRows(reading, missedTicks, shape),
  };
}

/** The end of a process, or of watching it; flat formats have no place for it. */
export function endingEvent(ending: Ending, { figures }: RecordShape): RecordedEvent {
  return { record: () => endingRecord(ending, figures), rows: () => [] };
}

function readingRecord(
  reading: WatchReading,
  missedTicks: number,
  shape: RecordShape,
): NestedRecord {
  const { movers = [] } = reading;
  const { by, figures } = shape;
  const whole = processRecord(reading, missedTicks, figures);
  if (by === undefined) return whole;
  return { ...whole, movers: movers.map((mover) => moverRecord(mover, by, figures)) };
}

function processRecord(
  { head, takenAtMs, courses }: WatchReading,
  missedTicks: number,
  figures: readonly Watched[],
): FlatRecord {
  return {
    event: 'reading',
    taken_at: new Date(takenAtMs).toISOString(),
    ...identityMembers(head),
    ...sizes(
      perFigure((id) => courses[id].last),
      figures,
    ),
    ...changes(
      perFigure((id) => courses[id].change),
      figures,
    ),
    missed_ticks: missedTicks,
  };
}

function endingRecord(ending: Ending, figures: readonly Watched[]): FlatRecord {
  return {
    event: ending.isGone ? 'ended' : 'stopped',
    at: new Date(ending.atMs).toISOString(),
    ...identityMembers(ending.head),
    readings: ending.readings,
    duration_seconds: Math.round(ending.durationMs) / 1000,
    ...Object.assign({}, ...figures.map((id) => courseRecord(id, ending.courses[id]))),
  };
}

/** The members of a flat row, in order. */
export function rowNames({ by, figures }: RecordShape): string[] {
  return [
    'event',
    'taken_at',
    ...IDENTITY_NAMES,
    ...moverNames(by),
    ...figures.map((id) => `${id}_bytes`),
    ...figures.map((id) => `${id}_change_bytes`),
    'missed_ticks',
  ];
}

function moverNames(by: MoverGrouping | undefined): readonly string[] {
  if (by === undefined) return [];
  return by === 'kind' ? ['kind'] : LABEL_NAMES;
}

function readingRows(reading: WatchReading, missedTicks: number, shape: RecordShape): FlatRecord[] {
  const { movers = [] } = reading;
  const { by, figures } = shape;
  const whole = processRecord(reading, missedTicks, figures);
  if (by === undefined) return [whole];
  const rows = movers.map((mover) => ({
    ...whole,
    event: 'mover',
    ...moverRecord(mover, by, figures),
  }));
  return [whole, ...rows];
}

function moverRecord(mover: Mover, by: MoverGrouping, figures: readonly Watched[]): FlatRecord {
  const name = by === 'kind' ? { kind: mover.label } : labelMembers(mover.label);
  return { ...name, ...sizes(mover.figures, figures), ...changes(mover.changes, figures) };
}

function sizes(values: Figures, figures: readonly Watched[]): FlatRecord {
  return Object.fromEntries(figures.map((id) => [`${id}_bytes`, values[id]]));
}

function changes(values: Figures, figures: readonly Watched[]): FlatRecord {
  return Object.fromEntries(figures.map((id) => [`${id}_change_bytes`, values[id]]));
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
