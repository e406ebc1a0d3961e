import type { KindEvidence } from '../model/kind-evidence.ts';
import type { ProcessHead } from '../model/process.ts';
import { elfSegments, programName } from '../proc/elf/elf-segments.ts';
import { GuardPages } from '../proc/maps/guard-pages.ts';
import type { ProcessPlace } from '../proc/process/process-place.ts';
import type { MapSource } from './map-source.ts';

/**
 * What is known of a live process beyond its mappings, to tell their kinds. The files that it has mapped
 * are read when a rule asks for them.
 */
export function kindEvidence({ startStack }: ProcessHead, place: ProcessPlace): KindEvidence {
  const guards = new GuardPages(place);
  return {
    startStack,
    program: programName(place),
    segmentsOf: elfSegments(place),
    hasGuardPages: (range) => guards.has(range),
    close: () => guards.close(),
  };
}

/** What is known of any source: of a saved text nothing more, of a recording the kinds themselves. */
export function evidenceOf(
  { place, recorded }: Pick<MapSource, 'place' | 'recorded'>,
  head: ProcessHead,
): KindEvidence {
  if (place !== undefined) return kindEvidence(head, place());
  return { startStack: head.startStack, keepsKinds: recorded !== undefined };
}
