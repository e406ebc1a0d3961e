import { KindClassifier } from '../aggregate/kinds/classifier.ts';
import type { KindEvidence } from '../model/kind-evidence.ts';
import type { Mapping } from '../model/mapping.ts';
import type { Sample } from '../model/sample.ts';
import type { MappingReader } from '../proc/maps/mapping-reader.ts';

/** A mapping whose kind and owner can be set. */
type Classifiable = Omit<Mapping, 'kind' | 'owner'> & {
  -readonly [K in 'kind' | 'owner']?: Mapping[K];
};

/**
 * Wraps a reader so that its mappings have a `kind` and an `owner`. Both are set on the reader's own
 * object; no mapping is copied. The reader must give all mappings of ONE process, in the order of
 * addresses, with the fields that `withKindFields` adds.
 */
export function classified(reader: MappingReader, evidence: KindEvidence): MappingReader {
  const classifier = new KindClassifier(evidence);
  return {
    vocabulary: reader.vocabulary,
    notes: reader.notes,
    next: () => {
      const mapping = reader.next();
      return mapping && classify(mapping, classifier);
    },
    close: () => {
      evidence.close?.();
      reader.close();
    },
  };
}

/**
 * The sample with its mappings in the order of addresses and classified; groups stay as they are.
 * Mappings that were classified when the process was read keep their kinds: more was known then.
 */
export function classifiedSample<S extends Sample>(sample: S): S {
  if (sample.detail !== 'all') return sample;
  const { startStack } = sample.head;
  const classifier = new KindClassifier({ startStack, keepsKinds: true });
  const rows = [...sample.rows].sort((a, b) => a.start - b.start);
  for (const row of rows) classify(row, classifier);
  return { ...sample, rows };
}

function classify(mapping: Classifiable, classifier: KindClassifier): Mapping {
  const { kind, owner } = classifier.classify(mapping);
  mapping.kind = kind;
  mapping.owner = owner;
  return mapping;
}
