import { chooseColumns } from '../../cli/options/column-choice.ts';
import { refuseSlowFigures } from '../../cli/quick-figures.ts';
import { findFigure } from '../../columns/figures.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import {
  QUICK_FIGURES,
  STANDARD_FIGURES,
  WATCHED,
  type Watched,
} from '../../model/watch/watched.ts';
import type { WatchOptions } from './options.ts';

/** The figures to follow, from --columns and --quick. @throws UsageError. */
export function chosenFigures({
  columns,
  quick,
}: Pick<WatchOptions, 'columns' | 'quick'>): Watched[] {
  const base = quick ? QUICK_FIGURES : STANDARD_FIGURES;
  const chosen = chooseColumns(columns, base, (name) => findFigure(name)?.column);
  const figures = chosen.columns.map(({ id }) => watched(id));
  if (quick) refuseSlowFigures(figures);
  return [...new Set(figures)];
}

function watched(id: string): Watched {
  const found = WATCHED.find((each) => each === id);
  if (found !== undefined) return found;
  throw new UsageError(`--columns: '${id}' cannot be watched; these can: ${WATCHED.join(', ')}`);
}
