import type { Detail } from '../../model/detail.ts';
import type { Part } from '../../model/difference.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { Sample } from '../../model/sample.ts';
import { type GroupedBy, groupMappings } from '../group.ts';

/**
 * The finest detail in which two samples can be compared. Mappings can be grouped by name or by kind;
 * groups of names and groups of kinds have only their total in common.
 */
export function commonDetail(a: Detail, b: Detail): Detail {
  if (a === b) return a;
  if (a === 'all') return b;
  return b === 'all' ? a : 'total';
}

/**
 * The rows of a sample, made as coarse as `detail`, which it must be able to give. Mappings must have
 * been classified and be in the order of their addresses.
 */
export function partsOf({ rows, vocabulary, ...sample }: Sample, detail: Detail): Part[] {
  const isGrouped = detail !== 'all' && detail !== sample.detail;
  return (isGrouped ? groupMappings(rows, detail, vocabulary) : rows).map(partOf);
}

/** Groups of the parts, or with `total` all of them as one. */
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
