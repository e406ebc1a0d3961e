import { KindClassifier } from '../aggregate/kinds.ts';
import type { Mapping } from '../model/mapping.ts';
import type { Sample } from '../model/sample.ts';
import type { MappingReader } from '../proc/maps/mapping-reader.ts';

/** A mapping whose kind and owner can be set. */
type Classifiable = Omit<Mapping, 'kind' | 'owner'> & {
  -readonly [K in 'kind' | 'owner']?: Mapping[K];
};

/**
 * A reader whose mappings have their `kind` and `owner`. They are set on the record of the reader
 * that it reads from; no mapping is copied. That reader must give all mappings of ONE process, in the
 * order of addresses, with the fields of `withKindFields`.
 *
 * `startStack` is that of the process: an address in bytes, 0 if it is not known.
 */
export function classified(reader: MappingReader, startStack: number): MappingReader {
  const classifier = new KindClassifier(startStack);
  return {
    vocabulary: reader.vocabulary,
    notes: reader.notes,
    next: () => {
      const mapping = reader.next();
      return mapping && classify(mapping, classifier);
    },
    close: () => reader.close(),
  };
}

/** The sample with its mappings sorted by address and classified; groups stay as they are. */
export function classifiedSample<S extends Sample>(sample: S): S {
  if (sample.detail !== 'all') return sample;
  const classifier = new KindClassifier(sample.head.startStack);
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
