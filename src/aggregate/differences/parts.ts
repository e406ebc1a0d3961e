import type { Detail } from '../../model/detail.ts';
import type { Part } from '../../model/difference.ts';
import type { Grouping } from '../../model/grouping.ts';
import type { Sample } from '../../model/sample.ts';
import { Groups } from '../group.ts';
import { KindClassifier } from '../kinds.ts';

/**
 * How much two samples can be compared by: as much as both hold. Every mapping can be grouped by
 * name or kind; groups of names and groups of kinds share nothing but their total.
 */
export function commonDetail(a: Detail, b: Detail): Detail {
  if (a === b) return a;
  if (a === 'all') return b;
  return b === 'all' ? a : 'total';
}

/** The rows of a sample, made as coarse as `detail`, which it must be able to give. */
export function partsOf(sample: Sample, detail: Detail): Part[] {
  const { rows, vocabulary, head } = sample;
  if (sample.detail !== 'all') {
    const parts = rows.map((mapping): Part => ({ mapping, owner: mapping.name }));
    return detail === sample.detail ? parts : grouped(parts, 'total', sample);
  }
  const classifier = new KindClassifier(head.startStack);
  const parts = [...rows]
    .sort((a, b) => a.start - b.start)
    .map((mapping): Part => {
      const { kind, owner } = classifier.classify(mapping);
      return { mapping: { ...mapping, kind }, owner };
    });
  return detail === 'all' ? parts : grouped(parts, detail, { vocabulary });
}

/** Groups of the parts, or with `total` all of them as one. */
export function grouped(
  parts: Iterable<Part>,
  by: Grouping | 'total',
  { vocabulary }: Pick<Sample, 'vocabulary'>,
): Part[] {
  const groups = new Groups(by === 'total' ? 'mapping' : by, vocabulary);
  for (const { mapping, owner } of parts) {
    // A group whose mappings differ has no kind; where it matters the kind is known.
    const kind = mapping.kind ?? 'anonymous';
    groups.add(mapping, { kind, owner: by === 'total' ? '' : owner });
  }
  return groups.list().map((mapping) => ({ mapping, owner: mapping.name }));
}
