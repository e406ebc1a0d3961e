import { slotOf } from '../../src/model/fields.ts';
import type { Mapping } from '../../src/model/mapping.ts';

/** A mapping of a row of neighbours; one with the permissions `gap` is a hole. */
export type Row = readonly [size: number, perms: string, name?: string, vmFlags?: string];

/** Adjacent mappings from an address on, all of the device 8:1 and the inode 77. */
export function adjacentMappings(first: number, rows: readonly Row[]): Mapping[] {
  let start = first;
  return rows.flatMap(([size, perms, name = '', vmFlags]) => {
    const end = start + size;
    const values: (string | undefined)[] = [];
    if (vmFlags !== undefined) values[slotOf.VmFlags] = vmFlags;
    const rest = { offset: 0, deviceMajor: 8, deviceMinor: 1, inode: '77', values };
    const made = perms === 'gap' ? [] : [{ start, end, perms, name, ...rest }];
    start = end;
    return made;
  });
}
