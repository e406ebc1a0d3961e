import { isShownByX, kernelColumns, LEFT_OUT_OF_X } from '../columns/kernel-fields.ts';
import { columns } from '../columns/table.ts';
import type { MeasuredColumns } from './measured-report.ts';

const BEFORE_FIELDS = [columns.perm, columns.kernelOffset, columns.device, columns.inode];

/** The columns of -X, and with `everything` those of -XX: all fields that the kernel prints. */
export function detailColumns(everything: boolean): MeasuredColumns {
  const isShown = everything ? () => true : isShownByX;
  return {
    fields: everything ? 'all' : { except: LEFT_OUT_OF_X },
    choose: (vocabulary) => [
      columns.startAddress,
      ...BEFORE_FIELDS,
      ...kernelColumns(vocabulary, isShown),
    ],
    name: columns.kernelName,
    togglesPath: false,
  };
}

/**
 * The columns that an rc file lists by their titles (-c, -C), and the address in any case; in the
 * order of -XX.
 */
export function listedColumns(titles: ReadonlySet<string>, togglesPath: boolean): MeasuredColumns {
  const isListed = (title: string) => titles.has(title);
  return {
    fields: 'all',
    choose: (vocabulary) => [
      columns.startAddress,
      ...BEFORE_FIELDS.filter(({ title }) => isListed(title)),
      ...kernelColumns(vocabulary, isListed),
    ],
    name: isListed(columns.kernelName.title) ? columns.kernelName : undefined,
    togglesPath,
  };
}
