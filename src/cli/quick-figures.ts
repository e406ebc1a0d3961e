import { FIGURES, figureWithId } from '../columns/figures.ts';
import { UsageError } from '../model/errors/usage-error.ts';
import { fileOf } from '../sources/live/process-figures.ts';

/** Refuses figures that --quick cannot read. @throws UsageError. */
export function refuseSlowFigures(ids: readonly string[]): void {
  const slow = ids.find((id) => fileOf(figureWithId(id), true) === undefined);
  if (slow === undefined) return;
  const quick = FIGURES.filter((figure) => fileOf(figure, true) !== undefined);
  const names = quick.map(({ column }) => column.id).join(', ');
  throw new UsageError(`--quick reads only status, which does not have ${slow}; it has ${names}`);
}
