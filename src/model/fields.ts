/**
 * The names of the per-mapping fields of /proc/PID/smaps, and a number ("slot") for each.
 *
 * Source: Documentation/filesystems/proc.rst. The list is not closed: a kernel may print keys that
 * are not here, and they get slots behind the known ones, in the reading in which they turn up.
 */
export const KNOWN_FIELDS = [
  'Size',
  'KernelPageSize',
  'MMUPageSize',
  'Rss',
  'Pss',
  'Pss_Dirty',
  'Shared_Clean',
  'Shared_Dirty',
  'Private_Clean',
  'Private_Dirty',
  'Referenced',
  'Anonymous',
  'KSM',
  'LazyFree',
  'AnonHugePages',
  'ShmemPmdMapped',
  'FilePmdMapped',
  'Shared_Hugetlb',
  'Private_Hugetlb',
  'Swap',
  'SwapPss',
  'Locked',
  'THPeligible',
  'ProtectionKey',
  'VmFlags',
  'Name',
] as const;

/** A field that tsmap knows by name. */
export type KnownField = (typeof KNOWN_FIELDS)[number];

/** The slot of every known field: `slotOf.Rss` is where a mapping's `values` hold its Rss. */
export const slotOf: Readonly<Record<KnownField, number>> = Object.fromEntries(
  KNOWN_FIELDS.map((name, slot) => [name, slot]),
) as Record<KnownField, number>;

/** How the kernel printed a field: `kib` with the unit "kB", `count` a bare number, `text` the rest. */
export type FieldKind = 'kib' | 'count' | 'text';

/**
 * A field's value in one mapping: a number (KiB or a count, see FieldKind), text, or `undefined`
 * where the kernel printed no such line. Absent is not zero.
 */
export type FieldValue = number | string | undefined;

/** Known fields that are no size. */
const KIND_OF: Readonly<Partial<Record<KnownField, FieldKind>>> = {
  THPeligible: 'count',
  ProtectionKey: 'count',
  VmFlags: 'text',
  Name: 'text',
};

/** The fields that one reading of smaps met, in the kernel's own order, with their slots. */
export class FieldVocabulary {
  readonly #slots = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #kinds: FieldKind[] = [];
  readonly #order: number[] = [];
  readonly #met = new Set<number>();

  constructor() {
    for (const name of KNOWN_FIELDS) this.#add(name, KIND_OF[name]);
  }

  /** The slots met so far, in the kernel's order. */
  get order(): readonly number[] {
    return this.#order;
  }

  /** All slots: those of the known fields, met or not, and of the others that were met. */
  get slots(): readonly number[] {
    return this.#names.map((_, slot) => slot);
  }

  /** The slot of a field, made if there is none yet. */
  slot(name: string): number {
    return this.#slots.get(name) ?? this.#add(name);
  }

  /** The slot of a field that is known already; undefined if no record had it. */
  find(name: string): number | undefined {
    return this.#slots.get(name);
  }

  /** The kernel's name of a slot. */
  name(slot: number): string {
    return this.#names[slot] ?? '';
  }

  /** How the kernel last printed the field. */
  kind(slot: number): FieldKind {
    return this.#kinds[slot] ?? 'kib';
  }

  /**
   * Says that a record holds the field, right after the field `previous` (-1: it is the record's
   * first). A field that only later records have takes its place behind its predecessor there.
   */
  meet(slot: number, kind: FieldKind, previous: number): void {
    this.#kinds[slot] = kind;
    if (this.#met.has(slot)) return;
    this.#met.add(slot);
    this.#order.splice(this.#order.indexOf(previous) + 1, 0, slot);
  }

  #add(name: string, kind: FieldKind = 'kib'): number {
    const slot = this.#names.push(name) - 1;
    this.#slots.set(name, slot);
    this.#kinds.push(kind);
    return slot;
  }
}
