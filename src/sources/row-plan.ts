import { FilterError } from '../aggregate/filter/error.ts';
import { SortError } from '../aggregate/sort.ts';
import type { FieldVocabulary } from '../model/fields.ts';
import { UsageError } from '../model/usage-error.ts';
import type { RowChoice } from '../verbs/map/print-maps.ts';
import { checkRows, RowPipeline, type RowRequest } from './row-pipeline.ts';

/** How rows are chosen, checked before anything is read. @throws UsageError with the place. */
export function planRows(request: RowRequest, known: FieldVocabulary): RowChoice {
  return {
    fields: checked(request, known),
    open: (reading) => new RowPipeline(request, reading),
  };
}

function checked(request: RowRequest, known: FieldVocabulary): string[] {
  try {
    return checkRows(request, known);
  } catch (error) {
    if (error instanceof FilterError) throw pointing('--filter', request.filter, error);
    if (error instanceof SortError) throw pointing('--sort', request.sort, error);
    throw error;
  }
}

function pointing(option: string, text = '', { message, at }: { message: string; at: number }) {
  return new UsageError(`${option}: ${message}`, 'both', { text, at });
}
