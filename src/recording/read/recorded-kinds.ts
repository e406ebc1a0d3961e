import { KINDS, type Kind } from '../../model/kind.ts';
import { asCount, asItems, asText } from '../json-shape.ts';

/**
 * Decodes SampleJson.kinds: gives the kinds of the rows one after another, undefined for a kind that
 * this version does not know, and behind the last one. @throws FormatError.
 */
export function decodeKinds(json: unknown): () => Generator<Kind | undefined, void, void> {
  const items = asItems(json, 'kinds');
  const runs: { readonly kind: Kind | undefined; readonly count: number }[] = [];
  for (let at = 0; at < items.length; at += 2) {
    const name = asText(items[at], 'kinds');
    const kind = KINDS.find((each) => each === name);
    runs.push({ kind, count: asCount(items[at + 1], 'kinds') });
  }
  return function* () {
    for (const { kind, count } of runs) {
      for (let i = 0; i < count; i++) yield kind;
    }
  };
}
