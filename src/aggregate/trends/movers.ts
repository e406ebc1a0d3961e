import type { ByteString } from '../../model/byte-string.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { Mover, MoverGrouping } from '../../model/watch/watch-reading.ts';
import { type Figures, perFigure, type Watched } from '../../model/watch/watched.ts';
import { figuresOf } from './watched.ts';

const NOTHING: Figures = perFigure(() => 0);
const UNKNOWN: Figures = perFigure(() => undefined);

/** Compares the groups of each reading with the groups of the previous and the first reading. */
export class MoverFinder {
  readonly by: MoverGrouping;
  #first: ReadonlyMap<ByteString, Figures> | undefined;
  #previous: ReadonlyMap<ByteString, Figures> | undefined;

  constructor(by: MoverGrouping) {
    this.by = by;
  }

  /** Adds the groups of a reading (see Groups). Returns the groups of it and the previous reading. */
  add(groups: Iterable<Mapping>): Mover[] {
    const now = new Map<ByteString, Figures>();
    for (const group of groups) now.set(this.#labelOf(group), figuresOf([group]));
    const previous = this.#previous;
    this.#first ??= now;
    this.#previous = now;
    const gone = [...(previous?.keys() ?? [])].filter((label) => !now.has(label));
    return [...now.keys(), ...gone].map((label) => this.#compare(label, now, previous));
  }

  #compare(
    label: ByteString,
    now: ReadonlyMap<ByteString, Figures>,
    previous: ReadonlyMap<ByteString, Figures> | undefined,
  ): Mover {
    const figures = now.get(label) ?? NOTHING;
    const before = previous?.get(label) ?? NOTHING;
    const first = this.#first?.get(label) ?? NOTHING;
    return {
      label,
      figures,
      changes: previous === undefined ? UNKNOWN : changesBetween(before, figures),
      rssGrowth: (figures.rss ?? 0) - (first.rss ?? 0),
    };
  }

  #labelOf(group: Mapping): ByteString {
    return this.by === 'kind' ? (group.kind ?? '') : group.name;
  }
}

function changesBetween(before: Figures, now: Figures): Figures {
  return perFigure((id) => {
    const from = before[id];
    const to = now[id];
    return from === undefined || to === undefined ? undefined : to - from;
  });
}

/**
 * The movers of which one of `figures` changed since the previous reading, the largest change of the first
 * figure first.
 */
export function moved(movers: readonly Mover[], top: number, figures: readonly Watched[]): Mover[] {
  const changed = movers.filter(({ changes }) => figures.some((id) => (changes[id] ?? 0) !== 0));
  return changed.sort((a, b) => compareChanges(a, b, figures)).slice(0, top);
}

/** The movers that changed most since the first reading; among equal ones the largest first. */
export function grown(movers: readonly Mover[], top: number): Mover[] {
  const order = (a: Mover, b: Mover) =>
    Math.abs(b.rssGrowth) - Math.abs(a.rssGrowth) || (b.figures.rss ?? 0) - (a.figures.rss ?? 0);
  return [...movers].sort(order).slice(0, top);
}

function compareChanges(a: Mover, b: Mover, figures: readonly Watched[]): number {
  for (const id of figures) {
    const order = Math.abs(b.changes[id] ?? 0) - Math.abs(a.changes[id] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
