import type { Detail } from '../../model/detail.ts';
import type { Part } from '../../model/difference.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { Sample } from '../../model/sample.ts';
import { type GroupedBy, groupMappings } from '../group.ts';

/**
 * The finest detail in which two samples can be compared. Samples grouped by name and samples grouped
 * by kind have only their totals in common.
 */
export function commonDetail(a: Detail, b: Detail): Detail {
  if (a === b) return a;
  if (a === 'all') return b;
  return b === 'all' ? a : 'total';
}

/**
 * The rows of a sample, grouped to the given detail, which must not be finer than the sample. Mappings
 * must be classified and in the order of their addresses.
 */
export function partsOf({ rows, vocabulary, ...sample }: Sample, detail: Detail): Part[] {
  const isGrouped = detail !== 'all' && detail !== sample.detail;
  return (isGrouped ? groupMappings(rows, detail, vocabulary) : rows).map(partOf);
}

/** Groups the parts; `total` puts all of them into one group. */
export function grouped(
  parts: Iterable<Part>,
  by: GroupedBy,
  { vocabulary }: Pick<Sample, 'vocabulary'>,
): Part[] {
  const mappings = Array.from(parts, ({ mapping }) => mapping);
  return groupMappings(mappings, by, vocabulary).map(partOf);
}

function partOf(mapping: Mapping): Part {
  return { mapping, owner: mapping.owner ?? mapping.name };
}
