import { type Figure, PROCESS_FIGURES, type StatusLines } from '../../columns/figures.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { statusKib } from '../../proc/process/status.ts';

/** The figures that a text of status has, in bytes, by the ids of their columns; others are left out. */
export function statusFigures(
  status: ByteString,
  figures: readonly Figure[] = PROCESS_FIGURES,
): ReadonlyMap<string, number> {
  return new Map(
    figures.flatMap(({ column, status: lines }) => {
      const bytes = lines === undefined ? undefined : statusFigure(status, lines);
      return bytes === undefined ? [] : [[column.id, bytes] as const];
    }),
  );
}

function statusFigure(status: ByteString, { keys }: StatusLines): number | undefined {
  const found = keys.flatMap((key) => statusKib(status, key) ?? []);
  return found.length === 0 ? undefined : found.reduce((sum, kib) => sum + kib * 1024, 0);
}
