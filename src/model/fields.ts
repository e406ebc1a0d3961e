/**
 * The fields of /proc/PID/smaps that tsmap knows by name. The index of a name is its slot.
 *
 * Source: Documentation/filesystems/proc.rst. A kernel may print other fields: they get slots after
 * the known ones as they are met (see FieldSlots).
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

/** One of KNOWN_FIELDS. */
export type KnownField = (typeof KNOWN_FIELDS)[number];

/** The slot of each known field: a mapping's Rss is `values[slotOf.Rss]`. */
export const slotOf: Readonly<Record<KnownField, number>> = Object.fromEntries(
  KNOWN_FIELDS.map((name, slot) => [name, slot]),
) as Record<KnownField, number>;

/** Whether it is the name of a known field. */
export function isKnownField(name: string): name is KnownField {
  return Object.hasOwn(slotOf, name);
}

/**
 * How the kernel prints a field: `kib` is a number with the unit "kB", `count` a bare number, `text`
 * anything else.
 */
export type FieldKind = 'kib' | 'count' | 'text';

/**
 * The value of a field in one mapping: a number (KiB or a count, see FieldKind), text, or undefined
 * if the kernel printed no such line. Absent is not zero.
 */
export type FieldValue = number | string | undefined;

/** The known fields that are not sizes. */
const KIND_OF: Readonly<Partial<Record<KnownField, FieldKind>>> = {
  THPeligible: 'count',
  ProtectionKey: 'count',
  VmFlags: 'text',
  Name: 'text',
};

/**
 * The register of slots: a number for the name of each field. Known fields have the same slot in
 * every register, other fields the next free one. A column reads a slot, so all readings that are
 * shown with the same columns share one register.
 */
export class FieldSlots {
  readonly #slots = new Map<string, number>(KNOWN_FIELDS.map((name, slot) => [name, slot]));

  /** The slot of a field; adds the field if it is new. */
  of(name: string): number {
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    const slot = this.#slots.size;
    this.#slots.set(name, slot);
    return slot;
  }
}

/**
 * The fields of one reading of smaps with their slots: all known fields, and the others as the
 * reading meets them.
 */
export class FieldVocabulary {
  /** Gives the slots; other readings may share it. */
  readonly register: FieldSlots;
  readonly #slots = new Map<string, number>();
  readonly #listed: number[] = [];
  /** By slot. */
  readonly #names: string[] = [];
  readonly #kinds: FieldKind[] = [];
  readonly #order: number[] = [];
  readonly #met = new Set<number>();

  constructor(register: FieldSlots = new FieldSlots()) {
    this.register = register;
    for (const name of KNOWN_FIELDS) this.#add(name, KIND_OF[name]);
  }

  /** The slots of the fields met so far, in the kernel's order. */
  get order(): readonly number[] {
    return this.#order;
  }

  /** All slots: of the known fields, met or not, then of the other fields in the order met. */
  get slots(): readonly number[] {
    return this.#listed;
  }

  /** The slot of a field; adds the field if it is new. */
  slot(name: string): number {
    return this.#slots.get(name) ?? this.#add(name);
  }

  /** The slot of a field, undefined if it is neither known nor met. */
  find(name: string): number | undefined {
    return this.#slots.get(name);
  }

  /** The kernel's name of the field in a slot. */
  name(slot: number): string {
    return this.#names[slot] ?? '';
  }

  /** How the kernel last printed the field in a slot. */
  kind(slot: number): FieldKind {
    return this.#kinds[slot] ?? 'kib';
  }

  /**
   * Notes that a record has the field, right after the slot `previous` (-1: first in the record). A
   * field that only later records have is inserted after its predecessor there.
   */
  meet(slot: number, kind: FieldKind, previous: number): void {
    this.#kinds[slot] = kind;
    if (this.#met.has(slot)) return;
    this.#met.add(slot);
    this.#order.splice(this.#order.indexOf(previous) + 1, 0, slot);
  }

  #add(name: string, kind: FieldKind = 'kib'): number {
    const slot = this.register.of(name);
    this.#slots.set(name, slot);
    this.#listed.push(slot);
    this.#names[slot] = name;
    this.#kinds[slot] = kind;
    return slot;
  }
}
